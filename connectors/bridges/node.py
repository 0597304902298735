"""JavaScript and TypeScript connectors: started with Node, with a loader where the user names one (``--runtime``)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from greenroom.connectors.bridges.language import Language


def trust(certificate: Path) -> Mapping[str, str]:
    """Return the variable that Node reads at its start."""
    return {"NODE_EXTRA_CA_CERTS": str(certificate)}


def offering(interface: str, fields: Sequence[str]) -> str:
    """Return the line that begins a function which offers an interface."""
    return f"exports.{interface} = async ({{ {', '.join(fields)} }}) => …"


NODE = Language(
    name="Node",
    suffixes=(".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"),
    worker=Path(__file__).with_name("workers") / "node_worker.cjs",
    command=("node",),
    trust=trust,
    offering=offering,
)
