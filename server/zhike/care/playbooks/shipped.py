"""The plans every installation begins with (R29)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple


class Shipped(NamedTuple):
    name: str
    goal: str
    steps: tuple[dict[str, Any], ...]


def _step(after: int, way: str, title: str, content: str) -> dict[str, Any]:
    return {"after": after, "way": way, "title": title, "content": content, "mail": False}


# Contacts are few on purpose: nobody likes to be called every other day (R27).
PLAYBOOKS = (
    Shipped(
        "新客户 30 天开发",
        "一个月内见到拍板的人，弄清需求，约好下一步",
        (
            _step(
                *(0, "phone", "首次电话"),
                "先说清我们是谁、为什么找他；问现在怎么做、谁在用、谁拍板。目标只有一个：约下次见面。",
            ),
            _step(
                *(3, "", "备一页资料"),
                "挑一个同行案例，写一句和他有关的话，见面时带去，不群发。",
            ),
            _step(
                *(9, "visit", "第一次见面"),
                "带三个问题去：现在最费劲的是什么、不解决会怎样、解决了谁最高兴。记下原话。",
            ),
            _step(
                *(10, "", "写会谈纪要"),
                "把听到的需求、双方答应的事和日期写成一页，第二天给对方确认有没有听错。",
            ),
            _step(
                *(19, "meeting", "讲初步方案"),
                "按确认过的需求讲，先讲效果再讲产品；报一个价格区间，看反应，记下异议。",
            ),
            _step(
                *(25, "", "准备异议的回答"),
                "逐条写下上次的顾虑和我们的回答；问清内部流程：还要谁同意、什么时候定。",
            ),
            _step(
                *(30, "visit", "约定下一步"),
                "进展清楚就提交正式方案；没有进展就问能不能先放一放，约一个再看的日子。",
            ),
        ),
    ),
    Shipped(
        "合同到期前 60 天续约",
        "到期前签下续约，不让合作断档",
        (
            _step(
                *(0, "", "整理这一年的合作"),
                "列出交付了什么、用得怎样、出过什么问题、怎么解决的，准备一页成果。",
            ),
            _step(
                *(3, "phone", "问使用情况"),
                "先听不推销：最满意什么、最想改什么、明年有什么打算、人员有没有变动。",
            ),
            _step(
                *(20, "visit", "当面回顾成果"),
                "带着那一页成果去，请用的人和拍板的人一起听，当场确认明年的重点。",
            ),
            _step(
                *(28, "", "写续约方案"),
                "写清范围、价格、和今年的不同；给两个选择，注明到期日和审批要用的时间。",
            ),
            _step(
                *(35, "email", "发续约方案"),
                "附上会面时说好的重点，问清卡在哪一步、还缺什么材料，能帮着写的就帮着写。",
            ),
            _step(
                *(50, "visit", "谈妥并签字"),
                "剩下的分歧当面谈完。谈不成就问清原因，当天告诉主管。",
            ),
            _step(
                *(58, "", "确认衔接"),
                "核对新合同生效日、付款和对接人，把下一次回访排进日程。",
            ),
        ),
    ),
    Shipped(
        "流失挽回",
        "弄清为什么离开，能改的改，给一个回来的理由",
        (
            _step(
                *(0, "", "查清经过"),
                "看最近的跟进、投诉和反馈，问原来的同事，写下我们自己认为的原因。",
            ),
            _step(
                *(1, "phone", "诚恳地问一次"),
                "不辩解不推销：想知道哪里没做好。记下原话，谢谢对方肯说。",
            ),
            _step(
                *(8, "visit", "带着改进去见"),
                "针对说过的每一条，讲已经改了什么、还没改什么。能补偿的当场说定。",
            ),
            _step(
                *(32, "wecom", "告诉他一个变化"),
                "产品或服务上和他离开的原因有关的一个变化，一句话加一张图就够。",
            ),
            _step(
                *(60, "phone", "请他再试一次"),
                "给一个小而具体的方案：试用、分期或先做一部分。不成就问能不能半年后再联系。",
            ),
        ),
    ),
)


def lay_shipped(playbooks: Any, now: datetime) -> None:
    """Lay the shipped plans where there is none at all; `playbooks` is the model, as it is then."""
    if playbooks.objects.exists():
        return
    playbooks.objects.bulk_create(
        playbooks(
            name=one.name, goal=one.goal, steps=list(one.steps), is_shared=True, created_at=now
        )
        for one in PLAYBOOKS
    )
