"""Company names: a table of hard pairs, and what must hold for every text.

The table (company_pairs.tsv) was labelled before each look. Group `seen` was at hand while the
rules were written. First look at the others, before anything was mended for them: `unseen`
precision 1.00, recall 0.96; `fresh` 1.00 and 0.73; `last` 1.00 and 0.90. Together 1.00 and 0.87 on
150 pairs; the figures printed now are higher because the gaps they showed were closed.
"""

import random
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.base.company import blocks, core, likeness, parts
from zhike.base.company_words import COMMON_BRANDS, PLACES, TRADES
from zhike.base.text import normalise

ALIKE = {"same", "likely"}
FLOORS = {"same": 0.95, "likely": 0.8, "maybe": 0.5, "different": 0.0}


def table() -> list[tuple[str, str, str, str]]:
    text = Path(__file__).with_name("company_pairs.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    text = "\n".join(lines).replace("\\u200b", "\u200b").replace("\\u3000", "\u3000")
    return [tuple(line.split("\t")) for line in text.split("\n")]


def weighed(pairs) -> tuple[float, float]:
    counts = Counter(
        (verdict in ALIKE, likeness(one, other).verdict in ALIKE)
        for one, other, verdict, _ in pairs
    )
    hits = counts[True, True]
    return hits / (hits + counts[False, True]), hits / (hits + counts[True, False])


@pytest.mark.parametrize("group", ["seen", "unseen", "fresh", "last", "all"])
def test_hard_pairs(group):
    pairs = [row for row in table() if group in ("all", row[3])]
    precision, recall = weighed(pairs)
    print(f"\n{group}: {len(pairs)} pairs, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.95
    assert recall >= 0.95


def test_the_table_is_hard_enough():
    rows = table()
    assert len({frozenset(row[:2]) for row in rows}) >= 250
    assert min(Counter(row[2] for row in rows).values()) >= 30


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("上海华信", "北京华信", "maybe"),
        ("华信", "华鑫", "different"),
        ("创达科技有限公司", "创达科技有限公司深圳分公司", "different"),
        ("华为", "华为技术有限公司", "likely"),
        ("工行", "中国工商银行", "maybe"),
        ("晨星教育", "上海晨星教育科技有限公司", "likely"),
        ("", "", "different"),
    ],
)
def test_what_was_asked_for(one, other, verdict):
    assert likeness(one, other).verdict == verdict


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("华为技术有限公司", "华为技术"),
        ("华为技术（深圳）有限公司", "华为技术"),
        ("深圳市腾讯计算机系统有限公司", "腾讯计算机系统"),
        ("广东省深圳市南山区创达科技有限责任公司", "创达科技"),
        ("上海市浦东新区博远科技有限公司", "博远科技"),
        ("成都安泰农业股份有限公司", "安泰农业"),
        ("锦程食品(厦门)有限公司", "锦程食品"),
        ("启航机械设备(西安)集团有限公司", "启航机械设备"),
        ("阿里巴巴(中国)网络技术有限公司", "阿里巴巴网络技术"),
        ("东方证券股份有限公司", "东方证券"),
        ("北京大学", "北京大学"),
        ("上海汽车集团股份有限公司", "上海汽车"),
        ("中国银行股份有限公司", "中国银行"),
        ("重庆银行股份有限公司", "重庆银行"),
        ("海南航空控股股份有限公司", "海南航空控股"),
        ("北京市区块链科技有限公司", "北京区块链科技"),
        ("金华信科技有限公司", "金华信科技"),
        ("吉林市华信科技有限公司", "华信科技"),
        ("湘西土家族苗族自治州华信旅游有限公司", "华信旅游"),
        ("中国（上海）自由贸易试验区华信国际贸易有限公司", "华信国际贸易"),
        ("北京有限公司", "北京"),
        ("有限公司", "有限公司"),
        ("Acme Trading Co., Ltd.", "acmetrading"),
        ("創達科技有限公司第2分公司", "创达科技第二分公司"),
        ("", ""),
    ],
)
def test_the_core(name, expected):
    assert core(name) == expected


def test_the_parts():
    found = parts("广东省深圳市南山区创达科技股份有限公司驻上海市办事处")
    assert (found.province, found.city, found.district) == ("广东", "深圳", "南山")
    assert (found.brand, found.trade, found.form) == ("创达", "科技", "shares")
    assert found.branch == "上海办事处"
    assert parts("腾讯 Tencent").latin == "tencent"
    assert parts("中国移动通信集团广东有限公司").unit == "广东"


NAME_PIECES = st.sampled_from(
    [row[at] for row in table() for at in (0, 1)]
    + [*sorted(PLACES)[:40], *sorted(TRADES)[:60]]
    + [
        "(",
        ")",
        "（",
        "第",
        "12",
        "分公司",
        "公司",
        "集团",
        "中国",
        "-",
        "张总",
        "市",
        "区",
        "Co",
        "Ltd",
        " ",
    ]
)
NAMES = st.one_of(
    st.text(max_size=500), st.lists(NAME_PIECES, max_size=8).map(lambda some: "".join(some)[:500])
)


@given(NAMES, NAMES)
def test_any_two_texts_compare_both_ways_alike(one, other):
    there, back = likeness(one, other), likeness(other, one)
    assert there == back
    assert FLOORS[there.verdict] <= there.score <= 1
    assert there.why
    better = [floor for floor in FLOORS.values() if floor > FLOORS[there.verdict]]
    assert all(there.score < floor for floor in better)
    assert bool(core(one)) == bool(parts(one).text)


@given(NAMES)
def test_a_name_is_itself(name):
    found = likeness(name, name)
    assert found.verdict == ("same" if normalise(name) else "different")
    assert bool(blocks(name)) == bool(normalise(name))
    assert len(blocks(name)) <= 7


BRANDS = st.text(alphabet="华信鑫达恒通晨星创锦腾飞瑞祥德隆博远嘉美", min_size=2, max_size=4)
FULL_NAMES = st.tuples(
    st.sampled_from(["", "上海", "深圳市", "广东省深圳市", "北京市海淀区"]),
    BRANDS,
    st.sampled_from(["科技", "教育科技", "食品", "建筑装饰", "国际贸易", "律师事务所", ""]),
).map("".join)


@given(FULL_NAMES, st.data())
def test_spelling_never_changes_a_core(name, data):
    full = name + "有限公司"
    at = data.draw(st.integers(0, len(full)))
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in full + "(中国)")
    for spelt in [
        *(name + form for form in ("有限责任公司", "股份有限公司", "公司", "（有限合伙）")),
        *(full[:at] + mark + full[at:] for mark in (" ", "\u3000", "\u200b", "·", "\ufeff")),
        f"【{full}】",
        f"“{full}”",
        wide,
    ]:
        assert core(spelt) == core(name), spelt
    assert likeness(full[:at] + " " + full[at:], full).verdict == "same"
    assert likeness(name, full).verdict == "same"
    assert likeness(name + "有限责任公司", full).verdict == "same"


@given(FULL_NAMES, FULL_NAMES)
def test_another_place_is_never_likely(one, other):
    pair = likeness("成都" + one + "有限公司", "沈阳" + other + "有限公司")
    assert pair.verdict not in ALIKE


def test_like_names_share_a_block():
    missed = [row for row in table() if row[2] in ALIKE and not blocks(row[0]) & blocks(row[1])]
    assert not missed
    maybe = [row for row in table() if row[2] == "maybe"]
    kept = sum(bool(blocks(one) & blocks(other)) for one, other, *_ in maybe)
    print(f"\nblocks keep {kept} of {len(maybe)} maybe pairs")
    assert kept >= 0.9 * len(maybe)


def made_up(count: int) -> list[str]:
    """Names like those of a register: brands of some 180 lucky characters, the first ones often."""
    lucky = (
        "华信达鑫恒通盛源泰宏金天兴丰瑞德隆博远嘉美诚佳创联安康祥顺永利富海洋东方新世纪星光明阳中正大同和平万家国际"
        "智慧云科飞腾龙凤鸿福禄寿喜吉庆春秋江河山川林木森石玉珠宝银铜铁钢水火土风雷雨雪花草竹松柏梅兰菊荷莲桃李杏"
        "雅思文艺书画琴棋诗词歌舞乐悦欢欣荣昌茂旺发展志立成功胜利凯旋卓越领航启程锐捷迅速优品质精"
    )
    made = random.Random(7)
    weights = [1 / (at + 4) for at in range(len(lucky))]
    places = ["上海", "北京", "深圳市", "广州市", *sorted(PLACES)]
    trades = ["科技", "贸易", "商贸", "信息技术", "建筑工程", *sorted(TRADES)]
    common = sorted(COMMON_BRANDS)
    lengths = made.choices([0, 2, 3, 4], [20, 50, 15, 15], k=count)  # 0: a name many bear
    return [
        made.choices(places, [1 / (at + 2) for at in range(len(places))])[0]
        + ("".join(made.choices(lucky, weights, k=length)) or made.choice(common))
        + made.choices(trades, [1 / (at + 2) for at in range(len(trades))])[0]
        + "有限公司"
        for length in lengths
    ]


def test_blocks_stay_small():
    names = made_up(20_000)
    sizes = Counter(key for name in names for key in blocks(name))
    touched = sorted(sum(sizes[key] for key in blocks(name)) for name in names)
    middle, high = touched[len(names) // 2], touched[len(names) * 95 // 100]
    print(f"\n20,000 names: {len(sizes)} keys, rows touched p50 {middle}, p95 {high}")
    assert middle <= 20_000 * 0.002
    assert high <= 20_000 * 0.02


def test_speed():
    names = made_up(4000)
    best = {"parts": 1.0, "likeness": 1.0}
    for _ in range(3):
        parts.cache_clear()
        began = time.process_time()
        for name in names:
            parts(name)
        middle = time.process_time()
        for one, other in pairwise(names):
            likeness(one, other)
        ended = time.process_time()
        best["parts"] = min(best["parts"], (middle - began) / len(names))
        best["likeness"] = min(best["likeness"], (ended - middle) / len(names))
    print({name: f"{seconds * 1e6:.1f} µs" for name, seconds in best.items()})
    assert best["parts"] <= 60e-6 * 3  # the target is 60 µs; a busy machine may take three times
    assert best["likeness"] <= 30e-6 * 3
