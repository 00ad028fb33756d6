"""Follow-ups, tasks, care entries and the start page, over HTTP."""

from datetime import date as Day
from datetime import datetime
from datetime import time as TimeOfDay
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import BaseModel, Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care import actions, care_log, planning, queries, undoing
from zhike.care import tasks as to_do
from zhike.care.models import Task

router = Router(tags=["care"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


# What is said in logging a follow-up is plain pydantic: a `Schema` of Ninja is validated twice.
class Plan(BaseModel):
    """下次跟进."""

    model_config = {"extra": "forbid"}

    on: Day | None = Field(None, description="按规则安排时可以空着")
    time: TimeOfDay | None = None
    matter: str = ""
    materials: str = ""
    by_rule: bool = Field(False, description="按跟进频率安排，空着的由规则填")


class Todo(BaseModel):
    model_config = {"extra": "forbid"}

    title: str
    due_on: Day
    assignee_id: int | None = None


class FollowUpFields(BaseModel):
    model_config = {"extra": "forbid"}

    contacted_at: datetime | None = None
    contacted_on: Day | None = None
    way: str | None = None
    content: str | None = None
    customer_feedback: str | None = None
    solution: str | None = None
    response: str | None = None
    objection: str | None = None
    result: str | None = None
    contact_id: int | None = None
    custom: dict[str, Any] | None = Field(None, description="自定义字段：{键: 值}，空值为清空")


class FollowUpIn(FollowUpFields):
    next: Plan | None = None
    todos: list[Todo] = Field([], max_length=20)
    by_rule: bool = Field(True, description="没约下次时按跟进频率安排，false 为不安排")
    agreed: bool = Field(False, description="超过每月联系上限，已确认")


class FollowUpPatch(FollowUpFields):
    version: int


class NextOut(BaseModel):
    """排好的下次跟进."""

    task_id: int
    on: Day
    time: TimeOfDay | None
    matter: str
    way: str
    why: str = Field(description="为什么是这天；自己约的为空")
    by_rule: bool


class FollowUpOut(BaseModel):
    id: int
    version: int
    customer_id: int
    contacted_on: Day | None
    way: str
    content: str
    is_late: bool = Field(description="超过规定时间才补记")
    custom: dict[str, Any] = Field(description="自定义字段，号码已打码")
    next: NextOut | None = None


class CareIn(Schema):
    model_config = {"extra": "forbid"}

    on: Day | None = None
    way: str
    result: str = ""
    feedback: str = ""
    cost: int | None = Field(None, description="分")
    agreed: bool = Field(False, description="超过每月联系上限，已确认")


class Made(Schema):
    id: int


class TaskCustomer(Schema):
    id: int
    name: str
    code: str
    is_key: bool
    in_sight: bool = Field(description="看得到这位客户的档案")
    contact_id: int | None
    contact_name: str
    phone: str = Field(description="已打码")


class AssigneeRef(Schema):
    id: int
    name: str


class TaskOut(Schema):
    id: int
    version: int
    kind: str
    title: str
    materials: str
    due_on: Day
    due_time: TimeOfDay | None
    done_at: datetime | None
    customer: TaskCustomer | None
    assignee: AssigneeRef | None
    assignee_sees: bool = Field(True, description="保存后：做的人看得到这位客户的档案")
    way: str
    why: str
    remind_before: int | None = Field(description="提前多少分钟提醒，空着按规则")
    remind_at: datetime | None
    repeat: str
    repeat_every: int
    repeat_until: Day | None
    series: int | None


class TaskPage(Schema):
    items: list[TaskOut]
    next: str | None


class TaskIn(Schema):
    model_config = {"extra": "forbid"}

    title: str = ""
    due_on: Day
    due_time: TimeOfDay | None = None
    materials: str = ""
    customer_id: int | None = None
    assignee_id: int | None = None
    kind: str = Task.TODO
    way: str = ""
    remind_before: int | None = None
    repeat: str = ""
    repeat_every: int = 1
    repeat_until: Day | None = None
    agreed: bool = Field(False, description="超过每月联系上限，已确认")


class TaskPatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    title: str | None = None
    due_on: Day | None = None
    due_time: TimeOfDay | None = None
    materials: str | None = None
    assignee_id: int | None = None
    way: str | None = None
    remind_before: int | None = None
    repeat: str | None = None
    repeat_every: int | None = None
    repeat_until: Day | None = None
    agreed: bool = Field(False, description="超过每月联系上限，已确认")


class SnoozeIn(Schema):
    model_config = {"extra": "forbid"}

    until: str = Field(description="tomorrow、next_week，或 2026-11-20T15:30")
    agreed: bool = Field(False, description="超过每月联系上限，已确认")


class PlansIn(Schema):
    model_config = {"extra": "forbid"}

    customer_ids: list[Id] | None = Field(None, max_length=planning.MOST)
    filters: dict[str, Any] | None = None
    due_on: Day
    title: str = ""
    agreed: bool = Field(False, description="超过每月联系上限，已确认")


class PlansOut(Schema):
    made: int
    skipped: int = Field(description="已经安排过、已归档、无权安排或联系太频繁的")
    too_often: int = Field(description="其中因为本月联系次数已满的")


@router.post("/customers/{customer_id}/follow-ups", response={201: FollowUpOut})
def log_follow_up(request: Request, customer_id: int, body: FollowUpIn) -> Any:
    """Log a contact, plan the next one, note what was promised."""
    fields = body.model_dump(exclude_unset=True)
    following = fields.pop("next", None)
    made = actions.log_follow_up(
        actor=request.auth, now=clock.now(), customer_id=customer_id, following=following, **fields
    )
    shown = queries.shown_follow_up(request.auth, made.follow_up)
    return Status(201, FollowUpOut(**shown, next=_next(made.plan)))


@router.patch("/follow-ups/{follow_up_id}", response=FollowUpOut)
def change_follow_up(request: Request, follow_up_id: int, body: FollowUpPatch) -> Any:
    """Correct a follow-up."""
    changed = actions.change_follow_up(
        actor=request.auth,
        now=clock.now(),
        follow_up_id=follow_up_id,
        **body.model_dump(exclude_unset=True),
    )
    return queries.shown_follow_up(request.auth, changed)


@router.delete("/follow-ups/{follow_up_id}", response={204: None})
def delete_follow_up(request: Request, follow_up_id: int) -> Any:
    """Delete a follow-up."""
    actions.delete_follow_up(actor=request.auth, now=clock.now(), follow_up_id=follow_up_id)
    return Status(204, None)


@router.post("/follow-ups/{follow_up_id}/undoing", response={204: None})
def undo_follow_up(request: Request, follow_up_id: int) -> Any:
    """Take back a follow-up that was just logged, with what came of it."""
    undoing.undo_follow_up(actor=request.auth, now=clock.now(), follow_up_id=follow_up_id)
    return Status(204, None)


@router.post("/follow-ups/{follow_up_id}/restoration", response=FollowUpOut)
def restore_follow_up(request: Request, follow_up_id: int) -> Any:
    """Bring a deleted follow-up back."""
    found = actions.restore_follow_up(
        actor=request.auth, now=clock.now(), follow_up_id=follow_up_id
    )
    return queries.shown_follow_up(request.auth, found)


@router.post("/customers/{customer_id}/care-entries", response={201: Made})
def log_care(request: Request, customer_id: int, body: CareIn) -> Any:
    """Log an act of care."""
    made = care_log.log_care(
        actor=request.auth, now=clock.now(), customer_id=customer_id, **body.dict()
    )
    return Status(201, made)


@router.get("/tasks", response=TaskPage)
def tasks(
    request: Request,
    scope: str = "open",
    customer: int | None = Query(None, ge=1, lt=2**63),
    assignee: int | None = Query(None, ge=1, lt=2**63),
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """List the actor's tasks, or those of one customer or of a colleague they lead."""
    items, following = queries.tasks_page(
        request.auth,
        scope=scope,
        today=clock.today(),
        customer_id=customer,
        assignee_id=assignee,
        cursor=cursor,
        limit=limit,
    )
    return {"items": items, "next": following}


@router.post("/tasks", response={201: TaskOut})
def add_task(request: Request, body: TaskIn) -> Any:
    """Add a task."""
    task = to_do.add_task(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, _shown(request, task))


@router.patch("/tasks/{task_id}", response=TaskOut)
def change_task(request: Request, task_id: int, body: TaskPatch) -> Any:
    """Put a task off, reword it or hand it on."""
    task = to_do.change_task(
        actor=request.auth, now=clock.now(), task_id=task_id, **body.dict(exclude_unset=True)
    )
    return _shown(request, task)


@router.delete("/tasks/{task_id}", response={204: None})
def remove_task(request: Request, task_id: int) -> Any:
    """Delete an open task that was entered by mistake; one that repeats ends with it."""
    to_do.remove_task(actor=request.auth, now=clock.now(), task_id=task_id)
    return Status(204, None)


@router.post("/tasks/{task_id}/restoration", response=TaskOut)
def restore_task(request: Request, task_id: int) -> Any:
    """Put a task back that one has just deleted."""
    return _shown(
        request, undoing.restore_task(actor=request.auth, now=clock.now(), task_id=task_id)
    )


@router.post("/plans", response=PlansOut)
def plan_many(request: Request, body: PlansIn) -> Any:
    """Plan the next follow-up with the chosen customers, or with all of a filter."""
    found = planning.plan_many(
        actor=request.auth,
        now=clock.now(),
        customers=planning.chosen(
            request.auth, body.customer_ids, body.filters, today=clock.today()
        ),
        due_on=body.due_on,
        title=body.title,
        by_filter=body.filters is not None,
        agreed=body.agreed,
    )
    return found._asdict()


@router.post("/tasks/{task_id}/completion", response=TaskOut)
def complete_task(request: Request, task_id: int) -> Any:
    """Mark a task as done."""
    return _shown(
        request, to_do.complete_task(actor=request.auth, now=clock.now(), task_id=task_id)
    )


@router.post("/tasks/{task_id}/snooze", response=TaskOut)
def snooze_task(request: Request, task_id: int, body: SnoozeIn) -> Any:
    """Put a task off."""
    task = to_do.snooze_task(actor=request.auth, now=clock.now(), task_id=task_id, **body.dict())
    return _shown(request, task)


@router.post("/tasks/{task_id}/skip", response=TaskOut)
def skip_task(request: Request, task_id: int) -> Any:
    """Leave out one task of a series."""
    return _shown(request, to_do.skip_task(actor=request.auth, now=clock.now(), task_id=task_id))


@router.delete("/tasks/{task_id}/completion", response=TaskOut)
def reopen_task(request: Request, task_id: int) -> Any:
    """Take a completion back."""
    return _shown(request, to_do.reopen_task(actor=request.auth, now=clock.now(), task_id=task_id))


def _next(plan: Task | None) -> NextOut | None:
    told = queries.shown_next(plan)
    return NextOut(**told) if told else None


def _shown(request: Request, task: Task) -> dict[str, Any]:
    return queries.saved_task(request.auth, task)
