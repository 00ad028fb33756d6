"""How the customer took it: 认可, 疑虑, 拒绝, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhike.care.understanding.folding import Clause

ACCEPTED, DOUBTFUL, REFUSED = "accepted", "doubtful", "refused"


class Answer(NamedTuple):
    """The customer's response and the words that show it."""

    start: int
    end: int
    value: str


_YES = re.compile(
    r"(?<![不没未别])(?:认可|满意|同意|没问题|没有问题|没问提|没意见|拍板|通过|确认过|"
    r"已确认|确认了(?!需求|一下)|没啥问题|松口|就按这个价|定了(?![吗:])|定下来了|说行|"
    r"说妥了|说可以|点头了?|成交|签了|签约了|签完了|签回|签下来|签的合同|签单|"
    r"已?付款(?!方|条|前|后|流程)|已付|付了(?!.{0,4}没)|付清|打款了|下单了|下了(?:首|"
    r"订)?单|交了?定金|合格|反馈OK|approved|很感兴趣|很认同|认同|挺好|用得很好|很好用|"
    r"好评|五星|说好(?=[，。,]|$)|意向度?(?:很|较|比较)?高|意向(?:很|较)?强|选了我们|"
    r"选我们|选了(?!别|其他|其它|另|对手|竞)|中标(?!结果|公示)|续了|续约了|当场定|"
    r"回款了?|全款|赞|交了款|(?<![A-Za-z])OK(?![A-Za-z]|了?吗)|很喜欢|同意试用|"
    r"可以(?=[，。,]|$))",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    "嫌|贵得|(?:太|有点|偏|觉得|还是|价格|比较)贵|(?:价格|价钱|费用)(?:太|有点|偏|"
    "比较)?(?:高|搞|贵)|再?考虑(?:一下|考虑|看看)?|(?:要|得|想|还要|需要|先|再|"
    "跟.{1,6}?)商量|要问(?:问|一下)?(?:老公|老婆|家人|老板|领导)|比[比价较]|两家在比|"
    "三家在比|"
    "货比三家|犹豫|观望|顾虑|疑虑|担心|不放心|不确定|没想好|拿不定|不太(?:满意|认可|"
    "想|放心|信)|有(?:些|点)?(?:疑问|异议|顾虑)|先不(?!买|要|用)|看看再说|再看看|"
    "再想想|(?:中不中|得)等他媳妇|质疑|怕(?![误])|纠结|超(?:了|出)?预算"
)
_NO = re.compile(
    "不买|不要了|不需要|没需求|没有需求|不考虑|不用再?联系|别再?(?:联系|打)|"
    "拒绝(?!往来)|回绝|选了(?:别|其他|其它|另|对手|竞|人)|没谈成|不合作|(?<!就)不做了|"
    "不续了?|不感兴趣|没兴趣|没有?意向|不签了|取消(?:合作|订单|了)|退订|定了别家|"
    "用了?别家|"
    "跟别家签|被.{1,8}拿下|丢单|丢了|黄了|不打算(?:买|换|做|续)|no interest|rejected|"
    "婉拒|放弃了?(?!治)|签了别家|找了别家"
)
_PUT_OFF = re.compile(
    "但(?!是没问题)|不过|就是|可是|只是|没成|没批|没同意|不同意|没签|推迟|没approve", re.IGNORECASE
)
_NEGATED = re.compile(
    "我$|[不没未别][^，。]{0,2}$|是否$|能否$|能不能$|有没有$|如果$|要是$|等.{0,6}$|才$"
)


def response(
    folded: str, parts: Sequence[Clause], planned_at: Sequence[tuple[int, int]]
) -> Answer | None:
    """认可, 疑虑 or 拒绝, as the customer said; mixed answers and one's own feeling give none."""
    found: dict[str, Answer] = {}
    for value, pattern in ((REFUSED, _NO), (DOUBTFUL, _DOUBT), (ACCEPTED, _YES)):
        for match in pattern.finditer(folded):
            if value == ACCEPTED and _NEGATED.search(
                folded[max(match.start() - 4, 0) : match.start()]
            ):
                continue
            if (
                value == ACCEPTED
                and any(a <= match.start() < b for a, b in planned_at)
                and "了" not in match[0]
            ):
                continue
            found.setdefault(value, Answer(match.start(), match.end(), value))
            break
    if REFUSED in found:
        return (
            found[REFUSED]
            if ACCEPTED not in found
            or found[ACCEPTED].start in range(found[REFUSED].start, found[REFUSED].end)
            else None
        )
    if ACCEPTED in found and (DOUBTFUL in found or _PUT_OFF.search(folded)):
        return (
            None if found.get(DOUBTFUL) or not re.search("但是?没问题", folded) else found[ACCEPTED]
        )
    return found.get(ACCEPTED) or found.get(DOUBTFUL)
