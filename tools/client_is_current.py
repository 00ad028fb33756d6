"""Tells whether the web client still speaks to the server there is; `--write` makes it so.

`web/openapi.json` is what the server says of itself, and `web/src/api/generated` what Orval makes
of that. Both are committed, so that a build needs neither server nor Orval.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DESCRIPTION = ROOT / "web/openapi.json"
GENERATED = ROOT / "web/src/api/generated"


def said_by_the_server() -> str:
    """Return the description the server gives of itself."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "zhike.site.command", "openapi"]
        env = os.environ | {"ZHIKE_DATA": data}
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def generate() -> None:
    """Have Orval write the client from the committed description."""
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = ["npm", "--silent", "run", "generate"]
    subprocess.run(command, cwd=ROOT / "web", env=env, check=True, stdout=subprocess.DEVNULL)


def files(folder: Path) -> dict[str, bytes]:
    """Return the contents of a folder's files by their names."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def main() -> int:
    """Check, or with `--write` bring up to date. Returns 1 when something has drifted."""
    description = said_by_the_server()
    if "--write" in sys.argv:
        DESCRIPTION.write_text(description, encoding="utf-8")
        generate()
        return 0
    if description != DESCRIPTION.read_text(encoding="utf-8"):
        print("web/openapi.json no longer matches the server: run make client", file=sys.stderr)
        return 1
    before = files(GENERATED)
    with tempfile.TemporaryDirectory() as kept:
        shutil.copytree(GENERATED, kept, dirs_exist_ok=True)
        try:
            generate()
            after = files(GENERATED)
        finally:
            shutil.rmtree(GENERATED)
            shutil.copytree(kept, GENERATED)
    if before != after:
        changed = sorted(name for name in before | after if before.get(name) != after.get(name))
        print(f"generated client has drifted ({', '.join(changed)}): run make client")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
