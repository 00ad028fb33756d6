"""What an installation leaves on its disk and in its log, at its most talkative and while failing.

A whole one runs in processes of its own; planted values go in by form, import, search and mishap,
and are looked for in every file of the data folder and every line of the log.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pysqlite3
import pytest

from tests.attacks.canaries import Nest, needles, readable, whole
from tests.attacks.planting import HEADERS
from tests.doors import fixtures
from tests.site.installation import ADMIN, Installation, running
from zhike.access.rights import GROUPS, TOKEN_SCOPES, Level


class Far:
    """A program with a token, at a distance."""

    def __init__(self, at: Installation) -> None:
        self.at = at
        scopes = [word for scope in TOKEN_SCOPES for word in ("--scope", scope)]
        made = at.zhike("token", "create", "--user", ADMIN, *scopes)
        assert made.returncode == 0, made.stderr
        self.token = made.stdout.strip()

    def ask(
        self, method: str, path: str, body: Any = None, *, kind: str = "application/json"
    ) -> tuple[int, Any]:
        """The status and the body of an answer, read as JSON where it is."""
        line = http.client.HTTPConnection(urlsplit(self.at.url).netloc, timeout=60)
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        heads = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        line.request(method, quote(path, safe="/?&=%"), data, heads)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(content) if is_json and content else content

    def must(self, method: str, path: str, body: Any = None) -> Any:
        status, told = self.ask(method, f"/api/v1{path}", body)
        assert status < 400, told
        return told

    def upload(self, data: bytes) -> int:
        mark = uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        form = f"multipart/form-data; boundary={mark}"
        status, told = self.ask("POST", "/api/v1/imports", body, kind=form)
        assert status == 201, told
        return int(told["id"])

    def waited(self, path: str, *states: str) -> dict[str, Any]:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            told = self.must("GET", path)
            if told["state"] in states:
                return dict(told)
            time.sleep(0.1)
        raise AssertionError(f"{path} never became {states}")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def far(log: Path) -> Iterator[Far]:
    with log.open("wb") as file, running(log=file, ZHIKE_LOG_LEVEL="debug") as at:
        yield Far(at)


def test_neither_disk_nor_log_holds_a_protected_value(far: Far, log: Path) -> None:
    nest = Nest()
    nest.define(lambda said: dict(far.must("POST", "/fields", said)))
    customer = _entered(far, nest)
    waiting = _imported(far, nest)
    _searched(far, nest)
    _refused(far, nest, customer)
    held = _files(far.at.data)
    names = {one.name for one in held}
    assert f"{waiting}.rows" in names
    assert any(name.endswith(".xlsx") for name in names)
    _broken(far, nest, waiting)
    held |= _files(far.at.data)
    _assert_clean(held, nest)
    told = readable(log.read_bytes())
    assert told.count('"event": "request"') > 30
    assert '"event": "failed"' in told
    assert "job failed" in told
    seen = [one for one in needles(nest.planted, _nothing(), plain=False) if one in told]
    assert not seen, seen[:10]


def _nothing() -> dict[str, Level]:
    return dict.fromkeys(GROUPS, Level.HIDDEN)


def _entered(far: Far, nest: Nest) -> dict[str, Any]:
    """Entered by form, changed, revealed, deleted, restored."""
    fields = nest.customer() | nest.first_contact()
    made = far.must("POST", "/customers", {"name": "盘上客", "kind": "person", **fields})
    pk, contact = made["id"], made["contacts"][0]["id"]
    far.must("PATCH", f"/customers/{pk}", {"version": 1, **nest.customer()})
    far.must("PATCH", f"/contacts/{contact}", {"version": 1, **nest.contact()})
    for name in ("mobile", "landline", "email", "wechat"):
        far.must("POST", f"/contacts/{contact}/reveals", {"field": name})
    own = {of: [keys["phone"], keys["email"]] for of, keys in nest.own.items()}
    for name in ("identity", "address", *own["customer"]):
        far.must("POST", f"/customers/{pk}/reveals", {"field": name})
    for name in own["contact"]:
        far.must("POST", f"/contacts/{contact}/reveals", {"field": name})
    said = {"way": "phone", "content": "谈了谈", **nest.custom("follow_up")}
    far.must("POST", f"/customers/{pk}/follow-ups", said)
    for key, kind in zip(own["customer"], ("own phone", "own email"), strict=True):
        far.must("GET", f"/customers?field={key}:eq:{nest.of(kind)[0]}")
    far.must("DELETE", f"/customers/{pk}")
    far.must("POST", f"/customers/{pk}/restoration")
    return dict(far.must("GET", f"/customers/{pk}"))


def _imported(far: Far, nest: Nest) -> int:
    """One import is done, with rows refused in part; the other waits: the number of that."""
    imports = []
    labels = {one["key"]: one["label"] for one in far.must("GET", "/fields?of=customer")["items"]}
    own = nest.own["customer"].values()
    for number in range(2):
        rows = []
        for place in range(4):
            made = nest.customer("company") | nest.first_contact()
            made |= {"name": f"盘上行{number}{place}", "wan": "1"}
            if place == 1:  # too many numbers for one cell
                made["mobile"] = "/".join(nest.contact()["mobile"] for _ in range(4))
            if place == 2:  # nearly right
                made["mobile"] += "9"
                made["email"] = made["email"].replace("@", "＃")
                made["identity"] = made["identity"][:-1] + "O"
            cells = [made.get(field, "") for field in HEADERS.values()]
            rows.append([*cells, *(made["custom"][key] for key in own)])
        heads = [*HEADERS, *(labels[key] for key in own)]
        imports.append(far.upload(fixtures.xlsx([heads, *rows])))
        far.waited(f"/imports/{imports[-1]}", "ready")
    done, ready = imports
    far.must("POST", f"/imports/{done}/confirmation")
    assert far.waited(f"/imports/{done}", "done")["counts"]["done"] >= 3
    far.must("GET", f"/imports/{done}/rows?only=problems")
    return ready


def _searched(far: Far, nest: Nest) -> None:
    """Numbers in the address, and in the filters of an export."""
    for kind in ("mobile", "landline", "email", "identity", "name"):
        word = nest.of(kind)[0]
        for path in ("/search?q=", "/customers?q=", "/customers/summary?q=", "/audit?q="):
            far.must("GET", f"{path}{word}")
        body = {"view": "list", "filters": {"q": word}}
        far.waited(f"/exports/{far.must('POST', '/exports', body)['id']}", "done")
        name = {"mobile": "phone", "landline": "phone"}.get(kind, kind)
        far.must("GET", f"/customers/similar?{name}={word}")
    some = far.must("GET", "/customers?limit=1")["items"][0]["id"]
    passing = {"customer_ids": [some], "taker_id": None, "note": "交接"}
    far.waited(f"/hand-overs/{far.must('POST', '/hand-overs', passing)['id']}", "done")


def _refused(far: Far, nest: Nest, customer: dict[str, Any]) -> None:
    """Wrong values, wrong addresses, half a body, a wrong password, a form that is none."""
    mobile, email, identity = (nest.of(kind)[-1] for kind in ("mobile", "email", "identity"))
    wrong = {"name": "x", "kind": "person", "mobile": mobile + "1", "email": email + "@"}
    for method, path, body in (
        ("POST", "/customers", wrong | {"identity": identity[:-1] + "?"}),
        ("POST", "/customers", {"name": 1, "kind": identity, "owner_id": mobile}),
        ("PATCH", f"/customers/{customer['id']}", {"version": 1, "identity": identity}),
        ("PATCH", f"/customers/{customer['id']}", {"version": mobile}),
        ("POST", "/customers", b'{"name": "' + email.encode()),
        ("GET", f"/nowhere/{email}", None),
        ("GET", f"/customers/{mobile}", None),
        ("GET", f"/customers?limit={mobile}", None),
        ("GET", f"/customers?cursor={email}", None),
        ("POST", "/imports", b"--x"),
    ):
        status, _ = far.ask(method, f"/api/v1{path}", body)
        assert 400 <= status < 500, (path, status)
    word = {"username": "laoban", "password": mobile}
    status, _ = far.ask("POST", "/_allauth/browser/v1/auth/login", word)
    assert status >= 400
    assert far.ask("GET", f"/customers/{email}?q={mobile}")[0] < 500


def _broken(far: Far, nest: Nest, import_id: int) -> None:
    """Errors nobody foresaw, with values in everybody's hands: a table and a file are missing."""
    (far.at.data / "imports" / f"{import_id}.rows").unlink()
    far.ask("POST", f"/api/v1/imports/{import_id}/confirmation")
    with pysqlite3.connect(str(next(far.at.data.glob("*.sqlite3")))) as database:
        database.execute("DROP TABLE zhike_search")
        database.commit()
    fields = nest.customer() | nest.first_contact()
    body = {"name": "坏了", "kind": "person", **fields}
    status, told = far.ask("POST", "/api/v1/customers", body)
    assert (status, told["code"]) == (500, "server_error")
    assert set(told) == {"status", "code", "title", "request_id"}
    status, _ = far.ask("GET", f"/api/v1/search?q={nest.of('name')[0]}")
    assert status == 500
    deadline = time.monotonic() + 30
    while far.must("GET", f"/imports/{import_id}")["state"] == "running":
        with pysqlite3.connect(str(next(far.at.data.glob("*.sqlite3")))) as database:
            tried = database.execute("SELECT max(attempts) FROM zhike_job").fetchone()[0]
        if tried or time.monotonic() > deadline:
            break
        time.sleep(0.1)


def _files(folder: Path) -> dict[Path, bytes]:
    """Every file of the data folder but the keys, the database with what is not yet merged."""
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "keys.json"
    }


def _assert_clean(held: dict[Path, bytes], nest: Nest) -> None:
    assert any("盘上客".encode() in data for data in held.values()), "the looking can find"
    wanted = whole(nest.planted)
    assert len(wanted) > 100
    for path, data in held.items():
        content = readable(data).encode() if data[:2] == b"PK" else data
        found = [one for one in wanted if one in content]
        assert not found, (path.name, found[:5])
