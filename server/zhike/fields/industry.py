"""所属行业: the national classification GB/T 4754-2017, sections (门类) and divisions (大类).

A code is a section letter (C) or a letter with the two digits of a division (C35). An installation
may add groups (中类, C351) and classes (小类, C3511); `registry` puts them here by `overlay`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from zhike.base import pinyin
from zhike.base.text import letters_only, name_key, normalise

EDITION = "GB/T 4754-2017"
DICTIONARY = "industry"  # of the words that are finer classes: code and name
EDITION_OF_FINER = "industry_edition"  # of the word that says where they come from
_CODE = re.compile(r"([A-T])?(\d{2,4})?")
FINER = re.compile(r"[A-T]\d{3,4}")
_SEPARATOR = re.compile(r"[-—–/>:：·|]+")

# What people write instead of the official name.
_ALIASES: dict[str, str] = {
    "A": "农业门类 农林牧渔 农林牧渔业 农业畜牧",
    "A01": "种植业 种植 农场",
    "A02": "林业种植 苗木",
    "A03": "畜牧 养殖业 养殖",
    "A04": "渔业 水产 水产养殖",
    "B": "采矿 矿业 采掘业",
    "C": "制造 工业 生产制造 加工制造 制造业企业",
    "C13": "农产品加工 粮油加工 食品加工 饲料",
    "C14": "食品 食品业 休闲食品 乳制品 食品饮料 食品制造",
    "C15": "饮料 酒水 白酒 茶叶",
    "C17": "纺织",
    "C18": "服装 服饰 服装业 服装制造",
    "C21": "家具 家居",
    "C22": "造纸 纸制品 包装",
    "C23": "印刷 印刷业 包装印刷",
    "C26": "化工 化学 化工业 精细化工 日化 化妆品",
    "C27": "医药 制药 药企 中药 疫苗 生物医药 生物科技 医药业 药品 生物制药",
    "C29": "塑料 橡胶 橡塑",
    "C30": "建材 水泥 玻璃 陶瓷",
    "C31": "钢铁 冶金",
    "C32": "有色金属",
    "C33": "五金 金属制品",
    "C34": "机械 机械设备 机械制造 通用设备 装备制造 机床",
    "C35": "专用设备 医疗器械 医疗设备 环保设备 半导体设备 自动化设备",
    "C36": "汽车 汽车制造 汽车零部件 汽配 新能源汽车",
    "C37": "船舶 航空航天 轨道交通",
    "C38": "储能 充电桩 电气 电器 家电 电气机械 新能源 电池 光伏 锂电池",
    "C39": "电子 手机 电路板 PCB 电子元器件 电子信息 通信设备 半导体 芯片 集成电路 电子制造 "
    "计算机硬件 消费电子 3C",
    "C40": "仪器 仪表 仪器仪表",
    "D": "能源 水电气 公用事业 能源业",
    "D44": "电力 电力行业 发电 热力",
    "D45": "燃气 天然气",
    "D46": "自来水 水务",
    "E": "建筑 建筑工程 工程建设 施工",
    "E47": "房建",
    "E48": "土木工程 市政工程 基建",
    "E49": "安装工程 机电安装",
    "E50": "装修 装饰 装饰装修 建筑装饰 室内装修",
    "F": "商贸 贸易 批零 批发零售 商业 进出口",
    "F51": "批发 经销 分销 国际贸易 外贸 医药批发",
    "F52": "零售 连锁超市 超市 连锁零售 电商零售 便利店 百货 商超 新零售 连锁 电商 电子商务",
    "G": "物流 交通运输 运输 物流业 交通物流 物流运输",
    "G54": "公路运输 货运 道路运输",
    "G55": "水运 航运 海运",
    "G56": "航空 民航 航空公司",
    "G58": "货代 货运代理 国际货代",
    "G59": "仓储 仓储物流 冷链",
    "G60": "快递 邮政 快递业",
    "H": "酒店餐饮 餐饮住宿",
    "H61": "酒店 住宿 民宿 宾馆",
    "H62": "餐饮 饮食 餐厅 餐饮连锁 连锁餐饮",
    "I": "信息产业 IT 信息技术 IT行业 信息技术业 TMT",
    "I63": "电信 通信 通讯 运营商 广电",
    "I64": "互联网 网络 互联网行业 互联网业 互联网服务 移动互联网 互联网平台 互联网科技",
    "I65": "软件 信息技术服务 信息技术服务业 软件业 软件开发 软件服务 IT服务 云计算 大数据 AI "
    "人工智能 SaaS 系统集成 软件和信息技术 计算机软件 游戏 企业服务",
    "J": "金融 财经",
    "J66": "银行 银行业",
    "J67": "证券 基金 投资 资本 期货 私募 券商",
    "J68": "保险 保险公司",
    "J69": "小额贷款 互联网金融 金融科技 支付 第三方支付",
    "K70": "楼盘 房地产 地产 物业 物业管理 房产 房地产开发 房产中介",
    "L71": "租赁 设备租赁 汽车租赁",
    "L72": "商务服务 咨询 广告 管理咨询 企业管理咨询 人力资源 法律服务 律师事务所 会展 旅行社 会计 "
    "广告传媒 广告业 咨询服务 咨询业 安保 旅游 营销 财税",
    "M": "科研 科学研究 技术服务 科技服务",
    "M73": "研发 研究院 科研院所",
    "M74": "检测 设计 工程设计 检验检测 工业设计 建筑设计 测绘",
    "M75": "科技推广 环保咨询",
    "N": "环保水利",
    "N76": "水利",
    "N77": "环保 环境治理 环境保护 节能环保",
    "N78": "市政 园林 环卫 景区 公共设施 景区管理",
    "O": "生活服务",
    "O80": "居民服务 家政 美容 美发 美业 婚庆",
    "O81": "维修 汽修 家电维修",
    "P83": "教育 培训 学校 高校 教育培训 在线教育 教育业 幼教 职业教育",
    "Q": "医疗健康 大健康 健康",
    "Q84": "医疗 医院 卫生 诊所 医疗服务 体检 口腔 医疗卫生",
    "Q85": "养老 社会福利 公益",
    "R": "文娱 文化传媒 文体 文化娱乐 文体娱乐 文旅",
    "R86": "新闻 出版 媒体 传媒 报社",
    "R87": "影视 广播电视 电影 直播 音乐",
    "R88": "文化 艺术 文创 博物馆",
    "R89": "体育 健身 健身房",
    "R90": "娱乐 游乐园 主题公园",
    "S": "政府 公共管理 社会组织 事业单位 机关",
    "S92": "政府机关 政府部门 行政机关 国家机关 政务",
    "S95": "协会 商会 社会团体 基金会",
}


class Division(NamedTuple):
    """One division (大类) within a section, for a hierarchical choice."""

    code: str
    name: str


class Section(NamedTuple):
    """One section (门类) with its divisions in official order."""

    code: str
    name: str
    divisions: tuple[Division, ...]


class _Classification(NamedTuple):
    names: dict[str, str]  # code → name
    words: dict[str, str]  # name or alias in comparing form → code


# The finer classes of this installation; the number tells two sets of them apart.
_finer: tuple[tuple[str, str], ...] = ()
_finer_number = 0


def overlay(finer: tuple[tuple[str, str], ...]) -> None:
    """Know these finer classes, as (code, name), and no others."""
    global _finer, _finer_number
    if finer != _finer:
        _finer = finer
        _finer_number += 1


def finer() -> tuple[tuple[str, str], ...]:
    """The finer classes of this installation, as (code, name)."""
    return _finer


def _classification() -> _Classification:
    return _classified(_finer_number)


@lru_cache(2)
def _classified(_number: int) -> _Classification:
    text = (files(__package__) / "data" / "gbt4754-2017.tsv").read_text(encoding="utf-8")
    names: dict[str, str] = {}
    for line in text.splitlines():
        letter, section, divisions = line.split("\t")
        names[letter] = section
        for division in divisions.split("|"):
            number, name = division.split(" ", 1)
            names[letter + number] = name
    names = dict(sorted({**dict(_finer), **names}.items()))
    words: dict[str, str] = {}
    # Divisions first: 房地产业 and 教育 name both a section and its only division.
    for code, name in sorted(names.items(), key=_divisions_first):
        words.setdefault(_key(name), code)
    for code, aliases in _ALIASES.items():
        for alias in aliases.split():
            words.setdefault(_key(alias), code)
    return _Classification(names, words)


_BY_LENGTH = {3: 0, 1: 1, 4: 2, 5: 3}


def _divisions_first(item: tuple[str, str]) -> tuple[int, str]:
    return _BY_LENGTH[len(item[0])], item[0]


def _key(text: str) -> str:
    return name_key(text).replace("、", "").replace("和", "").replace("及", "")


def codes() -> dict[str, str]:
    """All codes with their names, in official order."""
    return dict(_classification().names)


def as_json() -> list[dict[str, str]]:
    """For GET /choices: every section and division with its full label; finer ones are searched."""
    names = _classification().names
    return [{"value": code, "label": label(code)} for code in names if len(code) <= 3]


@cache
def sections() -> tuple[Section, ...]:
    """The hierarchical choice: twenty sections, each with its divisions."""
    names = _classification().names
    return tuple(
        Section(
            letter,
            section,
            tuple(
                Division(code, told)
                for code, told in names.items()
                if len(code) == 3 and code[0] == letter
            ),
        )
        for letter, section in names.items()
        if len(letter) == 1
    )


class _Entry(NamedTuple):
    code: str
    words: tuple[str, ...]  # the name, then the aliases, in comparing form
    said: tuple[tuple[str, str], ...]  # full pinyin and initials of each


def _entries() -> tuple[_Entry, ...]:
    return _entered(_finer_number)


@lru_cache(2)
def _entered(_number: int) -> tuple[_Entry, ...]:
    found = []
    for code, told in _classification().names.items():
        own = [told, *_ALIASES.get(code, "").split()]
        words = tuple(letters_only(word) for word in own)
        found.append(_Entry(code, words, tuple(pinyin.readings(word) for word in own)))
    return tuple(found)


def search(text: str, *, limit: int = 20) -> list[str]:
    """The codes meant by what was typed so far, the likeliest first: 机械, jixie, jx, C3."""
    typed = letters_only(text)
    if not typed:
        return []
    sure = find(text)
    ranked = [
        (rank, at, entry.code)
        for at, entry in enumerate(_entries())
        if (rank := -1 if entry.code == sure else _rank(entry, typed)) is not None
    ]
    return [code for _, _, code in sorted(ranked)][:limit]


def _rank(entry: _Entry, typed: str) -> int | None:
    code = entry.code.casefold()
    if typed in (code, code[1:]):
        return 0
    if code.startswith(typed):
        return 1
    ranks = [_rank_word(word, typed) + (at > 0) for at, word in enumerate(entry.words)]
    if typed.isascii():
        ranks += [_rank_said(said, typed) + (at > 0) for at, said in enumerate(entry.said)]
    best = min(ranks)
    return best if best < _NO_MATCH else None


_NO_MATCH = 100


def _rank_word(word: str, typed: str) -> int:
    if word == typed:
        return 2
    if word.startswith(typed):
        return 4
    return 8 if typed in word else _NO_MATCH


def _rank_said(said: tuple[str, str], typed: str) -> int:
    full, initials = said
    if typed in (full, initials):
        return 2
    if full.startswith(typed) or initials.startswith(typed):
        return 6
    return 10 if len(typed) > 2 and typed in initials else _NO_MATCH


def name(code: str) -> str:
    """The official name of a section or division; an unknown code stays as it is."""
    return _classification().names.get(code, code)


def label(code: str) -> str:
    """制造业-专用设备制造业 for C35, 制造业 for C; an unknown code stays as it is.

    A finer class is told with section and division: 制造业-专用设备制造业-矿山机械制造 for C3511.
    """
    names = _classification().names
    if code not in names:
        return code
    path = [names[part] for part in dict.fromkeys((code[:1], code[:3], code)) if part in names]
    return "-".join(dict.fromkeys(path))


def find(text: str) -> str | None:
    """The code a person means by a code, an official name, 门类-大类, or a common word."""
    plain = normalise(text)
    if not plain:
        return None
    names, words = _classification()
    by_code = _by_code(plain.upper())
    if by_code:
        return by_code
    found = words.get(_key(plain))
    if found:
        return found
    parts = [part.strip() for part in _SEPARATOR.split(plain) if part.strip()]
    if len(parts) > 1:
        return _by_path(parts)
    return _by_part(_key(plain), names)


def _by_code(text: str) -> str | None:
    names = _classification().names
    if not _CODE.fullmatch(text):
        return None
    if text in names:
        return text
    return next((code for code in names if code[1:] == text), None) if text.isdigit() else None


def _by_path(parts: list[str]) -> str | None:
    """零售业-连锁超市: the last part that is known, unless it lies outside the first."""
    words = _classification().words
    outer = find(parts[0])
    inner = find("-".join(parts[1:]))
    if inner and (outer is None or inner[0] == outer[0]):
        return inner
    if outer is None:
        return None
    stem = _key(parts[0]).removesuffix("业")
    return words.get(stem, outer)


def _by_part(key: str, names: dict[str, str]) -> str | None:
    """A piece of exactly one official name, such as 专用设备."""
    for trimmed in (key.removesuffix("行业"), key.removesuffix("业")):
        found = _classification().words.get(trimmed)
        if found:
            return found
    if len(key) < 2:
        return None
    inside = [code for code, full in names.items() if len(code) == 3 and key in _key(full)]
    return inside[0] if len(inside) == 1 else None
