"""What fills the columns of an export, customer by customer, masked by right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.care.models import FollowUp
from zhike.customers.models import Contact, Customer
from zhike.doors import own_columns
from zhike.doors.own_columns import Getter
from zhike.doors.sheets import CARD_SECTIONS, STANDARD, TOOL_CARD
from zhike.doors.subjects import Subject
from zhike.doors.writing import Value
from zhike.fields import checks, choices, masking
from zhike.fields.groups import all_groups, group_of


def day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sealed(subject: Subject, of: Contact | Customer | None, name: str) -> str:
    if of is None:
        return ""
    group = group_of("contact" if isinstance(of, Contact) else "customer", name)
    return subject.sealed_text(of, name, group)


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
    "follow_up.on": lambda s: day_text(s.follow_up.contacted_on) if s.follow_up else "",
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
        "follow_up.author_name": lambda s: author_of(s.follow_up) if s.follow_up else "",
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


def author_of(follow_up: FollowUp) -> str:
    return follow_up.author_name or (follow_up.author.name if follow_up.author else "")


def card(actor: Person, subject: Subject) -> list[list[Value]]:
    """S6: the tool card of one customer, as rows of label and value."""
    rows: list[list[Value]] = []
    fill = getters(actor, TOOL_CARD.name, TOOL_CARD.columns)
    for (header, _), get in zip(TOOL_CARD.columns, fill, strict=True):
        if header in CARD_SECTIONS:
            rows.append([CARD_SECTIONS[header], "内容"])
        rows.append([header, get(subject)])
    return rows
