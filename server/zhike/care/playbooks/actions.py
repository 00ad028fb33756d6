"""Writing playbooks, starting them with customers and stopping their runs (R29)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F, QuerySet

from zhike.access.models import Person
from zhike.base import clock, text, workdays
from zhike.base.errors import Conflict, Forbidden, Invalid, Stale
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.care import planning, tasks
from zhike.care.cadence import guard
from zhike.care.cadence.guard import Contacts
from zhike.care.cadence.rules import standing
from zhike.care.dates import refresh_dates
from zhike.care.models import Playbook, PlaybookRun, Task
from zhike.care.playbooks import queries
from zhike.care.reminders.moments import on_day
from zhike.customers.models import Customer
from zhike.customers.queries import changeable_by
from zhike.customers.ways import locked_one, require_log
from zhike.fields import choices
from zhike.trail.actions import changes, record
from zhike.trail.bulk import record_many

MOST_STEPS = 30
LONGEST_WAY = 730  # days from the start to the last step
LONGEST_CONTENT = 2000
LONGEST_WHY = 200
RUNNING, DONE, STOPPED = (
    PlaybookRun.State.RUNNING,
    PlaybookRun.State.DONE,
    PlaybookRun.State.STOPPED,
)


def add_playbook(*, actor: Person, now: datetime, **fields: Any) -> Playbook:
    """Write a plan, for oneself or for everybody."""
    require_log(actor)
    playbook = Playbook(owner=actor, is_shared=False, created_at=now)
    with transaction.atomic():
        _fill(actor, playbook, {"name": "", "steps": [], **fields})
        playbook.save()
        _tell("playbook.added", actor, now, playbook)
    return playbook


def change_playbook(
    *, actor: Person, now: datetime, playbook_id: int, version: int, **fields: Any
) -> Playbook:
    """Change a plan; runs under way keep the steps they began with."""
    with transaction.atomic():
        playbook = _writable(actor, playbook_id)
        if playbook.version != version:
            raise Stale("这个计划刚被别人改过，请核对后再保存。")
        before = _told(playbook)
        _fill(actor, playbook, fields)
        differing = changes(before, _told(playbook))
        if differing:
            playbook.version += 1
            playbook.save()
            _tell("playbook.changed", actor, now, playbook, changes=differing)
    return playbook


def archive_playbook(*, actor: Person, now: datetime, playbook_id: int) -> None:
    """Put a plan away; runs under way go on."""
    with transaction.atomic():
        playbook = _writable(actor, playbook_id)
        playbook.archived_at = now
        playbook.version += 1
        playbook.save(update_fields=["archived_at", "version"])
        _tell("playbook.archived", actor, now, playbook)


class Started(NamedTuple):
    """With how many customers a plan was started, and why it was not with the others."""

    started: int
    skipped: int
    why: dict[str, int]


def start(
    *,
    actor: Person,
    now: datetime,
    playbook_id: int,
    customers: QuerySet[Customer],
    by_filter: bool = False,
    agreed: bool = False,
) -> Started:
    """Start a plan with some visible customers; each step becomes a task on a working day.

    The owners get the tasks, the actor those of nobody's customers. Skipped is with whom it runs
    already, who is paused or archived, and unless that was `agreed`, who would be contacted too
    often (R27); of a filter, those the actor may not write to.
    """
    require_log(actor)
    playbook = queries.one(actor, playbook_id)
    wanted = list(customers.order_by("pk").values_list("pk", flat=True)[: planning.MOST + 1])
    if not wanted:
        raise Invalid("customer_ids", "没有可以启动的客户，请重新选择。")
    if len(wanted) > planning.MOST:
        raise Invalid("filters", f"一次最多启动 {planning.MOST} 位客户，请再筛选一下。")
    with transaction.atomic():
        mine = changeable_by(actor).filter(pk__in=wanted).select_for_update(of=("self",))
        held = list(mine.order_by("pk").values_list("pk", "owner_id", "life", "tier"))
        if len(held) < len(wanted) and not by_filter:
            raise Forbidden("选中的客户里有你不能安排跟进的，请去掉它们再试。")
        under_way = PlaybookRun.objects.filter(
            playbook=playbook, customer__in=wanted, state=RUNNING
        )
        running = set(under_way.values_list("customer_id", flat=True))
        awake = {pk: tier for pk, _, life, tier in held if pk not in running and life == "active"}
        often = _too_often(playbook, awake, clock.day_of(now))
        free = [
            (pk, owner or actor.pk)
            for pk, owner, _, _ in held
            if pk in awake and (agreed or pk not in often)
        ]
        why = {
            "not_yours": len(wanted) - len(held),
            "running": len(running & {pk for pk, *_ in held}),
            "asleep": sum(life != "active" and pk not in running for pk, _, life, _ in held),
            "too_often": 0 if agreed else len(often),
        }
        if free:
            _begin(actor, now, playbook, free, {"agreed": True} if agreed and often else {})
    return Started(len(free), len(wanted) - len(free), {k: n for k, n in why.items() if n})


def _too_often(playbook: Playbook, tier_of: Mapping[int, str], today: date) -> set[int]:
    """Return which of these customers a plan contacts more often in a month than is enough."""
    care = standing().care
    days = days_of([step for step in playbook.steps if step["way"]], today)
    contacts = guard.contacts_of_many(list(tier_of), today)
    found = set()
    for pk, tier in tier_of.items():
        limit = care.limit_for(tier)
        had = contacts.get(pk, Contacts())
        for month in {(day.year, day.month): day for day in days}.values():
            steps = sum((day.year, day.month) == (month.year, month.month) for day in days)
            if limit is not None and had.used(month) + had.planned(month) + steps > limit:
                found.add(pk)
    return found


class _Begun(NamedTuple):
    """A run that begins, with whom, and whose its tasks are."""

    run: int
    customer: int
    person: int


def _begin(
    actor: Person,
    now: datetime,
    playbook: Playbook,
    free: Sequence[tuple[int, int]],
    agreement: dict[str, Any],
) -> None:
    today = clock.day_of(now)
    ids = reserve(PlaybookRun, len(free))
    begun = [_Begun(run, *one) for run, one in zip(ids, free, strict=True)]
    common = {"playbook": playbook.pk, "started_on": today, "steps": playbook.steps}
    Table(PlaybookRun, "id").insert(
        [
            {
                **common,
                "id": one.run,
                "customer": one.customer,
                "person": one.person,
                "started_by": actor.pk,
            }
            for one in begun
        ]
    )
    days = days_of(playbook.steps, today)
    Table(Task).insert(_steps_as_tasks(actor, now, playbook, days, begun))
    refresh_dates([one.customer for one in begun])
    data = {"name": playbook.name, "steps": len(days), "until": days[-1].isoformat()} | agreement
    record_many(
        [
            {
                "at": now,
                "on": today,
                "verb": "playbook.started",
                "actor": actor.pk,
                "customer_id": one.customer,
                "record_type": "playbook_run",
                "record_id": one.run,
                "data": data,
            }
            for one in begun
        ]
    )


def _steps_as_tasks(
    actor: Person, now: datetime, playbook: Playbook, days: Sequence[date], begun: Sequence[_Begun]
) -> list[dict[str, Any]]:
    """Each step of each run as a task: with a way it is a follow-up, without something to do."""
    morning = standing().care.remind_at
    return [
        {
            "kind": Task.FOLLOW_UP if step["way"] else Task.TODO,
            "customer": one.customer,
            "title": step["title"],
            "way": step["way"],
            "why": f"计划“{playbook.name}”第 {number + 1} 步",
            "due_on": day,
            "assignee": one.person,
            "created_by": actor.pk,
            "created_at": now,
            "run": one.run,
            "step": number,
            "remind_at": on_day(day, now=now, morning=morning, by_another=one.person != actor.pk),
        }
        for one in begun
        for number, (step, day) in enumerate(zip(playbook.steps, days, strict=True))
    ]


def days_of(steps: Sequence[dict[str, Any]], start_on: date) -> list[date]:
    """Return the working day of each step of a plan that begins on a day."""
    return [workdays.next_workday(start_on + timedelta(days=step["after"])) for step in steps]


def stop(*, actor: Person, now: datetime, run_id: int, why: str) -> PlaybookRun:
    """Stop a run; what is still open of it is dropped."""
    require_log(actor)
    why = text.entered("why", "停止原因", why, most=LONGEST_WHY)
    with transaction.atomic():
        found = queries.runs_visible_to(actor).select_related("playbook", "person")
        run: PlaybookRun = locked_one(actor, found, run_id, "没有找到这次计划。")
        if run.state != RUNNING:
            raise Conflict("这次计划已经结束了。", code="over")
        stop_runs(actor, now, [run], why)
    return run


def stop_all_of(*, actor: Person | None, now: datetime, customer_id: int, why: str) -> None:
    """Stop what runs with a customer who is put away or falls into the pool."""
    runs = PlaybookRun.objects.filter(customer=customer_id, state=RUNNING)
    stop_runs(actor, now, list(runs.select_related("playbook").order_by("pk")), why)


def stop_runs(actor: Person | None, now: datetime, runs: Iterable[PlaybookRun], why: str) -> None:
    """Stop runs; what is still open of them is dropped."""
    for run in runs:
        run.state, run.why, run.ended_at = STOPPED, why, now
        run.save(update_fields=["state", "why", "ended_at"])
        open_ones = Task.objects.filter(run=run, done_at=None)
        dropped = list(open_ones.select_for_update().order_by("pk").values_list("pk", flat=True))
        Task.objects.filter(pk__in=dropped).update(
            done_at=now, done_by=actor, remind_at=None, version=F("version") + 1
        )
        refresh_dates([run.customer_id])
        record(
            "playbook.stopped",
            actor=actor,
            now=now,
            customer_id=run.customer_id,
            record=("playbook_run", run.pk),
            data={"name": run.playbook.name, "why": why, "dropped": dropped},
        )


def settle(*, actor: Person | None, now: datetime, task_ids: Iterable[int]) -> None:
    """End the runs whose last step was just done, or is being done in this transaction."""
    ids = list(task_ids)
    runs = _runs_of(ids) if ids else []
    for run in PlaybookRun.objects.filter(state=RUNNING, pk__in=runs) if runs else ():
        if Task.objects.filter(run=run, done_at=None).exclude(pk__in=ids).exists():
            continue
        run.state, run.ended_at = DONE, now
        run.save(update_fields=["state", "ended_at"])
        record(
            "playbook.finished",
            actor=actor,
            now=now,
            customer_id=run.customer_id,
            record=("playbook_run", run.pk),
            data={"name": run.playbook.name},
        )


def _runs_of(task_ids: Sequence[int]) -> list[int]:
    """Return the runs tasks are steps of; asked whenever a task is done, so in plain SQL."""
    marks = ", ".join(["%s"] * len(task_ids))
    with connection.cursor() as cursor:
        cursor.execute(_RUNS.format(marks), task_ids)
        return [row[0] for row in cursor.fetchall()]


_RUNS = f"SELECT DISTINCT run_id FROM {Task._meta.db_table} WHERE id IN ({{}}) AND run_id > 0"


def take_up(*, task_id: int) -> None:
    """Let a run go on whose task was opened again, unless another of its plan runs by now."""
    run = PlaybookRun.objects.filter(state=DONE, tasks=task_id).first()
    if run is None:
        return
    others = PlaybookRun.objects.filter(
        playbook=run.playbook_id, customer=run.customer_id, state=RUNNING
    )
    if not others.exists():
        PlaybookRun.objects.filter(pk=run.pk).update(state=RUNNING, ended_at=None)


def pass_on_runs(*, customer_id: int, taker: int) -> None:
    """Let the new owner have the runs with a customer; part of a hand-over."""
    PlaybookRun.objects.filter(customer=customer_id, state=RUNNING).update(person=taker)


def _writable(actor: Person, playbook_id: int) -> Playbook:
    require_log(actor)
    playbook = queries.one(actor, playbook_id, locked=True)
    if playbook.is_shared and not queries.may_share(actor):
        raise Forbidden("大家可用的计划由主管或管理员维护，你可以另建自己的。")
    return playbook


def _fill(actor: Person, playbook: Playbook, fields: dict[str, Any]) -> None:
    if "name" in fields:
        playbook.name = text.entered("name", "计划名称", fields["name"], most=60)
        if not playbook.name:
            raise Invalid("name", "请给计划起个名字，例如“新客户 30 天开发”。")
    if "goal" in fields:
        playbook.goal = text.entered("goal", "目标", fields["goal"], most=200)
    if "steps" in fields:
        playbook.steps = _clean_steps(fields["steps"])
    if "is_shared" in fields and bool(fields["is_shared"]) != playbook.is_shared:
        if not queries.may_share(actor):
            raise Forbidden("大家可用的计划由主管或管理员维护。", field="is_shared")
        playbook.is_shared = bool(fields["is_shared"])
        playbook.owner = None if playbook.is_shared else actor


def _clean_steps(given: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if not given:
        raise Invalid("steps", "请至少写一步。")
    if len(given) > MOST_STEPS:
        raise Invalid("steps", f"一个计划最多 {MOST_STEPS} 步。")
    steps = []
    for place, step in enumerate(given):
        at = f"steps.{place}"
        title = text.entered(f"{at}.title", "步骤", step.get("title"), most=tasks.LONGEST)
        if not title:
            raise Invalid(f"{at}.title", "请写下这一步做什么。")
        after, way = step.get("after", 0), step.get("way") or ""
        if not 0 <= after <= LONGEST_WAY:
            raise Invalid(f"{at}.after", f"第几天请填 0 到 {LONGEST_WAY} 的整数。")
        if way and way not in choices.WAY.values:
            raise Invalid(f"{at}.way", "没有这种跟进方式，请从列表中选择。")
        content = text.entered(
            f"{at}.content", "说明", step.get("content"), most=LONGEST_CONTENT, multiline=True
        )
        mail = bool(step.get("mail"))
        steps.append({"after": after, "way": way, "title": title, "content": content, "mail": mail})
    return sorted(steps, key=lambda step: step["after"])


def _told(playbook: Playbook) -> dict[str, Any]:
    return {
        "name": playbook.name,
        "goal": playbook.goal,
        "is_shared": playbook.is_shared,
        "steps": "；".join(_step_told(one) for one in playbook.steps),
    }


def _step_told(step: dict[str, Any]) -> str:
    """Everything of a step: what is not told here would not count as changed."""
    named = (f"第 {step['after']} 天", choices.WAY.label(step["way"]), step["title"])
    content = f"：{step['content']}" if step["content"] else ""
    return " ".join(filter(None, named)) + content + ("（由系统发邮件）" if step["mail"] else "")


def _tell(verb: str, actor: Person, now: datetime, playbook: Playbook, **data: Any) -> None:
    record(
        verb,
        actor=actor,
        now=now,
        record=("playbook", playbook.pk),
        data={"name": playbook.name, **data},
    )
