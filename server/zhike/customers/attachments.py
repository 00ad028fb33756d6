"""Files that belong to a customer or to one of its records (R22).

The contents lie in `base.filestore`; a row here tells whose a content is, what it is called and
what it is. Who may read the record it hangs on may read the file, unless the customer is in the
pool. Rooms above register their records (`belongs`).
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, filestore, filetypes, paging
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhike.base.jobs import Run
from zhike.customers import file_rules, queries
from zhike.customers.models import Attachment, Customer
from zhike.customers.trash import by, holds
from zhike.customers.ways import locked, require_way
from zhike.fields import registry
from zhike.trail.actions import record
from zhike.trail.queries import told_since

MOST = 200  # per record
GRACE = timedelta(days=1)  # so long may an upload take between its content and its row

# (actor, a customer they see, ids of records, to change?) → those of them the actor may read, or
# change. Ids of other customers are left out.
Reach = Callable[[Person, Customer, Collection[int], bool], Collection[int]]
_reaches: dict[str, Reach] = {}


def belongs(of: str) -> Callable[[Reach], Reach]:
    """Register who may read and change files of a kind of record."""

    def register(function: Reach) -> Reach:
        _reaches[of] = function
        return function

    return register


@belongs("customer")
def _customer(actor: Person, customer: Customer, ids: Collection[int], to_change: bool) -> set[int]:
    changes = actor.may("log") or any(actor.edits(one) for one in _CUSTOMER_GROUPS)
    return {customer.pk} & set(ids) if changes or not to_change else set()


@belongs("contact")
def _contact(actor: Person, customer: Customer, ids: Collection[int], to_change: bool) -> set[int]:
    if not (actor.edits("contact") if to_change else actor.reads("contact")):
        return set()
    return _among(queries.contacts_visible_to(actor), customer, ids)


@belongs("purchase")
def _purchase(actor: Person, customer: Customer, ids: Collection[int], to_change: bool) -> set[int]:
    if to_change and not actor.edits("cooperation"):
        return set()
    return _among(queries.purchases_visible_to(actor), customer, ids)


@belongs("problem")
def _problem(actor: Person, customer: Customer, ids: Collection[int], to_change: bool) -> set[int]:
    if to_change and not actor.edits("notes"):
        return set()
    return _among(queries.problems_visible_to(actor), customer, ids)


_CUSTOMER_GROUPS = ("basic", "needs", "cooperation", "notes")


def _among(found: Any, customer: Customer, ids: Collection[int]) -> set[int]:
    possible = [pk for pk in ids if 0 < pk < 2**63]
    return set(found.filter(customer=customer, pk__in=possible).values_list("pk", flat=True))


def page(
    actor: Person,
    customer_id: int,
    *,
    of: str | None,
    record_id: int | None,
    field: str | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of a customer's files, the newest first; none of a customer in the pool.

    Files of records the reader may not see are left out, so that a page may be short.
    """
    customer = queries.one(actor, customer_id)
    way = queries.access_to(actor, customer)
    if way not in queries.READABLE:
        return [], None
    found = queries.attachments_visible_to(actor).filter(customer=customer)
    if of is not None:
        found = found.filter(of=of)
    if record_id is not None:
        found = found.filter(record_id=record_id)
    if field is not None:
        found = found.filter(field=field)
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found.select_related("uploaded_by").order_by("-id")[: limit + 1])
    following = paging.pack(rows[limit - 1].pk) if len(rows) > limit else None
    rows = rows[:limit]
    read = _reached(actor, customer, rows, to_change=False)
    changed = _reached(actor, customer, rows, to_change=True) if way in queries.CHANGEABLE else ()
    items = [shown(one, may_edit=one.pk in changed) for one in rows if one.pk in read]
    return items, following


def shown(one: Attachment, *, may_edit: bool) -> dict[str, Any]:
    """Return a file as its readers see it."""
    return {
        "id": one.pk,
        "customer_id": one.customer_id,
        "of": one.of,
        "record_id": one.record_id,
        "field": one.field,
        "name": one.name,
        "media_type": one.media_type,
        "size": one.size,
        "can_show": one.media_type in filetypes.SHOWN_IN_PLACE,
        "uploaded_by": {"id": one.uploaded_by.pk, "name": one.uploaded_by.name}
        if one.uploaded_by
        else None,
        "uploaded_at": one.uploaded_at,
        "may_edit": may_edit,
    }


def attach(
    *,
    actor: Person,
    now: datetime,
    customer_id: int,
    name: str,
    source: filestore.Source,
    of: str = Attachment.Of.CUSTOMER,
    record_id: int | None = None,
    field: str = "",
) -> Attachment:
    """Attach an uploaded file to a customer, or to one of its records.

    The content is kept first, then its row: who dies in between leaves a content nobody refers
    to, which the nightly sweep deletes.
    """
    about = customer_id if record_id is None and of == Attachment.Of.CUSTOMER else record_id
    if about is None:
        raise Invalid("record_id", "请说明附件属于哪一条记录。")
    customer = queries.one(actor, customer_id)
    _require(actor, customer, of, about, field)
    clean = filetypes.clean_name(name)
    source.seek(0)
    media_type = filetypes.recognise(clean, source.read(filetypes.HEAD))
    most = file_rules.present().attachment_mb
    content = filestore.measure(source, most << 20)
    if content is None:
        raise Invalid("file", f"文件太大了，单个附件最多 {most} MB。", code="too_large")
    filestore.keep(content, source)
    with transaction.atomic():
        customer = locked(actor, customer_id)
        _require(actor, customer, of, about, field)
        alive = Attachment.objects.filter(of=of, record_id=about, deleted_at=None)
        if alive.count() >= MOST:
            raise Conflict(f"这里已经有 {MOST} 个附件了，请先删掉不用的。", code="too_many_files")
        file_rules.hold()  # keeps the sweep away
        filestore.keep(content, source)  # again, in case the sweep was here since
        attachment = Attachment.objects.create(
            customer=customer,
            of=of,
            record_id=about,
            field=field,
            name=clean,
            media_type=media_type,
            size=content.size,
            digest=content.digest,
            uploaded_by=actor,
            uploaded_at=now,
        )
        _record("attachment.added", actor, now, attachment)
    return attachment


def fetch(
    *, actor: Person, now: datetime, attachment_id: int
) -> tuple[Attachment, Iterator[bytes]]:
    """Return a file and the pieces of its content; who opened it is told once a day."""
    attachment = _readable(actor, attachment_id)
    pieces = filestore.opened(attachment.digest)
    about = ("attachment", attachment.pk)
    today = clock.midnight(clock.day_of(now))
    if not told_since("attachment.opened", actor_id=actor.pk, of=about, since=today):
        with transaction.atomic():
            _record("attachment.opened", actor, now, attachment)
    return attachment, pieces


def remove(*, actor: Person, now: datetime, attachment_id: int) -> None:
    """Put a file into the trash."""
    with transaction.atomic():
        attachment = _changeable(actor, _readable(actor, attachment_id).pk)
        attachment.deleted_at, attachment.deleted_by = now, actor
        attachment.save(update_fields=["deleted_at", "deleted_by"])
        _record("attachment.removed", actor, now, attachment)


def restore(*, actor: Person, now: datetime, attachment_id: int) -> Attachment:
    """Bring a file back from the trash; a second time it is not found."""
    with transaction.atomic():
        found = queries.removed_visible_to(actor, Attachment).select_for_update(of=("self",))
        attachment: Attachment | None = found.filter(pk=attachment_id).first()
        if attachment is None or not _reached(
            actor, attachment.customer, [attachment], to_change=True
        ):
            raise NotFound("回收站里没有这个附件。")
        attachment.deleted_at, attachment.deleted_by = None, None
        attachment.save(update_fields=["deleted_at", "deleted_by"])
        _record("attachment.restored", actor, now, attachment)
    return attachment


@holds("attachment")
def removed(actor: Person, at: datetime | None, limit: int) -> list[dict[str, Any]]:
    """Return the files in the trash that `actor` may bring back, their records considered."""
    found = queries.removed_visible_to(actor, Attachment)
    if at is not None:
        found = found.filter(deleted_at__lte=at)
    found = found.select_related("customer", "deleted_by").order_by("-deleted_at", "-id")
    mine: list[Attachment] = []
    for begin in count(0, MOST):
        rows = list(found[begin : begin + MOST])
        mine += _reached_of_many(actor, rows)
        if len(rows) < MOST or len(mine) >= limit:
            break
    return [
        {
            "id": one.pk,
            "name": one.name,
            "customer": {"id": one.customer.pk, "name": one.customer.name},
            "deleted_at": one.deleted_at,
            "deleted_by": by(one.deleted_by_id, one.deleted_by.name if one.deleted_by else None),
        }
        for one in mine[:limit]
    ]


def _reached_of_many(actor: Person, rows: list[Attachment]) -> list[Attachment]:
    """Those of the files of several customers that the actor may change, in their order."""
    by_customer: dict[int, list[Attachment]] = {}
    for one in rows:
        by_customer.setdefault(one.customer_id, []).append(one)
    mine: set[int] = set()
    for theirs in by_customer.values():
        mine |= _reached(actor, theirs[0].customer, theirs, to_change=True)
    return [one for one in rows if one.pk in mine]


def delete_of(of: str, record_ids: Collection[int]) -> None:
    """Delete for good the files of records that are deleted for good."""
    Attachment.objects.filter(of=of, record_id__in=record_ids).delete()


def sweep(run: Run) -> int:
    """Delete the contents nobody refers to any more; returns how many.

    Each under the lock an upload takes before it writes its row: either the row is there when we
    look, or the upload sees that the content is gone and keeps it again.
    """
    gone = 0
    old = filestore.older(run.now - GRACE)
    while piece := list(islice(old, 500)):
        for digest in _unused(piece):
            with run.step():
                file_rules.hold()  # keeps uploads away
                if _unused([digest]):
                    filestore.delete(digest)
                    gone += 1
    return gone


def _unused(digests: list[str]) -> list[str]:
    used = set(
        Attachment.objects.filter(digest__in=digests).values_list("digest", flat=True).distinct()
    )
    return [one for one in digests if one not in used]


def _reached(
    actor: Person, customer: Customer, rows: Collection[Attachment], *, to_change: bool
) -> set[int]:
    """Return which files of a customer the actor may read, or change."""
    held = {
        of: set(reach(actor, customer, {one.record_id for one in rows if one.of == of}, to_change))
        for of, reach in _reaches.items()
        if any(one.of == of for one in rows)
    }
    return {
        one.pk
        for one in rows
        if one.record_id in held.get(one.of, ()) and _has_field(actor, one, to_change)
    }


def _has_field(actor: Person, one: Attachment, to_change: bool) -> bool:
    """Whether the actor may read or change the field a file belongs to, if it does to any."""
    if not one.field:
        return True
    known = registry.definition(one.of, one.field)
    if known is None:
        return False
    return actor.edits(known.group) if to_change else actor.reads(known.group)


def _require(actor: Person, customer: Customer, of: str, record_id: int, field: str) -> None:
    """Raise unless the actor may attach a file there."""
    require_way(actor, customer)
    reach = _reaches.get(of)
    if reach is None:
        raise Invalid("of", "附件不能放在这里，请刷新后重试。")
    if record_id not in reach(actor, customer, {record_id}, False):
        raise NotFound("没有找到要放附件的记录，可能已被删除。")
    if record_id not in reach(actor, customer, {record_id}, True):
        raise Forbidden("你不能给这条记录添加或删除附件，请联系负责人或管理员。")
    if field:
        known = registry.definition(of, field)
        if known is None or known.type != "attachment" or known.archived:
            raise Invalid("field", "没有这个附件字段，请刷新后重试。")
        if not actor.edits(known.group):
            raise Forbidden(f"你的角色不能填写“{known.label}”，请联系管理员。", field="field")


def _readable(actor: Person, attachment_id: int) -> Attachment:
    """Return a file the actor may open, or raise NotFound; Forbidden for one in the pool."""
    found = queries.attachments_visible_to(actor).select_related("customer", "uploaded_by")
    one = found.filter(pk=attachment_id).first()
    if one is None or not _reached(actor, one.customer, [one], to_change=False):
        raise NotFound("没有找到这个附件，可能已被删除。")
    require_way(actor, one.customer, queries.READABLE)
    return one


def _changeable(actor: Person, attachment_id: int) -> Attachment:
    """Return a file the actor may remove, locked."""
    found = queries.attachments_visible_to(actor).select_for_update(of=("self",))
    attachment = found.select_related("customer").filter(pk=attachment_id).first()
    if attachment is None:
        raise NotFound("没有找到这个附件，可能已被删除。")
    require_way(actor, attachment.customer)
    if not _reached(actor, attachment.customer, [attachment], to_change=True):
        raise Forbidden("你不能给这条记录添加或删除附件，请联系负责人或管理员。")
    return attachment


def in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell the name of a file, which may tell of anything, to who reads all it may hang on."""
    if not all(actor.reads(group) for group in ("contact", "cooperation", "notes")):
        return None
    return {"name": "文件名"}.get(field, field), value


def _record(verb: str, actor: Person, now: datetime, attachment: Attachment) -> None:
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=attachment.customer_id,
        record=("attachment", attachment.pk),
        data={"name": attachment.name, "of": attachment.of},
    )
