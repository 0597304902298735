"""``greenroom sign``."""

import json
from pathlib import Path

import click

from greenroom.contracts import schemas
from greenroom.contracts.attestation import envelope


@click.command()
@click.argument("file", required=False, metavar="CERT.intoto.json")
@click.option("--key", metavar="FILE", help="The private key: ed25519, PEM.")
@click.option("--new-key", metavar="FILE", help="Make a key pair instead: FILE, and FILE.pub for others.")
def sign(file: str | None, key: str | None, new_key: str | None) -> int:
    """Sign a certificate in its place: a DSSE envelope with an ed25519 key.

    Keep the private key to yourself, and give others the .pub file.

    \b
    Example: greenroom sign --new-key my.key
             greenroom sign result.intoto.json --key my.key
    """
    if new_key and not (file or key):
        click.echo(f"give this public key to others: {envelope.new_key(Path(new_key))}")
        return 0
    if not (file and key) or new_key:
        raise click.UsageError(
            "name a certificate and a key: 'sign CERT.intoto.json --key FILE', or 'sign --new-key FILE'"
        )
    payload = _statement(file)
    Path(file).write_text(envelope.signed(payload, envelope.private_key(Path(key))), "utf-8", newline="\n")
    click.echo(f"signed {file}")
    return 0


def _statement(file: str) -> bytes:
    """Return a certificate's statement; one that is signed already is signed anew."""
    try:
        payload = envelope.unchecked(Path(file).read_text("utf-8"))
        wrong = schemas.problem("certificate", json.loads(payload), "certificate")
    except (OSError, ValueError) as error:
        wrong = str(error)
    if wrong:
        msg = f"'{file}' is no certificate: {wrong}; use one from 'greenroom certify TARGET --report FILE.intoto.json'"
        raise envelope.SignatureError(msg)
    return payload
