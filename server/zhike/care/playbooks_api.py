"""Playbooks and their runs over HTTP."""

from datetime import date as Day
from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care import planning
from zhike.care.playbooks import actions, queries

router = Router(tags=["playbooks"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Step(Schema):
    after: int = Field(description="从启动起第几天")
    way: str = Field("", description="跟进方式；空着为内部待办")
    title: str
    content: str = ""
    mail: bool = Field(False, description="到时由系统发邮件")


class StepIn(Step):
    model_config = {"extra": "forbid"}

    after: int = Field(0, ge=-1, le=10_000)


class PersonOfPlaybook(Schema):
    id: int
    name: str


class PlaybookOut(Schema):
    id: int
    version: int
    name: str
    goal: str
    steps: list[Step]
    is_shared: bool
    owner: PersonOfPlaybook | None
    running: int = Field(description="进行中的客户数")
    can_edit: bool


class PlaybooksOut(Schema):
    items: list[PlaybookOut]


class PlaybookIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    goal: str = ""
    steps: list[StepIn] = Field(max_length=100)
    is_shared: bool = False


class PlaybookPatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    name: str | None = None
    goal: str | None = None
    steps: list[StepIn] | None = Field(None, max_length=100)
    is_shared: bool | None = None


class RunsIn(Schema):
    model_config = {"extra": "forbid"}

    customer_ids: list[Id] | None = Field(None, max_length=planning.MOST)
    filters: dict[str, Any] | None = None
    agreed: bool = Field(False, description="超过每月联系上限也启动")


class StartedOut(Schema):
    started: int
    skipped: int
    why: dict[str, int] = Field(
        description="为什么跳过：running 已在进行，asleep 已暂停或归档，too_often 超过联系上限，"
        "not_yours 不归你管"
    )


class StepOfRun(Step):
    task_id: int | None
    due_on: Day | None
    done_at: datetime | None


class PlaybookRef(Schema):
    id: int
    name: str


class RunOut(Schema):
    id: int
    playbook: PlaybookRef
    goal: str
    state: str
    why: str
    started_on: Day
    ended_at: datetime | None
    person: PersonOfPlaybook | None
    done: int
    total: int
    steps: list[StepOfRun]


class RunsOut(Schema):
    items: list[RunOut]


class StopIn(Schema):
    model_config = {"extra": "forbid"}

    why: str = Field("", max_length=2000)


@router.get("/playbooks", response=PlaybooksOut)
def playbooks(request: Request) -> Any:
    """List the plans the caller may start."""
    return {"items": queries.playbooks(request.auth)}


@router.post("/playbooks", response={201: PlaybookOut})
def add_playbook(request: Request, body: PlaybookIn) -> Any:
    """Write a plan."""
    made = actions.add_playbook(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, queries.shown(request.auth, made))


@router.patch("/playbooks/{playbook_id}", response=PlaybookOut)
def change_playbook(request: Request, playbook_id: int, body: PlaybookPatch) -> Any:
    """Change a plan; what runs already keeps its steps."""
    fields = body.dict(exclude_unset=True, exclude_none=True)
    changed = actions.change_playbook(
        actor=request.auth, now=clock.now(), playbook_id=playbook_id, **fields
    )
    return queries.shown(request.auth, changed)


@router.delete("/playbooks/{playbook_id}", response={204: None})
def archive_playbook(request: Request, playbook_id: int) -> Any:
    """Put a plan away."""
    actions.archive_playbook(actor=request.auth, now=clock.now(), playbook_id=playbook_id)
    return Status(204, None)


@router.post("/playbooks/{playbook_id}/runs", response=StartedOut)
def start_playbook(request: Request, playbook_id: int, body: RunsIn) -> Any:
    """Start a plan with the chosen customers, or with all of a filter."""
    found = planning.chosen(request.auth, body.customer_ids, body.filters, today=clock.today())
    done = actions.start(
        actor=request.auth,
        now=clock.now(),
        playbook_id=playbook_id,
        customers=found,
        by_filter=body.filters is not None,
        agreed=body.agreed,
    )
    return done._asdict()


@router.get("/customers/{customer_id}/playbook-runs", response=RunsOut)
def runs(request: Request, customer_id: int) -> Any:
    """List what plans run or ran with a customer."""
    return {"items": queries.runs_of(request.auth, customer_id)}


@router.post("/playbook-runs/{run_id}/stop", response=RunOut)
def stop_run(request: Request, run_id: int, body: StopIn) -> Any:
    """Stop a plan with a customer; what is still open of it is dropped."""
    run = actions.stop(actor=request.auth, now=clock.now(), run_id=run_id, why=body.why)
    return queries.shown_runs(request.auth, [run])[0]
