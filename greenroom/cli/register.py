"""``greenroom register``."""

from datetime import date
from pathlib import Path

import click

from greenroom.contracts.attestation.register import entries
from greenroom.contracts.reports.register import register_page


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False))
@click.option("--page", required=True, metavar="FILE.html", help="The page to write.")
def register(folder: str, page: str) -> int:
    """Make the page of a register: who is certified at what level, by which set, and when.

    FOLDER has a folder for each product with a PRODUCT.toml. Each certificate is verified. The page shows what is wrong
    with one that is not true, and the exit code is then 1.

    Example: greenroom register products --page index.html
    """
    found = entries(Path(folder))
    Path(page).write_text(register_page(found, date.today()), "utf-8", newline="\n")
    for entry in found:
        click.echo(f"{'WRONG' if entry.wrong else 'TRUE'} {'; '.join((entry.product['name'], *entry.wrong))}")
    return 1 if any(entry.wrong for entry in found) else 0
