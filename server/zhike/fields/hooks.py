"""How the audit tells of fields, their words and rules."""

from typing import Any

from zhike.access.models import Person
from zhike.access.rights import GROUPS
from zhike.fields import registry, rules
from zhike.fields.models import Field, Rule
from zhike.trail.audit import words

_LABELS: dict[str, str] = {
    "label": "名称",
    "section": "所在分组",
    "help": "填写说明",
    "need": "要求",
    "default": "默认值",
    "rule": "校验规则",
    "group": "权限组",
    "kinds": "适用的客户",
    "weight": "完整度权重",
    "color": "颜色",
    "synonyms": "同义词",
    "name": "规则名称",
    "field": "提示在",
    "when": "前提",
    "must": "要求满足",
    "message": "提示语",
    "level": "级别",
    "is_on": "启用",
    "position": "顺序",
}
_VALUES: dict[str, dict[str, str]] = {
    "need": dict(Field.Need.choices),
    "level": dict(Rule.Level.choices),
    "group": {name: group.label for name, group in GROUPS.items()},
}
_KINDS = {"company": "企业", "person": "个人"}


@words("field", "word", "rule")
def in_words(_actor: Person, field: str, value: Any) -> tuple[str, Any]:
    """Tell a part of a definition; settings are nobody's secret."""
    if field in ("when", "must"):
        value = rules.sentence(value or ())
    elif field == "field":
        known = registry.definition("customer", str(value))
        value = known.label if known else value
    elif field == "kinds":
        value = "、".join(_KINDS.get(kind, kind) for kind in value or ()) or "企业和个人"
    elif isinstance(value, bool):
        value = "是" if value else "否"
    elif field in _VALUES:
        value = _VALUES[field].get(str(value), value)
    elif isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "、".join(value)
    elif isinstance(value, dict | list):
        value = str(value) if value else ""
    return _LABELS.get(field, field), value
