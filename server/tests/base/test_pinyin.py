import pytest
from pypinyin import Style, lazy_pinyin

from zhike.base import pinyin

from .pinyin_source import FILE, make

COMPANIES = [
    "重庆长安汽车",
    "厦门航空",
    "六安瓜片",
    "蚌埠玻璃",
    "亳州药业",
    "中国重汽",
    "长沙银行",
    "成都银行",
    "音乐之声",
    "行业协会",
    "朝阳科技",
    "乐清电器",
    "会计师事务所",
    "还原科技",
    "都江堰水泥",
    "朝天门火锅",
    "大厦物业",
    "长城汽车",
    "招商银行",
    "行知教育",
    "重工机械",
    "乐视网",
]


def test_the_file_is_what_pypinyin_says():
    assert FILE.read_text(encoding="utf-8") == make(), "run python -m tests.base.pinyin_source"


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("华为技术有限公司", "huaweijishu", "hwjs"),
        ("重庆银行股份有限公司", "chongqingyinhang", "cqyh"),
        ("六安蚌埠亳州", "luanbengbubozhou", "labbbz"),
        ("TCL科技", "tclkeji", "tkj"),
        ("朝阳区物业", "chaoyangquwuye", "cyqwy"),
    ],
)
def test_readings_of_companies(name, full, initials):
    assert pinyin.readings(name) == (full, initials)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("单雄信", "shanxiongxin"),
        ("曾国藩", "zengguofan"),
        ("解缙", "xiejin"),
        ("仇英", "qiuying"),
        ("查良镛", "zhaliangyong"),
        ("朴志星", "piaozhixing"),
        ("区志强", "ouzhiqiang"),
        ("覃先生", "qinxiansheng"),
        ("翟经理", "zhaijingli"),
        ("缪女士", "miaonvshi"),
        ("尉迟恭", "yuchigong"),
        ("牟其中", "muqizhong"),
        ("员工部", "yungongbu"),
        ("欧阳娜娜", "ouyangnana"),
    ],
)
def test_surnames(name, full):
    assert pinyin.readings(name, person=True)[0] == full


def test_a_surname_counts_only_for_persons():
    assert pinyin.readings("单位")[0] == "danwei"


def test_lu_and_lyu_are_readings_too():
    said = pinyin.sequences(list("吕布"), person=True)
    assert {"lvbu", "lubu", "lyubu"} <= {"".join(one) for one in said}


def test_phrases_agree_with_pypinyin():
    """The compact file reads names as the whole library does."""
    for name in COMPANIES:
        expected = lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)
        if name.startswith("朝阳"):
            expected = ["chao", "yang", "ke", "ji"]
        assert pinyin.sequences(list(name))[0] == expected, name
