"""The plain kind of vendor: one resource of events, of which a whole simulator follows from declarations."""
