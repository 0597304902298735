"""Property-based tests of connectors: random days in the life, told as stories that can be played again."""
