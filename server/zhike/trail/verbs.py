"""What the events are called: each verb's label, the group it is found under, what it says.

`says` is filled from the event's data; what is not there leaves a blank. Every verb that is
recorded anywhere stands here (server/tests/trail/test_verbs.py).
"""

from __future__ import annotations

from typing import NamedTuple

GROUPS: dict[str, str] = {
    "sign_in": "登录与账号安全",
    "people": "同事与权限",
    "customer": "客户档案",
    "dealing": "跟进与往来",
    "reveal": "查看完整号码",
    "exchange": "导入导出",
    "system": "系统",
}


class Verb(NamedTuple):
    """How a verb is told."""

    label: str
    group: str
    says: str = ""


VERBS: dict[str, Verb] = {
    "session.signed_in": Verb("登录", "sign_in"),
    "session.failed": Verb("登录失败", "sign_in", "{username}"),
    "session.signed_out": Verb("退出登录", "sign_in"),
    "session.ended": Verb("结束其他登录", "sign_in"),
    "password.changed": Verb("修改密码", "sign_in"),
    "factor.added": Verb("开启两步验证", "sign_in", "{name}"),
    "factor.removed": Verb("取消两步验证", "sign_in", "{name}"),
    "recovery_codes.made": Verb("生成恢复码", "sign_in"),
    "sso.linked": Verb("绑定单点登录", "sign_in", "{provider}"),
    "sso.unlinked": Verb("解除单点登录", "sign_in", "{provider}"),
    "token.issued": Verb("发放令牌", "sign_in", "{name}（{person_name}）"),
    "token.revoked": Verb("吊销令牌", "sign_in", "{name}（{person_name}）"),
    "person.added": Verb("新建同事", "people", "{name}（{role}）"),
    "person.changed": Verb("修改同事", "people", "{name}"),
    "person.left": Verb("办理离职", "people", "{name}，由 {successor_name} 接手"),
    "department.saved": Verb("保存部门", "people", "{name}"),
    "department.removed": Verb("删除部门", "people", "{name}"),
    "role.added": Verb("新建角色", "people", "{name}"),
    "role.changed": Verb("修改角色", "people", "{name}"),
    "role.removed": Verb("删除角色", "people", "{name}"),
    "role.viewed": Verb("以他人视角查看", "people", "{as}"),
    "customer.created": Verb("新建客户", "customer", "{name}（{code}）"),
    "customer.changed": Verb("修改客户", "customer"),
    "customer.deleted": Verb("删除客户", "customer", "{name}（{code}）"),
    "customer.restored": Verb("恢复客户", "customer", "{name}（{code}）"),
    "customer.handed_over": Verb("转交客户", "customer", "{note}"),
    "customer.shared": Verb("共享客户", "customer", "{name}"),
    "customer.unshared": Verb("取消共享", "customer", "{name}"),
    "customer.merged": Verb("合并客户", "customer", "并入 {names}"),
    "customer.absorbed": Verb("并入客户", "customer", "并入 {name}（{code}）"),
    "customer.unmerged": Verb("撤销合并", "customer", "与 {names} 分开"),
    "double.search_asked": Verb("查找重复客户", "customer"),
    "double.dismissed": Verb("标记不是重复", "customer", "{names}"),
    "double.reopened": Verb("重新标记疑似重复", "customer", "{names}"),
    "customer.tiered": Verb("调整客户分层", "customer", "{reason}"),
    "customer.paused": Verb("暂停跟进", "customer", "{reason}，{look_again_on} 再看 {note}"),
    "customer.archived": Verb("归档客户", "customer", "{reason} {note}"),
    "customer.resumed": Verb("继续跟进客户", "customer"),
    "customer.look_again": Verb("到了再看的日子", "customer", "{look_again_on}"),
    "file_rules.changed": Verb("修改档案规则", "system"),
    "review.asked": Verb("提交审核", "customer"),
    "review.withdrawn": Verb("撤回待审核的修改", "customer"),
    "review.decided": Verb("审核", "customer", "{result} {note}"),
    "review.reworded": Verb("审核时换成现行选项", "customer", "{note}"),
    "hand_over.begun": Verb("开始交接", "customer", "{from} → {to}，{customers} 位客户 {note}"),
    "contact.added": Verb("添加联系人", "customer", "{name}"),
    "contact.changed": Verb("修改联系人", "customer", "{name}"),
    "contact.removed": Verb("移除联系人", "customer", "{name}"),
    "contact.linked": Verb("关联为同一人", "customer", "{name}"),
    "contact.unlinked": Verb("取消同一人关联", "customer", "{name}"),
    "tag.saved": Verb("保存标签", "customer", "{name}"),
    "follow_up.logged": Verb("记录跟进", "dealing"),
    "follow_up.changed": Verb("修改跟进", "dealing"),
    "follow_up.deleted": Verb("删除跟进", "dealing"),
    "follow_up.restored": Verb("恢复跟进", "dealing"),
    "task.added": Verb("新建待办", "dealing", "{title}（{due_on}）"),
    "task.changed": Verb("修改待办", "dealing", "{title}（{due_on}）"),
    "task.dropped": Verb("取消待办", "dealing", "{title}（{due_on}）"),
    "task.done": Verb("完成待办", "dealing", "{title}（{due_on}）"),
    "task.reopened": Verb("重开待办", "dealing", "{title}（{due_on}）"),
    "purchase.added": Verb("记录购买", "dealing", "{name}"),
    "purchase.changed": Verb("修改购买记录", "dealing", "{name}"),
    "purchase.deleted": Verb("删除购买记录", "dealing", "{name}"),
    "purchase.restored": Verb("恢复购买记录", "dealing", "{name}"),
    "problem.added": Verb("记录潜在问题", "dealing", "{name}"),
    "problem.changed": Verb("修改潜在问题", "dealing", "{name}"),
    "problem.deleted": Verb("删除潜在问题", "dealing", "{name}"),
    "problem.restored": Verb("恢复潜在问题", "dealing", "{name}"),
    "attachment.added": Verb("上传附件", "dealing", "{name}"),
    "attachment.opened": Verb("打开附件", "dealing", "{name}"),
    "attachment.removed": Verb("删除附件", "dealing", "{name}"),
    "attachment.restored": Verb("恢复附件", "dealing", "{name}"),
    "care.logged": Verb("记录维护", "dealing"),
    "feedback.recorded": Verb("记录反馈", "dealing"),
    "event.redated": Verb("动态换了日期", "dealing", "{from} → {to}"),
    "value.revealed": Verb("查看完整号码", "reveal", "{field} {reason}"),
    "story.printed": Verb("打印成长故事", "exchange", "{name}（{code}）"),
    "import.uploaded": Verb("上传导入表格", "exchange", "{file}"),
    "import.prepared": Verb("调整导入设置", "exchange", "{file}"),
    "import.confirmed": Verb("确认导入", "exchange", "{file}"),
    "import.cancelled": Verb("取消导入", "exchange", "{file}"),
    "import.failed": Verb("导入失败", "exchange", "{file}"),
    "import.done": Verb("导入完成", "exchange", "{file}"),
    "import.undo_asked": Verb("要求撤销导入", "exchange", "{file}"),
    "import.undone": Verb("撤销导入", "exchange", "{file}"),
    "export.made": Verb("导出", "exchange", "{view} {format}"),
    "export.downloaded": Verb("下载导出文件", "exchange", "{view} {format}"),
    "field.defined": Verb("新建字段", "system", "{of} {label}（{type}）"),
    "field.changed": Verb("修改字段", "system", "{of} {label}"),
    "field.ordered": Verb("调整字段顺序", "system", "{of}"),
    "field.archived": Verb("停用字段", "system", "{of} {label}"),
    "field.restored": Verb("恢复字段", "system", "{of} {label}"),
    "field.removed": Verb("删除字段", "system", "{of} {label}"),
    "word.added": Verb("添加选项", "system", "{of} {label}"),
    "word.changed": Verb("修改选项", "system", "{of} {label}"),
    "word.ordered": Verb("调整选项顺序", "system", "{of}"),
    "word.retired": Verb("停用选项", "system", "{of} {label} {instead}"),
    "word.replaced": Verb("换成新选项", "dealing"),
    "word.restored": Verb("恢复选项", "system", "{of} {label}"),
    "rule.added": Verb("新建字段规则", "system", "{label}（{level}）"),
    "rule.changed": Verb("修改字段规则", "system", "{label}"),
    "rule.removed": Verb("删除字段规则", "system", "{label}"),
    "industry.refined": Verb("导入细分行业", "system", "{classes} 个（{edition}）"),
    "organisation.set_up": Verb("建立系统", "system"),
    "organisation.changed": Verb("修改系统设置", "system"),
    "audit.verification_asked": Verb("要求核对审计日志", "system"),
    "trash.emptied": Verb("清空到期的回收站", "system", "{kind} {records} 条"),
    "demo.removed": Verb("清除演示数据", "system", "{customers} 位客户"),
}


def of_group(group: str) -> list[str]:
    """The verbs of a group; none of one that does not exist."""
    return [name for name, verb in VERBS.items() if verb.group == group]


def told(name: str) -> Verb:
    """How a verb is told; one of a later version by its name."""
    return VERBS.get(name) or Verb(name, "system")
