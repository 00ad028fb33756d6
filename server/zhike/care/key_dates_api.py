"""Days that matter, over HTTP (R28)."""

from datetime import date as Day
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care.key_dates import reading
from zhike.customers import queries as customers

router = Router(tags=["key_dates"])


class KeyDateName(Schema):
    id: int
    name: str


class KeyDateOut(Schema):
    id: int
    kind: str = Field(description="contract_end、birthday、anniversary、expected_close、look_again")
    label: str
    on: Day
    days_left: int
    told: str = Field(description="是哪一天，如 农历八月十五、合作满 3 年")
    customer: KeyDateName
    contact: KeyDateName | None = Field(description="谁的生日；空为客户本人")


class KeyDatesOut(Schema):
    items: list[KeyDateOut]


@router.get("/customers/{customer_id}/key-dates", response=KeyDatesOut)
def key_dates_of_customer(request: Request, customer_id: int) -> Any:
    """List the days of a customer that matter, the next one first."""
    customer = customers.one(request.auth, customer_id)
    return {"items": reading.of_customer(request.auth, customer, clock.today())}


@router.get("/key-dates", response=KeyDatesOut)
def key_dates_between(
    request: Request,
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
    scope: str = "mine",
) -> Any:
    """List the days that matter, of one's own customers or of the team's."""
    today = clock.today()
    items = reading.between(
        request.auth, since=since or today, until=until, scope=scope, today=today
    )
    return {"items": items}
