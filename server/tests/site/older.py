"""A database as version 0002 left it, full of data; and what is to be found in it afterwards.

Run as a program in the environment of an installation: `fill` makes the old database, `tell`
reads the upgraded one. Both print JSON: every row of every table as text.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

WHEN = datetime(2026, 10, 8, 3, 4, 5, 678901, tzinfo=UTC)
DAY = date(2026, 10, 8)
PASSWORD = "xihu-longjing-09"
MOBILE, IDENTITY, ADDRESS = "13800138000", "91350211M000100Y46", "杭州市西湖区龙井路1号"
HERE = {"Host": "127.0.0.1"}
TOKENS = {"zhou": "zk_of_the_boss", "mei": "zk_of_mei"}


def start() -> None:
    from zhike.site import environment

    environment.prepare(environment.read())
    import django

    django.setup()


def fill() -> None:
    """Migrate to 0002, put people, customers and what hangs on them into the tables of then."""
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    of_then = [
        node
        for node in executor.loader.graph.leaf_nodes()
        if node[0] in ("sessions", "account", "contenttypes")
    ]
    executor.migrate([("zhike", "0002_search"), *of_then])
    apps = executor.loader.project_state([("zhike", "0002_search")]).apps
    with transaction.atomic():
        _write(lambda model, /, **values: apps.get_model("zhike", model).objects.create(**values))


def _write(make: Any) -> None:
    make("Organisation", id=1, name="老店", created_at=WHEN)
    # A child made before its parent: paths must not follow the order of ids.
    branch = make("Department", name="杭州")
    house = make("Department", name="总部")
    east = make("Department", name="华东", parent=house)
    branch.parent = east
    branch.save()
    people = {
        "zhou": _person(make, "zhou", "周管理", "administrator", None),
        "mei": _person(make, "mei", "王小梅", "sales", branch),
        "gone": _person(make, "gone", "离职者", "sales", east, is_active=False),
    }
    for name, plain in TOKENS.items():
        _token(make, people[name], plain, WHEN)
    mei = people["mei"]
    tag = make("Tag", name="老客户", color="red")
    make("CodeSequence", prefix="CRM-202610", last=3)
    first = _customer(make, "西湖茶行", mei, 1)
    pool = _customer(make, "无主茶行", None, 2)
    dropped = _customer(make, "旧茶行", mei, 3, deleted_at=WHEN)
    make("CustomerTag", customer=first, tag=tag)
    contact = _contact(make, first)
    talk = _records(make, first, contact, mei)
    _trail(make, people, [first, pool, dropped], contact, talk)
    _doors(make, people["zhou"], first)
    make("Job", kind="doors.forget", run_at=WHEN.replace(year=2030), created_at=WHEN)


def _person(make: Any, username: str, name: str, role: str, of: Any, **more: Any) -> Any:
    from django.contrib.auth.hashers import make_password

    words = {"username": username, "name": name, "role": role, "department": of}
    return make("Person", password=make_password(PASSWORD), created_at=WHEN, **words, **more)


def _token(make: Any, person: Any, plain: str, when: datetime) -> None:
    import hashlib

    digest = hashlib.sha256(plain.encode()).hexdigest()
    make("Token", person=person, name="对接", digest=digest, created_at=when)


def _sealed(row: Any, **plain: str) -> None:
    from zhike.customers.models import Contact, Customer
    from zhike.fields import sealed

    model = Contact if row._meta.model_name == "contact" else Customer
    for name, value in plain.items():
        field = sealed.sealed_field(model, name)
        for column, content in sealed.columns(model, row.pk, field, value).items():
            setattr(row, column, content)
    row.save()


def _customer(make: Any, name: str, owner: Any, number: int, **more: Any) -> Any:
    from zhike.customers import search
    from zhike.customers.models import derived_from_name

    code = f"CRM-202610{number:03}"
    fields = {"kind": "company", "type": "existing", "contract_amount": 7_390_461_200 + number}
    times = {"recorded_on": DAY, "created_at": WHEN, "updated_at": WHEN}
    told = {"remark": f"备注{number}", "risk": "风险", "products": "龙井", "is_key": number == 1}
    customer = make(
        "Customer",
        name=name,
        code=code,
        owner=owner,
        **fields,
        **times,
        **told,
        **derived_from_name(name),
        **more,
    )
    if number == 1:
        _sealed(customer, identity=IDENTITY, address=ADDRESS)
    if not more:
        words = search.document(name, code, owner.pk if owner else None, person=False)
        search.put([(customer.pk, words)])
    return customer


def _contact(make: Any, customer: Any) -> Any:
    words = {"name": "赵敏", "title": "店长", "is_primary": True, "created_at": WHEN}
    contact = make("Contact", customer=customer, **words)
    email = {"email": "zhaomin@canary.example", "wechat": "wx_zhaomin", "landline": "0571-87654321"}
    _sealed(contact, mobile=MOBILE, **email)
    return contact


def _records(make: Any, customer: Any, contact: Any, author: Any) -> Any:
    of = {"customer": customer}
    talk = make(
        "FollowUp",
        **of,
        contact=contact,
        contacted_on=DAY,
        way="phone",
        content="谈了春茶",
        author=author,
        recorded_at=WHEN,
    )
    plan = {"kind": "follow_up", "title": "寄样品", "due_on": DAY, "created_at": WHEN}
    make("Task", **of, **plan, assignee=author, created_by=author, follow_up=talk)
    make("CareEntry", **of, on=DAY, way="festival", result="问候", author=author, recorded_at=WHEN)
    make("Feedback", **of, on=DAY, score=5, comment="满意", recorded_by=author, recorded_at=WHEN)
    return talk


def _trail(
    make: Any, people: dict[str, Any], customers: list[Any], contact: Any, talk: Any
) -> None:
    how = {"at": WHEN, "on": DAY, "actor": people["mei"], "request_id": "0" * 32}
    first = customers[0].pk
    for one in customers:
        told = {"name": one.name, "code": one.code}
        of = {"customer_id": one.pk, "record_type": "customer", "record_id": one.pk}
        make("Event", verb="customer.created", data=told, **of, **how)
    changed = {"version": 2, "changes": {"remark": ["旧", "新"], "contract_amount": [None, 100]}}
    make("Event", verb="customer.changed", customer_id=first, data=changed, **how)
    of = {"customer_id": first, "record_type": "contact", "record_id": contact.pk}
    make("Event", verb="value.revealed", data={"field": "mobile"}, **of, **how)
    of = {"customer_id": first, "record_type": "follow_up", "record_id": talk.pk}
    make("Event", verb="follow_up.logged", data={}, **of, **how)
    nobody = {"actor": None, "request_id": "", "on": date(2023, 1, 2)}
    make("Event", verb="person.added", data={"name": "离职者"}, **(how | nobody))


def _doors(make: Any, boss: Any, customer: Any) -> None:
    from zhike.doors.intake import seal_row

    of = make(
        "Import", file_name="客户.xlsx", state="done", owner=boss, created_by=boss, created_at=WHEN
    )
    row = make("ImportRow", of=of, row=2, action="update", customer_id=customer.pk)
    row.cells = seal_row("cells", row.pk, ["西湖茶行", MOBILE])
    row.save()
    make("Export", view="list", format="csv", state="done", created_by=boss, created_at=WHEN)


def dump() -> dict[str, dict[str, dict[str, str]]]:
    """Every row of every table of ours, by its key, as text."""
    from django.db import connection

    found: dict[str, dict[str, dict[str, str]]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("zhike_") or table.startswith(("zhike_search", "zhike_cache")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, map(_text, row), strict=True)) for row in cursor.fetchall()]
            found[table] = {row[names[0]]: row for row in rows}
    return found


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else str(value)


def seen() -> dict[str, Any]:
    """What the upgraded product says of the old data, by its own doors."""
    from django.test import Client

    from zhike.access.models import Department, Person
    from zhike.trail import verification

    told: dict[str, Any] = {}
    result = verification.verify()
    told["chain"] = [result.well, result.events, result.problem]
    told["roles"] = {one.username: one.role.key for one in Person.objects.all()}
    told["paths"] = {
        one.name: one.path.count("/") - 1 for one in Department.objects.order_by("name")
    }
    browser = Client(headers=HERE)
    browser.get("/_allauth/browser/v1/config")
    signed = browser.post(
        "/_allauth/browser/v1/auth/login",
        {"username": "mei", "password": PASSWORD},
        content_type="application/json",
    )
    told["signed_in"] = signed.status_code
    told["me"] = browser.get("/api/v1/me").json()

    def ask(who: str, method: str, path: str, body: Any = None) -> Any:
        extra: dict[str, Any] = {"headers": {"Authorization": f"Bearer {TOKENS[who]}"}}
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        answer = Client(headers=HERE).generic(method, f"/api/v1{path}", **extra)
        return answer.json() if answer.status_code < 400 else answer.status_code

    listed = ask("mei", "GET", "/customers?sort=code")["items"]
    told["mine"] = [one["name"] for one in listed]
    pk = next(one["id"] for one in listed if one["name"] == "西湖茶行")
    page = ask("mei", "GET", f"/customers/{pk}")
    told["page"] = page
    told["found"] = {
        q: [hit["name"] for hit in ask("mei", "GET", f"/search?q={q}")["items"]]
        for q in ("xihu", MOBILE, MOBILE[-4:], "wuzhu")
    }
    path = f"/contacts/{page['contacts'][0]['id']}/reveals"
    told["revealed"] = ask("mei", "POST", path, {"field": "mobile"})
    told["story"] = [one["verb"] for one in ask("mei", "GET", f"/customers/{pk}/timeline")["items"]]
    told["tasks"] = [one["title"] for one in ask("mei", "GET", "/tasks?scope=open")["items"]]
    told["rows"] = ask("zhou", "GET", "/imports/1/rows?only=all")["items"]
    new = ask("mei", "POST", "/customers", {"name": "新茶行", "kind": "company"})
    told["new"] = [new["name"], new["access"], new["id"] > pk]
    told["all"] = ask("zhou", "GET", "/customers/summary")["count"]
    told["file"] = _the_file(ask, pk)
    told["audit"] = len(ask("zhou", "GET", "/audit?limit=200")["items"])
    told["still"] = verification.verify().well
    return told


def _the_file(ask: Any, pk: int) -> dict[str, Any]:
    """What 0007 brought: keys of names, the shipped rule, one's own fields on an old customer."""
    from zhike.customers.models import Customer, NameKey

    living = Customer.objects.filter(deleted_at=None).values_list("pk", flat=True)
    keyed = NameKey.objects.values_list("customer", flat=True).distinct()
    said = {"of": "customer", "label": "茶园", "type": "choice"}
    field = ask("zhou", "POST", "/fields", {**said, "choices": [{"label": "自有"}]})
    (word,) = ask("mei", "GET", "/choices")[field["key"]]
    version = ask("mei", "GET", f"/customers/{pk}")["version"]
    filled = {"version": version, "custom": {field["key"]: word["value"]}}
    changed = ask("mei", "PATCH", f"/customers/{pk}", filled)
    old = Customer.objects.get(code="CRM-202610002")
    return {
        "keyed": sorted(keyed) == sorted(living),
        "rules": [rule["key"] for rule in ask("zhou", "GET", "/rules")["items"]],
        "custom": changed["custom"] == filled["custom"],
        "old": [old.custom, old.life, old.bought_count, old.tier_by_hand, old.merged_into_id],
    }


if __name__ == "__main__":
    start()
    if sys.argv[1] == "fill":
        fill()
        print(json.dumps({"rows": dump()}))
    else:
        print(json.dumps({"rows": dump(), "seen": seen()}))
