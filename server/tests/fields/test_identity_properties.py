"""What the check characters promise: no single slip and no swap of neighbours goes unnoticed.

For both codes there is no exception among the characters the standard allows. A different writing
of the same character (full width, lower case x) is no slip: it is read as the character meant.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fields.test_email_identity import LETTERS, TODAY, id_card, uscc
from zhike.base.text import normalise
from zhike.fields.checks import CheckFailed, check_id_card, check_uscc

_OF_ALL_DEPARTMENTS = "11 12 21 31 35 41 51 52 53 61 71 81 91 92 93 A1 N1 N2 N3 Y1"
HEADS = _OF_ALL_DEPARTMENTS.split()
CODES = st.builds(
    lambda head, area, tail: uscc(head + area + tail),
    st.sampled_from(
        [
            "11",
            "12",
            "21",
            "31",
            "35",
            "41",
            "51",
            "52",
            "53",
            "61",
            "71",
            "81",
            "91",
            "92",
            "93",
            "A1",
            "N1",
            "N2",
            "N3",
            "Y1",
        ]
    ),
    st.from_regex(r"[1-6][0-9]{5}", fullmatch=True),
    st.text(alphabet=LETTERS, min_size=9, max_size=9),
)
CARDS = st.builds(
    id_card,
    st.sampled_from(["110105", "440106", "330113", "320505", "810000", "820000", "830000"]),
    st.dates(date(1897, 1, 1), TODAY),
    st.integers(0, 999),
)


def _card(text):
    return check_id_card(text, today=TODAY)


@given(CODES)
def test_every_wrong_character_of_a_credit_code_is_noticed(code):
    assert check_uscc(code) == code
    for at in range(18):
        for other in LETTERS + "IOSVZ":
            if other != code[at]:
                with pytest.raises(CheckFailed):
                    check_uscc(code[:at] + other + code[at + 1 :])


@given(CARDS)
def test_every_wrong_character_of_a_card_is_noticed(code):
    assert _card(code) == code
    for at in range(18):
        for other in "0123456789X":
            if other != code[at]:
                with pytest.raises(CheckFailed):
                    _card(code[:at] + other + code[at + 1 :])


@given(CODES, CARDS, st.integers(0, 17), st.characters())
def test_any_character_in_place_of_one(code, card, at, other):
    for check, right in ((check_uscc, code), (_card, card)):
        if normalise(other).upper() == right[at]:
            continue
        with pytest.raises(CheckFailed):
            check(right[:at] + other + right[at + 1 :])


@given(CODES, CARDS)
def test_every_swap_of_neighbours_is_noticed(code, card):
    for check, right in ((check_uscc, code), (_card, card)):
        for at in range(17):
            if right[at] != right[at + 1]:
                with pytest.raises(CheckFailed):
                    check(right[:at] + right[at + 1] + right[at] + right[at + 2 :])


INVISIBLE = st.sampled_from("\u200b\u200c\u200d\ufeff\u2060\u00ad \u3000-")


@given(CODES, CARDS, st.integers(0, 18), INVISIBLE, st.booleans())
def test_dressed_codes_are_read(code, card, at, mark, wide):
    for check, right, label in (
        (check_uscc, code, "统一社会信用代码："),
        (_card, card, "身份证号:"),
    ):
        typed = right[:at] + mark + right[at:]
        if wide:
            typed = "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in typed)
        assert check(typed) == check(label + typed.lower()) == check("'" + right) == right


def test_ages():
    assert _card(id_card("110105", date(1896, 11, 18), 1))
    with pytest.raises(CheckFailed, match="130 岁"):
        _card(id_card("110105", date(1895, 11, 17), 1))
    assert _card(id_card("110105", TODAY, 1))


def test_the_remedy_is_named():
    card = id_card("110105", date(1990, 3, 7), 1)
    code = "91440300708461136T"
    for check, typed, hint in (
        (check_uscc, "9l44O300708461136T".upper().replace("L", "I"), "第 2、5 位"),
        (check_uscc, code[:-1], "少了 1 位"),
        (_card, card + "1", "多了 1 位"),
        (_card, code, "这是统一社会信用代码"),
        (_card, "99" + card[2:], "地区码 99"),
    ):
        with pytest.raises(CheckFailed, match=hint):
            check(typed)
