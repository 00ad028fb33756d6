"""The dictionaries, over HTTP: what lists, forms and filters offer."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from zhike.fields import choices, industry

router = Router(tags=["fields"])


class ChoiceOut(Schema):
    value: str
    label: str
    color: str = ""


class Choices(Schema):
    kind: list[ChoiceOut]
    type: list[ChoiceOut]
    tier: list[ChoiceOut]
    grade: list[ChoiceOut]
    source: list[ChoiceOut]
    need_status: list[ChoiceOut]
    cooperation_stage: list[ChoiceOut]
    deal_stage: list[ChoiceOut]
    contact_role: list[ChoiceOut]
    way: list[ChoiceOut]
    response: list[ChoiceOut]
    care_way: list[ChoiceOut]
    feedback_status: list[ChoiceOut]
    feedback_dimension: list[ChoiceOut]
    industry: list[ChoiceOut]


@router.get("/choices", response=Choices)
def all_choices(request: HttpRequest) -> dict[str, Any]:
    """Return every dictionary with its values, labels and colours."""
    names = [name for name in Choices.model_fields if name != "industry"]
    told: dict[str, Any] = {name: getattr(choices, name.upper()).as_json() for name in names}
    told["industry"] = industry.as_json()
    return told
