"""Made-up customers and follow-ups for the benches, written straight into the tables."""

import random
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from zhike.access.actions import ship_roles
from zhike.access.models import Department, Person, Role
from zhike.access.rights import ADMINISTRATOR, SALES
from zhike.base import clock
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.care.models import FollowUp
from zhike.customers import likeness, search
from zhike.customers.models import Contact, Customer, CustomValue, derived_from_name
from zhike.fields import sealed

CHUNK = 2_000
PLACES = [
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "成都",
    "武汉",
    "西安",
    "重庆",
    "厦门",
    "苏州",
    "长沙",
]
WORDS = [
    "华信",
    "创达",
    "远景",
    "锦程",
    "博远",
    "海纳",
    "明达",
    "瑞丰",
    "启航",
    "安泰",
    "云启",
    "佳和",
    "致远",
    "恒通",
    "中科",
    "融创",
    "天润",
    "宏图",
    "凌云",
    "鼎新",
]
TRADES = [
    "科技",
    "软件",
    "机械设备",
    "医疗器械",
    "食品",
    "连锁超市",
    "教育咨询",
    "贸易",
    "农业",
    "制造",
    "广告传媒",
    "物流",
]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
TEXTS = (
    "电话沟通产品续约，客户希望再降五个点，需要回去申请。",
    "拜访采购部，演示了新版功能，对方技术负责人提了三个问题。",
    "邮件发送报价与案例，等对方内部评审。",
    "微信确认了培训时间，下周安排两位讲师到场。",
    "线上会议过了一遍方案，客户认可交付计划，关注售后响应。",
)


def people() -> Person:
    """Hire 200 sales people and the administrator, who is returned."""
    return _people(clock.now())[-1]


def fill(customers: int, follow_ups_each: int, own_field: int, own_values: list[str]) -> None:
    """Give the sales people customers, each with a value in one field of the company's own."""
    chance = random.Random(20261121)
    staff = list(Person.objects.order_by("pk"))
    own = (own_field, own_values)
    for start in range(0, customers, CHUNK):
        with transaction.atomic():
            _chunk(chance, staff, start, min(CHUNK, customers - start), follow_ups_each, own)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


PEOPLE, DEPARTMENTS = 200, 30


def _people(now: Any) -> list[Person]:
    """200 sales people in 30 departments, three levels deep, and the administrator."""
    ship_roles()
    roles = {role.key: role for role in Role.objects.all()}
    departments: list[Department] = []
    for n in range(DEPARTMENTS):
        parent = departments[(n - 1) // 5] if n else None
        one = Department.objects.create(name=f"部门{n:02}", parent=parent)
        one.path = f"{parent.path if parent else '/'}{one.pk}/"
        one.save()
        departments.append(one)
    people = [
        Person(
            username=f"s{n}",
            name=f"销售{n:03}",
            role=roles[SALES],
            department=departments[n % DEPARTMENTS],
            created_at=now,
        )
        for n in range(PEOPLE)
    ]
    people.append(Person(username="boss", name="管理员", role=roles[ADMINISTRATOR], created_at=now))
    for person in people:
        person.set_unusable_password()
        person.save()
    return people


def _chunk(
    chance: random.Random,
    people: list[Person],
    start: int,
    count: int,
    each: int,
    own: tuple[int, list[str]],
) -> None:
    now = clock.now()
    ids, contact_ids = reserve(Customer, count), reserve(Contact, count)
    customers, contacts, follow_ups, documents, values = [], [], [], [], []
    for n, (pk, contact_id) in enumerate(zip(ids, contact_ids, strict=True)):
        row = _customer(chance, people, own, pk, start + n)
        contact = chance.choice(SURNAMES) + chance.choice(("先生", "女士", "经理", "总"))
        name, code, owner, last = (row[key] for key in ("name", "code", "owner", "recorded_on"))
        customers.append({**row, "created_at": now, "updated_at": now})
        contacts.append(_contact(contact_id, pk, contact, start + n, now))
        words = search.document(name, code, owner, person=False, contacts=[contact])
        documents.append((pk, words))
        values.append({"field": own[0], "customer": pk, "word": row["custom"][f"x{own[0]}"]})
        follow_ups += [_follow_up(chance, pk, owner, last, step, now) for step in range(each)]
    Table(Customer, "id").insert(customers)
    Table(Contact, "id").insert(contacts)
    Table(FollowUp).insert(follow_ups)
    Table(CustomValue).insert(values)
    likeness.lay_many([(row["id"], row["name"]) for row in customers], new=True)
    search.put(documents)


def _customer(
    chance: random.Random, people: list[Person], own: tuple[int, list[str]], pk: int, number: int
) -> dict[str, Any]:
    today = clock.today()
    place, word, trade = chance.choice(PLACES), chance.choice(WORDS), chance.choice(TRADES)
    name = f"{place}{word}{chance.choice(WORDS)}{trade}有限公司"
    owner = people[min(PEOPLE - 1, int(chance.expovariate(0.02)))].pk
    last = today - timedelta(days=chance.randrange(400))
    colour = chance.choice(own[1])
    return {
        "id": pk,
        "code": f"C{number:06}",
        "name": name,
        **derived_from_name(name),
        "kind": "company",
        "type": chance.choice(("prospect", "new", "existing", "lost")),
        "is_key": chance.random() < 0.1,
        "industry": trade,
        "source": chance.choice(("exhibition", "referral", "online", "")),
        "products": "云服务SaaS",
        "contract_amount": chance.randrange(1, 200) * 1_000_000,
        "cooperation_since": today - timedelta(days=chance.randrange(2000)),
        "custom": {f"x{own[0]}": colour},
        "completeness": chance.randrange(30, 100),
        "owner": owner,
        "recorder": owner,
        "recorder_name": "销售",
        "recorded_on": last,
        "last_follow_up_on": last,
        "next_follow_up_on": last + timedelta(days=chance.randrange(10, 90))
        if chance.random() < 0.8
        else None,
    }


def _contact(pk: int, customer_id: int, name: str, number: int, now: Any) -> dict[str, Any]:
    mobile, email = f"138{number:08}", f"user{number}@example.com"
    row: dict[str, Any] = {
        "id": pk,
        "customer": customer_id,
        "name": name,
        "title": "采购经理",
        "is_primary": True,
        "created_at": now,
    }
    for field, plain in (("mobile", mobile), ("email", email)):
        definition = sealed.sealed_field(Contact, field)
        row |= sealed.columns(Contact, pk, definition, plain)
    return row


def _follow_up(
    chance: random.Random, customer_id: int, author: int, last: date, step: int, now: Any
) -> dict[str, Any]:
    day = last - timedelta(days=30 * step)
    return {
        "customer": customer_id,
        "contacted_at": clock.midnight(day),
        "contacted_on": day,
        "way": chance.choice(("phone", "visit", "email", "wecom")),
        "content": chance.choice(TEXTS),
        "author": author,
        "author_name": "销售",
        "recorded_at": now,
    }
