"""What an administrator may say of a field, and the sentence for everything they may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zhike.access.rights import GROUPS
from zhike.base import text
from zhike.base.errors import Invalid
from zhike.fields import values
from zhike.fields.builtin import KINDS, Definition
from zhike.fields.checks.failure import CheckFailed
from zhike.fields.models import Field
from zhike.fields.registry import Snapshot

MOST_FIELDS = 200  # of the customer's own, for each kind of record
LONGEST_TEXT = {"text": values.SHORT, "long_text": values.LONG}
# What forms and sheets call something else.
_TAKEN = ("负责人", "标签", "联系人", "协作人", "创建时间", "编号")
_GROUP_OF_TYPE = {"phone": "phone", "email": "email", "money": "money"}
_WITHOUT_DEFAULT = frozenset(
    {"person", "attachment", "date_range", "industry", "region", "birthday"}
)
_ITS_OWN = frozenset({"customer.name", "contact.name", "follow_up.content"})
_RULES: dict[str, tuple[str, ...]] = {
    "text": ("longest", "pattern"),
    "long_text": ("longest",),
    **dict.fromkeys(("number", "money", "date", "date_range"), ("min", "max")),
}
RULE_LABELS = {"min": "最小", "max": "最大", "longest": "最多几个字", "pattern": "内容格式"}
_KIND_NAMES = {"company": "企业", "person": "个人"}
Said = dict[str, Any]


def usual_group(type_: str) -> str:
    """Return the group of rights a new field of a type belongs to unless somebody says so."""
    return _GROUP_OF_TYPE.get(type_, "basic")


def checked(one: Definition, said: Said, snapshot: Snapshot) -> Definition:
    """Return the definition with what was said of it, or raise Invalid naming all that is wrong."""
    errors: list[tuple[str, str]] = []
    clean: Said = {}
    for name, value in said.items():
        try:
            if name != "default":
                _refuse_fixed(one, name)
                clean[name] = _CHECKS[name](one, value, snapshot)
        except Invalid as wrong:
            errors += wrong.errors
    changed = replace(one, **clean)
    if "default" in said or ("rule" in clean and one.default is not None):
        try:
            _refuse_fixed(one, "default")
            changed = replace(
                changed, default=default_of(changed, said.get("default", one.default))
            )
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid(errors)
    return changed


def label_of(one: Definition, value: Any, snapshot: Snapshot) -> str:
    """Return a name for a field that no other of its kind of record has."""
    label = _line("label", "名称", value, 30)
    if not label:
        raise Invalid("label", "请填写字段名称。")
    key = text.name_key(label)
    if not text.letters_only(label):
        raise Invalid("label", "字段名称里要有文字或数字，请修改。")
    for other in snapshot.of(one.of):
        if other.key != one.key and text.name_key(other.label) == key:
            told = f"{KINDS[one.of]}已经有叫“{other.label}”的字段，请换一个名称。"
            raise Invalid("label", told)
    if not one.builtin and key in {text.name_key(taken) for taken in _TAKEN}:
        raise Invalid("label", f"“{label}”是系统用的名称，请换一个，例如“{label}（补充）”。")
    return label


def default_of(one: Definition, value: Any) -> Any:
    """Return a default that is a value of the field's type and keeps its rule; None for none."""
    if value in (None, "", []):
        return None
    if one.is_sealed or one.type in _WITHOUT_DEFAULT or one.name in _ITS_OWN:
        raise Invalid("default", f"“{one.label}”每条记录都不同，不能有默认值，请清空。")
    try:
        return values.clean(one, value)
    except CheckFailed as failed:
        raise Invalid("default", f"默认值不合适：{failed.message}") from None


def _line(field: str, label: str, value: Any, longest: int) -> str:
    said = text.tidy(value if isinstance(value, str) else "")
    if len(said) > longest:
        raise Invalid(field, f"{label}最多 {longest} 个字，现在有 {len(said)} 个，请缩短。")
    return said


def _section(_one: Definition, value: Any, _snapshot: Snapshot) -> str:
    return _line("section", "所在分组", value, 20) or "其他信息"


def _help(_one: Definition, value: Any, _snapshot: Snapshot) -> str:
    return _line("help", "填写说明", value, 200)


def _need(one: Definition, value: Any, _snapshot: Snapshot) -> str:
    if value not in Field.Need.values:
        raise Invalid("need", "要求只能选必填、推荐或选填。")
    if one.is_locked and one.need == "required" and value != "required":
        raise Invalid("need", f"“{one.label}”是必填的，缺了它就不成记录，不能改成选填。")
    return str(value)


def _rule(one: Definition, value: Any, _snapshot: Snapshot) -> Said:
    given = {name: part for name, part in (value or {}).items() if part not in (None, "")}
    known = _RULES.get(one.type, ())
    for name in given:
        if name not in known:
            told, kind = RULE_LABELS.get(name, name[:20]), Field.Type(one.type).label
            raise Invalid("rule", f"“{kind}”类型的字段没有“{told}”这条校验规则，请去掉。")
    if "pattern" in given and given["pattern"] not in values.PATTERNS:
        raise Invalid("rule", "没有这种内容格式，请从列出的格式里选。")
    longest, most = given.get("longest"), LONGEST_TEXT.get(one.type, 0)
    if longest is not None and (type(longest) is not int or not 1 <= longest <= most):
        raise Invalid("rule", f"“最多几个字”要填 1 到 {most} 之间的整数。")
    edges = {name: _edge(one, name, given[name]) for name in ("min", "max") if name in given}
    compared = [values.number_of(_as_size(one), edge) or 0 for edge in edges.values()]
    if len(compared) == 2 and compared[0] > compared[1]:
        raise Invalid("rule", "校验规则的最小值比最大值还大，请对调。")
    return given | edges


def _as_size(one: Definition) -> Definition:
    return replace(one, type="date" if one.type == "date_range" else one.type, rule={})


def _edge(one: Definition, name: str, value: Any) -> Any:
    try:
        return values.clean(replace(_as_size(one), label=f"“{RULE_LABELS[name]}”"), value)
    except CheckFailed as failed:
        raise Invalid("rule", failed.message) from None


def _group(one: Definition, value: Any, _snapshot: Snapshot) -> str:
    if value not in GROUPS:
        raise Invalid("group", "没有这个权限组，请从列出的里选。")
    if value == one.group:
        return str(value)
    if one.builtin and (one.is_sealed or one.is_fixed or one.is_locked):
        raise Invalid("group", f"“{one.label}”的权限组由系统规定，不能换。")
    if one.is_sealed and not GROUPS[value].maskable:
        fit = "、".join(group.label for group in GROUPS.values() if group.maskable)
        told = f"电话和邮箱是加密保存的，权限组要选能打码的：{fit}。"
        raise Invalid("group", told)
    return str(value)


def _kinds(one: Definition, value: Any, _snapshot: Snapshot) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(value or ()))
    if any(kind not in _KIND_NAMES for kind in given):
        raise Invalid("kinds", "适用的客户只能选企业或个人。")
    kinds = () if len(given) == len(_KIND_NAMES) else given
    if kinds and one.is_locked:
        raise Invalid("kinds", f"“{one.label}”企业和个人都要有，不能只留一种。")
    return kinds


def _weight(one: Definition, value: Any, _snapshot: Snapshot) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
        raise Invalid("weight", "完整度权重要填 0 到 100 之间的整数，0 表示不计。")
    if value and one.of == "follow_up":
        raise Invalid("weight", "跟进记录不计入资料完整度，权重要填 0。")
    return value


def _refuse_fixed(one: Definition, name: str) -> None:
    if one.builtin and name == "rule":
        raise Invalid("rule", f"“{one.label}”的校验由系统负责，不能另设规则。")
    if one.is_fixed and name in ("need", "default", "weight"):
        raise Invalid(name, f"“{one.label}”由系统填写，不能设这一项。")


_CHECKS: dict[str, Callable[[Definition, Any, Snapshot], Any]] = {
    "label": label_of,
    "section": _section,
    "help": _help,
    "need": _need,
    "rule": _rule,
    "group": _group,
    "kinds": _kinds,
    "weight": _weight,
}
