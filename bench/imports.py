"""A workbook of the 21 columns through the running product, against its rows by `executemany`.

The product is started as a user starts it (web and worker processes); the file goes in over HTTP
and is watched to the end, together with the memory of the web process. The bare figure writes the
same customers, contacts, follow-ups, plans, care entries and feedback, already encrypted, into
tables with the same indexes.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from bench import data as made_up
from zhike.base import clock
from zhike.doors.sheets import LAYOUTS
from zhike.doors.writing import Xlsx

TABLES = ("customer", "contact", "followup", "task", "careentry", "feedback")
PORT = 8377


def measure(folder: Path, rows: int) -> list[dict[str, Any]]:
    """Import a workbook of `rows` rows into an empty installation in `folder`."""
    folder.mkdir()
    workbook = folder / "客户.xlsx"
    write_workbook(workbook, rows)
    data = folder / "data"
    environment = os.environ | {
        "ZHIKE_DATA": str(data),
        "ZHIKE_PORT": str(PORT),
        "ZHIKE_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "zhike.site.command", "serve"]
    served = subprocess.Popen(command, env=environment)
    try:
        seconds, peak, counts = _through_http(workbook, served.pid)
    finally:
        served.terminate()
        served.wait(30)
    bare = _bare(data / "zhike.sqlite3", folder / "bare.sqlite3")
    wrong = {name: counts[name] for name in ("refused", "update", "skip") if counts[name]}
    assert counts["new"] == rows, wrong
    told = {
        "database": "sqlite",
        "rows": rows,
        "on": clock.today().isoformat(),
        "goal": "≤ 10",
    }
    whole, writing = seconds["reading"] + seconds["writing"], seconds["writing"]
    results = [
        (f"导入 21 栏表：读取、校验、写入（{rows / whole:.0f} 行/秒）", whole),
        (f"导入 21 栏表：只算确认之后（{rows / writing:.0f} 行/秒）", writing),
    ]
    memory = {"web_peak_mb": round(peak, 1)}
    return [
        told
        | memory
        | {
            "name": name,
            "ratio": round(ours / bare, 2),
            "ours_ms": round(ours * 1000),
            "bare_ms": round(bare * 1000),
        }
        for name, ours in results
    ]


def write_workbook(path: Path, rows: int) -> None:
    """Write made-up customers as people keep them, every one of the 21 columns filled."""
    chance = random.Random(20261121)
    today = clock.today()
    headers = [header for header, _ in LAYOUTS["standard-21"].columns]
    with Xlsx(path) as book:
        book.sheet("Sheet1")
        book.row(headers)
        for n in range(rows):
            place = chance.choice(made_up.PLACES)
            name = f"{place}{chance.choice(made_up.WORDS)}{n}{chance.choice(made_up.TRADES)}"
            last = today - timedelta(days=chance.randrange(400))
            who = chance.choice(made_up.SURNAMES) + chance.choice(("先生", "女士", "总"))
            book.row(
                [
                    *(f"C{n:06}", name + "有限公司", "制造业-机械设备", "老客户", who, "采购经理"),
                    *(f"139{n:08}", f"user{n}@example.com", f"{place}市科苑路{n % 500}号"),
                    *("云服务SaaS", str(last - timedelta(days=500)), chance.randrange(5, 200)),
                    *(str(last), "电话", chance.choice(made_up.TEXTS), "有续约意愿，需提供方案"),
                    *(str(today + timedelta(days=chance.randrange(60))), "节日问候"),
                    *("发送中秋礼品，客户表示感谢", "客户对服务响应速度满意", "需关注竞品动态"),
                ]
            )


class Browser:
    """Speaks to the product as its own pages do: cookies and a CSRF token."""

    def __init__(self) -> None:
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Any:
        """Send a request and return the JSON of the answer, None where there is none."""
        request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", body, method=method)
        token = next((c.value for c in self.jar if c.name == "csrftoken"), None)
        if token:
            request.add_header("X-CSRFToken", token)
        request.add_header("Content-Type", kind or "application/json")
        with self.opener.open(request, timeout=60) as answer:
            found = answer.read()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return json.loads(found) if found and is_json else None

    def tell(self, path: str, **body: Any) -> Any:
        """Post JSON."""
        return self.ask("POST", path, json.dumps(body).encode())


def _through_http(workbook: Path, pid: int) -> tuple[dict[str, float], float, dict[str, int]]:
    browser = Browser()
    _wait_for(browser)
    password = "bench-" + os.urandom(9).hex()
    browser.tell(
        "/api/v1/setup", organisation="量速", name="量速", username="bench", password=password
    )
    boundary = "----bench"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="k.xlsx"\r\n\r\n'
    body = head.encode() + workbook.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    watch = Memory(pid)
    start = time.perf_counter()
    made = browser.ask("POST", "/api/v1/imports", body, f"multipart/form-data; boundary={boundary}")
    _until(browser, made["id"], "ready", watch)
    read = time.perf_counter()
    browser.tell(f"/api/v1/imports/{made['id']}/confirmation")
    done = _until(browser, made["id"], "done", watch)
    end = time.perf_counter()
    return {"reading": read - start, "writing": end - read}, watch.peak, done["counts"]


def _wait_for(browser: Browser) -> None:
    for _ in range(300):
        try:
            browser.ask("GET", "/livez")
            browser.ask("GET", "/")
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the product did not start")


def _until(browser: Browser, import_id: int, state: str, watch: "Memory") -> Any:
    while True:
        found = browser.ask("GET", f"/api/v1/imports/{import_id}")
        watch.look()
        if found["state"] == state:
            return found
        if found["state"] not in ("reading", "running"):
            raise RuntimeError(f"{found['state']}: {found['message']}")
        # A list in between, as colleagues work on while somebody imports.
        browser.ask("GET", "/api/v1/customers?sort=-last_follow_up_on")
        time.sleep(0.2)


class Memory:
    """The highest resident memory of the largest web process below `zhike serve`, in MB."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak = pid, 0.0

    def look(self) -> None:
        """Take a reading of every web process."""
        for pid in _children(self.pid):
            try:
                words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:  # it ended between the two looks
                continue
            if "web" in words:
                resident = next(x for x in status.splitlines() if x.startswith("VmHWM"))
                self.peak = max(self.peak, int(resident.split()[1]) / 1024)


def _children(pid: int) -> list[int]:
    try:
        own = [int(x) for x in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return own + [below for child in own for below in _children(child)]


def _bare(source: Path, target: Path) -> float:
    """Seconds to write the same rows into the same tables and indexes, in one transaction."""
    held = sqlite3.connect(source)
    bare = sqlite3.connect(target, isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=NORMAL")
    names = [f"zhike_{table}" for table in TABLES]
    marks = ",".join("?" * len(names))
    made = f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL"
    for (sql,) in held.execute(f"{made} ORDER BY type DESC", names):
        bare.execute(sql)
    rows = {name: held.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    start = time.perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for name, found in rows.items():
        if found:
            bare.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(found[0]))})", found)
    bare.execute("COMMIT")
    return time.perf_counter() - start
