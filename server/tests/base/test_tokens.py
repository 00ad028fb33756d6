import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.base import pinyin
from zhike.base.text import letters_only
from zhike.base.tokens import code_tokens, matches, name_tokens, query_terms

NAMES = st.text(
    alphabet="华为技术重庆银行长沙吕绿单曾深圳市科技有限公司集团大厦ABCtcl36-（）· ", max_size=14
)


def found(tokens: set[str], query: str) -> bool:
    """What the index answers to a query."""
    terms = query_terms(query)
    return bool(terms) and all(
        any(token.startswith(text) for token in tokens) if prefix else text in tokens
        for text, prefix in terms
    )


@pytest.mark.parametrize(
    "query",
    [
        "华",
        "为",
        "华为",
        "为技术",
        "hw",
        "HW",
        "huawei",
        "huaweijishu",
        "jishu",
        "hwjs",
        "js",
        "华w",
        "华wei",
        "华为js",
        "h为",
        "hua为",
        "ｈｕａ",
        "有限",
        "华为技术有限公司",
        "CRM-2024",
        "202405",
        "5001",
        "crm202405001",
    ],
)
def test_ways_to_find_a_company(query):
    name, code = "华为技术有限公司", "CRM-202405001"
    assert found(name_tokens(name) | code_tokens(code), query)
    assert matches(name, code, query)


@pytest.mark.parametrize(
    "query", ["为华", "技华", "whua", "sj", "huaweishu", "5002", "华为x", "腾讯"]
)
def test_what_does_not_match(query):
    assert not matches("华为技术有限公司", "CRM-202405001", query)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("重庆银行", "chongqing"),
        ("重庆银行", "zhongqing"),
        ("重庆银行", "cqyh"),
        ("TCL科技集团", "tclkj"),
        ("TCL科技集团", "tclkeji"),
        ("TCL科技集团", "cl科"),
        ("TCL科技集团", "tkj"),
        ("3M中国有限公司", "3mzg"),
        ("绿城物业", "lvcheng"),
        ("绿城物业", "lucheng"),
        ("深圳市腾讯计算机系统有限公司", "shenzhenshitengxunjisuanjixitong"),
        ("深圳市腾讯计算机系统有限公司", "szstxjsjxt"),
        ("深圳市腾讯计算机系统有限公司", "深圳 腾讯"),
        ("深圳市腾讯计算机系统有限公司", "腾讯 jsj"),
        ("B&Q(中国)投资", "bq中国"),
        ("B&Q(中国)投资", "b&q"),
    ],
)
def test_other_ways(name, query):
    assert found(name_tokens(name), query)
    assert matches(name, "", query)


@pytest.mark.parametrize(
    "query", ["王", "王小", "wxm", "wangxm", "wangxiaoming", "xiaoming", "小m", "w小"]
)
def test_ways_to_find_a_person(query):
    assert found(name_tokens("王小明", person=True), query)
    assert matches("王小明", "", query, person=True)


def test_a_person_is_found_by_surname_reading_and_by_common_reading():
    tokens = name_tokens("单晓丽", person=True)
    for query in ("shanxiaoli", "danxiaoli", "sxl", "dxl"):
        assert found(tokens, query)
        assert matches("单晓丽", "", query)


def test_nothing_to_search_for():
    for query in ("", "  ", "（）", "😀", "---"):
        assert query_terms(query) == []
    assert name_tokens("") == set()
    assert name_tokens("😀") == set()
    assert code_tokens("") == set()


def test_a_huge_query_stays_small():
    assert len(query_terms("华" * 10_000)) <= 40
    assert len(query_terms(" ".join("abcdefgh"))) <= 5


def typed(name: str, choose: st.DataObject) -> str:
    """One of the ways people type a part of a name."""
    units = pinyin.units_of(letters_only(name))
    said = choose.draw(st.sampled_from(pinyin.sequences(units)))
    start = choose.draw(st.integers(0, len(units) - 1))
    end = choose.draw(st.integers(start + 1, len(units)))
    full = "".join(said[start:end])
    ways = [
        "".join(units[start:end]),
        full,
        full[: choose.draw(st.integers(1, len(full)))],
        "".join(one[0] for one in said[start:end]),
    ]
    if end < len(units):
        ways.append("".join(units[start:end]) + said[end])
        ways.append("".join(units[start:end]) + said[end][0])
        ways.append("".join(units[start:end]) + "".join(one[0] for one in said[end:]))
        ways.append(full + units[end])
    return choose.draw(st.sampled_from(ways))


@given(NAMES.filter(lambda name: bool(pinyin.units_of(letters_only(name)))), st.data())
def test_no_true_match_is_lost(name, data):
    """The index lets through whatever the recheck accepts, for every way of typing."""
    query = typed(name, data)
    assert matches(name, "", query), query
    assert found(name_tokens(name), query), (query, query_terms(query))


@given(st.text(max_size=30))
def test_any_name_and_any_query(text):
    tokens = name_tokens(text) | name_tokens(text, person=True) | code_tokens(text)
    for token in tokens:
        assert token == token.casefold()
        assert re.fullmatch(r"[^\W_]+", token), token
    query_terms(text)
    matches("华为技术", "C1", text)


@given(NAMES, st.text(alphabet="华为hwu技a1", min_size=1, max_size=4))
def test_the_recheck_finds_plain_parts(name, query):
    if query in name:
        assert matches(name, "", query)
