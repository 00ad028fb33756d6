"""How the records of this room are told on a customer's time line, and what it listens to."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from zhike.access.models import Person
from zhike.access.queries import belongs
from zhike.base import clock
from zhike.base.jobs import enqueue
from zhike.care import actions, handing_over, planning, queries, tasks
from zhike.care.cadence import editing
from zhike.care.cadence import rules as care_rules
from zhike.care.cadence import settings as care_settings
from zhike.care.dates import refresh_dates
from zhike.care.key_dates import deriving, refreshing, reminding
from zhike.care.models import (
    CareEntry,
    Checklist,
    FollowUp,
    KeyDate,
    Phrase,
    Playbook,
    PlaybookRun,
    PoolClock,
    PoolEntry,
    Task,
    Template,
    Tick,
)
from zhike.care.playbooks import actions as runs
from zhike.care.playbooks import merged
from zhike.care.playbooks import queries as playbooks
from zhike.care.playbooks.shipped import lay_shipped
from zhike.care.pool import clocks, following
from zhike.care.pool import rules as pool_rules
from zhike.care.reminders import giving, sweep
from zhike.care.sheets import checklists, keeping, replacing
from zhike.customers import attachments, relations
from zhike.customers.emptying import empties
from zhike.customers.models import Customer
from zhike.customers.relations import Relation, Way
from zhike.customers.replacing import WithFiles
from zhike.customers.trash import holds
from zhike.fields import holding as field_values
from zhike.fields.rules import asks
from zhike.trail.actions import subscribe
from zhike.trail.audit import words
from zhike.trail.models import Event
from zhike.trail.notices import reading, receivers
from zhike.trail.queries import tells

tells("follow_up")(queries.tell_follow_ups)
tells("care")(queries.tell_care_entries)
tells("task")(queries.tell_tasks)
tells("checklist")(checklists.tell)
holds("follow_up")(queries.deleted_follow_ups)
empties("follow_up")(actions.delete_follow_ups_for_good)
field_values.holds(
    WithFiles(
        "follow_up",
        FollowUp,
        {"way": ("way",), "response": ("response",)},
        verb="follow_up.changed",
    )
)
field_values.holds(field_values.Columns("care", CareEntry, {"care_way": ("way",)}))
for _holder in (replacing.TEMPLATES, replacing.PHRASES, replacing.CHECKLISTS):
    field_values.holds(_holder)
relations.knows(
    Relation(FollowUp, "customer", Way.MOVE, "follow_up", "跟进记录"),
    Relation(FollowUp, "contact", Way.MOVE, of="contact"),
    Relation(Task, "customer", Way.MOVE, "task", "待办"),
    Relation(CareEntry, "customer", Way.MOVE, "care", "维护记录"),
    Relation(
        *(PlaybookRun, "customer", Way.MOVE, "playbook_run", "跟进计划"), stays=merged.doubled
    ),
    Relation(PoolClock, "customer", Way.REST),
    Relation(PoolEntry, "customer", Way.REST),
    Relation(KeyDate, "customer", Way.REST),  # the survivor's follow from its file
    Relation(KeyDate, "contact", Way.REST, of="contact"),
    Relation(Tick, "customer", Way.FOLLOW),
)


@receivers.rests
def quiet_hours() -> tuple[time, time]:
    """Tell when nobody is to be disturbed, unless they wish otherwise (R28)."""
    rules = care_rules.present()
    return rules.quiet_from, rules.quiet_to


@attachments.belongs("follow_up")
def files_of_follow_ups(
    actor: Person, customer: Customer, ids: Collection[int], to_change: bool
) -> set[int]:
    """Return the follow-ups of a customer whose files a person may read, or change (R22)."""
    return queries.follow_ups_with_files(actor, customer.pk, ids, to_change=to_change)


@relations.afterwards
def dates_follow_the_records(customer_ids: Iterable[int], now: datetime) -> None:
    """Bring the last and next follow-up days in line after records changed hands (R19)."""
    ids = list(customer_ids)
    refresh_dates(ids)
    clocks.wind(ids, now)
    refreshing.refresh(ids, clock.day_of(now))


@subscribe("customer.created")
@subscribe("customer.paused")
@subscribe("customer.archived")
@subscribe("customer.resumed")
@subscribe("customer.restored")
@subscribe("contact.added")
@subscribe("contact.removed")
@subscribe("contact.restored")
def key_dates_follow_the_file(event: Event) -> None:
    """Bring the days that matter in line with a file (R28)."""
    if event.customer_id is not None:
        new = event.verb == "customer.created"
        refreshing.refresh([event.customer_id], clock.day_of(event.at), all_new=new)


@subscribe("customer.changed")
@subscribe("contact.changed")
def key_dates_follow_changes(event: Event) -> None:
    """Do the same where something has changed that they follow from."""
    fields = deriving.OF_CONTACT if event.record_type == "contact" else deriving.OF_CUSTOMER
    if event.customer_id is not None and refreshing.touches(event.data, fields):
        refreshing.refresh([event.customer_id], clock.day_of(event.at))


@subscribe("import.done")
@subscribe("import.failed")
@subscribe("import.undone")
def key_dates_follow_imports(event: Event) -> None:
    """Do the same for all customers of an import, one piece after another."""
    if event.record_id is not None:
        asked = "import.undo_asked" if event.verb == "import.undone" else "import.confirmed"
        since = refreshing.began(asked, ("import", event.record_id), event.at)
        refreshing.follow_bulk(now=event.at, since=since)


@subscribe("customer.changed")
@subscribe("customer.handed_over")
@subscribe("customer.fell_to_pool")
@subscribe("customer.given_back")
@subscribe("customer.claimed")
def plans_follow_the_owner(event: Event) -> None:
    """Let what was planned go to the new owner together with the customer (R32)."""
    owners = event.data.get("owners")
    if owners and event.customer_id is not None:
        giver, taker = owners
        of: dict[str, Any] = {"customer_id": event.customer_id}
        if taker is None:
            runs.stop_all_of(**of, actor=event.actor, now=event.at, why="客户回到了公海")
        else:
            runs.pass_on_runs(**of, taker=taker)
        tasks.pass_on_tasks(**of, giver=giver, taker=taker)
        reason = event.data.get("reason") or event.data.get("note") or ""
        following.passed_on(
            **of, giver=giver, taker=taker, verb=event.verb, now=event.at, reason=reason
        )


@subscribe("customer.changed")
def the_new_owner_is_told(event: Event) -> None:
    """Tell who was given a customer by a colleague that its summary is there (R32)."""
    owners = event.data.get("owners")
    giver = event.actor.pk if event.actor else None
    if owners and owners[1] not in (None, giver) and "import" not in event.data:
        handing_over.tell_of_one(
            giver=event.actor,
            customer_id=event.customer_id or 0,
            taker=owners[1],
            version=event.data["version"],
            now=event.at,
        )


@subscribe("hand_over.done")
def the_taker_is_told(event: Event) -> None:
    """Tell who took over many customers, in one notice (R32)."""
    handing_over.tell_of_many(hand_over_id=event.record_id or 0, now=event.at)


@subscribe("customer.created")
def a_clock_for_whoever_is_new(event: Event) -> None:
    """Begin to count the days a new customer is left alone, or note it in the pool (R33)."""
    if event.customer_id is not None:
        following.entered(event.customer_id, owner=event.data.get("owner"), now=event.at)


@subscribe("customer.changed")
def clocks_follow_the_facts(event: Event) -> None:
    """Wind the clock of a customer of whom something has changed that protects it (R33)."""
    if event.customer_id is not None and clocks.MOVING & event.data["changes"].keys():
        clocks.wind([event.customer_id], event.at)


@subscribe("customer.paused")
@subscribe("customer.archived")
@subscribe("customer.resumed")
@subscribe("customer.deleted")
@subscribe("customer.restored")
@subscribe("customer.absorbed")
@subscribe("customer.unmerged")
@subscribe("follow_up.logged")
@subscribe("follow_up.changed")
@subscribe("follow_up.deleted")
@subscribe("follow_up.restored")
def clocks_follow_life_and_talks(event: Event) -> None:
    """Wind the clock of a customer that was talked to, was put away or came back (R33)."""
    if event.customer_id is not None:
        clocks.wind([event.customer_id], event.at)


@subscribe("customer.paused")
@subscribe("customer.archived")
def playbooks_stop(event: Event) -> None:
    """Stop what runs with a customer who is put away; before its plans are dropped (R29)."""
    if event.customer_id is not None:
        why = "客户已暂停跟进" if event.verb == "customer.paused" else "客户已归档"
        runs.stop_all_of(actor=event.actor, now=event.at, customer_id=event.customer_id, why=why)


@subscribe("customer.merged")
def one_playbook_of_a_kind_goes_on(event: Event) -> None:
    """Stop the plans of the absorbed that run with the survivor as well (R19, R29)."""
    merged.stop_doubled(
        actor=event.actor,
        now=event.at,
        survivor=event.customer_id or 0,
        absorbed=event.data["absorbed"],
    )


@subscribe("customer.unmerged")
def playbooks_wake(event: Event) -> None:
    """Let the plans go on that a merge stopped (R19, R29)."""
    if event.customer_id is not None:
        merged.take_up_doubled(now=event.at, customer=event.customer_id)


@subscribe("task.done")
@subscribe("task.dropped")
@subscribe("follow_up.logged")
def playbooks_end_with_their_last_step(event: Event) -> None:
    """End the runs of which nothing is open any more (R29)."""
    one = [event.record_id or 0] if event.record_type == "task" else []
    done = event.data.get("steps_done", one)
    runs.settle(actor=event.actor, now=event.at, task_ids=done)


@subscribe("task.reopened")
def playbooks_go_on(event: Event) -> None:
    """Let a run go on of which a step was opened again (R29)."""
    if event.record_id is not None:
        runs.take_up(task_id=event.record_id)


@subscribe("task.added")
@subscribe("task.changed")
@subscribe("follow_up.logged")
def the_assignee_is_told(event: Event) -> None:
    """Tell who was given something to do by a colleague (R28)."""
    if event.verb == "task.changed" and "assignee" not in event.data["changes"]:
        return
    one = [event.record_id] if event.record_type == "task" else []
    given = event.data.get("tasks_given", one)
    if given and event.actor is not None:
        morning = care_rules.standing().care.remind_at
        giving.tell(giver=event.actor, task_ids=given, now=event.at, morning=morning)


@subscribe("task.done")
@subscribe("task.dropped")
@subscribe("task.removed")
@subscribe("follow_up.deleted")
@subscribe("follow_up.logged")
def nothing_is_left_to_tell(event: Event) -> None:
    """Let nobody wonder about a task that is done, or there no more as its follow-up was undone."""
    one = [event.record_id] if event.record_type == "task" else []
    gone = event.data.get("tasks_removed") or event.data.get("tasks_due", one)
    if gone and event.customer_id is not None:
        reading.settled_about("task", gone, event.at, of={"customer_id": event.customer_id})
    elif gone and (whose := _assignee(event)) is not None:
        reading.settled_about("task", gone, event.at, of={"person_id": whose})


def _assignee(event: Event) -> int | None:
    """Whose the task of an event is, or was when it was deleted."""
    if "kept" in event.data:
        kept = event.data["kept"].get("assignee_id")
        return None if kept is None else int(kept)
    found = Task.objects.filter(pk=event.record_id or 0)
    return found.values_list("assignee_id", flat=True).first()


@subscribe("organisation.set_up")
def playbooks_to_begin_with(event: Event) -> None:
    """Lay the plans every installation begins with (R29)."""
    lay_shipped(Playbook, event.at)


@subscribe("customer.paused")
def look_again_instead(event: Event) -> None:
    """Plan to look at a paused customer again, instead of what was planned (R21)."""
    if event.customer_id is not None and event.actor is not None:
        planning.look_again(
            actor=event.actor,
            now=event.at,
            customer_id=event.customer_id,
            owner_id=event.data["owner"],
            on=date.fromisoformat(event.data["look_again_on"]),
        )


@subscribe("customer.archived")
def nothing_more_is_planned(event: Event) -> None:
    """Plan nothing more with an archived customer (R21)."""
    if event.customer_id is not None and event.actor is not None:
        planning.drop_plans(actor=event.actor, now=event.at, customer_id=event.customer_id)


@subscribe("customer.resumed")
def looked_again(event: Event) -> None:
    """Who takes a customer up again has looked at it: that plan is done (R21)."""
    if event.customer_id is not None and event.actor is not None:
        planning.looked_again(actor=event.actor, now=event.at, customer_id=event.customer_id)


@subscribe("person.left")
def other_tasks_go_to_the_successor(event: Event) -> None:
    """Let a leaver's tasks that are about no customer go with the rest (R64)."""
    if event.record_id is not None and event.data["successor"] is not None:
        tasks.pass_on_own_tasks(giver=event.record_id, taker=event.data["successor"])


@subscribe("care_rules.changed")
def reminders_follow_the_morning(event: Event) -> None:
    """Move the reminders of tasks without a time when the rules name another hour (R28)."""
    if "remind_at" in event.data["changes"]:
        enqueue(sweep.REMIND_ANEW, {}, now=event.at, dedupe_key=sweep.REMIND_ANEW)


@belongs("tasks")
def open_tasks(person_id: int) -> int:
    """Count what a leaver has still to do."""
    return queries.count_open_tasks(person_id)


for _sheet, _model in (("template", Template), ("phrase", Phrase), ("checklist", Checklist)):
    words(_sheet)(partial(keeping.in_words, _model))
sweep.register("key_dates", reminding.due, reminding.tell)
words(care_settings.RECORD)(care_settings.in_words)
words(editing.RECORD)(editing.in_words)
asks(editing.Asked())
words("pool_rules")(pool_rules.in_words)
words("playbook")(playbooks.in_words)


@words("follow_up")
def follow_up_in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a follow-up to who may read them all."""
    return queries.in_words(actor, "follow_up", field, value)


@words("task")
def task_in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a task."""
    return queries.in_words(actor, "task", field, value)
