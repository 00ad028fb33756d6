from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.fields.checks import (
    CheckFailed,
    check_email,
    check_id_card,
    check_identity,
    check_uscc,
)

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("user503@example.com", "user503@example.com"),
        (" Zhang.San+a@Example.COM ", "Zhang.San+a@example.com"),
        ("ｚ＠ｅｘａｍｐｌｅ．ｃｏｍ", "z@example.com"),
        ("mailto:z@example.com", "z@example.com"),
        ("z@example.com;", "z@example.com"),
        ("z@mail.example.com.cn", "z@mail.example.com.cn"),
        ("z@example。com", "z@example.com"),
    ],
)
def test_addresses(typed, kept):
    assert check_email(typed) == kept


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "请填写"),
        ("zhang*", "遮挡"),
        ("user@@example", "多了一个 @"),
        ("a@b.com,c@d.com", "一个邮箱"),
        ("example.com", "缺少 @"),
        ("a@b", "域名"),
        ("张三@b.com", "中文"),
        ("a b@c.com", "空格"),
        (".a@b.com", "格式"),
        ("a..b@c.com", "格式"),
        ("a@-b.com", "格式"),
        ("a@qq.con", "是不是 .com"),
        ("a@163.Comm", "是不是 .com"),
        ("a" * 65 + "@b.com", "太长"),
        ("a" * 300 + "@b.com", "太长"),
    ],
)
def test_addresses_that_cannot_be_taken(typed, hint):
    with pytest.raises(CheckFailed, match=hint):
        check_email(typed)


@given(st.emails() | st.text(max_size=50))
def test_any_text_as_address(text):
    try:
        kept = check_email(text)
    except CheckFailed as failed:
        assert failed.message
    else:
        assert check_email(kept) == kept
        assert kept.isascii()


LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(body: str) -> str:
    """A code with its check character, computed from the definition of the standard."""
    total = sum(LETTERS.index(one) * 3**at for at, one in enumerate(body))
    return body + LETTERS[(31 - total % 31) % 31]


def id_card(area: str, born: date, order: int) -> str:
    body = f"{area}{born:%Y%m%d}{order:03d}"
    check = next(
        one
        for one in "0123456789X"
        if sum(
            (10 if digit == "X" else int(digit)) * 2 ** (17 - at)
            for at, digit in enumerate(body + one)
        )
        % 11
        == 1
    )
    return body + check


@pytest.mark.parametrize("code", ["91440300708461136T", "91110000802100433B", "914403001922038216"])
def test_codes_of_real_companies(code):
    assert check_uscc(code) == code
    assert check_uscc(f" {code[:9].lower()}-{code[9:].lower()}\u200b") == code
    assert check_identity("company", code) == code


BODIES = st.builds(
    lambda head, area, tail: head + area + tail,
    st.text(alphabet=LETTERS, min_size=2, max_size=2),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(alphabet=LETTERS, min_size=9, max_size=9),
)


@given(BODIES, st.integers(0, 17), st.sampled_from(LETTERS))
def test_one_wrong_character_is_always_noticed(body, at, other):
    code = uscc(body)
    assert check_uscc(code) == code
    wrong = code[:at] + other + code[at + 1 :]
    if wrong != code:
        with pytest.raises(CheckFailed, match="校验"):
            check_uscc(wrong)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "请填写"),
        ("9144030070846113", "16 位"),
        ("91440300708461136O", "O"),
        ("9.144E+17", "科学计数"),
        ("9144**********136T", "遮挡"),
        ("中" * 18, "不会出现"),
    ],
)
def test_codes_that_cannot_be_taken(typed, hint):
    with pytest.raises(CheckFailed, match=hint):
        check_uscc(typed)


BIRTHS = st.dates(date(1900, 1, 1), TODAY)
REGIONS = st.sampled_from(["110105", "440106", "330113", "320505", "810000", "820000", "830000"])


@given(REGIONS, BIRTHS, st.integers(0, 999), st.integers(0, 16), st.integers(0, 9))
def test_identity_cards(area, born, order, at, digit):
    code = id_card(area, born, order)
    assert check_id_card(code.lower(), today=TODAY) == code
    wrong = code[:at] + str(digit) + code[at + 1 :]
    if wrong != code:
        with pytest.raises(CheckFailed):
            check_id_card(wrong, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (id_card("110105", date(2026, 11, 19), 1), "出生日期"),
        ("110105491231002", "15 位"),
        ("110105194902300021", "出生日期"),
        ("990105194912310021", "地区码"),
        ("11010519491231002A", "数字或 X"),
        ("110105194912310021", "校验"),
        ("1101051949123100", "16 位"),
        ("5.001E+17", "科学计数"),
        ("1101**********0021", "遮挡"),
    ],
)
def test_cards_that_cannot_be_taken(typed, hint):
    with pytest.raises(CheckFailed, match=hint):
        check_id_card(typed, today=TODAY)


@given(st.text(max_size=25))
def test_any_text_as_identity(text):
    for kind in ("company", "person"):
        try:
            assert len(check_identity(kind, text)) == 18
        except CheckFailed as failed:
            assert failed.message
