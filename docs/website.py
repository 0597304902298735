"""The site: the Markdown of this repository, staged as MkDocs wants it, built by ``python -m docs.website``.

The stage has the repository's own folders, so links between pages stay as they are. Whatever else they lead to (code,
examples, the license) becomes an address of the project. The navigation follows from docs/README.md. (The module is no
``site.py``: ``python docs/generate.py`` would find it in the place of Python's own ``site``.)
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
STAGE = ROOT / "build" / "pages"
SITE = ROOT / "site"
TOP = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE")
"""The pages outside docs/; the license is a page for its readers."""
CONTENTS = "docs/README.md"
NOWHERE = "https://greenroom.example/source/"
"""Stands for the project's address as long as pyproject.toml names none."""

LINK = re.compile(r"(\]\()([^)\s]+)(\))|((?:src|srcset|href)=\")([^\"]+)(\")")
FENCE = re.compile(r"(^ *```.*?^ *```|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
SECTION = re.compile(r"^## ([^:\n]+)|\[([^\]]+)\]\(([^)#\s]+\.md)\)", re.MULTILINE)
"""A heading of the contents page, up to its colon, or a link to a page."""


def main() -> int:
    """Build into the usual place."""
    return build(STAGE, SITE)


def build(staged: Path, site: Path) -> int:
    """Stage the pages and build a site of them; return the exit code of MkDocs, which fails at its first warning."""
    config = stage(staged)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--clean", "--config-file", str(config)]
    silent = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # the theme advertises its successor, in red
    return subprocess.run([*command, "--site-dir", str(site)], env=silent, check=False).returncode


def stage(folder: Path) -> Path:
    """Copy all pages below a folder; return the configuration that is written beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name in TOP:
        shutil.copyfile(ROOT / name, folder / name.replace("LICENSE", "LICENSE.md"))
    for page in folder.rglob("*.md"):
        page.write_text(led(page.read_text("utf-8"), page.relative_to(folder).as_posix()), "utf-8")
    return write_config(folder)


def write_config(folder: Path) -> Path:
    """Write what mkdocs.yml leaves open: where the pages are, and their order. (JSON is YAML, too.)"""
    path = folder.parent / "mkdocs.yml"
    inherited = os.path.relpath(ROOT / "mkdocs.yml", folder.parent)
    path.write_text(json.dumps({"INHERIT": inherited, "docs_dir": folder.name, "nav": navigation()}), "utf-8")
    return path


def navigation() -> list[dict[str, object]]:
    """Return the sections of the contents page, each with its pages by their titles there."""
    sections: dict[str, list[dict[str, str]]] = {"Greenroom": [{"Greenroom": "README.md"}, {"All pages": CONTENTS}]}
    name, seen = "", {"README.md", CONTENTS}
    for heading, title, link in SECTION.findall((ROOT / CONTENTS).read_text("utf-8")):
        name = heading or name
        page = resolved(CONTENTS, link) if link else ""
        if page and page not in seen:
            sections.setdefault(name, []).append({title: page})
            seen.add(page)
    rest: list[dict[str, str]] = [{Path(p).stem.capitalize(): p} for p in staged_top() if p not in seen]
    return [{section: pages} for section, pages in {**sections, "Project": rest}.items()]


def staged_top() -> list[str]:
    """Return the names of the top-level pages in the stage."""
    return [name.replace("LICENSE", "LICENSE.md") for name in TOP]


def led(text: str, page: str) -> str:
    """Return a page's text with links that lead somewhere on the site, or to an address; code stays as it is."""
    parts = FENCE.split(text)
    return "".join(part if number % 2 else LINK.sub(lambda m: _led(m, page), part) for number, part in enumerate(parts))


def _led(found: re.Match[str], page: str) -> str:
    before, link, after = (part for part in found.groups() if part is not None)
    return f"{before}{target(link, page)}{after}"


def target(link: str, page: str) -> str:
    """Return where a link of a page leads on the site."""
    name, hash_, anchor = link.partition("#")
    if not name or "://" in name or name.startswith("mailto:"):
        return link
    path = resolved(page, name)
    if path == "LICENSE":
        return f"{name}.md"
    if path in TOP or (path.startswith("docs/") and Path(path).suffix in {".md", ".png"}):
        return link
    return f"{address()}{path}{hash_}{anchor}"


def resolved(page: str, link: str) -> str:
    """Return the path in the repository to which a page's link leads."""
    return os.path.normpath(PurePosixPath(page).parent / link).replace(os.sep, "/")


def address() -> str:
    """Return the address below which the project's files are shown: pyproject.toml names it once."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"].get("greenroom", {})
    return str(told.get("pages", NOWHERE))


if __name__ == "__main__":
    raise SystemExit(main())
