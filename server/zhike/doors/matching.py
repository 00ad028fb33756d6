"""Which customer each row means, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhike.access.models import Person
from zhike.base.text import name_key
from zhike.care import bulk as care
from zhike.customers import bulk as customers
from zhike.customers import purchases, purchases_bulk, waiting
from zhike.customers.bulk import Known
from zhike.customers.entry import label_of
from zhike.doors.draft import Draft
from zhike.doors.models import Import
from zhike.doors.rows import Reading
from zhike.doors.vetting import Vetting
from zhike.fields.groups import all_groups
from zhike.service import bulk as service

NEW, UPDATE, SKIP, REFUSE = "new", "update", "skip", "refuse"


@dataclass
class Decision:
    """What is to be done with one row. `customer_id` is who it means, if already here."""

    draft: Draft
    action: str
    customer_id: int | None = None


Entries = dict[int, list[tuple[Any, ...]]]


@dataclass
class Held:
    """Records the customers of some rows already have, so that none is added twice.

    Each is kept under its customer as what a row may say of it.
    """

    follow_ups: Entries = field(default_factory=dict)
    care: Entries = field(default_factory=dict)
    feedback: Entries = field(default_factory=dict)
    purchases: Entries = field(default_factory=dict)
    plans: set[tuple[int, Any]] = field(default_factory=set)


class Matcher:
    """Decides for the rows of one import, a piece at a time, against the present database."""

    def __init__(self, actor: Person, of: Import, reading: Reading) -> None:
        self.actor = actor
        self.of = of
        self.reading = reading
        self._codes: dict[str, Known] = {}
        self._identities: dict[str, Known] = {}
        self._names: dict[str, list[Known]] = {}
        self._reviewed = waiting.chosen(actor)
        self._denied = {
            part: frozenset(
                name.partition(".")[2]
                for name, group in all_groups().items()
                if name.startswith(f"{part}.") and not actor.edits(group)
            )
            for part in ("customer", "contact")
        }
        self._vetting = Vetting(actor, of.pk, reading) if reading.has_customers else None

    def decide(self, drafts: Sequence[Draft]) -> list[Decision]:
        """One decision per draft; what was found is noted among the draft's problems."""
        wanted = [draft for draft in drafts if not draft.refused]
        codes = [draft.customer["code"] for draft in wanted if "code" in draft.customer]
        self._codes = customers.known_by_code(self.actor, codes)
        decide = self._record
        if self.reading.has_customers:
            decide = self._customer
            ids = [d.customer["identity"] for d in wanted if "identity" in d.customer]
            if "identity" in self._denied["customer"]:
                ids = []  # that a row fits would confirm a number the actor may not know
            self._identities = customers.known_by_identity(self.actor, ids) if ids else {}
            keys = [name_key(d.customer["name"]) for d in wanted if "*" not in d.customer["name"]]
            self._names = customers.known_by_name(self.actor, keys)
        decisions = [Decision(d, REFUSE) if d.refused else decide(d) for d in drafts]
        self._spare_reviewed(decisions)
        decisions = [self._allowed(one) for one in decisions]
        if self._vetting is not None:
            self._vetting.vet(decisions)
            for one in decisions:
                if one.draft.refused:
                    one.action = REFUSE
        return decisions

    def _spare_reviewed(self, decisions: Sequence[Decision]) -> None:
        """Take out of updates what may only change after a review, saying so where it differs."""
        updates = {one.customer_id: one for one in decisions if one.action == UPDATE}
        if not self._reviewed or not updates:
            return
        held = customers.held_fields([pk for pk in updates if pk], self._reviewed)
        for decision in decisions:
            if decision.action != UPDATE or decision.customer_id not in held:
                continue
            draft, stored = decision.draft, held[decision.customer_id]
            waits = self._reviewed & draft.customer.keys() - self._denied["customer"]
            for name in sorted(waits):
                new = draft.customer.pop(name)
                if new != stored[name] and "*" not in str(new):
                    column = self.reading.column_of(f"customer.{name}")
                    what = "这一项" if column >= 0 else f"“{label_of('customer', name)}”"
                    draft.refuse_cell(column, f"{what}的修改要审核，请在客户页面上改")

    def _allowed(self, decision: Decision) -> Decision:
        """Take out of a draft what the actor may not write, saying so at the cell."""
        draft = decision.draft
        if decision.action not in (NEW, UPDATE):
            return decision
        if decision.customer_id is None and not self.actor.may("create"):
            return self._refuse(draft, "customer.name", "你没有新建客户的权限，这一行没有导入")
        if not self.actor.may("log") and (
            draft.follow_up or draft.next or draft.care or draft.feedback
        ):
            draft.follow_up, draft.next, draft.care, draft.feedback = {}, {}, {}, {}
            draft.warn(-1, "你没有记录往来的权限，跟进、维护和反馈没有导入")
        if draft.purchase:
            self._allow_purchase(draft)
        for part, values in (("customer", draft.customer), ("contact", draft.contact)):
            for name in [one for one in values if one in self._denied[part]]:
                del values[name]
                message = "你的角色不能填写或修改这一项，没有导入"
                draft.refuse_cell(self.reading.column_of(f"{part}.{name}"), message)
        if not (self._vetting or draft.has_records or draft.next):
            decision.action = SKIP  # a row of records of which nothing is left
        return decision

    def _allow_purchase(self, draft: Draft) -> None:
        """Purchases go with the group of cooperation, their amounts with money."""
        if not self.actor.edits(purchases.GROUP):
            draft.purchase = {}
            draft.warn(-1, "你的角色不能填写购买记录，没有导入")
        elif not self.actor.edits("money") and draft.purchase.pop("amount", None) is not None:
            message = "你的角色不能填写或修改这一项，没有导入"
            draft.refuse_cell(self.reading.column_of("purchase.amount"), message)

    def _refuse(self, draft: Draft, field_name: str, message: str) -> Decision:
        draft.refuse(self.reading.column_of(field_name), message)
        return Decision(draft, REFUSE)

    def _record(self, draft: Draft) -> Decision:
        """A row that adds a record to a customer who must be here."""
        code = draft.customer["code"]
        known = self._codes.get(code)
        if known is None or known.deleted or not known.visible:
            message = f"没有编号为“{code}”的客户，或不归你负责。请先导入这位客户，或改正编号"
            return self._refuse(draft, "customer.code", message)
        if not (draft.has_records or draft.next):
            draft.warn(-1, "这一行除了客户编号没有内容，已跳过")
            return Decision(draft, SKIP, known.id)
        return Decision(draft, NEW, known.id)

    def _customer(self, draft: Draft) -> Decision:
        code = draft.customer.get("code")
        known = self._codes.get(code) if code else None
        if known is not None:
            return self._by_code(draft, known)
        identity = draft.customer.get("identity")
        known = self._identities.get(identity) if identity else None
        if known is not None:
            return self._by_identity(draft, known)
        return self._by_name(draft)

    def _by_code(self, draft: Draft, known: Known) -> Decision:
        code = draft.customer["code"]
        if known.import_id == self.of.pk:  # given by the system to a row before, which had none
            message = f"编号“{code}”已给了本次导入的另一位客户。请换一个编号"
            return self._refuse(draft, "customer.code", message)
        if not known.visible:
            message = f"编号“{code}”已被使用，且不归你负责。请换一个编号，或联系管理员"
            return self._refuse(draft, "customer.code", message)
        if known.deleted:
            message = f"编号“{code}”的客户在回收站里。请先恢复，或换一个编号"
            return self._refuse(draft, "customer.code", message)
        if self.of.on_match == Import.OnMatch.NEW:
            message = f"编号“{code}”已有客户，不能另建。请换一个编号，或选择更新已有客户"
            return self._refuse(draft, "customer.code", message)
        holder = self._identities.get(draft.customer.get("identity", ""))
        if holder is not None and holder.id != known.id:
            del draft.customer["identity"]
            message = "这个证件号码已登记在另一位客户名下，没有采用。请核对"
            draft.refuse_cell(self.reading.column_of("customer.identity"), message)
        return self._matched(draft, known)

    def _by_identity(self, draft: Draft, known: Known) -> Decision:
        if not known.visible:
            message = "这个证件号码已登记在别人负责的客户名下。请联系管理员"
            return self._refuse(draft, "customer.identity", message)
        if self.of.on_match == Import.OnMatch.NEW:
            message = f"这个证件号码已登记在客户“{known.name}”名下，不能另建"
            return self._refuse(draft, "customer.identity", message)
        return self._matched(draft, known)

    def _by_name(self, draft: Draft) -> Decision:
        name = draft.customer["name"]
        twins = self._names.get(name_key(name), []) if "*" not in name else []
        twins = [one for one in twins if one.import_id != self.of.pk]
        if not twins:
            return Decision(draft, NEW)
        column = self.reading.column_of("customer.name")
        if self.of.on_match == Import.OnMatch.NEW:
            draft.warn(column, f"已有同名客户（编号 {twins[0].code}），仍按新客户导入")
            return Decision(draft, NEW)
        if len(twins) > 1:
            codes = "、".join(one.code for one in twins[:5])
            message = f"有 {len(twins)} 位同名客户（{codes}），不知道是哪一位。请填写客户编号"
            return self._refuse(draft, "customer.name", message)
        if draft.customer.get("code"):
            draft.warn(column, f"与已有客户同名，按同一位客户处理，编号保持 {twins[0].code}")
        return self._matched(draft, twins[0])

    def _matched(self, draft: Draft, known: Known) -> Decision:
        action = SKIP if self.of.on_match == Import.OnMatch.SKIP else UPDATE
        return Decision(draft, action, known.id)


def records_held(decisions: Sequence[Decision]) -> Held:
    """What the customers of these decisions already have."""
    ids = {d.customer_id for d in decisions if d.customer_id and d.action in (NEW, UPDATE)}
    if not ids:
        return Held()
    return Held(
        _entries(care.follow_ups_held(ids)),
        _entries(care.care_entries_held(ids)),
        _entries(service.feedback_held(ids)),
        _entries(purchases_bulk.held(ids)),
        care.plans_open(ids),
    )


def _entries(rows: Iterable[tuple[Any, ...]]) -> Entries:
    entries: Entries = {}
    for customer_id, *rest in rows:
        entries.setdefault(customer_id, []).append(tuple(rest))
    return entries


def drop_known(decisions: Sequence[Decision], held: Held, *, records: bool) -> None:
    """Take out of the drafts what is already here word for word.

    `records` says that rows are records and no customers: one that is here is skipped as a whole.
    """
    for decision in decisions:
        draft, pk = decision.draft, decision.customer_id
        if pk is None or decision.action not in (NEW, UPDATE):
            continue
        before = draft.has_records
        _drop(draft, pk, held)
        after = draft.has_records
        if records and before and not after:
            draft.warn(-1, "已有相同的记录，没有重复导入")
            decision.action = SKIP


def _drop(draft: Draft, pk: int, held: Held) -> None:
    if _is_held(held.follow_ups, pk, draft.follow_up, care.FOLLOW_UP_SAYS):
        draft.follow_up = {}
    if _is_held(held.care, pk, draft.care, care.CARE_SAYS):
        draft.care = {}
    if _is_held(held.feedback, pk, draft.feedback, service.FEEDBACK_SAYS):
        draft.feedback = {}
    if _is_held(held.purchases, pk, draft.purchase, purchases_bulk.SAYS):
        draft.purchase = {}
    if draft.next:
        day = (pk, draft.next["on"])
        if day in held.plans:
            draft.next = {}
        held.plans.add(day)


def _is_held(entries: Entries, pk: int, part: dict[str, Any], says: Sequence[str]) -> bool:
    """Whether a record agrees with all that a row says; if none does, the row joins them."""
    if not part:
        return False
    said = tuple(part.get(_AS_DRAFT.get(name, name)) for name in says)
    for entry in entries.get(pk, ()):
        if all(mine in (None, theirs) for mine, theirs in zip(said, entry, strict=True)):
            return True
    entries.setdefault(pk, []).append(said)
    return False


_AS_DRAFT = {"contacted_on": "on"}
