"""Reading one line of Chinese into a follow-up, over HTTP. Nothing is saved here (R23)."""

from datetime import date as Day
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from zhike.access.models import Person
from zhike.access.queries import people_visible_to
from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care.understanding.reading import MOST, Known, understand
from zhike.customers import queries as customers

router = Router(tags=["care"])
_MOST_NAMES = 2000


class TextIn(Schema):
    model_config = {"extra": "forbid"}

    text: Annotated[str, Field(max_length=MOST, description="一句话")]
    customer_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None


class SpanOut(Schema):
    field: str = Field(description="填进哪一项：date、way、person、next_date……")
    start: int = Field(description="从第几个字符起（按码位数，不按 UTF-16）")
    end: int


class TodoOut(Schema):
    title: str
    due: Day | None
    who: str | None = Field(description="交给哪位同事，空为自己")


class UnderstoodOut(Schema):
    date: Day | None
    way: str | None = Field(description="方式的名称，如 电话")
    person: str | None
    contact_id: int | None
    next_date: Day | None
    next_time: str | None = Field(description="HH:MM")
    next_matter: str | None
    amounts: list[float] = Field(description="元")
    budget: list[float | None] | None = Field(description="[低, 高]，元，空为没说")
    need: str | None
    response: str | None = Field(description="accepted、doubtful、refused")
    content: str
    todos: list[TodoOut]
    vague: str | None
    questions: list[str]
    spans: list[SpanOut]


@router.post("/follow-ups/understanding", response=UnderstoodOut)
def read_sentence(request: Request, body: TextIn) -> Any:
    """Read a sentence into a follow-up to be looked at; with a customer, match its contacts."""
    now = clock.now()
    names = people_visible_to(request.auth).values_list("name", flat=True)
    reading = understand(
        body.text,
        today=clock.day_of(now),
        now=now.astimezone(clock.SHANGHAI),
        contacts=_contacts(request.auth, body.customer_id),
        colleagues=list(names[:_MOST_NAMES]),
    )
    return reading.as_json()


def _contacts(actor: Person, customer_id: int | None) -> list[Known]:
    """The customer's contacts, with the names the actor reads in full."""
    if customer_id is None:
        return []
    customer = customers.one(actor, customer_id)
    if not actor.reads("contact"):
        return []
    return [Known(one.pk, one.name, one.salutation) for one in customers.contacts_of(customer)]
