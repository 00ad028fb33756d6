"""How allauth's sign-in is bent to this house: no sign-up, Chinese sentences."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People are added by an administrator, never by themselves."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "这个账号已停用，请联系管理员。",
        "username_password_mismatch": "登录名或密码不对，请重新输入。",
        "invalid_login": "登录名或密码不对，请重新输入。",
        "too_many_login_attempts": "登录失败次数太多，请五分钟后再试。",
        "rate_limited": "操作太频繁，请稍后再试。",
        "incorrect_password": "密码不对，请重新输入。",
        "enter_current_password": "请输入现在的密码。",
        "same_as_current": "新密码不能和现在的一样。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MinimumLength(MinimumLengthValidator):
    """Django's rule in words of ours: its own sentence is not translated in 5.2."""

    def get_error_message(self) -> str:
        return f"密码至少要 {self.min_length} 个字符，请再长一些。"
