"""The kit: a CRM as declarations."""
