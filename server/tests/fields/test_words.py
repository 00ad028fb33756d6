"""Words of dictionaries as an administrator changes them, and the records that hold them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, queries_of, wrong_fields
from zhike.base import jobs
from zhike.care.models import CareEntry, FollowUp
from zhike.customers.models import Contact, Customer, CustomValue, Problem
from zhike.fields import choices, holding
from zhike.fields.models import Field, Rule, Word
from zhike.service.models import Feedback
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db


def words(who: Api, name: str) -> dict[str, dict[str, Any]]:
    every = {one["name"]: one for one in who.get("/dictionaries")["items"]}
    return {one["value"]: one for one in every[name]["entries"]}


def offered(who: Api, name: str) -> list[str]:
    return [one["value"] for one in who.get("/choices")[name] if not one.get("retired")]


def add(boss: Api, name: str, label: str, **more: Any) -> str:
    value: str = boss.post(f"/dictionaries/{name}/entries", {"label": label, **more})["value"]
    return value


def retire(boss: Api, name: str, value: str, by: str | None = None) -> dict[str, Any]:
    path = f"/dictionaries/{name}/entries/{value}/retirement"
    done: dict[str, Any] = boss.post(path, {"replace_by": by}, 200)
    return done


def own(boss: Api, type_: str, of: str = "customer") -> dict[str, Any]:
    said = {"of": of, "label": "渠道", "type": type_}
    made: dict[str, Any] = boss.post(
        "/fields", said | {"choices": [{"label": "甲"}, {"label": "乙"}, {"label": "丙"}]}
    )
    return made


def test_every_dictionary_is_listed_with_who_uses_it(boss: Api) -> None:
    made = own(boss, "choice")
    found = {one["name"]: one for one in boss.get("/dictionaries")["items"]}
    assert set(found) == {*choices.ALL, made["key"]}
    assert found["way"]["used_by"] == ["方便的联系方式", "跟进方式"]
    assert {name for name, one in found.items() if one["fixed"]} == {"kind", "life", "consent"}
    assert [name for name, one in found.items() if not one["builtin"]] == [made["key"]]
    assert found[made["key"]]["label"] == "渠道"
    boss.patch(f"/fields/customer/{made['key']}", {"version": 1, "label": "新渠道"})
    found = {one["name"]: one for one in boss.get("/dictionaries")["items"]}
    assert found[made["key"]]["label"] == "新渠道"


def test_a_word_is_added_and_meant_by_its_synonyms(boss: Api, mei: Api) -> None:
    value = add(boss, "source", "行业协会", color="gold", synonyms=["商会", " 协会 ", "商会"])
    assert value == f"v{Word.objects.get(label='行业协会').pk}"
    assert len(value) <= 16
    assert offered(mei, "source")[-1] == value
    assert choices.SOURCE.match("商会") == choices.SOURCE.match("协会") == value
    assert words(boss, "source")[value]["synonyms"] == ["商会", "协会"]
    assert mei.customer(source=value)["source"] == value
    mei.post("/dictionaries/source/entries", {"label": "别的"}, 403)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"label": ""}, "label"),
        ({"label": "字" * 41}, "label"),
        ({"label": "展会推广"}, "label"),
        ({"label": "展会"}, "label"),  # a synonym of another
        ({"label": "新", "synonyms": ["官网"]}, "synonyms"),
        ({"label": "新", "synonyms": ["字" * 41]}, "synonyms"),
        ({"label": "新", "synonyms": [str(number) for number in range(41)]}, "synonyms"),
        ({"label": "新", "color": "teal"}, "color"),
    ],
)
def test_a_word_that_cannot_be_is_refused(boss: Api, said: dict[str, Any], wrong: str) -> None:
    answer = boss.post("/dictionaries/source/entries", said, 422)
    assert wrong_fields(answer) == {wrong}
    assert not Word.objects.exists()


def test_a_shipped_word_is_renamed_and_old_sheets_still_understood(boss: Api, mei: Api) -> None:
    path = "/dictionaries/source/entries/exhibition"
    changed = boss.patch(path, {"label": "会展", "color": "cyan"})
    assert (changed["value"], changed["label"], changed["color"]) == ("exhibition", "会展", "cyan")
    assert choices.SOURCE.label("exhibition") == "会展"
    for text in ("会展", "展会推广", "参展"):
        assert choices.SOURCE.match(text) == "exhibition"
    # What it was called once may be given to another.
    other = add(boss, "source", "展会推广二")
    boss.patch(path, {"synonyms": ["参展"]})
    assert choices.SOURCE.match("展览会") is None
    assert wrong_fields(boss.patch(path, {"label": "展会推广二"}, 422)) == {"label"}
    boss.patch(f"/dictionaries/source/entries/{other}", {"label": "展览会"})
    (first, *_) = Event.objects.filter(verb="word.changed").order_by("id")
    assert first.data["changes"]["label"] == ["展会推广", "会展"]
    boss.patch("/dictionaries/source/entries/nothing", {"label": "?"}, 404)
    boss.patch("/dictionaries/nothing/entries/exhibition", {"label": "?"}, 404)


def test_words_are_put_in_order(boss: Api, mei: Api) -> None:
    before = offered(mei, "grade")
    answer = boss.call("PUT", "/dictionaries/grade/order", {"values": ["C"]})
    assert answer.status_code == 200
    assert offered(mei, "grade") == ["C", *[one for one in before if one != "C"]]
    assert [one.value for one in choices.GRADE] == offered(mei, "grade")
    for wrong in (["C", "C"], ["D"]):
        body = {"values": wrong}
        assert boss.call("PUT", "/dictionaries/grade/order", body).status_code == 422


@pytest.mark.parametrize("name", ["kind", "life", "consent"])
def test_of_what_the_product_tells_apart_only_the_names_change(boss: Api, name: str) -> None:
    value = choices.ALL[name].values[0]
    path = f"/dictionaries/{name}/entries"
    boss.post(path, {"label": "新的"}, 403)
    boss.post(f"{path}/{value}/retirement", {"replace_by": None}, 403)
    assert boss.patch(f"{path}/{value}", {"label": "换个叫法"})["label"] == "换个叫法"


@pytest.mark.parametrize(("name", "value"), [("type", "prospect"), ("tier", "core")])
def test_what_the_product_enters_is_not_retired(boss: Api, name: str, value: str) -> None:
    boss.post(f"/dictionaries/{name}/entries/{value}/retirement", {"replace_by": None}, 403)


def test_the_last_word_stays(boss: Api) -> None:
    made = own(boss, "choice")["key"]
    first, second, third = offered(boss, made)
    retire(boss, made, first)
    retire(boss, made, second)
    path = f"/dictionaries/{made}/entries/{third}/retirement"
    assert boss.post(path, {"replace_by": None}, 409)["code"] == "last_word"


def test_a_retired_word_is_kept_but_offered_no_more(boss: Api, mei: Api) -> None:
    customer = mei.customer(source="visit")
    assert retire(boss, "source", "visit") == {"job_id": None, "records": 1}
    assert "visit" not in offered(mei, "source")
    assert mei.get("/choices")["source"][-1] == {
        "value": "visit",
        "label": "线下拜访",
        "retired": True,
    }
    assert choices.SOURCE.match("线下拜访") is None
    assert mei.get(f"/customers/{customer['id']}")["source"] == "visit"
    mei.post("/customers", {"name": "别的公司", "kind": "company", "source": "visit"}, 422)
    boss.delete("/dictionaries/source/entries/visit/retirement")
    assert "visit" in offered(mei, "source")
    assert {"word.retired", "word.restored"} <= set(Event.objects.values_list("verb", flat=True))


def test_before_a_word_goes_one_is_told_how_many_records_hold_it(boss: Api, mei: Api) -> None:
    path = "/dictionaries/way/entries/social/retirement"
    assert boss.get(path) == {"records": 0}
    pk = mei.customer(contact_name="赵敏")["id"]
    Contact.objects.filter(customer=pk).update(convenient_way="social")
    mei.post(f"/customers/{pk}/follow-ups", {"way": "social", "content": "聊过"})
    mei.post(f"/customers/{pk}/follow-ups", {"way": "phone", "content": "聊过"})
    few = queries_of(lambda: boss.get(path))
    assert boss.get(path) == {"records": 2}
    for _ in range(3):
        again = {"way": "social", "content": "又聊过", "agreed": True}
        mei.post(f"/customers/{pk}/follow-ups", again)
    assert queries_of(lambda: boss.get(path)) == few
    assert boss.get(path) == {"records": 5}
    assert retire(boss, "way", "social")["records"] == 5
    assert boss.get(path) == {"records": 5}  # it is kept where it stands
    for wrong in ("way/entries/nothing", "nothing/entries/social"):
        boss.get(f"/dictionaries/{wrong}/retirement", 404)
    mei.get(path, 403)


@pytest.mark.parametrize("type_", ["choice", "choices"])
def test_records_with_a_word_in_an_own_field_are_counted(boss: Api, mei: Api, type_: str) -> None:
    made = own(boss, type_)["key"]
    first, second, third = offered(boss, made)
    for name, held in (("甲公司", [first]), ("乙公司", [first, third]), ("丙公司", [third])):
        mei.customer(name, custom={made: held if type_ == "choices" else held[0]})
    told = {value: _holding(boss, made, value) for value in (first, second, third)}
    assert told == {first: 2, second: 0, third: 2 if type_ == "choices" else 1}


def _holding(boss: Api, dictionary: str, value: str) -> int:
    path = f"/dictionaries/{dictionary}/entries/{value}/retirement"
    records: int = boss.get(path)["records"]
    return records


def test_a_word_another_has_taken_the_name_of_does_not_come_back(boss: Api) -> None:
    retire(boss, "source", "visit")
    add(boss, "source", "线下拜访")
    answer = boss.call("DELETE", "/dictionaries/source/entries/visit/retirement")
    assert answer.status_code == 422


def test_replacing_reaches_every_record_that_holds_the_word(boss: Api, mei: Api) -> None:
    found = {one.of: one for one in holding.holders() if isinstance(one, holding.Columns)}
    assert {"customer", "contact", "problem", "follow_up", "care", "feedback"} <= set(found)
    customer = mei.customer(contact_name="赵敏")
    pk = customer["id"]
    talk = mei.post(f"/customers/{pk}/follow-ups", {"way": "social", "content": "聊过"})["id"]
    Contact.objects.filter(customer=pk).update(convenient_way="social")
    care = CareEntry.objects.create(customer_id=pk, way="gift", recorded_at=NOW)
    praise = Feedback.objects.create(customer_id=pk, dimension="price", recorded_at=NOW)
    problem = Problem.objects.create(
        customer_id=pk, description="慢", state="handling", recorded_at=NOW
    )
    assert retire(boss, "way", "social", "wecom")["records"] == 2
    retire(boss, "care_way", "gift", "salon")
    retire(boss, "feedback_dimension", "price", "overall")
    retire(boss, "problem_state", "handling", "open")
    jobs.run_due(NOW + timedelta(minutes=1))
    assert FollowUp.objects.get(pk=talk).way == "wecom"
    assert Contact.objects.get(customer=pk).convenient_way == "wecom"
    for row, name, new in (
        (care, "way", "salon"),
        (praise, "dimension", "overall"),
        (problem, "state", "open"),
    ):
        row.refresh_from_db()
        assert getattr(row, name) == new
    told = Event.objects.filter(verb="word.replaced").values_list("record_type", flat=True)
    assert sorted(told) == ["care", "feedback", "problem"]
    assert Event.objects.filter(verb="contact.changed", actor_id=boss.id).count() == 1


def test_replacing_tells_of_each_customer_once_and_looks_again(boss: Api, mei: Api) -> None:
    ids = [mei.customer(f"客户{number}公司", source="visit")["id"] for number in range(5)]
    before = dict(Customer.objects.values_list("pk", "version"))
    done = retire(boss, "source", "visit", "referral")
    assert done["records"] == 5
    assert done["job_id"]
    # One who had the form open saves the old word once more, the next instant.
    assert jobs.run_due(NOW + timedelta(minutes=1)) == 1
    assert not Customer.objects.filter(source="visit").exists()
    Customer.objects.filter(pk=ids[0]).update(source="visit")
    assert jobs.run_due(NOW + timedelta(minutes=10)) == 1
    assert set(Customer.objects.values_list("source", flat=True)) == {"referral"}
    events = Event.objects.filter(verb="customer.changed", actor_id=boss.id)
    assert sorted(events.values_list("customer_id", flat=True)) == sorted([*ids, ids[0]])
    assert events.first().data["changes"] == {"source": ["visit", "referral"]}
    after = dict(Customer.objects.values_list("pk", "version"))
    assert all(after[pk] > before[pk] for pk in ids)
    assert choices.SOURCE.match("线下拜访") == "referral"
    assert jobs.run_due(NOW + timedelta(days=1)) == 0


def test_a_word_replaced_twice_ends_at_the_last(boss: Api, mei: Api) -> None:
    mei.customer(source="visit")
    retire(boss, "source", "visit", "self_visit")
    retire(boss, "source", "self_visit", "referral")
    assert not {"visit", "self_visit"} & set(offered(mei, "source"))
    assert choices.SOURCE.match("线下拜访") == "referral"
    jobs.run_due(NOW + timedelta(minutes=1))
    assert Customer.objects.get().source == "referral"


def test_a_word_brought_back_in_time_is_not_replaced(boss: Api, mei: Api) -> None:
    mei.customer(source="visit")
    retire(boss, "source", "visit", "referral")
    boss.delete("/dictionaries/source/entries/visit/retirement")
    jobs.run_due(NOW + timedelta(minutes=1))
    assert Customer.objects.get().source == "visit"


@pytest.mark.parametrize("by", ["visit", "nothing", "partner"])
def test_only_a_word_on_offer_replaces_another(boss: Api, by: str) -> None:
    retire(boss, "source", "partner")
    path = "/dictionaries/source/entries/visit/retirement"
    assert wrong_fields(boss.post(path, {"replace_by": by}, 422)) == {"replace_by"}


def test_settings_that_name_the_word_follow(boss: Api) -> None:
    made = own(boss, "choice")["key"]
    first, second, _ = offered(boss, made)
    boss.patch(f"/fields/customer/{made}", {"version": 1, "default": first})
    rule = boss.post(
        "/rules",
        {
            "name": "规则",
            "field": made,
            "when": [{"field": made, "op": "in", "value": [first, second]}],
            "must": [{"field": made, "op": "eq", "value": first}],
            "message": "不对",
        },
    )
    retire(boss, made, first, second)
    assert Field.objects.get(key=made).default == second
    kept = Rule.objects.get(pk=rule["id"])
    assert kept.when == [{"field": made, "op": "in", "value": [second]}]
    assert kept.must == [{"field": made, "op": "eq", "value": second}]
    retire(boss, made, second)
    assert Field.objects.get(key=made).default is None


@pytest.mark.parametrize("type_", ["choice", "choices"])
@pytest.mark.parametrize("of", ["customer", "contact", "follow_up"])
def test_replacing_reaches_own_fields_of_every_record(
    boss: Api, mei: Api, of: str, type_: str
) -> None:
    made = own(boss, type_, of)["key"]
    old, new, other = offered(boss, made)
    many = type_ == "choices"
    held: Any = [old, new, other] if many else old
    record = record_of(mei, of)
    type(record).objects.filter(pk=record.pk).update(custom={made: held, "x0": "别的"})
    if of == "customer":
        number = int(made[1:])
        for value in held if many else [held]:
            CustomValue.objects.create(field=number, customer_id=record.pk, word=value)
    assert retire(boss, made, old, new)["records"] == 1
    jobs.run_due(NOW + timedelta(minutes=1))
    record.refresh_from_db()
    assert record.custom == {made: [new, other] if many else new, "x0": "别的"}
    if of == "customer":
        rows = CustomValue.objects.filter(field=number).values_list("word", flat=True)
        assert sorted(rows) == sorted([new, other] if many else [new])


def record_of(mei: Api, of: str) -> Any:
    """A customer, a contact or a follow-up that was just made."""
    pk = mei.customer(contact_name="赵敏")["id"]
    if of == "customer":
        return Customer.objects.get(pk=pk)
    if of == "contact":
        return Contact.objects.get(customer=pk)
    mei.post(f"/customers/{pk}/follow-ups", {"way": "phone", "content": "聊过"})
    return FollowUp.objects.get(customer=pk)


def test_every_column_of_a_dictionary_is_known_to_a_holder() -> None:
    """A column nobody registered would keep a retired word for ever."""
    known = {
        (one.model, column)
        for one in holding.holders()
        if isinstance(one, holding.Columns)
        for columns in one.columns.values()
        for column in columns
    }
    fixed = {(Customer, "kind"), (Customer, "life"), (Contact, "consent")}
    asked = {
        (model, column.name)
        for model in (Customer, Contact, Problem, FollowUp, CareEntry, Feedback)
        for column in model._meta.concrete_fields
        if column.choices
    }
    assert asked - known - fixed == set()
