import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.base.text import legal_form_start, name_key, normalise, tidy


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("\ufeff 华为\u200b技术 \t有限公司 ", "华为技术 有限公司"),
        ("你好，世界（测试）", "你好，世界（测试）"),
        ("a\x00b\x07", "ab"),
        ("\u202e反写", "反写"),
        ("第一行\r\n第二行", "第一行 第二行"),
        ("", ""),
    ],
)
def test_tidy(typed, tidied):
    assert tidy(typed) == tidied


def test_tidy_keeps_lines_where_asked():
    assert tidy(" 第一行 \r\n\n 第二行\u2028末行", multiline=True) == "第一行\n\n第二行\n末行"


def test_normalise_is_half_width():
    assert normalise("１３８－１２３４　５６７８（转）ＡＢ") == "138-1234 5678(转)AB"


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing(text):
    once = tidy(text)
    assert tidy(once) == once
    assert not once[:1].isspace()
    assert not any(ord(character) < 32 for character in once)
    lines = tidy(text, multiline=True)
    assert tidy(lines, multiline=True) == lines


@given(st.text(alphabet=[chr(code) for code in range(33, 127)] + list("华为（）·"), max_size=30))
def test_names_compare_equal_across_width_and_case(text):
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isascii() else one for one in text)
    assert name_key(wide) == name_key(text) == name_key(f" {text.upper()}\u200b")


def test_spellings_of_one_name():
    assert name_key("华为技术（深圳）有限公司") == name_key("华为技术(深圳) 有限公司")
    assert name_key("ＴＣＬ科技") == name_key("tcl科技")
    assert name_key("华信") != name_key("华鑫")


def test_where_the_legal_form_begins():
    assert legal_form_start("华为技术有限公司") == 4
    assert legal_form_start("华为") == 2
