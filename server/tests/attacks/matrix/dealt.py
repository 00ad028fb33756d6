"""What hangs on each customer of the world besides dealings: purchases, problems and files."""

from __future__ import annotations

import io
from datetime import date, timedelta

from tests.people import NOW
from zhike.access.models import Person
from zhike.base import filestore
from zhike.customers import purchases
from zhike.customers.models import Attachment, Customer, Problem, Purchase
from zhike.trail.actions import record

DEALT = ("purchase", "problem", "attachment")
GONE = tuple(f"gone_{kind}" for kind in DEALT)
BOUGHT_ON = date(2026, 10, 1)


def dealings_on(
    ids: dict[str, int], words: dict[str, tuple[str, ...]], customer: Customer, author: Person
) -> None:
    """A purchase, a problem and a file, and one of each in the trash."""
    by = {"customer": customer, "recorded_by": author, "recorded_at": NOW}
    yesterday = {"deleted_at": NOW - timedelta(days=1), "deleted_by": author}
    _, _, product, returned = words["cooperation"]
    amount = int(words["money"][2])
    bought = Purchase.objects.create(bought_on=BOUGHT_ON, product=product, amount=amount, **by)
    thrown = Purchase.objects.create(bought_on=BOUGHT_ON, product=returned, **by, **yesterday)
    purchases.refresh_totals([customer.pk])
    problem = Problem.objects.create(description=words["notes"][1], **by)
    solved = Problem.objects.create(description=words["notes"][2], **by, **yesterday)
    file, binned = (_file(customer, author, word) for word in words["files"])
    Attachment.objects.filter(pk=binned.pk).update(**yesterday)
    for kind, one, name in (("purchase", bought, product), ("problem", problem, words["notes"][1])):
        record(
            f"{kind}.added",
            actor=author,
            now=NOW,
            customer_id=customer.pk,
            record=(kind, one.pk),
            data={"name": name},
        )
    ids |= dict(zip(DEALT, (bought.pk, problem.pk, file.pk), strict=True))
    ids |= dict(zip(GONE, (thrown.pk, solved.pk, binned.pk), strict=True))


def _file(customer: Customer, author: Person, word: str) -> Attachment:
    source = io.BytesIO(f"%PDF-1.7 {word}".encode())
    content = filestore.measure(source, 1 << 20)
    assert content is not None
    filestore.keep(content, source)
    return Attachment.objects.create(
        customer=customer,
        record_id=customer.pk,
        name=f"{word}.pdf",
        media_type="application/pdf",
        size=content.size,
        digest=content.digest,
        uploaded_by=author,
        uploaded_at=NOW,
    )
