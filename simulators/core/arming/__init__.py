"""What a fault is, and the list of those that are armed. Worlds hold such lists, so nothing here knows a world."""
