"""A story full of canaries: entered, imported, changed, revealed, deleted, shared, handed over."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.attacks.canaries import Nest
from tests.doors import fixtures
from tests.doors.conftest import brought_in, upload, worked
from tests.people import Api
from zhike.base import clock, jobs
from zhike.care.models import FollowUp

CHOSEN = {"need_status": "clear", "cooperation_stage": "running", "deal_stage": "needs"}
HEADERS = {
    "客户编号": "code",
    "客户名称": "name",
    "联系人": "contact_name",
    "职位": "contact_title",
    "联系方式": "mobile",
    "邮箱": "email",
    "企业地址": "address",
    "合作产品/服务": "products",
    "合作开始时间": "cooperation_since",
    "统一社会信用代码": "identity",
    "合同金额(万元)": "wan",
    "备注": "remark",
    "手机": "landline",
}


class Story(NamedTuple):
    """What was planted, and the numbers under which it can be asked for."""

    nest: Nest
    ids: dict[str, list[Any]]


def told(mei: Api, boss: Api, lin: Api) -> Story:
    """Live through everything that can happen to a customer, under canaries."""
    nest = Nest()
    nest.define(lambda said: dict(boss.post("/fields", said)))
    person = _entered(mei, nest, "阳春客", "person")
    company = _entered(mei, nest, "秋水行", "company")
    shared = _entered(mei, nest, "共享行", "company")
    passed = _entered(mei, nest, "转交客", "person")
    pool = _entered(mei, nest, "公海客", "person")
    gone = _entered(mei, nest, "回收客", "person")
    first = person["contacts"][0]["id"]
    for _ in range(2):
        _changed(mei, nest, person["id"])
        _changed(mei, nest, company["id"])
    second = mei.post(f"/customers/{company['id']}/contacts", nest.contact())
    third = mei.post(f"/customers/{company['id']}/contacts", nest.contact())
    mei.delete(f"/contacts/{third['id']}")
    mei.post(f"/contacts/{third['id']}/restoration", status=200)
    mei.delete(f"/contacts/{third['id']}")
    for field in ("mobile", "landline", "email", "wechat"):
        boss.post(f"/contacts/{first}/reveals", {"field": field}, 200)
    for field in ("identity", "address", *_sealed(nest, "customer")):
        boss.post(f"/customers/{person['id']}/reveals", {"field": field}, 200)
    for field in _sealed(nest, "contact"):
        boss.post(f"/contacts/{first}/reveals", {"field": field}, 200)
    _talked(mei, nest, person["id"], first)
    _talked(mei, nest, company["id"], second["id"])
    dealt = _dealt(mei, nest, person["id"], first)
    mei.delete(f"/customers/{gone['id']}")
    mei.post(f"/customers/{gone['id']}/restoration", status=200)
    mei.delete(f"/customers/{gone['id']}")
    share = f"/customers/{shared['id']}/collaborators/{lin.id}"
    assert mei.call("PUT", share, {"may_edit": True}).status_code == 200
    passing = [
        boss.post("/hand-overs", {"customer_ids": [pk], "taker_id": taker, "note": "请接手"})
        for pk, taker in ((passed["id"], lin.id), (pool["id"], None))
    ]
    imported = _imported(mei, nest, company["code"])
    reviews = _reviewed(mei, boss, nest, company["id"], shared["id"])
    exported = [
        api.post("/exports", {"view": "list", "plain": plain, "filters": {"q": word}})
        for api, plain in ((boss, True), (mei, False))
        for word in (nest.of("mobile")[0], nest.of("email")[0])
    ]
    merged = _merged(mei, nest)
    robot = {"kind": "wecom", "name": "群", "address": "https://qyapi.weixin.qq.com/x"}
    channel = boss.post("/channels", {**robot, "is_on": False})
    boss.post("/quality/doubles/search", {}, 202)
    jobs.run_due(clock.now())
    customers = [person, company, shared, passed, pool, gone, *merged]
    found = boss.get("/customers", limit="200")["items"]
    return Story(
        nest,
        {
            "customer_id": sorted({one["id"] for one in [*customers, *found]}),
            "contact_id": [first, second["id"], third["id"]],
            "import_id": imported,
            "export_id": [one["id"] for one in exported],
            "hand_over_id": [one["id"] for one in passing],
            "person_id": [mei.id, lin.id],
            "review_id": reviews,
            "pair": [person["id"], merged[0]["id"]],
            "purchase_id": dealt["purchase"],
            "problem_id": dealt["problem"],
            "attachment_id": dealt["attachment"],
            "name": ["source"],  # of a dictionary, and one of its words
            "value": ["referral"],
            "channel_id": [channel["id"]],
            "follow_up_id": list(FollowUp.objects.order_by("pk").values_list("pk", flat=True)),
        },
    )


def _sealed(nest: Nest, of: str) -> list[str]:
    return [nest.own[of][type_] for type_ in ("phone", "email")]


def _merged(api: Api, nest: Nest) -> list[dict[str, Any]]:
    """One customer took in another with all its values, gave it back and took it in again."""
    one, other = (_entered(api, nest, name, "person") for name in ("并客甲", "并客乙"))
    body = {"survivor_id": one["id"], "absorbed_ids": [other["id"]]}
    plan = api.post("/merges/plan", body, 200)
    body["chosen"] = {field["field"]: other["id"] for field in plan["fields"]}
    done = api.post("/merges", body)
    api.post(f"/merges/{done['id']}/undo", status=200)
    api.post("/merges", body)
    return [one, other]


def _entered(api: Api, nest: Nest, name: str, kind: str) -> dict[str, Any]:
    fields = nest.customer(kind) | nest.first_contact()
    made = api.customer(name, kind=kind, **fields, **CHOSEN)
    own = {"version": 1, **nest.custom("contact")}
    api.patch(f"/contacts/{made['contacts'][0]['id']}", own)
    return api.get(f"/customers/{made['id']}")


def _changed(api: Api, nest: Nest, pk: int) -> None:
    """Everything new, and the numbers taken away and put in again."""
    now = api.get(f"/customers/{pk}")
    fields = nest.customer(now["kind"])
    api.patch(f"/customers/{pk}", {"version": now["version"], **fields})
    contact = now["contacts"][0]
    path = f"/contacts/{contact['id']}"
    new = nest.contact()
    api.patch(path, {"version": contact["version"], **new})
    empty: dict[str, Any] = dict.fromkeys(("mobile", "landline", "email", "wechat"))
    empty["custom"] = dict.fromkeys(new["custom"])
    api.patch(path, {"version": contact["version"] + 1, **empty})
    again = {name: new[name] for name in empty}
    api.patch(path, {"version": contact["version"] + 2, **again})


def _reviewed(mei: Api, boss: Api, nest: Nest, *customers: int) -> list[int]:
    """Amounts, days and products that wait, one of them decided, and a new customer that waits."""
    names = ("contract_amount", "deal_amount", "products", "cooperation_since")
    boss.patch("/organisation", {"reviewed_fields": list(names), "reviews_new_customers": True})
    for pk in customers:
        fresh = nest.customer("company")
        version = mei.get(f"/customers/{pk}")["version"]
        body = {name: fresh[name] for name in names} | {"cooperation_until": None}
        mei.patch(f"/customers/{pk}", {"version": version, **body})
    _entered(mei, nest, "待审客", "person")
    found = [one["id"] for one in boss.get("/reviews", state="pending")["items"]]
    boss.post(f"/reviews/{found[-1]}/rejection", {"note": "再谈"}, 200)
    boss.patch("/organisation", {"reviewed_fields": [], "reviews_new_customers": False})
    return found


def _talked(api: Api, nest: Nest, pk: int, contact: int) -> None:
    plan = {"on": "2026-11-18", "matter": "再谈一次"}
    said = {"way": "phone", "content": "谈了谈", "contact_id": contact, "next": plan}
    made = api.post(f"/customers/{pk}/follow-ups", {**said, **nest.custom("follow_up")})
    api.patch(f"/follow-ups/{made['id']}", {"version": 1, **nest.custom("follow_up")})
    api.post(
        f"/customers/{pk}/care-entries", {"on": "2026-11-17", "way": "festival", "result": "好"}
    )
    api.post(f"/customers/{pk}/feedback", {"on": "2026-11-17", "score": 5, "comment": "满意"})


def _dealt(api: Api, nest: Nest, pk: int, contact: int) -> dict[str, list[int]]:
    """Purchases and problems, changed and thrown away, and files on them and on a contact."""
    found: dict[str, list[int]] = {"purchase": [], "problem": [], "attachment": []}
    for kind, fields in (("purchase", nest.purchase), ("problem", nest.problem)):
        group = "cooperation" if kind == "purchase" else "notes"
        for thrown in (False, True):
            made = api.post(f"/customers/{pk}/{kind}s", fields())["id"]
            api.patch(f"/{kind}s/{made}", {"version": 1, **fields()})
            found["attachment"].append(_attached(api, pk, nest.file_of(group), kind, made))
            found[kind].append(made)
            if thrown:
                api.delete(f"/{kind}s/{made}")
    found["attachment"].append(_attached(api, pk, nest.file_of("contact"), "contact", contact))
    return found


def _attached(api: Api, pk: int, name: str, of: str, record: int) -> int:
    form = {
        "file": SimpleUploadedFile(name, b"%PDF-1.7", "application/pdf"),
        "of": of,
        "record_id": str(record),
    }
    path = f"/api/v1/customers/{pk}/attachments"
    made = api.client.post(path, form, headers={"X-CSRFToken": api.csrf})
    assert made.status_code == 201, made.content
    return int(made.json()["id"])


def _imported(api: Api, nest: Nest, code: str) -> list[int]:
    """One import done, with an update and rows refused in part; one waiting to be confirmed."""
    labels = {one["key"]: one["label"] for one in api.get("/fields", of="customer")["items"]}
    full = [_row(nest, f"导入行{n}", "company") for n in range(2)]
    update = _row(nest, "秋水行", "company") | {"code": code, "contact_name": ""}
    numbers = "/".join(nest.contact()["mobile"] for _ in range(3))
    odd = _row(nest, "怪异行", "company") | {"mobile": numbers, "landline": ""}
    short = _row(nest, "残缺行", "company")
    short |= {"mobile": short["mobile"][:-1], "email": short["email"].replace("@", " at ")}
    short |= {"identity": short["identity"][:-1] + "-", "cooperation_since": "不详", "code": code}
    done = brought_in(api, _sheet(labels, [*full, update, odd, short]), "老客户.xlsx")
    assert done["state"] == "done", done
    assert done["counts"]["new"] >= 2
    waiting = upload(api, _sheet(labels, [short, _row(nest, "待定行", "company")]), "新客户.xlsx")
    undone = brought_in(api, _sheet(labels, [_row(nest, "撤销行", "company")]), "撤销.xlsx")
    api.post(f"/imports/{undone['id']}/undo", status=200)
    worked(api, undone["id"])
    return [done["id"], waiting["id"], undone["id"]]


def _row(nest: Nest, name: str, kind: str) -> dict[str, Any]:
    made = nest.customer(kind) | nest.first_contact()
    return made | {"name": name, "code": "", "wan": str(made["contract_amount"] / 1_000_000)}


def _sheet(labels: dict[str, str], rows: list[dict[str, Any]]) -> bytes:
    own = [*rows[0]["custom"]]
    cells = [
        [*(row.get(field, "") for field in HEADERS.values()), *(row["custom"][key] for key in own)]
        for row in rows
    ]
    return fixtures.xlsx([[*HEADERS, *(labels[key] for key in own)], *cells])
