"""What the faulty connectors for Bullhorn share: the reference connector, of which each replaces the part that it gets wrong."""

import sys
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "connectors" / "reference"

sys.path.append(str(REFERENCE))
