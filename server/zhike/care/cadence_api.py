"""How often customers are followed up, over HTTP: settings, rules, the next day, the limit."""

from datetime import date as Day
from datetime import time as TimeOfDay
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care.cadence import asking, editing, replanning, rules, settings, workdays
from zhike.care.cadence.guard import Guard
from zhike.care.cadence.shipped import OWN, SHELVES
from zhike.care.models import CadenceRule, CareRules
from zhike.fields.groups import require_configure
from zhike.fields.rules_api import Condition

router = Router(tags=["cadence"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
Shelf = Annotated[str, Field(max_length=20)]
Track = Literal["follow_up", "return_visit"]
Unit = Literal["day", "week", "month"]
Ways = Annotated[list[Annotated[str, Field(max_length=16)]], Field(max_length=10)]
Conditions = Annotated[list[Condition], Field(max_length=10)]


class CareRulesOut(Schema):
    shelf: str
    plans_itself: bool
    guard: dict[str, int] = Field(
        description="每月联系上限：core、growth、normal，空键为未分层；0 不限"
    )
    late_hours: int
    unplanned_days: int
    quiet_from: TimeOfDay
    quiet_to: TimeOfDay
    digest_at: TimeOfDay
    remind_at: TimeOfDay
    long_record: int
    seen: str = Field(description="这些设置现在的样子；改的时候带上，别人先改了就不会盖掉")


class CareRulesPatch(Schema):
    model_config = {"extra": "forbid"}

    seen: Annotated[str, Field(max_length=64)] | None = Field(
        None, description="读到的 seen；这之后有人改过就不改，返回 409"
    )
    plans_itself: bool | None = None
    guard: dict[str, int] | None = None
    late_hours: int | None = None
    unplanned_days: int | None = None
    quiet_from: TimeOfDay | None = None
    quiet_to: TimeOfDay | None = None
    digest_at: TimeOfDay | None = None
    remind_at: TimeOfDay | None = None
    long_record: int | None = None


class ShelfOut(Schema):
    key: str
    name: str
    note: str


class CadenceRuleOut(Schema):
    id: int
    version: int
    shelf: str
    key: str
    name: str
    track: Track
    when: list[Condition]
    every: int
    unit: Unit
    first_within: int | None
    ways: list[str]
    matter: str
    is_on: bool
    position: int
    told: str = Field(description="一句话说明")


class CadenceOut(Schema):
    shelf: str = Field(description="采用的那一套")
    shelves: list[ShelfOut]
    rules: list[CadenceRuleOut]
    announced_until: int = Field(description="放假安排公布到哪一年")


class CadenceRuleIn(Schema):
    model_config = {"extra": "forbid"}

    shelf: Shelf = OWN
    name: Annotated[str, Field(max_length=200)]
    track: Track = "follow_up"
    when: Conditions = []
    every: int
    unit: Unit
    first_within: int | None = None
    ways: Ways = []
    matter: Annotated[str, Field(max_length=200)] = ""
    is_on: bool = True


class CadenceRulePatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    name: Annotated[str, Field(max_length=200)] | None = None
    track: Track | None = None
    when: Conditions | None = None
    every: int | None = None
    unit: Unit | None = None
    first_within: int | None = None
    ways: Ways | None = None
    matter: Annotated[str, Field(max_length=200)] | None = None
    is_on: bool | None = None


class RuleOrderIn(Schema):
    model_config = {"extra": "forbid"}

    shelf: Shelf
    ids: list[Id] = Field(max_length=200)


class DraftIn(Schema):
    model_config = {"extra": "forbid"}

    id: Id | None = None
    name: Annotated[str, Field(max_length=200)] = "试一试"
    track: Track = "follow_up"
    when: Conditions = []
    every: int
    unit: Unit
    first_within: int | None = None
    ways: Ways = []
    matter: Annotated[str, Field(max_length=200)] = ""
    is_on: bool = True


class PreviewIn(Schema):
    model_config = {"extra": "forbid"}

    shelf: Shelf | None = None
    rules: list[DraftIn] | None = Field(None, max_length=editing.MOST_RULES)


class MovedCustomer(Schema):
    id: int
    name: str


class MoveOut(Schema):
    customer: MovedCustomer
    from_: Day = Field(alias="from")
    to: Day
    why: str


class PreviewOut(Schema):
    changed: int
    unchanged: int
    left: int = Field(description="没有规则再管的，保持原来的日子")
    partial: bool = Field(description="计划太多，只看了最近的一部分")
    sample: list[MoveOut]


class ShelfIn(Schema):
    model_config = {"extra": "forbid"}

    shelf: Shelf
    replan: bool = False


class ReplanningOut(Schema):
    job_id: int | None


class GuardOut(Schema):
    limit: int | None = Field(description="每月最多几次，空为不限")
    used: int
    planned: int
    over: bool = Field(description="再联系一次就超过了")
    told: str


class NextContactOut(Schema):
    on: Day | None
    time: TimeOfDay | None = Field(description="联系人方便的时间")
    why: str
    way: str
    matter: str
    rule_id: int | None
    announced: bool = Field(description="那一年的放假安排已经公布")
    agreed: Day | None = Field(description="已经约好、不说别的就照旧的日子")
    guard: GuardOut


@router.get("/care-rules", response=CareRulesOut)
def get_care_rules(request: Request) -> Any:
    """Return the settings of following up."""
    return _settings(rules.standing().care)


@router.patch("/care-rules", response=CareRulesOut)
def change_care_rules(request: Request, body: CareRulesPatch) -> Any:
    """Change settings of following up."""
    fields = {name: value for name, value in body.dict().items() if value is not None}
    seen_as = fields.pop("seen", None)
    return _settings(
        settings.change(actor=request.auth, now=clock.now(), seen_as=seen_as, **fields)
    )


@router.get("/cadence", response=CadenceOut)
def get_cadence(request: Request) -> Any:
    """List every set of rules and which one counts."""
    require_configure(request.auth)
    return _everything()


@router.post("/cadence/rules", response={201: CadenceRuleOut})
def add_cadence_rule(request: Request, body: CadenceRuleIn) -> Any:
    """Add a rule to a set."""
    made = editing.add_rule(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, _shown([made])[0])


@router.patch("/cadence/rules/{rule_id}", response=CadenceRuleOut)
def change_cadence_rule(request: Request, rule_id: int, body: CadenceRulePatch) -> Any:
    """Change a rule."""
    said = body.dict(exclude_unset=True)
    said = {
        name: value for name, value in said.items() if value is not None or name == "first_within"
    }
    changed = editing.change_rule(actor=request.auth, now=clock.now(), rule_id=rule_id, **said)
    return _shown([changed])[0]


@router.delete("/cadence/rules/{rule_id}", response={204: None})
def remove_cadence_rule(request: Request, rule_id: int) -> Any:
    """Remove a rule of one's own."""
    editing.remove_rule(actor=request.auth, now=clock.now(), rule_id=rule_id)
    return Status(204, None)


@router.put("/cadence/order", response=CadenceOut)
def order_cadence_rules(request: Request, body: RuleOrderIn) -> Any:
    """Put the rules of a set in order."""
    editing.order_rules(actor=request.auth, now=clock.now(), shelf=body.shelf, ids=body.ids)
    return _everything()


@router.post("/cadence/preview", response=PreviewOut, by_alias=True)
def preview_cadence(request: Request, body: PreviewIn) -> Any:
    """Tell what other rules would change for whom; nothing is saved."""
    drafts = None if body.rules is None else [one.dict() for one in body.rules]
    found = replanning.preview(
        actor=request.auth, today=clock.today(), shelf=body.shelf, drafts=drafts
    )
    return {
        "changed": found.changed,
        "unchanged": found.unchanged,
        "left": found.left,
        "partial": found.partial,
        "sample": [
            {
                "customer": {"id": one.customer, "name": one.name},
                "from": one.before,
                "to": one.on,
                "why": one.suggested.why,
            }
            for one in found.sample
        ],
    }


@router.put("/cadence/shelf", response=ReplanningOut)
def choose_cadence(request: Request, body: ShelfIn) -> Any:
    """Choose the set that counts; with `replan` the plans made by rule are made anew."""
    job = settings.choose_shelf(actor=request.auth, now=clock.now(), **body.dict())
    return {"job_id": job}


@router.get("/customers/{customer_id}/next-contact", response=NextContactOut)
def next_contact(
    request: Request,
    customer_id: int,
    after: Day | None = None,
    matter: str = Query("", max_length=200),
) -> Any:
    """Suggest when and how to contact a customer next, and tell why."""
    found, held, agreed = asking.next_contact(
        request.auth, customer_id, today=clock.today(), after=after, matter=matter
    )
    return {
        "on": found.on,
        "time": found.at,
        "why": found.why,
        "way": found.way,
        "matter": found.matter,
        "rule_id": found.rule.pk if found.rule else None,
        "announced": found.announced,
        "agreed": agreed,
        "guard": _guard(held),
    }


class NamedDayOut(Schema):
    on: Day
    works: bool = Field(description="是不是上班：调休的周末上班，假日休息")
    name: str = Field(description="国庆节、国庆节调休上班")


class WorkYearOut(Schema):
    year: int
    announced: bool = Field(description="这一年的放假安排公布了没有；没公布的按周末和法定假日算")
    days: list[NamedDayOut] = Field(description="和平常的周几不一样的日子，按先后")


@router.get("/workdays", response=WorkYearOut)
def work_year(
    request: Request, year: int | None = Query(None, ge=2000, le=2100, description="不填就是今年")
) -> Any:
    """Return the holidays and moved working days of a year; every other day is as its weekday."""
    return workdays.year_of(year or clock.today().year)


@router.get("/customers/{customer_id}/guard", response=GuardOut)
def guard_of(request: Request, customer_id: int, on: Day | None = None) -> Any:
    """Tell how often a customer was contacted in a month, and whether once more is too often."""
    return _guard(asking.guard_on(request.auth, customer_id, today=clock.today(), on=on))


def _settings(care: CareRules) -> dict[str, Any]:
    return {**settings.told(care), "seen": settings.seen(care)}


def _guard(found: Guard) -> dict[str, Any]:
    return found._asdict()


def _everything() -> dict[str, Any]:
    care: CareRules = rules.standing().care
    return {
        "shelf": care.shelf,
        "shelves": [one._asdict() for one in SHELVES],
        "rules": _shown(rules.every()),
        "announced_until": workdays.announced_until(clock.today()),
    }


def _shown(found: list[CadenceRule]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(rule, name) for name in editing.NAMES},
            "id": rule.pk,
            "version": rule.version,
            "shelf": rule.shelf,
            "key": rule.key,
            "told": told,
        }
        for rule, told in zip(found, editing.told(found), strict=True)
    ]
