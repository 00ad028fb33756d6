import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.fields.checks import CheckFailed, check_mobile, check_phone, split_phones


@pytest.mark.parametrize(
    ("typed", "kind", "display"),
    [
        ("13812345678", "mobile", "13812345678"),
        (13812345678, "mobile", "13812345678"),
        (13812345678.0, "mobile", "13812345678"),
        ("138 1234 5678", "mobile", "13812345678"),
        ("138-1234-5678", "mobile", "13812345678"),
        ("+86-13858673737", "mobile", "13858673737"),
        ("008613812345678", "mobile", "13812345678"),
        ("8613812345678", "mobile", "13812345678"),
        ("８６-１３８１２３４５６７８", "mobile", "13812345678"),
        ("\ufeff13812345678\u200b", "mobile", "13812345678"),
        ("'13812345678", "mobile", "13812345678"),
        ("手机：16612345678", "mobile", "16612345678"),
        ("19212345678", "mobile", "19212345678"),
        ("13812345678转12", "mobile", "13812345678转12"),
        ("010-12345678", "landline", "010-12345678"),
        ("01085556666", "landline", "010-85556666"),
        ("(010)85556666", "landline", "010-85556666"),
        ("（０１０）８５５５６６６６", "landline", "010-85556666"),
        ("+86 10 8555 6666", "landline", "010-85556666"),
        ("0755 6128 2794", "landline", "0755-61282794"),
        ("0086-0755-61282794", "landline", "0755-61282794"),
        ("0531-8123456", "landline", "0531-8123456"),
        ("010-85556666转803", "landline", "010-85556666转803"),
        ("010-85556666-803", "landline", "010-85556666转803"),
        ("010—85556666—803", "landline", "010-85556666转803"),
        ("010-85556666 ext. 803", "landline", "010-85556666转803"),
        ("010-85556666,803", "landline", "010-85556666转803"),
        ("400-820-8820", "service", "400-820-8820"),
        ("4008208820转2", "service", "400-820-8820转2"),
        ("800 820 8820", "service", "800-820-8820"),
        ("95588", "service", "95588"),
        ("+852 2123 4567", "foreign", "+852 2123 4567"),
        ("001 650 253 0000", "foreign", "+1 650-253-0000"),
    ],
)
def test_numbers_people_type(typed, kind, display):
    phone = check_phone(typed)
    assert (phone.kind, phone.display) == (kind, display)
    again = check_phone(phone.display)
    assert again == phone


@pytest.mark.parametrize(
    ("typed", "reason", "hint"),
    [
        ("", "empty", "请填写"),
        ("1.38E+10", "scientific", "科学计数"),
        ("1.38e+10", "scientific", "科学计数"),
        ("138****5678", "masked", "遮挡"),
        ("138xxxx5678", "masked", "遮挡"),
        ("5678", "short", "太短"),
        ("1399012", "short", "太短"),
        ("85556666", "short", "区号"),
        ("12812345678", "invalid", "12"),
        ("1381234567", "invalid", "11 位"),
        ("138123456789", "invalid", "11 位"),
        ("010-5678", "invalid", "010"),
        ("010-01234567", "invalid", "0 开头"),
        ("0755-612827945", "invalid", "0755"),
        ("0300-8123456", "invalid", "不存在"),
        ("13812345678/13912345678", "invalid", "一个号码"),
        ("张三13812345678", "invalid", "字符"),
        ("+1 650 253", "invalid", "国际"),
        ("+86 138", "short", "太短"),
    ],
)
def test_numbers_that_cannot_be_taken(typed, reason, hint):
    with pytest.raises(CheckFailed) as failed:
        check_phone(typed)
    assert failed.value.reason == reason
    assert hint in failed.value.message


def test_spellings_of_one_number_compare_equal():
    for spellings in (
        ["13812345678", "+86 138 1234 5678", "0086-13812345678"],
        ["010-85556666转803", "(010)85556666-803", "+86 10 85556666 ext 803"],
        ["400-820-8820", "4008208820"],
    ):
        assert len({check_phone(one).normal for one in spellings}) == 1
    assert check_phone("010-85556666").normal != check_phone("010-85556666转1").normal


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("15412345678", "154 号段"),
        ("0733-28123456", "现为 0731"),
        ("13812345678", ""),
        ("0731-28123456", ""),
        ("400-820-8820", ""),
    ],
)
def test_an_odd_number_is_taken_with_a_hint(typed, hint):
    doubt = check_phone(typed).doubt
    assert hint in doubt
    assert bool(doubt) == bool(hint)


def test_only_a_mobile_is_a_mobile():
    assert check_mobile("+86 138 1234 5678") == "13812345678"
    for other in ("010-85556666", "400-820-8820", "13812345678转1"):
        with pytest.raises(CheckFailed, match="11 位手机号"):
            check_mobile(other)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("13812345678/010-12345678转2", ["13812345678", "010-12345678转2"]),
        ("13812345678、13912345678", ["13812345678", "13912345678"]),
        ("13812345678；13912345678", ["13812345678", "13912345678"]),
        ("13812345678，13912345678", ["13812345678", "13912345678"]),
        ("13812345678 13912345678", ["13812345678", "13912345678"]),
        ("13812345678\n13912345678", ["13812345678", "13912345678"]),
        ("138 5592 4223", ["138 5592 4223"]),
        ("0755 6128 2794", ["0755 6128 2794"]),
        ("010-12345678,803", ["010-12345678,803"]),
        ("888/zhang*example", ["888/zhang*example"]),
        ("", []),
    ],
)
def test_cells_with_several_numbers(cell, parts):
    assert split_phones(cell) == parts


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
PREFIXES = st.sampled_from(["", "+86", "+86 ", "+86-", "0086", "0086-", "86-", "(+86)", "手机："])


@given(MOBILES, PREFIXES, st.sampled_from(["", " ", "-", "　"]), st.booleans())
def test_every_mobile_in_every_dress(number, prefix, gap, wide):
    typed = prefix + gap.join((number[:3], number[3:7], number[7:]))
    if wide:
        typed = typed.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    phone = check_phone(typed)
    assert (phone.kind, phone.number, phone.extension) == ("mobile", number, "")
    assert phone.normal == "+86" + number


LOCALS = st.from_regex(r"[1-9][0-9]{7}", fullmatch=True)
AREAS = st.sampled_from(["010", "021", "0755", "028", "0571", "0991"])


@given(
    AREAS, LOCALS, st.sampled_from(["", "-", " "]), st.from_regex(r"([0-9]{1,5})?", fullmatch=True)
)
def test_every_landline(area, local, gap, extension):
    typed = area + gap + local + (f"转{extension}" if extension else "")
    phone = check_phone(typed)
    assert (phone.kind, phone.number, phone.extension) == ("landline", f"{area}-{local}", extension)
    if len(extension) > 1 or not extension:
        assert check_phone(typed.replace("转", "-")) == phone


@given(st.text(max_size=40) | st.from_regex(r"[0-9+() ./转-]{0,25}", fullmatch=True))
def test_any_text_is_taken_or_refused_with_a_sentence(text):
    try:
        phone = check_phone(text)
    except CheckFailed as failed:
        assert len(failed.message) > 5
    else:
        assert check_phone(phone.display).normal == phone.normal
    split_phones(text)
