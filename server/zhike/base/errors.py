"""Errors meant for a person: each carries a stable code and a Chinese sentence with a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar


class Problem(Exception):
    """Something the person can understand and act on; the edge turns it into problem+json."""

    status: int = 400
    code: str = "problem"
    default_title: ClassVar[str] = "请求无法处理，请检查后重试"

    def __init__(
        self,
        title: str = "",
        *,
        code: str | None = None,
        field: str | None = None,
        errors: Iterable[tuple[str, str]] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.title = title or self.default_title
        self.code = code or type(self).code
        self.field = field
        self.errors: list[tuple[str, str]] = list(errors)
        self.extra: dict[str, Any] = dict(extra or {})
        super().__init__(self.title)

    def as_json(self) -> dict[str, Any]:
        """The body of the problem+json answer."""
        body: dict[str, Any] = {"status": self.status, "code": self.code, "title": self.title}
        if self.field:
            body["field"] = self.field
        if self.errors:
            body["errors"] = [{"field": field, "message": text} for field, text in self.errors]
        return body | self.extra


class Invalid(Problem):
    """Input that cannot be taken: `Invalid("phone", "…")` or `Invalid([("phone", "…"), …])`."""

    status = 422
    code = "invalid"
    default_title = "填写的内容有误，请按提示修改"

    def __init__(
        self,
        field: str | Iterable[tuple[str, str]],
        message: str = "",
        *,
        code: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        found = [(field, message)] if isinstance(field, str) else list(field)
        first = found[0] if found else ("", "")
        super().__init__(first[1], code=code, field=first[0] or None, errors=found, extra=extra)


class NotFound(Problem):
    """No such record, or none this person may know of: the two must look the same."""

    status = 404
    code = "not_found"
    default_title = "找不到这条记录，可能已被删除，或你没有查看权限"


class Forbidden(Problem):
    """The person may see the record, but not do this to it."""

    status = 403
    code = "forbidden"
    default_title = "你没有权限进行此操作，请联系管理员"


class SignedOut(Problem):
    """Nobody is signed in, or the session ended."""

    status = 401
    code = "signed_out"
    default_title = "登录已失效，请重新登录"


class Conflict(Problem):
    """The present state of things does not allow this."""

    status = 409
    code = "conflict"
    default_title = "当前状态不允许此操作，请刷新后重试"


class Stale(Conflict):
    """Somebody else changed the record since it was read."""

    code = "stale"
    default_title = "这条记录刚刚被别人修改过，请核对后再保存"

    def __init__(
        self,
        title: str = "",
        *,
        current: Mapping[str, Any] | None = None,
        changed: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(title, extra={"current": current, "changed": changed or {}})


class TooMany(Problem):
    """The person did this too often; the message says when it is possible again."""

    status = 429
    code = "too_many"
    default_title = "操作太频繁，请稍后再试"
