"""What a customer objects to, told from the words of a record: 嫌报价高 is 价格高."""

from __future__ import annotations

import re

from zhike.base.text import letters_only

# The objections phrases are shipped for, in the order a sales manual has them.
KNOWN: dict[str, re.Pattern[str]] = {
    "价格高": re.compile(
        r"贵(?![公司方单厂院校姓处局部])|(?:价|费用|报价|成本|单价|总价)[^,，。;；]{0,6}(?:高|超|压|降|便宜|优惠)|"
        r"(?:降|压|砍|杀|让)(?:点|些|一?下)?价|打折|折扣|太高|便宜|性价比|少点|降到|压[^,，。;；]{0,4}点|超(?:了|出)?预算"
    ),
    "再考虑考虑": re.compile(
        r"考虑|想想|看看再说|再看看|再等等|不着?急|犹豫|观望|拖|缓一?缓|"
        r"(?:商量|研究|讨论|比较|对比)(?:一?下|看看)?|货比三家"
    ),
    "已有供应商": re.compile(
        r"供应商|(?:已|在|一直|正|现)[^,，。;；]{0,6}(?:合作|在用|用着|用的)|竞品|别家|同行|"
        r"(?:换|切换|迁移)[^,，。;；]{0,4}(?:成本|麻烦|风险)|友商|老关系|对手"
    ),
    "没预算": re.compile(
        r"(?:没|无|缺|暂无|不够|不足|用完|砍|冻结|收紧|压缩)[^,，。;；]{0,6}(?:预算|经费|钱)|"
        r"(?:预算|经费|资金)[^,，。;；]{0,8}(?:没|无|不够|不足|紧|用完|有限|未批|砍|冻结)|资金紧张|没钱"
    ),
    "不是我决定": re.compile(
        r"(?:不是|不归|不由)[^,，。;；]{0,4}(?:决定|说了算|定|管)|做不了主|拍不了板|没有?权|"
        r"(?:领导|老板|老总|总部|董事会|上级|上面|财务|采购)[^,，。;；]{0,6}(?:定|批|决定|拍板|同意|点头)|"
        r"(?:请示|汇报|问)[^,，。;；]{0,4}(?:领导|老板|老总|上级|总部)|审批"
    ),
    "效果不确定": re.compile(
        r"(?:效果|能力|质量|稳定性?|可靠|成功率|投入产出)[^,，。;；]{0,8}(?:不|没|未|怎|如何|担心|怀疑|顾虑|疑)|"
        r"(?:担心|怀疑|怕|质疑|顾虑|不确定|不知道|没把握)[^,，。;；]{0,10}"
        r"(?:效果|用不起来|没用|不行|达不到|不好用|质量|落地|稳定)|没(?:有)?[^,，。;；]{0,6}案例|有没有用|管不管用|不好用|没见过"
    ),
    "交期": re.compile(
        r"交期|货期|工期|(?:交货|交付|到货|发货|上线|周期)[^,，。;；]{0,6}(?:长|久|紧|慢|晚|等不)|来不及|赶不上|太慢"
    ),
    "服务": re.compile(
        r"售后|服务[^,，。;；]{0,8}(?:差|慢|不|没|跟不上|担心|响应)|(?:响应|维修|维护|客服)[^,，。;；]{0,6}"
        r"(?:慢|不|没|差)|没人管|找不到人|出了?问题"
    ),
}
_SHARED = 2  # so many characters in a row make two texts speak of the same


def meant(words: str, others: tuple[str, ...] = ()) -> list[str]:
    """Return the objections a text speaks of, the known ones first, then of `others`.

    `others` are what the organisation calls its own; they are found by their own words.
    """
    if not words.strip():
        return []
    found = [name for name, pattern in KNOWN.items() if name in words or pattern.search(words)]
    plain = letters_only(words)
    return found + [
        name for name in others if name not in KNOWN and _speaks_of(plain, letters_only(name))
    ]


def _speaks_of(words: str, name: str) -> bool:
    if not name or len(words) < _SHARED:
        return False
    if name in words or words in name:
        return True
    pairs = {name[at : at + _SHARED] for at in range(len(name) - _SHARED + 1)}
    held = sum(pair in words for pair in pairs)
    return held * 2 > len(pairs)
