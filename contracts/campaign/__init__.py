"""Standing campaigns: many connectors, for days, until each cell of the coverage is reached or named."""
