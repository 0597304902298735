"""Many machines: units of work are handed to workers, and only their results come back."""
