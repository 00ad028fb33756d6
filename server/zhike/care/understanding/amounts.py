"""Money in a sentence, in yuan: 50万, 八十万左右, 25-30万, ¥128,000.00, 3千5, 六七十万, 12.8w.

Not money: phones, rooms, models, order numbers, per cents, discounts, points, other currencies,
a customer's capital or financing, and numbers that count something else (5万公里, 3000多人).
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from zhike.care.understanding.folding import MOST_OF_A_KIND
from zhike.care.understanding.numbers import DIGITS, HAN, han, whole

MOST_YUAN = Decimal(10) ** 13


class Amount(NamedTuple):
    """An amount at `start`–`end`; `low` and `high` differ in a range."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    rival: bool = False
    """A price to compare with or one given up, no amount of this business."""


_MEASURE = (
    r"(?!多?\s?(?:公里|千米|里程|平|㎡|m²|人(?!家|民)|位|名|户|家|个(?!亿)|台|件|套|次|条|吨|只|"
    r"粉丝|字|册|份|箱|瓶|播放|用户|页|步|公斤|斤|米|瓦|克|"
    "像素|棵|根|支|枝|朵|颗|匹|筐|桶|罐|桌|辆|片|艘|栋|柜|盒|袋|扇|幅|樘|捆|坛|杯|碗|串|亩|头|株|双|对(?![方公])|束|盆|粒|组|副|间|座|项|课时|节课|首|场|种|类|张(?![总经工姐哥老先女主])|度|天|年(?![前后底末初])|小时|分钟|转|模|伏|毫|升|美|港|欧(?![阳总经工姐哥女先老])|日元|英镑|卢布|级|"
    "分(?!期|三|两|批|阶)|强|里(?!面)|[%％]|折))"
)
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,4})?|[0-9]{1,12}(?:\.[0-9]{1,4})?"
_UNIT = "个?亿|个?[wW](?![A-Za-z0-9])|万|千|百|[wWkK](?![A-Za-z0-9])"
_SIGN = r"(?:(?P<s>¥|RMB|CNY|rmb|人民币)\s?)?"
_TENTHS = "(?:(?<=块)(?P<j>[1-9一二三四五六七八九](?![0-9.十百千万])))?"
"""两块五 is 2.5."""
_COUNTED = re.compile(
    rf"{_SIGN}(?<![0-9A-Za-z.,\-])(?P<a>(?>{_DIGITS}))\s?(?P<u>{_UNIT})?(?:(?<=万)(?P<q>[1-9])千(?P<h>[1-9](?![0-9.%千百])|[1-9]百)?|(?P<t>[1-9](?![0-9.%月号日点天]|千(?!万))))?(?P<m>多|"
    rf"来|余|几)?(?P<v>万|亿)?"
    rf"(?:\s?(?:-|~|到|至|—)\s?(?:¥|"
    rf"RMB)?(?P<b>{_DIGITS})\s?(?P<w>{_UNIT})?)?\s?(?P<y>元|块钱?|圆|RMB|"
    rf"rmb)?{_TENTHS}{_MEASURE}"
)
_HAN = re.compile(
    rf"{_SIGN}(?<![{HAN}第每])(?P<a>[{HAN}]{{1,14}}|半个?(?=亿))(?P<m>多|来|"
    rf"余)?(?P<u>个?亿|万)?(?P<t>[1-9])?"
    rf"(?:(?:到|至|-|~)(?P<b>[{HAN}]{{1,14}}))?(?P<y>元|块钱?|圆)?整?{_TENTHS}{_MEASURE}"
)
_PIECE = "人台套年晚吨箱平㎡件个份斤张瓶把双条只米节课盒袋包间桌棵根支枝颗朵辆桶罐块片卷扇"
_PRICE = re.compile(
    "(?:[年季月次]卡|价格?|费|款|租金?|元|金|额|券|预算|报|单|收|付|交|缴|出|给到?|卖|花|要(?!的是)|共|工资|[月年底]薪|"
    "总计|套餐|合计|一共|按|每[人台吨个天月年套件位平家张次份晚间]|月租|年缴|定金|押金|成交|签|"
    "还到?|[降涨调压砍谈加提][到至]|[另再多]加|(?:[款费金钱额租]|余额|尾数)(?:还|只|就)?[差剩]|优惠|便宜|送|充|欠|回|打|折后|到手|实[付收]|赔|退|罚|补|垫|刷|转[了账]|存|亏|赚|涨|降)"
    r"(?:了|到|的是|为|是|大概|大约|约|在|至少|不到|不超|超过|最多|最低|降|仅|才|:|：|\s)*$"
)
_OWED = re.compile("(?:元|块钱?)?(?:还|都)?[没未][付给转结交打收]")
"""3200没付."""
_MODEL = re.compile("[A-Za-z]|的?(?:不?锈?钢|[铝铜钢铁]|管|板|卷材?|材质|型号?|系列|牌号)")
"""304不锈钢, 316L: a grade or a model."""
_SO_MANY_AT = re.compile(f"[0-9{HAN}]\\s?[{_PIECE}]\\s?[*×xX]\\s?$")
"""80件*42: so many at so much."""
_BOUGHT = re.compile(
    "(?:套餐|[定订买办下选]了|下单|[年季月次]卡|[款费价租])[^，。；,;]{0,12}[，, ]\\s?$"
)
_PRICED_AS = re.compile("的(?:套[餐系装]|[年季月次]?卡(?!车|座)|课|班|团|档)")
"""选了1680的套系."""
_REDUCED = re.compile("(?:给|可以|能|再|全部?)*打?[0-9.一二三四五六七八九]{1,3}折")
"""6800给打八折."""
_EVERY = re.compile("[每一](?:[天晚年次周]|个?[月小学课][时期]?|季度?)$")
_LOT = re.compile(f"[0-9{HAN}]\\s?(?:[{_PIECE}][一-鿿]?|天)$")
"""24节课9600: so many for so much."""
_PRICE_OF = re.compile("[价费]格?[，,:：]\\s?$")
_ALONE = re.compile("[，。；,;！!]|$")
_PER = re.compile(
    rf"(?:钱)?(?:\s?/\s?|[一每]|×)(?:[{_PIECE}月位次天周]|平米|公[斤里]|小时|学期|"
    r"每)"
)
_EACH = re.compile(
    "(?:单价|均价|人均|每(?![天周次隔月年])[一-鿿]|每(?:用户|账号|席位|点位|端口|节点|平米|公[斤里])|"
    f"[一1][{_PIECE}](?:米|方)?)(?:是|为|"
    "约|大概|才|:|\\s)*$"
)
_SINGLE = re.compile(f"(?<![下订保账清名菜简跟签])单[{_PIECE}]$")
_SINGLE_PRICE = re.compile(r"[，。；,;！!\s]|$|不?含|起|左右")
"""单台4999, but 单箱24包 counts."""
_NOT_OURS = re.compile(
    "(?:注册资[本金]|融资?|[A-F]\\+?轮|天使轮|估值|市值|产值|营收|营业额|年?销售额|"
    "年?流水|利润|身家|投后|投前|专利|粉丝|美元|美金|港币|欧元|USD|usd|EUR|AED|SGD|JPY|HKD|KRW|AUD|CAD|GBP|\\$|€|£|"
    "型号|单号|编号|尾号|后四位|号码|卡号|房号|"
    "电话|手机|QQ|qq|功率|面积|里程|积分)(?:了|完|到账?|过|刚|有|是|为|约|大概|做到|[A-F]\\+?轮|号|:|：|\\s)*$"
)
_LENGTH = re.compile(f"[0-9{HAN}]米$")
"""4米2 is a length."""
_RIVAL = re.compile(
    "(?:竞争对手|竞品|对手|友商|同行|别家|别人家?|另一家|隔壁家?|他家|原价|"
    "[^，。；,;]{0,3}那家(?!人))(?:(?!我们?)[^，。；,;]){0,6}$"
)
_FROM = re.compile("(?:从|由|原来?(?:的)?|之前)$")
_TO = re.compile(
    "^(?:的?(?:报价|价格|预算)?)(?:砍|降|谈|压|调|涨|加|减|让|提高|缩减?|变|改)(?:价)?[到成至为]"
)
_UNSURE = re.compile("(?<![最至刚加])[几数好多上][十百千]?$")
_CHANGE = re.compile("(?:年|月|日|号|点|楼|栋|座|室)$")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


_FACTOR = {"亿": 100_000_000, "万": 10_000, "千": 1000, "百": 100, "w": 10_000, "k": 1000}


def _factor(unit: str | None) -> int:
    return _FACTOR.get((unit or "").lower().removeprefix("个"), 1)


def _tenths(found: re.Match[str]) -> Decimal:
    return Decimal(whole(found["j"]) or 0) / 10 if found["j"] else Decimal(0)


_GOES_ON = re.compile("[1-9]千")


def _written(found: re.Match[str], folded: str) -> Amount | None:
    """An amount in digits."""
    unit, last = found["u"] or found["v"], found["w"]
    if (not unit and found["t"]) or _GOES_ON.match(folded, found.end()):
        return None
    first = _number(found["a"]) + _tenths(found)
    factor = _factor(unit) * (_factor(found["v"]) if found["u"] and found["v"] else 1)
    if found["b"]:
        second = _number(found["b"]) * _factor(last)
        factor = factor if unit else _factor(last)
        low, high = sorted((first * factor, second if last else second * factor))
    else:
        rest = int(found["t"]) * factor // 10 if found["t"] and factor > 1 else 0
        if found["q"]:
            rest = int(found["q"]) * 1000 + int((found["h"] or "0")[0]) * 100  # 1万6千8
        low = high = first * factor + rest
    named = bool(found["s"] or found["y"])
    return _judged(found, folded, low, high, certain=named or factor >= 10_000, plain=factor == 1)


_PAIR = re.compile(
    f"(?P<h>[{HAN}]*?)(?P<x>[一二两三四五六七八九])(?P<y>[一二两三四五六七八九])(?P<r>[十百千万亿]+)"
)


def _in_words(found: re.Match[str], folded: str) -> Amount | None:
    """An amount in characters; 六七十万 and 十五六万 are ranges."""
    text, unit = found["a"], found["u"]
    if text.count("万") > 1:
        return None  # 十万八万 is no number
    if text == "一" and folded[max(found.start() - 1, 0)].isdigit():
        return None  # 8000一块
    if text.startswith("半"):
        half = Decimal(50_000_000)
        return _judged(found, folded, half, half, certain=True, plain=False)
    if (pair := _PAIR.fullmatch(text + (unit or "").removeprefix("个"))) is not None:
        ends = [han(pair["h"] + pair[one] + pair["r"]) for one in "xy"]
        low, high = ends[0], ends[1]
    else:
        if len(text) > 1 and text.endswith("一") and _PER.match(folded, found.end("a") - 1):
            text = text[:-1]  # 三千一晚 is 3000 a night
        value = han(text)
        low = high = value * _factor(unit) + _tenths(found) if value is not None else None
        if low is not None and found["t"]:
            low = high = low + int(found["t"]) * (_factor(unit) if unit else _last_unit(text)) // 10
        if found["b"]:
            second = han(found["b"])
            rest = text + (unit or "")
            if second is not None and low is not None:
                shared = "万" not in rest and "万" in found["b"] and low * 10_000 <= second
                low = low * 10_000 if shared else low  # 三到五万, but 九千到一万
                high = second
    if low is None or high is None:
        return None
    wide = "万" in found[0] or "亿" in found[0]
    units = any(one in found[0] for one in "百千佰仟拾")
    if not wide and not found["y"] and not found["s"] and not units:
        return None
    if all(one not in DIGITS and one not in "十拾" for one in text[:1]):
        return None  # 千万别, 百分之
    return _judged(
        found, folded, low, high, certain=wide or bool(found["y"] or found["s"]), plain=not wide
    )


def _last_unit(text: str) -> int:
    return next(
        (value for sign, value in (("千", 1000), ("百", 100), ("十", 10)) if text.endswith(sign)),
        10,
    )


def _judged(
    found: re.Match[str], folded: str, low: Decimal, high: Decimal, *, certain: bool, plain: bool
) -> Amount | None:
    start, end = found.span()
    before, after = folded[max(start - 16, 0) : start], folded[end : end + 8]
    if _NOT_OURS.search(before) or _LENGTH.search(before) or not 0 < low <= high <= MOST_YUAN:
        return None
    if not certain:
        told = (
            _EACH.search(before)
            or (_PRICE.search(before) and (low >= 100 or _PER.match(after)))
            or _PER.match(after)
            or (_PRICE_OF.search(before) and low >= 100 and _ALONE.match(after))
            or (_BOUGHT.search(before) and low >= 100 and _ALONE.match(after))
            or (_LOT.search(before) and low >= 100 and _ALONE.match(after))
            or (_EVERY.search(before) and _ALONE.match(after))
            or (low >= 100 and _PRICED_AS.match(after))
            or (_SINGLE.search(before) and _SINGLE_PRICE.match(after))
            or _OWED.match(after)
            or (low >= 100 and _REDUCED.match(after))
            or _SO_MANY_AT.search(before)
        )
        if (
            not told
            or _CHANGE.match(after[:1])
            or (not found["y"] and _MODEL.match(after))
            or (plain and re.search("(?:电话|号|(?<![一每两])年|第)[:： ]?$", before))
        ):
            return None
        if low > 10**8:
            return None
    if _UNSURE.search(before) and not plain:
        return None
    given_up = bool(_FROM.search(before) and _TO.match(after)) or bool(_TO.match(after))
    return Amount(start, end, low, high, bool(_RIVAL.search(before)) or given_up)


_OFFER = re.compile(
    "(?:(?:[出还给降砍谈压涨加让]|提高)[到了]|还价|只[肯能]?[出给]|报|最[多高低]|顶多|预算|接受)(?:了|是|到|也?就)*$"
)
_OFFERED = re.compile("(?:左右|以内|以下|上下|多|就|吧|了)*(?:[，。；,;！!]|$)")


def _in_the_same_unit(found: re.Match[str], folded: str, told: list[Amount]) -> Amount | None:
    """还是485万，最多出到470: a bare number of that size offered against it is 万 too."""
    last = told[-1] if told else None
    if last is None or any(found[one] for one in ("s", "u", "v", "b", "y", "j")):
        return None
    if not re.search("[万wW]", folded[last.start : last.end]) or found.start() - last.end > 30:
        return None
    value = _number(found["a"]) * 10_000
    near = last.low <= 2 * value and value <= 2 * last.high
    offer = _OFFER.search(folded, last.end, found.start())
    if not near or offer is None or not _OFFERED.match(folded, found.end()):
        return None
    return Amount(*found.span(), value, value)


def find(folded: str, taken: list[tuple[int, int]]) -> list[Amount]:
    """Every amount in order; places in `taken` (dates, times) are none."""
    found: list[Amount] = []
    for pattern, read in ((_COUNTED, _written), (_HAN, _in_words)):
        for match in islice(pattern.finditer(folded), 4 * MOST_OF_A_KIND):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            same = pattern is _COUNTED and _in_the_same_unit(match, folded, found)
            amount = same or read(match, folded)
            if amount is not None and not any(
                a.start < amount.end and amount.start < a.end for a in found
            ):
                found.append(amount)
    return sorted(found)[:MOST_OF_A_KIND]


_BUDGET = re.compile(
    "(?:预算|budget|心理价位?|最多能?出到?|能出|拿得出|愿意出|控制在|能接受)[^，。；！？,;0-9]{0,12}$"
    "|预算[^，。；！？,;0-9]{0,4}[，,]\\s?(?:最多|撑死了?|顶多|不超过|也就|大概|只有)[^，。；,;0-9]{0,2}$",
    re.IGNORECASE,
)
_BUDGET_OPEN = re.compile("预算[^，。；,;0-9]{0,8}[，,]\\s?$")
"""预算没说死，十万以内."""
_BUDGET_AFTER = re.compile("^(?:左右|以内|以下|上下)?的?预算")
_TO_BUY = re.compile(
    "(?:[想要]买|想要|[想要]租|[想要]找|[想要]换|[想要]订|看看?)[^。；！？;\n]{2,20}$"
)
_FOR_EACH = re.compile("(?:钱)?\\s?[/每一1]个?[人台套件平㎡间吨斤张份]")
_AT_MOST = re.compile("^(?:块|元)?(?:钱)?(?:以内|以下|之内|封顶|内)")
_AT_MOST_BEFORE = re.compile(
    "(?:不[能可会要得]?以?超过?|不到|(?<!不)低于|最多|至多|不高于|上限|封顶|控制在|顶多|最高|撑死了?)(?:能?出到?|是|为|大概)?$"
)
_AT_LEAST = re.compile("^(?:块|元)?(?:钱)?(?:以上|起步?|起跳|打底)")
_AT_LEAST_BEFORE = re.compile("(?:至少|最少|不低于|不少于|起码|最低|超过)(?:要|有|是)?$")


class Budget(NamedTuple):
    """What the customer can spend, in yuan; None where an end is open."""

    low: Decimal | None
    high: Decimal | None
    start: int
    end: int


def budget(folded: str, amounts: list[Amount]) -> Budget | None:
    """The customer's budget, if the sentence calls an amount so."""
    for number, one in enumerate(amounts):
        if not _called_budget(folded, amounts, number):
            continue
        if one.rival and number + 1 < len(amounts):
            one = amounts[number + 1]
        return _ends(folded, one)
    return None


def _called_budget(folded: str, amounts: list[Amount], number: int) -> bool:
    """预算…50万, 50万的预算, or a limit to what they want to buy: 想买辆面包车，10万以内."""
    one = amounts[number]
    last = amounts[number - 1].end if number else 0
    before, after = folded[max(one.start - 24, last) : one.start], folded[one.end : one.end + 8]
    if _FOR_EACH.match(after):
        return False
    if _BUDGET.search(before) or _BUDGET_AFTER.match(after):
        return True
    if _AT_MOST.match(after) and _BUDGET_OPEN.search(before):
        return True
    return bool(_AT_MOST.match(after) and _TO_BUY.search(before))


def _ends(folded: str, one: Amount) -> Budget:
    before, after = folded[max(one.start - 22, 0) : one.start], folded[one.end : one.end + 8]
    low: Decimal | None = one.low
    high: Decimal | None = one.high
    if low == high and (_AT_MOST.match(after) or _AT_MOST_BEFORE.search(before)):
        low = None
    elif low == high and (_AT_LEAST.match(after) or _AT_LEAST_BEFORE.search(before)):
        high = None
    return Budget(low, high, one.start, one.end)
