"""A whole installation as a user has it: `zhike serve` in processes and a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ADMIN, PASSWORD = "laoban", "jiangnan-chunyu-88"
COMMAND = [sys.executable, "-m", "zhike.site.command"]


@dataclass(frozen=True)
class Installation:
    """Where it answers, where its data lies, and who may sign in."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]
    username: str = ADMIN
    password: str = PASSWORD

    def zhike(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the `zhike` command against this installation."""
        return zhike(*words, environment=self.environment, stdin=stdin)


def zhike(
    *words: str, environment: Mapping[str, str], stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the `zhike` command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *words],
        env=dict(environment),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def environment_for(data: Path, **more: str) -> dict[str, str]:
    """Return an environment with nothing of ours but the data folder and `more`."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ZHIKE_")}
    return kept | {"ZHIKE_DATA": str(data), "ZHIKE_LOG_LEVEL": "warning"} | more


@contextmanager
def running(
    *, set_up: bool = True, log: IO[bytes] | None = None, **more: str
) -> Iterator[Installation]:
    """Start an installation, by default with its administrator, and stop it in the end.

    One with an administrator begins as a copy of one; any other begins with nothing.
    What its processes say goes to `log`, if one is given.
    """
    with tempfile.TemporaryDirectory(prefix="zhike-live-") as folder:
        data, port = Path(folder) / "data", _free_port()
        environment = environment_for(data, ZHIKE_PORT=str(port), **more)
        if set_up:
            from tests.site import migrated

            shutil.copytree(migrated.data_with_administrator(), data)
        process = subprocess.Popen([*COMMAND, "serve"], env=environment, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_ready(url, process)
            yield Installation(url, data, process, environment)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def wait_ready(url: str, process: subprocess.Popen[bytes], seconds: float = 90) -> None:
    """Wait until the installation answers that it can work."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"zhike serve ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)
    raise RuntimeError("zhike serve did not become ready")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
