"""The days on a customer that follow from its records: last and next follow-up (R24)."""

from collections.abc import Iterable

from django.db import connection

from zhike.care.models import FollowUp, Task
from zhike.customers.models import Customer

FIRST_YEAR, LAST_YEAR = 1990, 2200  # beyond them somebody mistyped


def hold_customers(customer_ids: Iterable[int | None]) -> None:
    """Have others wait who write records of customers, until the transaction ends.

    Customers are locked before their records, as everywhere.
    """
    ids = {pk for pk in customer_ids if pk is not None}
    if ids:
        them = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        list(them.values_list("pk"))


def refresh_dates(customer_ids: Iterable[int], *, held: bool = False) -> None:
    """Bring the last and next follow-up days of customers in line with their records (R24).

    Waits for whoever else is writing records of them, to count theirs too, unless the caller has
    `held` them since before it wrote.
    """
    ids = sorted(set(customer_ids))
    if not ids:
        return
    if not held:
        hold_customers(ids)
    with connection.cursor() as cursor:
        if len(ids) == 1:
            cursor.execute(_REFRESH, ids)
        else:
            cursor.executemany(_REFRESH, [(pk,) for pk in ids])


_REFRESH = f"""
UPDATE {Customer._meta.db_table} AS c SET
 last_follow_up_on = (SELECT MAX(contacted_on) FROM {FollowUp._meta.db_table} f
  WHERE f.customer_id = c.id AND f.deleted_at IS NULL),
 next_follow_up_on = (SELECT MIN(due_on) FROM {Task._meta.db_table} t
  WHERE t.customer_id = c.id AND t.kind = '{Task.FOLLOW_UP}' AND t.done_at IS NULL)
 WHERE c.id = %s"""
