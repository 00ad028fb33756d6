"""The `zhike` command. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zhike.access.models import Person
    from zhike.site.environment import Environment


class Failed(click.ClickException):
    """One Chinese line and exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def _environment() -> Environment:
    """Check the settings and make the data folder and keys; a wrong value ends with code 2."""
    from zhike.site import environment, logs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")
    try:
        found = environment.prepare(environment.read())
        logs.set_up(found.log_level)
        return found
    except environment.WrongSetting as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _house(*, current: bool = True) -> Environment:
    """Set Django up; with `current`, bring the database up to date as well."""
    found = _environment()
    from zhike.base.sqlite import UnsafeSQLite

    try:
        import django

        django.setup()
    except UnsafeSQLite as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if current:
        _migrate()
    return found


def _migrate() -> int:
    from django.db import DatabaseError

    from zhike.base.errors import Problem
    from zhike.site import storage

    try:
        return storage.migrate()
    except Problem as error:
        raise Failed(error.title) from error
    except DatabaseError as error:
        raise Failed(f"数据库无法使用：{str(error).splitlines()[0]}") from error


def _person(username: str) -> Person:
    from zhike.access.models import Person

    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Failed(f"没有登录名为“{username}”的在职同事。")
    return found


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhike", message="知客 %(version)s")
def main() -> None:
    """知客：客户跟进与关系管理。"""


@main.command()
def serve() -> None:
    """启动全部：升级数据库，再运行网页服务和后台任务。"""
    from zhike.site import processes

    sys.exit(_told(lambda: processes.serve(_environment())))


@main.command()
def web() -> None:
    """只运行网页服务。"""
    from zhike.site import processes

    _told(lambda: processes.web(_environment()))


def _told(run: Any) -> Any:
    from zhike.site.environment import WrongSetting

    try:
        return run()
    except WrongSetting as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@main.command()
def worker() -> None:
    """只运行后台任务。"""
    from zhike.site import processes

    _house(current=False)
    processes.worker()


@main.command()
def migrate() -> None:
    """把数据库升级到当前版本。"""
    _house(current=False)
    count = _migrate()
    if count:
        click.echo(f"数据库已升级（{count} 步）。")


@main.command()
@click.option("--admin", "username", required=True, metavar="登录名", help="管理员的登录名。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码（一行）。")
@click.option("--name", default="管理员", show_default=True, metavar="姓名", help="管理员的姓名。")
@click.option("--organisation", default="我们公司", show_default=True, help="单位名称。")
def setup(username: str, password_stdin: bool, name: str, organisation: str) -> None:
    """建立第一位管理员；只能做一次。"""
    from zhike.base.errors import Problem

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("密码", hide_input=True, confirmation_prompt="再输入一次")
    _house()
    from zhike.access import actions
    from zhike.base import clock

    try:
        actions.set_up(
            organisation=organisation,
            name=name,
            username=username,
            password=password,
            now=clock.now(),
        )
    except Problem as error:
        raise Failed(error.title) from error
    click.echo(f"管理员“{username}”已建立，可以登录了。")


@main.group()
def token() -> None:
    """程序访问接口用的令牌。"""


@token.command("create")
@click.option("--user", required=True, metavar="登录名", help="令牌代表谁。")
@click.option("--label", default="命令行", show_default=True, help="用途，便于以后辨认。")
@click.option("--days", type=click.IntRange(1, 3650), help="有效天数；不写就一直有效。")
def create_token(user: str, label: str, days: int | None) -> None:
    """给一位同事发一个令牌；只显示这一次。"""
    _house()
    from zhike.access import actions
    from zhike.base import clock

    person = _person(user)
    click.echo(actions.issue_token(actor=person, now=clock.now(), name=label, days=days))


@main.command()
def openapi() -> None:
    """打印接口说明（OpenAPI，JSON）。"""
    _house(current=False)
    from zhike.site.api import description

    click.echo(description(), nl=False)


@main.command()
def doctor() -> None:
    """检查安装是否健康；有问题时以 1 结束。"""
    found = _house(current=False)
    from zhike.site.doctor import examine

    red = 0
    for finding in examine(found):
        red += not finding.well
        line = f"{'✓' if finding.well else '✗'} {finding.name}：{finding.text}"
        remedy = f"。{finding.remedy}" if finding.remedy and not finding.well else ""
        click.echo(line + remedy)
    click.echo("一切正常。" if not red else f"有 {red} 项需要处理。")
    sys.exit(1 if red else 0)


@main.command()
def demo() -> None:
    """填入一家虚构公司的演示数据。"""
    _house()
    from zhike.site.demo import fill

    fill()


@main.command("django", hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def django_command(words: tuple[str, ...]) -> None:
    """Run one of Django's own commands (for developers), e.g. makemigrations."""
    _environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhike django", *words])


if __name__ == "__main__":
    main()
