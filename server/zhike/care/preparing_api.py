"""The preparation card and the history of a follow-up, over HTTP (R30, R23)."""

from datetime import date as Day
from datetime import datetime
from datetime import time as TimeOfDay
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router, Schema
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care import history
from zhike.care.key_dates_api import KeyDateOut
from zhike.care.preparing import card, printing
from zhike.care.sheets_api import PhraseOut

router = Router(tags=["preparing"])


class Corrector(Schema):
    id: int
    name: str


class Correction(Schema):
    label: str
    before: str = Field(alias="from")
    after: str = Field(alias="to")


class CorrectionsAt(Schema):
    at: datetime
    by: Corrector | None
    changes: list[Correction]


class FollowUpHistory(Schema):
    items: list[CorrectionsAt]


class CardCustomer(Schema):
    id: int
    name: str
    code: str


class CardFact(Schema):
    field: str
    label: str
    value: str


class CardBackground(Schema):
    text: str
    facts: list[CardFact]


class CardTalk(Schema):
    id: int
    on: Day | None
    way: str
    whom: str = Field(alias="with")
    content: str
    customer_feedback: str
    response: str
    result: str
    author: str


class CardPromise(Schema):
    id: int
    title: str
    due_on: Day
    assignee: str
    is_overdue: bool


class CardPerson(Schema):
    id: int
    name: str
    title: str
    role: str
    stance: str
    preferences: str
    convenient_time: str
    convenient_way: str
    do_not_contact: bool


class CardObjection(Schema):
    text: str
    kind: str = Field(description="属于哪一类异议，如 价格高；认不出为空")
    on: Day | None
    settled_on: Day | None = Field(description="客户后来认可的那天")
    settled_by: str
    answers: list[PhraseOut]


class CardProblem(Schema):
    id: int
    description: str
    cause: str
    solution: str
    state: str


class CardPlan(Schema):
    id: int
    on: Day
    time: TimeOfDay | None
    matter: str
    materials: str
    way: str
    why: str
    assignee: str


class PreparationCard(Schema):
    customer: CardCustomer
    background: CardBackground
    last_talks: list[CardTalk]
    promises: list[CardPromise]
    needs: list[CardFact]
    preferences: list[CardPerson]
    objections: list[CardObjection]
    problems: list[CardProblem]
    wording: list[PhraseOut]
    key_dates: list[KeyDateOut]
    next: CardPlan | None


@router.get("/follow-ups/{follow_up_id}/history", response=FollowUpHistory, by_alias=True)
def history_of_follow_up(request: Request, follow_up_id: int) -> Any:
    """Tell what was corrected in a follow-up, by whom and when."""
    return {"items": history.of_follow_up(request.auth, follow_up_id)}


@router.get("/customers/{customer_id}/preparation", response=PreparationCard, by_alias=True)
def preparation(request: Request, customer_id: int) -> Any:
    """Return what to know before a contact with a customer."""
    return card.card(request.auth, customer_id, today=clock.today())


@router.get("/customers/{customer_id}/preparation.pdf", include_in_schema=True)
def preparation_on_paper(request: Request, customer_id: int) -> HttpResponse:
    """Print the card; who printed it and when stands on it."""
    name, content = printing.print_card(
        actor=request.auth, now=clock.now(), customer_id=customer_id
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
