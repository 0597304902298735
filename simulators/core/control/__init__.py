"""The control API of a simulator: an address of its own for people, tests and the console."""
