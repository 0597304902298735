"""The code under test and the ways to reach it. Knows nothing of simulators or contracts."""
