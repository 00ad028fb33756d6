"""The processes of an installation: web, workers, and `serve`, which minds them."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

import structlog

from zhike.site.environment import Environment, WrongSetting

SUPERVISED = "ZHIKE_SUPERVISED"
STOP_SECONDS = 15.0
# Threads of the web server for those that wait for one of `Clerks`, and for slow readers of files.
_WAITING = 16
log = structlog.get_logger("zhike")


def web(environment: Environment) -> None:
    """Serve HTTP until told to stop. Raises WrongSetting when the port is taken."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    check_port(environment)
    if os.environ.get(SUPERVISED):
        follow_parent()
    # It warns of many threads; most of ours sleep.
    logging.getLogger("_granian").addFilter(lambda line: "Python threads" not in line.getMessage())
    Server(
        "zhike.site.wsgi:application",
        address=environment.bind,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.web_workers,
        blocking_threads=environment.web_threads + environment.streams + _WAITING,
        blocking_threads_idle_timeout=600,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


def worker() -> None:
    """Work off jobs until told to stop. Needs Django set up."""
    from zhike.base.jobs import run_worker
    from zhike.site.practice import lane

    stop = threading.Event()
    _on_stop(stop.set)
    if os.environ.get(SUPERVISED):
        follow_parent()
    practising = threading.Thread(target=lane.run, args=(stop,), name="practice")
    practising.start()
    try:
        run_worker(stop, days=True)
    finally:
        stop.set()
        practising.join()


def check_port(environment: Environment) -> None:
    """Raise WrongSetting unless the port can be listened on."""
    family = socket.AF_INET6 if ":" in environment.bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.bind, environment.port))
        except OSError as error:
            raise WrongSetting(
                f"{environment.bind}:{environment.port} 无法监听（{error.strerror}），"
                "可能已有程序在用。请换一个 ZHIKE_PORT。"
            ) from error


@dataclass
class Child:
    """A process that is started again when it dies, ever slower if it keeps dying."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    pause: float = 0.5
    started: float = field(default=0.0)
    due: float = field(default=0.0)

    def mind(self, now: float) -> None:
        """Start it, or start it again once its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None and self.due <= self.started:
            lived = now - self.started
            self.pause = 0.5 if lived > 60 else min(self.pause * 2, 30)
            self.due = now + self.pause
            log.error("child_died", name=self.name, code=self.process.returncode)
        if now >= self.due:
            self.started = self.due = now
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zhike.site.command", self.name],
                env=os.environ | {SUPERVISED: "1"},
                start_new_session=True,  # Ctrl-C reaches only us, and we stop them in order
            )

    def tell(self, number: int) -> None:
        """Send a signal if it lives."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def wait(self, seconds: float) -> None:
        """Wait for its end, then end it the hard way."""
        if self.process is None:
            return
        try:
            self.process.wait(max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(environment: Environment) -> int:
    """Migrate, then keep web and workers running until told to stop. Returns an exit code."""
    check_port(environment)
    stop = threading.Event()
    _on_stop(stop.set)
    done = subprocess.run([sys.executable, "-m", "zhike.site.command", "migrate"], check=False)
    if done.returncode:
        return done.returncode
    children = [Child("web"), *(Child("worker") for _ in range(environment.workers))]
    shown = environment.url or f"http://{environment.bind}:{environment.port}"
    announce = threading.Thread(target=_announce, args=(environment, shown, stop), daemon=True)
    announce.start()
    while not stop.is_set():
        for child in children:
            child.mind(time.monotonic())
        stop.wait(0.5)
    for child in children:
        child.tell(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait(deadline - time.monotonic())
    return 0


def _announce(environment: Environment, shown: str, stop: threading.Event) -> None:
    while not stop.wait(0.2):
        try:
            with socket.create_connection((environment.bind, environment.port), timeout=1):
                print(f"知客已启动：{shown}", flush=True)
                return
        except OSError:
            continue


def _on_stop(call: Callable[[], None]) -> None:
    def handle(_number: int, _frame: FrameType | None) -> None:
        call()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)


def follow_parent() -> None:
    """End this process when the one that started it was killed and so cannot end it.

    Else a process left over would keep the port, and the next start would fail.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def when_stopping(call: Callable[[], None]) -> None:
    """Have a thread make a call once this process is told to stop, whoever handles the signal.

    To be asked for by the main thread.
    """
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.detach(), warn_on_full_buffer=False)

    def watch() -> None:
        while not {signal.SIGTERM, signal.SIGINT} & set(ours.recv(64)):
            pass
        call()

    threading.Thread(target=watch, name="stopping", daemon=True).start()
