"""A PostgreSQL cluster for one run of the tests: made, used without fsync, thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@dataclass(frozen=True)
class Cluster:
    """A running cluster on 127.0.0.1; `url` names its own database."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @classmethod
    def start(cls) -> Cluster:
        """Make and start a cluster. Raises SystemExit naming what is missing."""
        if not shutil.which("pg_ctl", path=_programs()):
            raise SystemExit("缺少 PostgreSQL：请执行 sudo apt-get install postgresql")
        folder = Path(tempfile.mkdtemp(prefix="zhike-pg-"))
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        folder.chmod(0o700)
        cluster = cls(folder, _free_port())
        data = str(folder / "data")
        auth = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        cluster._run("initdb", "-D", data, "--no-sync", *auth)
        flags = f"-p {cluster.port} -h 127.0.0.1 -k {folder} {OPTIONS}"
        cluster._run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", flags, "-w", "start")
        return cluster

    def stop(self) -> None:
        """Stop it and remove its folder."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs, which refuse to be run by root."""
        found = shutil.which(program, path=_programs()) or program
        command = [found, *words]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}")


def _programs() -> str:
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return os.pathsep.join([*map(str, reversed(newest)), os.environ.get("PATH", "")])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
