"""``greenroom verify``."""

from pathlib import Path

import click

from greenroom.contracts.attestation.envelope import public_key
from greenroom.contracts.attestation.verify import Claim, problems, text

FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@click.argument("file", metavar="CERT.intoto.json", type=FILE)
@click.option("--report", required=True, metavar="REPORT.json", type=FILE, help="The JSON report of the same run.")
@click.option("--connector", metavar="PATH", type=FILE, help="Also compare the connector's file and its folder.")
@click.option("--key", metavar="PUB", help="The signer's public key. Without it, no signature is checked.")
def verify(file: str, report: str, connector: str | None, key: str | None) -> int:
    """Verify a certificate: check its signature, judge all calls of its report again, and compare.

    It does not play the connector. Exit codes: 0 all is true, 1 something is not, and each problem is one line.

    Example: greenroom verify result.intoto.json --report result.json --key my.key.pub
    """
    path = Path(connector) if connector else None
    found = list(problems(Claim(text(Path(file)), text(Path(report)), public_key(Path(key)) if key else None, path)))
    for problem in found:
        click.echo(f"WRONG {problem}")
    if not found:
        click.echo(f"TRUE {file}: its report, judged again, says the same")
        if key is None:
            click.echo("  the signature was not checked; name the signer's public key with --key")
    return 1 if found else 0
