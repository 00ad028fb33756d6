import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.fields import industry


def test_it_is_the_edition_of_2017():
    codes = industry.codes()
    assert sum(len(code) == 1 for code in codes) == 20
    assert sum(len(code) == 3 for code in codes) == 97
    assert codes["A05"] == "农、林、牧、渔专业及辅助性活动"
    assert codes["G58"] == "多式联运和运输代理业"
    assert codes["N79"] == "土地管理业"
    assert codes["T97"] == "国际组织"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("互联网", "I64"),
        ("信息技术服务", "I65"),
        ("制造业", "C"),
        ("制造业-机械设备", "C34"),
        ("制造业-专用设备制造业", "C35"),
        ("制造业—专用设备", "C35"),
        ("零售业-连锁超市", "F52"),
        ("金融业-银行", "J66"),
        ("商务服务业", "L72"),
        ("批发业", "F51"),
        ("交通运输", "G"),
        ("教育", "P83"),
        ("农业", "A01"),
        ("房地产业", "K70"),
        ("C35", "C35"),
        ("c35", "C35"),
        ("35", "C35"),
        ("Ｃ", "C"),
        ("机械行业", "C34"),
        ("制造业-其它", "C"),
        (" SaaS ", "I65"),
        ("信息传输、软件和信息技术服务业", "I"),
        ("铁路运输业", "G53"),
    ],
)
def test_what_people_write(text, code):
    assert industry.find(text) == code


@pytest.mark.parametrize("text", ["", "乱写", "服务业", "C99", "00", "业", "-", "X"])
def test_what_is_not_known(text):
    assert industry.find(text) is None


def test_every_label_finds_its_code():
    for code, name in industry.codes().items():
        assert industry.find(industry.label(code)) == (
            code if len(code) > 1 else industry.find(name)
        )
        assert industry.find(code) == code
        assert industry.name(code) == name


def test_every_alias_finds_its_code():
    for code, aliases in industry._ALIASES.items():
        for alias in aliases.split():
            assert industry.find(alias) == code, alias


def test_labels():
    assert industry.label("C35") == "制造业-专用设备制造业"
    assert industry.label("C") == "制造业"
    assert industry.label("K70") == "房地产业"
    assert industry.label("没有") == "没有"
    assert len(industry.as_json()) == 117


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("互联网", "I64"),
        ("hlw", "I64"),
        ("hulian", "I64"),
        ("教育", "P83"),
        ("jy", "P83"),
        ("餐饮", "H62"),
        ("cany", "H62"),
        ("电商", "F52"),
        ("ds", "F52"),
        ("医药", "C27"),
        ("yiyao", "C27"),
        ("专用设备", "C35"),
        ("C35", "C35"),
        ("35", "C35"),
        ("saas", "I65"),
    ],
)
def test_search(typed, code):
    assert code in industry.search(typed)[:5]


def test_search_finds_all_that_fits():
    assert set(industry.search("C3")) >= {"C30", "C35", "C39"}
    assert len(industry.search("业", limit=5)) == 5
    assert industry.search("  ") == industry.search("没有这一行") == []
    for code, name in industry.codes().items():
        assert code in industry.search(name), name


def test_the_hierarchy():
    sections = industry.sections()
    assert [len(sections), sum(len(one.divisions) for one in sections)] == [20, 97]
    assert sections[2].divisions[22] == ("C35", "专用设备制造业")
    assert industry.EDITION == "GB/T 4754-2017"


@given(st.text(max_size=20))
def test_any_text(text):
    assert set(industry.search(text)) <= set(industry.codes())
    code = industry.find(text)
    assert code is None or code in industry.codes()
