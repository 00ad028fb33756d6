"""A stretch of the sentence, and the first of them: what the customer wants."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhike.care.understanding import names


class Piece(NamedTuple):
    """A stretch of the sentence with a meaning of its own."""

    start: int
    end: int


_LEAD = re.compile(
    r"^(?:[\s,，:：)）、的就又也都我们由得]|要(?![货账债人])|会(?![面谈诊审签客餐])|左右|上下|之前|以前|前|后|[上下]午|"
    r"早上|晚上|中午|一早|早|晚|大概|应该|可能|必须|务必|最迟|最晚)+"
)
_TRAIL = re.compile(r"[\s,，:：(（、]+$")


def trimmed(folded: str, start: int, end: int) -> Piece | None:
    """A stretch without the small words and stops around it; None if nothing is left."""
    lead = _LEAD.match(folded[start:end])
    start += lead.end() if lead else 0
    trail = _TRAIL.search(folded[start:end])
    end = start + trail.start() if trail else end
    return Piece(start, end) if end > start else None


_COUNT = "[0-9一二两三四五六七八九十]"
_GOODS = (
    "本(?![月周地人金来身])|[箱册斤件袋盒瓶桶包吨卷套台张只条把块根支枝朵颗棵罐桌辆份批]|"
    "公斤|kg|个(?![月点小工人星礼])"
)
_ACTS = (
    "去来等提涨降付交给找跟和把先再多少超过到在留看打签回问开上下改出发送寄报加减"
    "让请派招试装拿买订换租做了货"
)
"""What is done rather than wanted: 要等5个…, 要发3箱 (ours)."""
_PLACES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖[北南]|广[东西]|海南|"
    "四川|贵州|云南|陕西|甘肃|青海|内蒙|西藏|宁夏|新疆|香港|澳门|台湾|东北|西北|华东|三亚|"
    "欧洲|北欧|东南亚|日本|韩国|泰国|越南|新加坡|马来|印尼|美国|法国|意大利|英国|澳洲|新西兰|埃及|土耳其|迪拜"
)
_ON_DUTY = (
    "[^，。；,;]{0,4}(?:出差|开会|拜访|考察|看[厂看货]|发展|工作|上班|开店|办[事厂]|参[展会]|"
    "分?公司|厂|总部)"
)
"""想去云南 is a journey wanted; 想去上海出差 is business of their own."""
_WANTS = (
    "想要|想订|想定|想做|想买|想租|想换|想上|想找|想采购|想了解|[想要]加(?!微信|[vV]|好友|急|班)|想看|[想要]住(?!院)|想(?=[存贷])|想(?=续[贷保费约租]|出租|转让|置换)|想进(?!一步)|要货(?=[0-9])|要(?=退货|换货|退款|退换)|想投(?!诉)|想[给为帮](?![他她您你我咱]|客户|对方)(?=[^，。；,;]{1,5}(?:[买办存做订配换装选找投学]|报(?!价)))|[换改][成为用要]?(?=[0-9.]+\\s?(?:[mc]m|毫米|厘米|寸|匹|升|k?W|kw))|[想要][报考学](?=[^，。；,;]{2})",
    f"需要|要求|急需|可能要|要(?={_COUNT})|要(?=一[份个台套批])|要(?=整[^理改])|要上(?={_COUNT})",
    f"(?<!我们)要印(?=[0-9])|(?<!我们)要出(?=[0-9]{{3,}}[本册])|想去(?=(?:{_PLACES})(?!{_ON_DUTY})|[一-鿿]{{2,5}}(?:旅游|度假|自驾|研学|团建))|"
    f"(?<![主重必首])要(?:货[: ])?(?=[^，。；,;的 0-9{_ACTS}][^，。；,; 0-9]{{0,7}}[0-9]+"
    f"(?:{_GOODS}))|要再(?=[^，。；,;再]{{0,3}}{_COUNT}+(?:[类种款条间]|{_GOODS}))",
    "要从(?=[^，。；,;]{1,8}(?:升|换|转|改))|想把(?=[^，。；,;]{2,12}(?:打通|对接|换成|升级|改成|集成|接入|整合|上云|搬到))|"
    f"(?<![主重必首需想])要(?=(?![{_ACTS}走等过用有]|流程|审批)[^，。；,;\\s0-9]{{1,5}}(?:化部署|部署|化改造|定制款?))|"
    "要有(?!人|时间|[信耐]心|预算|钱|空|的|一[定个])|[要想]找(?=[个家位名]|一[个家位名])|要做|"
    "要(?=样[品本册机]|资料|目录|图[纸册]|手册|发票|授权|检测报告|代理价)|要(?=[A-Za-z-]{3}|[A-Z][A-Z0-9-]+(?:[，。；,;\\s]|$))|要[买租订换配装](?![了的])|要(?:打通|对接|接入|支持|开通|实现)",
    f"先要|先来|先拿|先[下订](?={_COUNT})|愿意拿|先做个?|只做|加订|追加|主要想|有意(?:向(?!的?客户|[金强度不高低书]))?|意向(?!的?客户|[金强度不高低书])|考虑(?:采购|上|买)",
    f"要了(?={_COUNT})|订购|[订定]了?(?={_COUNT})|采购(?={_COUNT})|[下订]单[:\\s](?!¥|\\s?[0-9,.]+(?:[万元wW]|$|[，。；,;\\s]))|订货[:\\s]",
    "感兴趣的是|需求是|需求:|咨询了?|打听|询问|有没有|"
    "[问想](?:[0-9]{1,2}月|[今明]年|现在|你们|我们|下周)有没有|"
    "(?:(?<=[上店]问)|(?<=私[聊信]问)|(?<=来电问))(?:了?一?下|了)?(?!了|题|[他她它我你]|好多|多少|什么|怎么|啥|何时|一?[嘴声])(?=[^，。；,;]{3,12}(?:[，。；,;]|$))|"
    "问(?:了|下|一下)?(?![他她它]|客户|对方)(?=[^，。]{0,8}(?:有没有|能不能|怎么|多少))",
)
_NEED = re.compile(f"(?:{'|'.join(_WANTS)})(?P<n>[^，。；！？,;!?\\n]{{2,24}})")
_INTEREST = re.compile(
    "(?<![那一这几两面反针绝相])对(?P<n>[^，。；,;]{2,16}?)(?:很|比较|挺|非常|蛮|有点|特别)?(?:感)?(?:兴趣|有兴趣|有意向)"
)
_NEED_END = re.compile(
    f"(?:(?<=[一-鿿]) |单价|(?<=.)[一每](?:{_GOODS})[0-9]|共[0-9]|"
    "报价|预算|大概|大约|左右|的样子|，|,|下周|明天|后天|周[一二三四五六日]|"
    "[0-9]+月|给|让|月底|年底|来对接|对接|看看|再说).*$"
)
_NEED_START = re.compile(
    "^(?:[0-9]{1,2}月[0-9]{1,2}[号日](?:的|(?=年会|会议室|包[间厢厅场]|宴|房间?|酒席|场地))|[了过下个的]|一下|是|有没有|做(?!到)|能不能|上)+"
)
_UNWANTED = re.compile("(?:[不没只我]|不太|不怎么|不是很|没怎么)$")
_NOT_NEED = re.compile(
    f"{_COUNT}+(?:[、和到-]{_COUNT}+)*[号日]|"
    "[^，]{1,4}的(?:有|人|客户)|[拖延推]|原因|情况|消息|进展|结果|[0-9.]+\\s?(?:%|个点)|个?(?:机会|借口|办法|理由)|再|退|[不很较挺强高]|一[会直定起样]|价格?$|做?[两三几]件事|考虑|商量|回|等|时间|老板|领导|走流程|审批|确认|签|付款|开会|催|降|"
    "打[0-9一二三四五六七八九]|便宜|优惠|一下|联系|少|名|[两三几]家|"
    "[0-9.一二两三四五六七八九十百千万]+[来多几]?(?:天|元|块|万|亿|[wWkK]|个?月|年|个人|人)(?![份的]|流贷|[一-鿿]{0,2}(?:贷|保险|保额|理财|存[单款]|定[期存]|额度|授信))"
)
_EARLIER = re.compile("(?:去年|前年|以前|之前|上[次回月])[^，。；,;]*$")
_OF_PERSON = re.compile(f"的[^，。；,;的]{{0,3}}(?:{names.TITLES}).*$")
"""要做小程序的陆老板: what is wanted ends before the one who wants it."""
_ONLY_COUNTED = re.compile(f"{_COUNT}+\\s?(?:[平米间]|{_GOODS})")
_OF_WHAT = re.compile(
    "(?:(?<![^，。；,; ]))(?P<n>[^，。；,; 0-9他她我你说问客家还也再就先人老小]{1,6}"
    "[^，。；,; 0-9他她我你说问客家还也再就先人司厂店院校部局所])$"
)
"""瓷砖要3000平: what is counted stands before."""


def need(folded: str) -> Piece | None:
    """What the customer says they want."""
    if (match := _INTEREST.search(folded)) is not None and not re.search("[不没]", match[0]):
        return Piece(*match.span("n"))
    for match in _NEED.finditer(folded):
        if _UNWANTED.search(folded, max(match.start() - 3, 0), match.start()):
            continue
        asked = folded[match.start() - 1 : match.start()] == "问"
        if asked and (names.TITLE.search(match["n"]) or names.LATIN.match(match["n"])):
            continue
        if match[0].startswith("要了") and _EARLIER.search(
            folded, max(match.start() - 16, 0), match.start()
        ):
            continue
        start, end = match.span("n")
        text = folded[start:end]
        if text.startswith("的") and not text.startswith("的是"):
            continue  # 想做的, 需要的: no longer the customer's asking
        lead = _NEED_START.match(text)
        start += lead.end() if lead else 0
        looked_for = "找" in folded[match.start() : start]  # 找个会做饭的阿姨
        for ending in (_NEED_END,) if looked_for else (_NEED_END, _OF_PERSON):
            cut = ending.search(folded[start:end])
            end = start + cut.start() if cut else end
        if end - start < 2 or _NOT_NEED.match(folded[start:end]):
            continue
        if _ONLY_COUNTED.fullmatch(folded, start, end):
            start = _counted_from(folded, match.start(), start)
        return Piece(start, end)
    return None


def _counted_from(folded: str, wish: int, start: int) -> int:
    """Where the need begins that is told as a count: with the thing before the wish, if any."""
    thing = _OF_WHAT.search(folded, max(wish - 12, 0), wish)
    return thing.start("n") if thing and not names.TITLE.search(thing["n"]) else start
