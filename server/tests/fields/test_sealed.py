import pytest
from django.db import connection, models

from zhike.base import keyring
from zhike.base.keyring import Tampered
from zhike.fields import sealed
from zhike.fields.sealed import SealedField


class Card(models.Model):
    """A table of the tests alone; it is never created."""

    mobile = SealedField(kind="mobile")
    mobile_index = models.BinaryField(max_length=16, null=True)
    mobile_tail = models.BinaryField(max_length=16, null=True)
    address = SealedField(kind="address")
    note = models.TextField()

    class Meta:
        app_label = "tests"


def a_card(row: int = 1, mobile: str = "13812345678") -> Card:
    card = Card(id=row)
    sealed.seal_into(card, "mobile", mobile)
    return card


def test_in_and_out():
    card = a_card()
    assert isinstance(card.mobile, bytes)
    assert sealed.read(card, "mobile") == "13812345678"
    assert sealed.read_masked(card, "mobile") == "138****5678"
    assert sealed.unseal(Card, "mobile", 1, card.mobile) == "13812345678"
    assert card.mobile_index == sealed.indexes("landline", "+86 138 1234 5678")["full"]
    assert card.mobile_tail == sealed.tail_index("5678")


def test_empty_is_null_everywhere():
    card = a_card()
    sealed.seal_into(card, "mobile", "")
    assert (card.mobile, card.mobile_index, card.mobile_tail) == (None, None, None)
    assert sealed.read(card, "mobile") == ""
    assert sealed.read_masked(card, "mobile") == ""


def test_a_value_carried_to_another_row_does_not_open():
    card = a_card()
    card.id = 2
    with pytest.raises(Tampered):
        sealed.read(card, "mobile")


def test_a_field_without_index_columns():
    card = Card(id=1)
    sealed.seal_into(card, "address", "北京市朝阳区科苑路1号")
    assert sealed.read_masked(card, "address") == "北京市朝阳区***"


def test_columns_for_bulk_work_are_those_of_single_work():
    columns = sealed.columns(Card, 1, sealed.sealed_field(Card, "mobile"), "13812345678")
    card = a_card()
    assert set(columns) == {"mobile", "mobile_index", "mobile_tail"}
    assert columns["mobile_index"] == card.mobile_index
    assert columns["mobile_tail"] == card.mobile_tail


def test_misuse_is_refused():
    with pytest.raises(ValueError, match="id is known"):
        sealed.seal_into(Card(), "mobile", "13812345678")
    with pytest.raises(TypeError, match="not sealed"):
        sealed.read(a_card(), "note")
    with pytest.raises(ValueError, match="unknown kind"):
        SealedField(kind="secret")


@pytest.mark.parametrize(
    ("kind", "one", "same", "other"),
    [
        ("mobile", "13812345678", "+86 138-1234-5678", "13812345679"),
        ("landline", "010-85556666转803", "(010)85556666-803", "010-85556666"),
        ("mobile", "5678", " ５６７８ ", "5679"),
        ("email", "Z@Example.com", "z@example.com", "y@example.com"),
        ("wechat", "Zhang_San", "zhang_san", "zhang_si"),
        ("identity", "11010519491231002X", "11010519491231002x", "110105194912310021"),
    ],
)
def test_equal_values_have_equal_indexes(kind, one, same, other):
    full = sealed.indexes(kind, one)["full"]
    assert full is not None
    assert full == sealed.indexes(kind, same)["full"]
    assert full != sealed.indexes(kind, other)["full"]


def test_tails():
    assert sealed.indexes("mobile", "13812345678")["tail"] == sealed.tail_index("5678")
    assert sealed.indexes("landline", "010-85556666转803")["tail"] == sealed.tail_index("6666")
    assert sealed.indexes("mobile", "*5678")["tail"] == sealed.tail_index("5678")
    assert sealed.indexes("mobile", "678")["tail"] is None
    assert sealed.indexes("email", "z@example.com")["tail"] is None
    assert sealed.indexes("address", "北京") == {"full": None, "tail": None}


def test_the_kind_is_part_of_the_migration():
    field = Card._meta.get_field("mobile")
    _, path, args, kwargs = field.deconstruct()
    assert path == "zhike.fields.sealed.SealedField"
    assert SealedField(*args, **kwargs).kind == "mobile"


@pytest.fixture
def cards(transactional_db):
    """The table of Card, for one test."""
    with connection.schema_editor() as editor:
        editor.create_model(Card)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Card)


@pytest.mark.usefixtures("cards")
def test_the_database_never_sees_the_value():
    """Sealed bytes survive the database, on every backend, and hold no trace of the value."""
    a_card(row=5).save(force_insert=True)
    found = Card.objects.get(mobile_index=sealed.indexes("mobile", "13812345678")["full"])
    assert sealed.read(found, "mobile") == "13812345678"
    assert b"5678" not in bytes(found.mobile)
    assert keyring.reseal(found.mobile, table="tests_card", field="mobile", row=5) is None
