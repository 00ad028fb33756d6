"""The quality of the customer file over HTTP: completeness, contradictions, rules tried out."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.customers import checking, file_rules, quality
from zhike.customers.shapes import CustomerIn, PersonRef

router = Router(tags=["quality"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Share(Schema):
    percent: float = Field(description="平均完整度，一位小数")
    customers: int
    complete: int = Field(description="达到目标的客户数")


class DepartmentShare(Share):
    id: int
    name: str


class PersonShare(Share):
    id: int | None = Field(description="公海为空")
    name: str


class CompletenessOut(Schema):
    goal: int
    company: Share = Field(description="看的人负责范围内的全部客户")
    departments: list[DepartmentShare]
    people: list[PersonShare]


class ContradictingCustomer(Schema):
    id: int
    code: str
    name: str
    owner: PersonRef | None


class BrokenRule(Schema):
    id: int
    name: str
    field: str
    level: str


class ContradictionOut(Schema):
    id: int
    customer: ContradictingCustomer
    rule: BrokenRule
    told: str
    found_at: datetime


class Contradictions(Schema):
    items: list[ContradictionOut]
    next: str | None


class CheckIn(CustomerIn):
    id: Id | None = Field(None, description="正在修改的客户；新建时为空")


class FieldProblem(Schema):
    field: str
    level: str = Field(description="hint、warning 或 refusal")
    message: str


class Problems(Schema):
    problems: list[FieldProblem]


class DraftCondition(Schema):
    model_config = {"extra": "forbid"}

    field: str = Field(max_length=40)
    op: str = Field(max_length=20)
    value: Any = None


class RuleDraft(Schema):
    """A rule between fields as it is being written; what is no condition is not looked at."""

    model_config = {"extra": "ignore"}

    name: str | None = Field(None, max_length=500)
    message: str | None = Field(None, max_length=1000)
    field: str | None = Field(None, max_length=40)
    when: list[DraftCondition] = Field([], max_length=50)
    must: list[DraftCondition] = Field(max_length=50)


class Example(Schema):
    id: int
    name: str
    told: str


class Preview(Schema):
    count: int
    examples: list[Example]
    is_whole: bool = Field(description="客户太多时只试算前一部分")


class TierPartRule(Schema):
    most: int
    full: int | None = None


class TierRules(Schema):
    money: TierPartRule = Field(description="full：得满分的金额，元")
    length: TierPartRule = Field(description="full：得满分的月数")
    frequency: TierPartRule = Field(description="full：得满分的近 12 个月购买次数")
    potential: TierPartRule
    core: int
    growth: int


class FileRulesOut(Schema):
    tiers: TierRules
    completeness_goal: int
    dormant_days: int
    attachment_mb: int


class TierPartPatch(Schema):
    model_config = {"extra": "forbid"}

    most: int | None = None
    full: int | None = None


class TierRulesPatch(Schema):
    model_config = {"extra": "forbid"}

    money: TierPartPatch | None = None
    length: TierPartPatch | None = None
    frequency: TierPartPatch | None = None
    potential: TierPartPatch | None = None
    core: int | None = None
    growth: int | None = None


class FileRulesPatch(Schema):
    model_config = {"extra": "forbid"}

    tiers: TierRulesPatch | None = None
    completeness_goal: int | None = None
    dormant_days: int | None = None
    attachment_mb: int | None = None


@router.get("/quality/completeness", response=CompletenessOut)
def completeness(request: Request) -> dict[str, Any]:
    """Tell how complete the customers in reach are, by person and by department."""
    return quality.totals(request.auth)


@router.get("/quality/contradictions", response=Contradictions)
def contradictions(
    request: Request, cursor: str | None = None, limit: int = Query(50, ge=1, le=200)
) -> dict[str, Any]:
    """List the customers whose facts break a rule between fields."""
    items, following = quality.contradictions(request.auth, cursor=cursor, limit=limit)
    return {"items": items, "next": following}


@router.post("/customers/check", response=Problems)
def check(request: Request, body: CheckIn) -> dict[str, Any]:
    """Check a form as saving it would, and store nothing."""
    fields = body.dict(exclude_unset=True)
    customer_id = fields.pop("id", None)
    found = checking.check(request.auth, customer_id, fields, now=clock.now())
    return {"problems": [one._asdict() for one in found]}


@router.post("/rules/preview", response=Preview)
def preview(request: Request, body: RuleDraft) -> dict[str, Any]:
    """Tell how many customers a rule would find, and name some."""
    said = {name: value for name, value in body.dict().items() if value not in (None, "")}
    return quality.preview(request.auth, said, today=clock.today())


@router.get("/file-rules", response=FileRulesOut, exclude_none=True)
def get_file_rules(request: Request) -> dict[str, Any]:
    """Return the rules of the customer file."""
    return file_rules.told(file_rules.present())


@router.patch("/file-rules", response=FileRulesOut, exclude_none=True)
def change_file_rules(request: Request, body: FileRulesPatch) -> dict[str, Any]:
    """Change some of the rules of the customer file."""
    fields = body.dict(exclude_unset=True, exclude_none=True)
    rules = file_rules.change(actor=request.auth, now=clock.now(), **fields)
    return file_rules.told(rules)
