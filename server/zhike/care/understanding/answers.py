"""How the customer took it: 认可, 疑虑, 拒绝, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhike.care.understanding import names
from zhike.care.understanding.folding import Clause

ACCEPTED, DOUBTFUL, REFUSED = "accepted", "doubtful", "refused"


class Answer(NamedTuple):
    """The customer's response and the words that show it."""

    start: int
    end: int
    value: str


_DEAL = "买|换|做|续|进|订|定|要|上|用|签|投|搞|弄|租|装|采购|合作|参加|考虑"
_ELSEWHERE = (
    "(?:别的?|其[他它])(?:家|人家?|处|供应商|品牌|牌子|平台|渠道)|"
    "(?:别的|其[他它]的?|另(?:外)?一[家个]?|[隔对][壁面]的?)"
    "[^，。；,;的]{0,4}?(?:[店楼厂校所行社馆商场]|公司|机构|中介|团队)|"
    "另(?:外)?一?家|隔壁家?|竞品|友商|(?:竞争)?对手"
)
_SOMEONE = "同行|对[面门]|熟人|老?(?:同学|朋友|战友|邻居|亲戚)"
_NOT_US = f"别(?!的[^，。；,;]{{0,2}}[色款型时日方户天])|其[他它]|另|人|{_ELSEWHERE}|{_SOMEONE}"
_BEFORE = "(?:原来?|老|现有|以前)的?(?:供应商|厂家|服务商|合作方|代理商|公司)"
_SAID = "[，。；,;！!]|$"
_A_DAY = r"\s?(?:[0-9]|[一二三四五六七八九十]+[月号]|[今明后]|下|本|这|周|礼拜|星期)"
_SOME_DAYS = (
    r"(?=[0-9月、,和到\-]+[日号](?:[一二两三四五0-9]+[天晚]|的?(?:酒席|婚宴|宴|场|房|厅|席|档期)))"
)
"""定了24、25号两天 books days; 定了周五签约 only agrees on one."""
_NEAR = "[^，。；,;]"

_AGREES = (
    "谈[好妥拢]了(?=[，。；,;]|$)|(?:价格?|条件|条款|合同|方案)(?:基本|都|也|已经?)*谈[妥好拢]了?(?=[，。；：:,;\\s]|$)|"
    "同意|认同|没问题|没有问题|没问提|没啥问题|[没无]有?(?:什么|啥|反对)?(?:意见|异议)|不反对",
    f"拍板|点头了?|松口|一口答应|爽快|答应(?:了|下来了?)(?={_SAID})|就按这个价|说行|说妥了|说可以",
    f"可以(?={_SAID})|说好(?=[，。,]|$)|(?<![A-Za-z])OK(?![A-Za-z]|了?吗)|反馈OK|approve[d了]",
    f"(?:(?:客户|对方|甲方|业主)(?:(?!我|工厂|财务)[^，。；,;]){{0,6}}|(?:{names.TITLES}|[他她]们?)"
    f"(?:那边|也|都)?)已经确认(?={_SAID})",
    "通过(?=了|[，。；,; ]|$)|确认过|已确认|确认了(?!需求|一下)|"
    "(?:老板|总部|领导|董事会|集团)(?:已经|都)?批(?:了|下来了)",
    f"(?:价格?|报价|条件|方案)[^，。；,;不没]{{0,3}}(?:能|可以)接受|"
    f"(?<!最[高多])[能可]接受(?={_SAID})",
)
_LIKES = (
    f"(?:用[得着的]|觉得|反馈|都说|评价|口感|效果|质量|体验){_NEAR}{{0,4}}不错|合格|好评|五星|赞(?!助)",
    "认可|满意|挺好|用得很好|很好用|[很挺蛮]感兴趣|(?:非常|特别)感兴趣|很喜欢|看[中上]了|意向度?(?:很|较|比较)?高|意向(?:很|较)?强",
)
_BUYS = (
    f"(?:选|基本定|决定用|最后定|还是定)了?我们|选了(?!{_NOT_US})|(?:选定?|定)[A-Za-z][款套方]|中标(?!结果|公示)",
    f"(?<!场地)(?<!地[点方])(?<!日[子期])(?<!婚期)(?<!时间)(?<!人[数选])定了(?![吗:别]|{_A_DAY})|定了{_SOME_DAYS}|定下来了|当场[定订]|(?:刷卡|直接|当场|已经?)[买订定签付交]了|[订]了(?={_SAID})|成交(?![0价额量率])|决定(?:{_DEAL})|愿意先?(?:{_DEAL}|拿|付|试|谈|聊)|同意试用",
    "签了|签约了|(?:成功|已经?|正式|完成|顺利|终于|[今昨前]天|[)日号])签约|签完了|签回|签下来|(?<!去年)(?<!前年)(?<!之前)(?<!以前)(?<!原来)签的合同|签单|盖[好完了]?章了|续了|续约了",
    "下单了|下了(?:首|订)?单|(?:微信|电话|当场|直接|已经?)下单|"
    "[订定]了(?=[0-9一二两三四五六七八九十]+[台套吨件箱个份批单])",
    "(?<![到未待再先要预])付款(?!方|进度|情况|计划|节点|账期|通知|申请|条|前|后|流程|月结|周期|时间|比例|[0-9A-Za-z:要可需能按走])|已经?(?:转账|打款|汇款|结清)|转账了|(?<![没未])[充办买]了[^，。；,;]{0,8}(?:[会学]员卡|[年季月次]卡|套餐|课包)|已付|付了(?!.{0,4}没)|付清|打款了|回款了|已回款|全款|交了款|交了?定金",
    f"(?:刷|打|付|交|转|汇|结)[了完清]{_NEAR}{{0,4}}(?:[定订]金|首付|首款|预付|尾款|全款|[学报]名?费|[年季月次]卡)",
    f"收到了?{_NEAR}{{0,6}}(?:[定订]金|首付|首款|预付款|货款|尾款)",
    f"(?:[定订]金|首款|首付款?|预付款|货款|尾款){_NEAR}{{0,8}}"
    "(?:已收|收到|(?:已|已经)?到账|付了|交了|[转打][过进]?来?了)",
)
_DOUBTS = (
    "(?<!我)觉得(?:还是|价格?|有点|有些|略|稍微?|偏|太|比较)+[高贵](?![级兴端效手档])|(?:[：:]\\s?|[回说嫌]\\s?)(?:还是|价格?|有点|偏|太)+高|嫌|贵(?:得|了?[点些])|(?:太|有点|偏|觉得|还是|价格|比较)贵|(?:价格|价钱|费用)(?:太|有点|偏|比较)?(?:高|搞|贵)",
    "[价费率金款付](?:格|钱|用)?(?:还是|都|也)?(?:太|偏|有点|比较|过|略)高|(?<![彩B])超(?:了|出)?预算",
    "(?<!我)觉得[^，。；,;我]{0,6}(?:[价费率金款]|提成|月供)[^，。；,;比]{0,16}(?:偏|太|有点|有些|过)高(?![级兴端效手档])|"
    "[价费金租][0-9.万千百元块一每/个月年人平米套]{1,10}(?:还是|也)?(?:偏|太|有点|有些)高(?![级兴端效手档])",
    "[不没][能法]接受|(?:接受|承受|吃|遭|扛|顶)不(?:了|消|住)|超出(?:预期|承受)",
    "(?<!可以)(?:再考虑|考虑(?:一下|考虑|看看|(?!采购|[上买换做增加扩用签])))|再研究|研究研究|[先再]?放一放|看看[^，。；,;]{0,6}再(?:说|决定)|再看看|再想想|没想好|拿不定",
    "(?:要|得|想|还要|需要|先|再|回[去家]|[跟和与同](?!我).{1,6}?)商量(?![好过完妥定])|(?:中不中|得)等他媳妇|"
    "要问(?:问|一?下)?(?:[他她]|自己)?(?:老公|老婆|爱人|媳妇|爸妈|妈妈|父母|家里人?|家人|老板|领导|合伙人|股东)|"
    "(?:请示|汇报)(?:一?下)?(?:领导|老板|上[级面]|总部)|[跟向](?:领导|老板|上[级面]|总部)(?:请示|汇报|申请)",
    f"比(?:比|价(?![表单函文]))|跟{_NEAR}{{1,8}}比(?=[，。；,; ]|$)|"
    f"[跟和与]{_NEAR}{{1,8}}[家厂]比(?:较?一?下|一比|较看看)|比较(?:一下|下|[两三几]家)|"
    "(?:再|要|先|在|还得?|多方|多家)比较(?!高|大|急|忙)|[两三几]家在比|货比三家|"
    "(?:再|要|想|先|在)对比(?![表图数])|对比(?:一下|下|另|别|其[他它]|[两三几]家)|"
    f"[看问]{{1,2}}(?:{_ELSEWHERE})",
    "犹豫|观望|顾虑|疑虑|担心|不太?放心|不确定|质疑|存疑|纠结|有(?:些|点)?(?:疑问|异议|顾虑)",
    f"不(?:[太够大]|是很|怎么)?满意(?![就可包])|不太(?:认可|想|放心|信)|(?<!课)先不(?![买要用去来谈说见聊打发急]|报价)|不敢(?:{_DEAL}|拿|下)|不好用|太复杂|太麻烦",
    "怕(?:贵|不|没|麻烦|质量|效果|售后|出问题|有?风险|吃亏|被|用不|做不|学不|后期|以后|影响)",
)
_REFUSES = (
    "不买|不要了|不需要|(?<!先)不考虑|不合作|不续了?|(?<!有)没有?需求|不感兴趣|没兴趣|"
    "[没无]有?(?:意向|意愿|打算|这方面的?需求)|没看上",
    f"(?<![就先])(?:不|莫|莫得|没得)(?:{_DEAL})了|不打算再?(?:{_DEAL})|no interest|rejected",
    "不用再(?:报价?|来了?|跑|跟|发|打)|(?:今年|明年|暂时|近期|目前)都?不上[^，。；,;了]{0,6}了|不用[再在]?联系|别再(?:联系|打)|别(?:联系|打(?!扰))|不要[再在]?(?:打(?![折包样])|联系|来电)",
    "拒绝(?!往来)|回绝|婉拒|谢绝|放弃了?(?!治)|(?<![也都])没谈成|丢单|(?<![寄弄搞走遗])丢了|黄了|pass了|抢走了|被.{1,8}拿下",
    f"取消(?:合作|订单|采购|预[订定])|(?<![谈会约访程见])取消了|退订|[订单]单?{_NEAR}{{0,2}}退了|"
    "项目(?:被|都)?(?:砍|取消|停)了|砍掉(?:了|这)",
)
_GOES_ELSEWHERE = (
    f"(?:定|选|用|签|找|买|订)了?(?:{_ELSEWHERE})(?!{_NEAR}{{0,6}}比)",
    f"(?:选|定|签|订|用|买|换|找|报|给)了(?:{_ELSEWHERE}|{_SOMEONE})|选了(?:{_NOT_US})",
    f"改[从用](?:{_ELSEWHERE})|在(?![我咱]){_NEAR}{{1,6}}(?:那[里边]?|家)[买订定签做办换租装拍]了|不(?:用|找|选)我们(?:家|做)?了",
    f"(?:在|跟|和|找|从)(?:{_ELSEWHERE}){_NEAR}{{0,4}}了|(?:跟|和|与){_BEFORE}{_NEAR}{{0,4}}[签续定]",
    "(?:已经?|早就?|都)有了?(?:固定|长期|稳定)的?(?:供应商|供货商|合作[方伙的]|渠道)|有了?固定的?供应商",
)
_YES = re.compile(
    f"(?<![不没未别勿唔冇])(?:{'|'.join((*_AGREES, *_LIKES, *_BUYS))})", re.IGNORECASE
)
_LIKE = re.compile("|".join(_LIKES))
_OF_ANOTHER = re.compile(
    f"(?<!比)(?:(?:现在|目前|现有|一直)[^，。；,;我]{{0,6}}(?:[那这]家|供应商|厂家|承运商|服务商)|(?:{_ELSEWHERE}))"
    "的?[^，。；,;我]{0,3}$"
)
"""现在合作的那家挺好: what is praised is not ours."""
_AGREE = re.compile("|".join(_AGREES), re.IGNORECASE)
_DOUBT = re.compile("|".join(_DOUBTS))
_GOES = re.compile("|".join(_GOES_ELSEWHERE))
_NO = re.compile("|".join((*_REFUSES, *_GOES_ELSEWHERE)))
_WORDS = ((REFUSED, _NO), (DOUBTFUL, _DOUBT), (ACCEPTED, _YES))
_PUT_OFF = re.compile(
    "但(?!是没问题)|不过|就是|可是|只是|没成|没批|没同意|不同意|没签|推迟|再议|卡[住在]|没approve",
    re.IGNORECASE,
)
_SOMEONE_ELSE = re.compile(f"(?:{names.TITLES})[^，。；,;]{{0,3}}$")
"""爸爸很满意，妈妈嫌贵: another than the one who liked it."""
_BUT = re.compile("就是|但|不过|只是|可是")
_AFTER_ALL = re.compile(
    "还是(?:[交付签定买订打下续]了|决定|同意|答应)|(?:其实|最后|最终)[^，。；,;]{0,6}[交付签定买订打转续][过进]?来?了"
)
"""贵了点，还是签了: what was held against it did not count in the end."""
_NEGATED = re.compile(
    "我$|被[^，。]{0,2}$|(?:[不没未]|别(?![家人的]))[^，。]{0,2}$|是否$|能否$|能不能$|有没有$|如果$|要是$|等.{0,6}$|才$"
)
_ONCE_DONE = re.compile("再|就|通知|告诉|才|(?:之|以)?后(?:再|才|就)")
_PRICE_SETTLED = re.compile(
    "(?<![跟给对向和])(?:[他她]们?|客户|对方)说(?:这个)?(?:价[格钱]?|报价)没问题(?=就[按照])"
)
"""他说价格没问题就按去年的走 settles it; 样品没问题就按合同走 does not yet."""
_TO_DO = re.compile("(?<![于经已后刚天])把[^，。；,;已]{1,6}$")
_DENIED = re.compile(
    "(?:不可能|不会|没有?|未|不是|并非|并不是|不能说|也?没说|(?:怎么|哪)(?:可能|会|能)?)$"
)
"""Before a doubt or a refusal these words take it back: 不是没兴趣, 怎么会不买."""
_OUR_OWN = re.compile("(?<![对跟给向和找让比])我[^，。；,;他她]{0,3}$")
_OUR_DOING = re.compile("(?<![对跟给向和找让比])我们?(?:这边|也|就|都|已经?)?$")
_WITH_US = re.compile("(?:[跟和与给向]|我们?)[^，。；,;]{0,3}$")
_PONDERED = re.compile("问|商量|请示|汇报|申请|担心|考虑|研究|犹豫|纠结|怕|想想|不确定")
_ASKED = re.compile("[催问谈聊][^，。；,;]{0,6}$")
"""催了一下付款: we ask, they have not paid."""
_SOMETHING_ELSE = re.compile(
    f"了?[，,]\\s?(?:想|要|就|都|全部?)*[换改]成?(?![了一人家店]|{_ELSEWHERE}|工作|城市|方向|"
    f"{_NEAR}{{0,4}}(?:供应商|厂|公司|平台|渠道|机构))"
)
"""6mm的不要了，换8mm: another thing, not nothing."""
_OR_ELSE = re.compile("(?:不然|否则|要不)[^，。；,;]{0,6}$")
_THREAT = re.compile("(?:就|只能|只好|会)(?:只能|得|要|会|去|另|再)*$")
"""做不到就找别家: what they would do, not what they did."""


def response(
    folded: str, parts: Sequence[Clause], planned_at: Sequence[tuple[int, int]]
) -> Answer | None:
    """认可, 疑虑 or 拒绝, as the customer said; mixed answers and one's own feeling give none."""
    found = {}
    refused = [match.span() for match in _NO.finditer(folded)]
    for value, pattern in _WORDS:
        told = (match for match in pattern.finditer(folded) if _holds(match, value, folded))
        if value == ACCEPTED:
            told = (match for match in told if not _only_planned(match, planned_at, folded))
            # 跟别家签了 is no 签了.
            told = (m for m in told if all(m.end() <= a or b <= m.start() for a, b in refused))
        if (match := next(told, None)) is not None:
            found[value] = Answer(*match.span(), value)
    return _weighed(found, folded)


def _holds(match: re.Match[str], value: str, folded: str) -> bool:
    """Whether the words before leave the answer standing."""
    before = folded[max(match.start() - 4, 0) : match.start()]
    if value == DOUBTFUL and _PONDERED.search(match[0]) and _OUR_OWN.search(before):
        return False
    if value == REFUSED and _GOES.match(folded, match.start()) and _OUR_DOING.search(before):
        return False
    if match[0][0] in "不没" and folded[match.start() - 1 : match.start()] == match[0][1:2]:
        return False  # 续不续: a question
    done = "了" in match[0] or folded.startswith("了", match.end())
    paid = value == ACCEPTED and "款" in match[0] and not done
    if paid and _ASKED.search(folded, max(match.start() - 8, 0), match.start()):
        return False
    if match[0].endswith("已经确认") and _WITH_US.search(before):
        return False
    liked = value == ACCEPTED and _LIKE.match(folded, match.start())
    if liked and _OF_ANOTHER.search(folded, max(match.start() - 16, 0), match.start()):
        return False
    if value == REFUSED and _SOMETHING_ELSE.match(folded, match.end()):
        return False
    if value == REFUSED and not done and _THREAT.search(before):
        return False
    if value == REFUSED and _OR_ELSE.search(folded, max(match.start() - 8, 0), match.start()):
        return False
    return not (_NEGATED if value == ACCEPTED else _DENIED).search(before)


def _only_planned(match: re.Match[str], planned_at: Sequence[tuple[int, int]], folded: str) -> bool:
    """付了通知我, 过去把合同签了, words after a planned day: not yet so."""
    settled = _PRICE_SETTLED.search(folded, max(match.start() - 9, 0), match.end() + 2)
    if _ONCE_DONE.match(folded, match.end()) and settled is None:
        return True
    if "了" not in match[0]:
        return any(a <= match.start() < b for a, b in planned_at)
    return bool(planned_at and _TO_DO.search(folded, 0, match.start()))


def _weighed(found: dict[str, Answer], folded: str) -> Answer | None:
    yes, doubt, no = (found.get(value) for value in (ACCEPTED, DOUBTFUL, REFUSED))
    if no is not None:
        return no if yes is None else None
    if yes is None:
        return doubt
    if _AFTER_ALL.search(folded):
        return yes
    if doubt is not None:
        return doubt if _taken_back(yes, doubt, folded) else None
    put_off = _PUT_OFF.search(folded) and not re.search("但是?没问题", folded)
    return None if put_off else yes


def _taken_back(yes: Answer, doubt: Answer, folded: str) -> bool:
    """挺好的，要商量; 满意，就是有点贵: liked or agreed first, then doubted by the same person."""
    if doubt.start < yes.end:
        return False
    if _LIKE.match(folded, yes.start):
        return _SOMEONE_ELSE.search(folded, yes.end, doubt.start) is None
    but = _BUT.search(folded, yes.end, doubt.end)
    if but is None or not _AGREE.match(folded, yes.start):
        return False
    other = names.TITLE.search(folded, but.end())
    return other is None or other.start() >= doubt.start
