"""What kinds of notices there are, and by which channels each goes unless a person wishes else."""

from __future__ import annotations

from typing import NamedTuple

MAIL = ("mail",)
ROBOTS = ("wecom", "dingtalk", "feishu")


class Kind(NamedTuple):
    """`ways` are kinds of `Channel`; the screen is always one."""

    label: str
    note: str
    ways: tuple[str, ...] = ()


DIGEST, SYSTEM = "digest", "system"
KINDS: dict[str, Kind] = {
    "task_due": Kind("待办提醒", "到了提醒时间的跟进和待办", ROBOTS),
    "overdue": Kind("超期", "到期没做完的事，第二天早上提醒一次", ROBOTS),
    "task_given": Kind("同事给你的待办", "同事交给你做的待办和跟进", ROBOTS),
    "key_date": Kind("重要日子", "合同到期、生日、合作周年、预计成交", (*MAIL, *ROBOTS)),
    "unplanned": Kind("没约下次", "太久没联系、也没约下次的客户，每周说一次", MAIL),
    "pool_falling": Kind("快要回到公海", "太久没跟进、即将放回公海的客户", (*MAIL, *ROBOTS)),
    "pool_fell": Kind("回到了公海", "因为太久没跟进，已放回公海的客户", MAIL),
    "handed_over": Kind("转交给我", "同事转交来的客户，附摘要", MAIL),
    DIGEST: Kind("每日摘要", "工作日早上：今天要做的和超期的", MAIL),
    "review": Kind("审核", "等我审核的，和我提交的有了结果"),
    "import_done": Kind("导入完成", "导入做完了，或没有成功"),
    SYSTEM: Kind("系统", "通知渠道出错等，只发给管理员", MAIL),
}
