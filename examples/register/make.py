"""Make the products of this register: certify, sign, and keep what PRODUCT.toml names.

Run it from anywhere: ``python examples/register/make.py``, with ``--if-stale`` only where a certificate is not true any
more. A first argument names another folder with the products. The key is drawn for the run and thrown away, as this is
an example: nobody can sign with it again.
"""

import shlex
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from greenroom.contracts.attestation.register import PRODUCT, entries

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def make(product: Path) -> None:
    """Certify one product by its own command."""
    table = tomllib.loads((product / PRODUCT).read_text("utf-8"))
    report, certificate, public = (product / table[name] for name in ("report", "certificate", "key"))
    greenroom(*shlex.split(table["reproduce"])[1:], "--quiet", "--report", f"{report}", "--report", f"{certificate}")
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder, "example.key")
        greenroom("sign", "--new-key", str(key))
        greenroom("sign", str(certificate), "--key", str(key))
        public.write_bytes(key.with_name("example.key.pub").read_bytes())


def greenroom(*words: str) -> None:
    """Run a command in this repository; its failure is ours."""
    subprocess.run([sys.executable, "-P", "-m", "greenroom", *words], cwd=ROOT, check=True)


def stale(register: Path) -> bool:
    """Tell whether a product is not true, or not made yet."""
    return any(entry.wrong for entry in entries(register))


def main() -> None:
    """Make all products, or none where all are true."""
    named = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    register = (named or [HERE])[0].resolve()
    if "--if-stale" in sys.argv and not stale(register):
        return
    for file in sorted(register.glob(f"*/{PRODUCT}")):
        make(file.parent)


if __name__ == "__main__":
    main()
