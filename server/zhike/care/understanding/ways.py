"""How the contact was made, and whether it was made at all or is only planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from zhike.care.understanding import names
from zhike.care.understanding.folding import MOST_OF_A_KIND, Clause, clause_at

PHONE, VISIT, WECHAT, WORK_WECHAT = "电话", "拜访", "微信", "企业微信"
MAIL, ONLINE, EVENT, SOCIAL = "邮件", "线上会议", "活动", "社交媒体"
_STAYS_PLANNED = frozenset((PHONE, WECHAT, WORK_WECHAT, MAIL, ONLINE))

_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        ONLINE,
        "(?:线上|视[频屏]|网络|腾讯|飞书|钉钉|电话|远程|云|在线|语音)(?:会议|"
        "会(?![员做给再出]))|腾会|线上[^，。；,;]{1,3}会|(?:线上|远程|在线)(?:[跟和给与][^，。；,;]{1,6})?(?:讲|演示|沟通|交流|讲解|培训|评审|对接|"
        "开了?会|碰)|"
        "视频(?:沟通|聊|连线|通话|对接|演示|讲)|(?<![发拍传])视频(?:给[^，。；,;]{1,6})?[看过](?:了|的|完)|(?:约了?|开了?|连了?|"
        "打了?)[^，。；,;]{0,8}视频|zoom|teams(?!pe)|webinar|google meet|webex|线上过了",
    ),
    (WORK_WECHAT, "企业微信|企微|钉钉|飞书(?!会|文档|视频)"),
    (
        SOCIAL,
        "(?:小红书|抖音|微博|快手|知乎|视频号)(?!投|推广|广告|店|账?号|代?运营|直播间|种草|小店|团购|带货|平台)|"
        "(?<![A-Za-z])qq(?=上|群|里|聊|问)|短信|领英|linkedin|"
        "朋友圈|B站|私信|"
        "公众号(?:留言|后台)|闲鱼|脸书|facebook|instagram|ins上|whatsapp",
    ),
    (WECHAT, "微信(?!号|支付|转账|收款|小程序|[:：]?\\s?[0-9])|wechat|vx|weixin|威信"),
    (
        MAIL,
        "邮件|(?<![A-Za-z])e-?mail|发邮|回邮|mail了|(?:发|写|回)了?封?信|[发寄传][^，。；,;]{0,6}邮箱(?![地号])",
    ),
    (
        PHONE,
        "电话(?!号|线|后|尾|系统|会|费|机|销售|[:：]?\\s?[0-9+])|致电|电[访联](?!系)|(?<!普)通(?:了|过)?(?:个|一?次|"
        "完)?话|来电|去电|回电(?=说|了)|座机|(?<![A-Za-z])(?:call|phone|rang)(?:ed|了)?(?![A-Za-z])|"
        "未接|没接|没人接|"
        "接通|(?<![A-Za-z统据务链块])打通|拨[打通了]|再打(?!样|包|折|印|算|开|款)|打(?:了|"
        "过)?[一两三四五0-9]+[次遍个](?!折|[0-9万千百样])|打(?:过去|过来)|打给|关机|占线|"
        "停机了?(?=[，。,; ]|$)|空号|[回打]了?(?:个|通)电话|(?:对方|客户|他|她)打来|挂[了断]?电话",
    ),
    (
        VISIT,
        "拜[访放仿防]|从(?:客户|[他她]们?)[^，。；,;]{0,4}出来|走访|上门|登门|(?<!出)面谈|面聊|面访|当面|来访|到访|实地|(?:来|"
        "到)(?:了)?(?:我们?)?(?:公司|店里?|厂里?|展厅|门店|办公室|工厂|咱这|我司)|来厂|"
        "来店|来(?:看|参观|考察|咨询|提车|试[驾听吃穿戴用乘]|取[货样]|拿[货样]|选[样型])|参观|考察|"
        "(?<![过出回进上下没不拿他她户总])去(?![年掉仓库银邮税工别其])[^，。；,;了过]{2,5}[给帮跟和找陪][^，。；,;了过]{0,4}"
        f"(?:{names.TITLES}|[他她]们?|客户)[^，。；,;了过再]{{1,5}}了(?![再就才])|"
        "(?:在|到|约在)[^，。；,;]{0,6}(?:办公室|茶馆|茶楼|咖啡[厅馆]|车间|现场|店里|公司|厂里|门口)[^，。；,;]{0,4}(?:聊|谈|坐|碰|见|待|呆)|"
        "on-?site visit|walk.?in|(?:去|跑|到)了?(?:一)?[趟次]|(?<!意)见[了着到](?!效)|见过|"
        "来过(?!电)|见面|碰面|碰了?个?[头面]|碰过|(?<![过出回进上下])去了(?!解)|(?<![寄发送传转打拉运递付汇导拿])过去了|去过|去[^，。；,;]{0,8}(?:拜访|"
        "公司|工厂|厂里|现场|工地|店里|车间|单位|办公室|医院|学校|那儿|那边|瞅)|"
        "到(?!了?通知)[^，。；,;]{0,6}(?:公司|现场|工地|厂里|校区|门店|展厅|售楼处|车间|仓库)|来(?:校区|所里|展厅|售楼处)|"
        "登门|勘察|勘测|踏勘|下[厂店](?!单)|visit|驻场|进店|都来了|(?<![A-Za-z])onsite",
    ),
    (
        EVENT,
        "展会(?!场|物料|搭建|方案|预算)|(?:广交|进博|服贸|消博|高交|农博|车博|糖酒)会|沙龙|(?:宣讲|说明|品鉴)会|参加[^，。；,;]{1,6}展(?=[，。；,;\\s]|$)|大会|论坛|峰会|发布会|答谢会|[年酒]会(?!场|物|流程|[0-9一二两三四五六七八九十]+桌|方案|预算|主持|节目|(?:[想要]|打算|准备)*(?:[订租](?!了(?!我|[0-9一二两三四五六七八九十]))|包[场车]|用(?!餐)))|展台|展位|研讨会|交流会|推介会|"
        "招商会|订货会|[车博糖广]交?展|博览会|讲座|路演|活动(?:上|现场|中|认识|加)|展上|"
        "会展",
    ),
)
_WAYS = re.compile(
    "|".join(f"(?P<w{number}>{pattern})" for number, (_way, pattern) in enumerate(_PATTERNS)),
    re.IGNORECASE,
)
_LEFT_PHONE = re.compile(
    "(?:联系人|给了|留了?下?|要了?到?|换了?|存了?|记下?了?|交换了?|有|没有?|问了?)(?:他|她|"
    "我|个|的|老板|客户)*$"
)
_MONEY = re.compile(
    "(?:[款金钱费租万千百元块]|尾数)[^，。；,;电话]{0,6}$|"
    "(?:[定订]金|[货尾余首]款|首付|预付款?|款子?|钱)[^。；;电话]{0,12}$"
)
"""尾款打过来 is no call."""
_UNWANTED = re.compile("(?:别|不要|不用|勿)再?[打发加]?$")
_DONE = re.compile(
    "(?<!为)了(?!解)|过(?![来去会程])|完|的|[没未不]|刚|空号|关机|接通|上联系|联系上|"
    "已|说|来电|聊|参观|done|试驾|收到"
)
_PLAN = re.compile(
    "明[天早晚日]|后天|下周|下下?个?月|下星期|下礼拜|再(?!三)|准备|打算|计划|要去|将|"
    "会去|改天|约(?!的)|安排|前去|之后|回头|有空|记得|提醒|先(?=给|去|把)|"
    "给.{0,12}(?:打|发)(?!了)|最晚|必须|尽快|[两三几0-9]+[天周]内|半小时内"
)


_NTH = re.compile("(?:第[一二两三四五六0-9]+|最后一|头一|首)次$")


class Way(NamedTuple):
    """A way named at `start`–`end`; `done` when the contact was made so."""

    start: int
    end: int
    way: str
    done: bool


def find(folded: str, parts: Sequence[Clause], planned_at: Sequence[tuple[int, int]]) -> list[Way]:
    """Every way named. `planned_at`: where planned days stand with the words that follow them."""
    found = []
    for match in islice(_WAYS.finditer(folded), MOST_OF_A_KIND):
        number = int((match.lastgroup or "w0")[1:])
        way = _PATTERNS[number][0]
        start, end = match.span()
        before, after = folded[max(start - 16, 0) : start], folded[end : end + 12]
        if way == PHONE and match[0] == "电话" and _LEFT_PHONE.search(before):
            continue
        if (
            way == PHONE
            and re.match(r"^(?:是|为)?[:： ]?\s?[(]?[0-9+][0-9\-)]{5}", after)
            and match[0] in ("电话", "座机")
            and not before.endswith("打")
        ):
            continue
        if _UNWANTED.search(before):
            continue
        if match[0] in ("打过来", "打过去") and _MONEY.search(before):
            continue
        if way in (WECHAT, WORK_WECHAT) and re.search("(?:留|推)了?(?:个|他|她|我)*$", before):
            continue
        nth = _NTH.search(before) is not None
        part = parts[clause_at(parts, start)]
        own = folded[part.start : part.end]
        planned = any(a <= start < b for a, b in planned_at) or _is_planned(
            own, start - part.start, end - part.start, way
        )
        if way in (VISIT, EVENT) and planned_at and planned_at[0][0] < start:
            planned = planned or not _DONE.search(own[start - part.start :])
        found.append(Way(start, end, way, nth or not planned))
    return found


def _is_planned(clause: str, start: int, end: int, way: str) -> bool:
    head, tail = clause[:start], clause[end:]
    if re.search("(?:[了过着]|见到)$", clause[start:end]):
        return False
    plan = _PLAN.search(head) or (way != PHONE and re.search("[让请叫].{0,6}$", head))
    told = _DONE.search(clause[start:])
    if _PLAN.search(head) and not re.search("了|过|完", clause[start : end + 2]):
        return True
    if plan and not told:
        return True
    if re.match("(?:给他|给她|沟通一下|催一?下|回访一下|再|问问)", tail) and not told and plan:
        return True
    wanted = re.search(
        "(?:想|要|需要|希望|愿意|可以|能|不想|可|建议|欢迎|邀请?|争取|说好|安排|去|"
        "请)[^，。]{0,4}$",
        head,
    )
    return bool(wanted and way in (VISIT, EVENT, ONLINE) and not re.search("^(?:了|过|完)", tail))


_TOOK_PLACE = re.compile(
    "刚走|(?<![没未不])(?:聊|谈|沟通|碰|试[驾听吃用戴穿]|体验|参观|量)(?:了(?!解)|[过完](?![来去]))"
)
"""A contact was made, in a way not told: 聊了报价，周四视频会议."""


def choose(
    found: Sequence[Way], parts: Sequence[Clause], contact_at: int | None, folded: str
) -> Way | None:
    """The way of the contact made, in the clause of its day if told there; else a planned one."""
    done = [one for one in found if one.done]
    if contact_at is not None and done:
        clause = clause_at(parts, contact_at)
        beside = [one for one in done if clause_at(parts, one.start) == clause]
        done = beside or done
    if done:
        return done[0]
    planned = next((one for one in found if one.way in _STAYS_PLANNED), None)
    if planned is None or _TOOK_PLACE.search(folded, 0, planned.start):
        return None
    told_at = -1 if contact_at is None else clause_at(parts, contact_at)
    return None if 0 <= told_at < clause_at(parts, planned.start) else planned
