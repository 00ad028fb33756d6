"""What a merge of customers does with the records of this room, and what it listens to."""

from zhike.customers import relations
from zhike.customers.relations import Relation, Way
from zhike.doors import calendar
from zhike.doors.models import Import, ImportRow
from zhike.trail.actions import subscribe
from zhike.trail.models import Event
from zhike.trail.notices.telling import tell

# A row tells what the import did to the customer it met; an undo of the import takes that back
# from the same one, merged or not.
relations.knows(Relation(ImportRow, "customer_id", Way.REST))


@subscribe("person.left")
def a_leaver_is_read_no_more(event: Event) -> None:
    """Close a leaver's calendar address: it must not come back with them."""
    calendar.close_feed(actor=event.actor, now=event.at, person_id=event.record_id or 0)


@subscribe("import.done")
@subscribe("import.failed")
def who_asked_is_told(event: Event) -> None:
    """Tell whoever brought a sheet in what became of it."""
    of = Import.objects.filter(pk=event.record_id or 0).first()
    if of is None:
        return
    done = event.verb == "import.done"
    counts = event.data.get("counts", {})
    said = [("新增", "new"), ("更新", "update"), ("跳过", "skip"), ("没有收下", "refused")]
    body = "，".join(f"{word} {counts[key]} 行" for word, key in said if counts.get(key))
    tell(
        of.created_by_id,
        "import_done",
        f"{event.verb}:{of.pk}",
        f"{'导入完成' if done else '导入没有成功'}：{of.file_name}",
        f"{body}。" if body else of.message,
        record=("import", of.pk),
        now=event.at,
    )
