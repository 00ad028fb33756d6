"""What the columns of the exports hold, customer by customer, masked by right.

A view turns a chunk of customers into rows with one query per kind of record. The standard
sheets come in again unchanged (`sheets.py` has their columns).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.access.rights import GROUPS, Level
from zhike.base import clock
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.care.queries import follow_ups_visible_to, tasks_visible_to
from zhike.customers.listing import tags_of
from zhike.customers.models import Contact, Customer
from zhike.customers.queries import (
    contacts_visible_to,
    purchases_visible_to,
    records_visible_to,
)
from zhike.doors import columns, own_columns
from zhike.doors.models import Export
from zhike.doors.sheets import (
    CARD_SECTIONS,
    COLLECTION,
    LAYOUTS,
    MAINTENANCE,
    PURCHASES,
    SATISFACTION,
    STANDARD,
    TOOL_CARD,
    Layout,
)
from zhike.doors.writing import Value
from zhike.fields import checks, choices, masking, sealed
from zhike.fields.checks.numbers import decimal_text
from zhike.fields.groups import all_groups, group_of
from zhike.service.models import Feedback

LIST = Layout(
    "list",
    "客户列表",
    (
        ("客户编号", "customer.code"),
        ("客户名称", "customer.name"),
        ("客户类别", "customer.kind"),
        ("客户类型", "customer.type_only"),
        ("重点客户", "customer.is_key"),
        ("客户分层", "customer.tier"),
        ("客户等级", "customer.grade"),
        ("所属行业", "customer.industry"),
        ("所在地区", "customer.region"),
        ("客户来源", "customer.source"),
        ("负责人", "customer.owner_name"),
        ("标签", "customer.tags"),
        ("联系人", "contact.name"),
        ("职位", "contact.title"),
        ("联系方式", "contact.phone"),
        ("邮箱", "contact.email"),
        ("企业地址", "customer.address"),
        ("合作产品/服务", "customer.products"),
        ("合作开始时间", "customer.cooperation_since"),
        ("合作到期时间", "customer.cooperation_until"),
        ("合作阶段", "customer.cooperation_stage"),
        ("合同金额(万元)", "customer.contract_amount_wan"),
        ("关联项目/订单编号", "customer.project_code"),
        ("需求状态", "customer.need_status"),
        ("初步需求", "customer.first_need"),
        ("最近跟进时间", "customer.last_follow_up_on"),
        ("下次跟进时间", "customer.next_follow_up_on"),
        ("记录人", "customer.recorder_name"),
        ("记录时间", "customer.recorded_on"),
        ("备注", "customer.remark"),
    ),
)
VIEWS = {layout.name: layout for layout in (*LAYOUTS.values(), LIST)}
CHUNK = 1000
_WIDE = {"content", "result", "remark", "comment", "address", "name", "suggestion", "background"}


def columns_of(view: str, *, every: bool = False) -> list[tuple[str, str]]:
    """The columns (header, name) a view goes out with as fields are now.

    The list goes out with its own columns and the customer's own fields; `every`: with whatever
    may be chosen. Files are named where somebody asks for them.
    """
    layout = VIEWS[view]
    if view != LIST.name:
        return list(layout.columns)
    base = [
        (columns.renamed(_FIELD.get(name, name), header), name)
        for header, name in layout.columns
        if not columns.is_archived(_FIELD.get(name, name))
    ]
    shipped, own = own_columns.offered(_FIELD.get(name, name) for _, name in layout.columns)
    if every:
        return [*base, *shipped, *own]
    files = own_columns.file_keys(name for _, name in own)
    return [*base, *(one for one in own if one[1].partition(".")[2] not in files)]


def chosen_columns(view: str, headers: Sequence[str]) -> list[tuple[str, str]]:
    """The columns somebody chose by their headers, in that order; all usual ones for none."""
    if not headers:
        return columns_of(view)
    known = {header: (header, name) for header, name in columns_of(view, every=True)}
    return [known[header] for header in dict.fromkeys(headers) if header in known]


# Columns of the list by the field they show.
_FIELD = {"customer.type_only": "customer.type"}


def file_name(made: Export) -> str:
    """What the file is called when it is saved."""
    label = VIEWS[made.view].label if made.view in VIEWS else "导出"
    return f"{label}-{clock.day_of(made.created_at):%Y%m%d}-{made.pk}.{made.format}"


def widths(columns: Sequence[tuple[str, str]]) -> list[int]:
    """Column widths in characters."""
    return [
        30 if name.partition(".")[2] in _WIDE else max(12, len(header) * 2 + 2)
        for header, name in columns
    ]


@dataclass
class Subject:
    """One customer with what the sheets say of it."""

    customer: Customer
    contact: Contact | None = None
    follow_up: FollowUp | None = None
    care: CareEntry | None = None
    feedback: Feedback | None = None
    plan: Task | None = None
    tags: list[str] = field(default_factory=list)
    plain: frozenset[str] = frozenset()  # the groups shown without masks
    hidden: frozenset[str] = frozenset()  # the groups not shown at all
    files: own_columns.Files = field(default_factory=dict)
    reads_names: bool = True  # whether the reader may know contacts by their whole names


def care_entries_visible_to(actor: Person) -> QuerySet[CareEntry]:
    """The care entries `actor` may read."""
    return records_visible_to(actor, CareEntry.objects.filter(deleted_at=None), "care", "author")


def feedback_visible_to(actor: Person) -> QuerySet[Feedback]:
    """The feedback `actor` may read."""
    found = Feedback.objects.filter(deleted_at=None)
    return records_visible_to(actor, found, "feedback", "recorded_by")


def customers_of(
    actor: Person, found: QuerySet[Customer], *, plain: bool, files: Collection[str] = ()
) -> Iterator[list[Subject]]:
    """The customers of a query in chunks by id, each with its latest records.

    `files` are the keys of fields of which the names of files are wanted.
    """
    last = 0
    base = found.order_by("id").select_related("owner")
    while chunk := list(base.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield _subjects(actor, chunk, plain=plain, files=files)


def _subjects(
    actor: Person, chunk: list[Customer], *, plain: bool, files: Collection[str] = ()
) -> list[Subject]:
    unmasked = frozenset(group for group in GROUPS if plain and actor.reads(group))
    everyones = actor.scope("customer").reach == "all"
    hidden = frozenset(group for group in GROUPS if actor.level(group) == Level.HIDDEN)
    ids = [one.pk for one in chunk]
    primary = contacts_visible_to(actor).filter(customer_id__in=ids, is_primary=True)
    contacts = {one.customer_id: one for one in primary}
    follow_ups = _latest(actor, follow_ups_visible_to(actor), ids, "contacted_on")
    care = _latest(actor, care_entries_visible_to(actor), ids, "on")
    feedback = _latest(actor, feedback_visible_to(actor), ids, "on")
    open_ones = tasks_visible_to(actor).filter(
        customer_id__in=ids, kind=Task.FOLLOW_UP, done_at=None
    )
    plans = {task.customer_id: task for task in open_ones.order_by("-due_on", "-id")}
    tags = tags_of(ids)
    named = own_columns.files_of(actor, ids, files)
    return [
        Subject(
            one,
            contacts.get(one.pk),
            follow_ups.get(one.pk),
            care.get(one.pk),
            feedback.get(one.pk),
            plans.get(one.pk),
            [tag["name"] for tag in tags.get(one.pk, [])],
            # Nobody reveals a number in the pool before claiming the customer.
            unmasked if one.owner_id or everyones else frozenset(),
            hidden,
            named,
            actor.reads("contact"),
        )
        for one in chunk
    ]


def _latest(actor: Person, visible: QuerySet[Any], ids: list[int], day: str) -> dict[int, Any]:
    """The latest record of each customer; an undated one counts from when it was recorded."""
    quote = connection.ops.quote_name
    recorded = (
        "substr(recorded_at, 1, 10)" if connection.vendor == "sqlite" else "recorded_at::date"
    )
    marks = ", ".join(["%s"] * len(ids))
    sql = f"""
        SELECT id FROM (
            SELECT id, ROW_NUMBER() OVER (
                PARTITION BY customer_id
                ORDER BY COALESCE({quote(day)}, {recorded}) DESC, id DESC) AS place
            FROM {quote(visible.model._meta.db_table)}
            WHERE deleted_at IS NULL AND customer_id IN ({marks})) AS ranked
        WHERE place = 1"""
    with connection.cursor() as cursor:
        cursor.execute(sql, ids)
        latest = [row[0] for row in cursor.fetchall()]
    return {one.customer_id: one for one in visible.filter(pk__in=latest)}


Getter = Callable[[Subject], Value]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sealed(subject: Subject, of: Contact | Customer | None, name: str) -> str:
    if of is None:
        return ""
    group = group_of("contact" if isinstance(of, Contact) else "customer", name)
    if group in subject.hidden:
        return ""
    if group not in subject.plain:
        return sealed.read_masked(of, name)
    value = sealed.held(of, name)
    return sealed.UNREADABLE if value is None else value


def _phones(subject: Subject) -> str:
    """The numbers of the primary contact, as one cell."""
    numbers = (_sealed(subject, subject.contact, name) for name in ("mobile", "landline"))
    return "/".join(number for number in numbers if number)


def _reach(subject: Subject) -> str:
    """联系方式 of the collection form: numbers and e-mail."""
    parts = (_phones(subject), _sealed(subject, subject.contact, "email"))
    return "/".join(part for part in parts if part)


def _contact_name(subject: Subject) -> str:
    contact = subject.contact
    if contact is None or "contact" in subject.hidden:
        return ""
    if "contact" in subject.plain:
        return contact.name
    if subject.reads_names:
        return masking.salutation(contact.name, title=contact.title)
    return masking.mask_name(contact.name, contact.title)


def _whole_contact(subject: Subject) -> str:
    contact = subject.contact
    if contact is None:
        return ""
    parts = (
        ("姓名", _contact_name(subject)),
        ("职位", contact.title if subject.reads_names else ""),
        ("电话", _phones(subject)),
        ("邮箱", _sealed(subject, contact, "email")),
    )
    return " ".join(f"{label}:{value}" for label, value in parts if value)


def _wan(fen: int | None) -> Value:
    return Decimal(checks.wan_text(fen)) if fen is not None else None


def _deal(subject: Subject) -> str:
    fen = subject.customer.deal_amount
    return f"{checks.wan_text(fen)}万" if fen is not None else ""


def _type(subject: Subject) -> str:
    """客户类型 of the 21-column sheet, where 重点客户 stands in the same column."""
    customer = subject.customer
    return "重点客户" if customer.is_key else choices.TYPE.label(customer.type)


def _kind(subject: Subject) -> str:
    return "C端" if subject.customer.kind == "person" else "B端"


def plan_text(due_on: date, title: str) -> str:
    """下次跟进计划: a day and a matter; a matter that begins with the day has it already."""
    day = due_on.isoformat()
    return title if title.startswith(day) else f"{day} {title}".strip()


def _plan(subject: Subject) -> str:
    plan = subject.plan
    return plan_text(plan.due_on, plan.title) if plan else ""


def _needs_and_risk(subject: Subject) -> str:
    parts = (subject.customer.special_needs, subject.customer.risk)
    return "；".join(part for part in parts if part)


def _boxes(dictionary: choices.Dictionary, chosen: str, *offered: str) -> str:
    """☑ before what is chosen, □ before the rest; the card offers only some of the choices."""
    values = [*offered, *([chosen] if chosen and chosen not in offered else [])]
    return " ".join(
        f"{'☑' if value == chosen else '□'}{dictionary.label(value)}" for value in values
    )


def _of(part: str, name: str) -> Getter:
    def get(subject: Subject) -> Value:
        record = getattr(subject, part)
        value = getattr(record, name) if record is not None else ""
        return value.isoformat() if isinstance(value, date) else value

    return get


def _label(part: str, name: str, dictionary: choices.Dictionary) -> Getter:
    def get(subject: Subject) -> Value:
        record = getattr(subject, part)
        return dictionary.label(getattr(record, name)) if record is not None else ""

    return get


_CUSTOMER = (
    *("code", "name", "industry", "region", "background", "first_need", "core_need", "budget"),
    *("expected_term", "products", "cooperation_since", "cooperation_until", "project_code"),
    *("expected_close", "competition", "recorder_name", "recorded_on", "remark"),
    *("last_follow_up_on", "next_follow_up_on"),
)
GETTERS: dict[str, Getter] = {
    **{f"customer.{name}": _of("customer", name) for name in _CUSTOMER},
    "customer.kind": _kind,
    "customer.type": _type,
    "customer.type_only": _label("customer", "type", choices.TYPE),
    "customer.is_key": lambda s: "是" if s.customer.is_key else "否",
    "customer.tier": _label("customer", "tier", choices.TIER),
    "customer.grade": _label("customer", "grade", choices.GRADE),
    "customer.source": _label("customer", "source", choices.SOURCE),
    "customer.need_status": _label("customer", "need_status", choices.NEED_STATUS),
    "customer.cooperation_stage": _label(
        "customer", "cooperation_stage", choices.COOPERATION_STAGE
    ),
    "customer.owner_name": lambda s: s.customer.owner.name if s.customer.owner else "",
    "customer.tags": lambda s: "、".join(s.tags),
    "customer.address": lambda s: _sealed(s, s.customer, "address"),
    "customer.contract_amount_wan": lambda s: _wan(s.customer.contract_amount),
    "contact.name": _contact_name,
    "contact.title": _of("contact", "title"),
    "contact.phone": _phones,
    "contact.email": lambda s: _sealed(s, s.contact, "email"),
    "contact.reach": _reach,
    "follow_up.on": lambda s: _day(s.follow_up.contacted_on) if s.follow_up else "",
    "follow_up.way": _label("follow_up", "way", choices.WAY),
    "follow_up.content": _of("follow_up", "content"),
    "follow_up.result": _of("follow_up", "result"),
    "next.on": _of("customer", "next_follow_up_on"),
    "care.way": _label("care", "way", choices.CARE_WAY),
    "care.result": _of("care", "result"),
    "feedback.comment": _of("feedback", "comment"),
}
_BY_VIEW: dict[str, dict[str, Getter]] = {
    STANDARD.name: {"contact.reach": _phones},
    TOOL_CARD.name: {
        "customer.type": lambda s: _boxes(
            choices.TYPE, s.customer.type, "new", "prospect", "existing", "lost"
        ),
        "contact.all": _whole_contact,
        "follow_up.way": lambda s: _boxes(
            choices.WAY,
            s.follow_up.way if s.follow_up else "",
            "phone",
            "visit",
            "meeting",
            "email",
        ),
        "follow_up.customer_feedback": _of("follow_up", "customer_feedback"),
        "follow_up.author_name": lambda s: _author(s.follow_up) if s.follow_up else "",
        "next.plan": _plan,
        "customer.deal_stage": lambda s: _boxes(
            choices.DEAL_STAGE,
            s.customer.deal_stage,
            *("contact", "needs", "proposal", "negotiation", "won", "after_sales"),
        ),
        "customer.deal_amount": _deal,
        "customer.special_needs": _needs_and_risk,
    },
}


def getters(actor: Person, view: str, columns: Iterable[tuple[str, str]]) -> list[Getter]:
    """The functions that fill the columns of a customer view; hidden fields stay empty."""
    own = _BY_VIEW.get(view, {})
    names = own_columns.Names()
    return [
        (own.get(name) or GETTERS.get(name) or _further(name, names))
        if _shown(actor, name)
        else _nothing
        for _, name in columns
    ]


def _further(name: str, names: own_columns.Names) -> Getter:
    definition = own_columns.definition_of(name)
    return _nothing if definition is None else own_columns.getter(name, definition, names)


def _nothing(_subject: Subject) -> Value:
    return ""


# Columns that are no field of a customer or contact, or of several: by the group that rules them.
_RULED_BY = {
    "customer.type_only": "basic",
    "customer.owner_name": "basic",
    "customer.contract_amount_wan": "money",
    "customer.deal_amount": "money",
}
# These ask for each part of theirs themselves.
_COMPOSED = frozenset({"contact.phone", "contact.reach", "contact.all", "contact.name"})


def _shown(actor: Person, name: str) -> bool:
    """Whether a column may say anything to the actor. Sealed values and names mask themselves."""
    if name in _COMPOSED or not name.startswith(("customer.", "contact.")):
        return True
    definition = own_columns.definition_of(name)
    group = _RULED_BY.get(name) or (definition.group if definition else all_groups()[name])
    if definition is not None and definition.is_sealed:
        return actor.level(group) > Level.HIDDEN
    return actor.reads(group)


def _author(follow_up: FollowUp) -> str:
    return follow_up.author_name or (follow_up.author.name if follow_up.author else "")


def _in_chunks(records: QuerySet[Any], found: QuerySet[Customer]) -> Iterator[list[Any]]:
    """The records of some customers in the order they were entered.

    Their ids are asked for once: going on behind the last id would sort them all for each chunk.
    """
    of_them = records.filter(customer__in=found).order_by("id").values_list("pk", flat=True)
    ids = array("q", of_them.iterator())
    for start in range(0, len(ids), CHUNK):
        yield list(records.filter(pk__in=ids[start : start + CHUNK]).order_by("id"))


def maintenance_rows(actor: Person, found: QuerySet[Customer]) -> Iterator[list[list[Value]]]:
    """S3: one row per follow-up of the customers, oldest entry first."""
    own = follow_ups_visible_to(actor).select_related("customer", "author")
    for chunk in _in_chunks(own, found):
        plans: dict[int, str] = {}
        tasks = tasks_visible_to(actor).filter(
            follow_up_id__in=[one.pk for one in chunk], kind=Task.FOLLOW_UP
        )
        for task in tasks.order_by("id"):
            plans[task.follow_up_id or 0] = plan_text(task.due_on, task.title)
        yield [
            [
                one.customer.code,
                _day(one.contacted_on),
                choices.WAY.label(one.way),
                one.content,
                one.customer_feedback,
                _author(one),
                plans.get(one.pk, ""),
            ]
            for one in chunk
        ]


def purchase_rows(actor: Person, found: QuerySet[Customer]) -> Iterator[list[list[Value]]]:
    """One row per purchase of the customers, oldest entry first; amounts by their own right."""
    own = purchases_visible_to(actor).select_related("customer")
    reads_money = actor.reads("money")
    for chunk in _in_chunks(own, found):
        yield [
            [
                one.customer.code,
                _day(one.bought_on),
                one.product,
                _plain_number(one.quantity),
                _plain_number(None if one.amount is None else Decimal(one.amount) / 100)
                if reads_money
                else "",
                one.order_code,
                one.note,
            ]
            for one in chunk
        ]


def _plain_number(number: Decimal | None) -> Value:
    return "" if number is None else Decimal(decimal_text(number))


def satisfaction_rows(actor: Person, found: QuerySet[Customer]) -> Iterator[list[list[Value]]]:
    """S4: one row per feedback of the customers, oldest entry first."""
    own = feedback_visible_to(actor).select_related("customer", "handler")
    for chunk in _in_chunks(own, found):
        yield [
            [
                one.customer.code,
                _day(one.on),
                one.score,
                one.dimension,
                one.comment,
                one.suggestion,
                one.handler_name or (one.handler.name if one.handler else ""),
                choices.FEEDBACK_STATUS.label(one.status),
            ]
            for one in chunk
        ]


def card(actor: Person, subject: Subject) -> list[list[Value]]:
    """S6: the tool card of one customer, as rows of label and value."""
    rows: list[list[Value]] = []
    fill = getters(actor, TOOL_CARD.name, TOOL_CARD.columns)
    for (header, _), get in zip(TOOL_CARD.columns, fill, strict=True):
        if header in CARD_SECTIONS:
            rows.append([CARD_SECTIONS[header], "内容"])
        rows.append([header, get(subject)])
    return rows


RECORD_VIEWS = {
    MAINTENANCE.name: maintenance_rows,
    SATISFACTION.name: satisfaction_rows,
    PURCHASES.name: purchase_rows,
}
CUSTOMER_VIEWS = frozenset({STANDARD.name, COLLECTION.name, LIST.name})
