"""Keys of names and the strength of evidence: pure, and laid for many at once (R19)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import NOW, queries_of
from zhike.customers import bulk, likeness
from zhike.customers.bulk import NewCustomer
from zhike.customers.models import Customer, NameKey

REASONS = st.sets(st.sampled_from(likeness.REASONS), min_size=1)


@given(REASONS, st.floats(0.5, 1), st.booleans())
def test_only_the_identity_is_certain_and_more_reasons_never_weaken(reasons, like, companies):
    weight = likeness.strength(reasons, like=like, companies=companies)
    assert (weight == 100) == ("identity" in reasons)
    for one in likeness.REASONS:
        assert likeness.strength(reasons | {one}, like=like, companies=companies) >= weight


def test_two_in_the_register_are_hardly_one():
    assert likeness.strength({"name", "phone"}, differ=True) == 40
    assert likeness.strength({"name"}, companies=False) < likeness.strength({"name"})


@given(st.text(max_size=200), st.booleans())
def test_every_name_has_keys_that_fit_the_column(name, person):
    keys = likeness.keys_of(name, person=person)
    assert all(0 < len(key) <= 20 for key in keys)
    assert len(keys) <= 8


@pytest.mark.django_db
def test_many_are_laid_with_few_statements(mei):
    def laid(count: int) -> int:
        names = [NewCustomer({"name": f"晨星{n}号科技有限公司"}) for n in range(count)]
        ids = bulk.add(actor=mei.person, now=NOW, customers=names, import_id=None)
        named = list(Customer.objects.filter(pk__in=ids).values_list("pk", "name"))
        return queries_of(lambda: likeness.lay_many(named))

    assert laid(3) == laid(40)
    assert NameKey.objects.values("customer").distinct().count() == 43


@pytest.mark.django_db
def test_a_name_changed_by_an_import_has_its_new_keys(mei):
    from zhike.customers import amending, retraction

    made = mei.customer("晨星教育科技有限公司")
    change = amending.Change(made["id"], {"name": "北京大学"})
    (done,) = amending.amend(actor=mei.person, now=NOW, changes=[change], import_id=1)
    keys = NameKey.objects.filter(customer=made["id"]).values_list("key", flat=True)
    assert set(keys) == likeness.keys_of("北京大学")
    retraction.take_back(actor=mei.person, now=NOW, done=done, import_id=1)
    assert set(keys.all()) == likeness.keys_of("晨星教育科技有限公司")
