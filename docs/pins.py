"""Write the exact versions of the resolved set into `pyproject.toml`, without the addresses they came from.

    python docs/pins.py            (after a change of dependencies, with `uv` on the path)
    python docs/pins.py --upgrade  (take what is newest now)

`uv.lock` records where each file was fetched, so it is not kept; `[tool.uv] constraint-dependencies` holds the same
versions and nothing else, and two machines with different registries get the same set.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
OPEN, CLOSE = "constraint-dependencies = [\n", "]  # made by docs/pins.py\n"


def resolved(*options: str) -> list[str]:
    """Return `name==version ; marker` for every package that `uv` resolves, all extras and groups."""
    command = ["uv", "export", "--quiet", "--no-hashes", "--no-emit-project", "--no-annotate", "--no-header"]
    command += ["--all-extras", "--all-groups", *options]
    done = subprocess.run(command, cwd=PROJECT.parent, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return sorted({line.strip() for line in done.stdout.splitlines() if re.match(r"[\w.\-]+==", line)})


def without_pins(text: str) -> str:
    """Return `pyproject.toml` with an empty list of pins."""
    start, end = text.index(OPEN) + len(OPEN), text.index(CLOSE)
    return text[:start] + text[end:]


def main() -> None:
    """Resolve, keeping today's pins unless `--upgrade` is given, and write the pins."""
    before = PROJECT.read_text(encoding="utf-8")
    if "--upgrade" in sys.argv:
        PROJECT.write_text(without_pins(before), encoding="utf-8")
    try:
        pins = resolved("--upgrade") if "--upgrade" in sys.argv else resolved()
    except SystemExit:
        PROJECT.write_text(before, encoding="utf-8")
        raise
    lines = "".join(f'    "{line}",\n'.replace(" ; ", "; ") for line in pins)
    head, tail = without_pins(before).split(OPEN)
    PROJECT.write_text(head + OPEN + lines + tail, encoding="utf-8")
    print(f"{len(pins)} packages pinned")


if __name__ == "__main__":
    main()
