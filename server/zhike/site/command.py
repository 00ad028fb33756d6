"""The `zhike` command. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

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
    os.umask(0o077)  # whatever is written here is for nobody else
    try:
        found = environment.prepare(environment.read())
        logs.set_up(found.log_level)
        return found
    except environment.WrongSetting as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _house(*, current: bool = True, via: Literal["command", "system"] = "command") -> Environment:
    """Set Django up; with `current`, bring the database up to date as well.

    `via` is what the audit says of events that no request brought.
    """
    found = _environment()
    from zhike.base.sqlite import UnsafeSQLite

    try:
        import django

        django.setup()
        from zhike.base import origin

        origin.enter(via)
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


def _administrator() -> Person:
    from zhike.access.models import Person
    from zhike.access.rights import ADMINISTRATOR

    open_ = Person.objects.filter(role__key=ADMINISTRATOR, is_active=True, is_service=False)
    found = open_.order_by("id").first()
    if found is None:
        raise Failed("还没有管理员，请先执行 zhike setup。")
    return found


def _explained(run: Callable[[], Any]) -> Any:
    """Run it; a Problem becomes one Chinese line and exit code 1."""
    from zhike.base.errors import Problem

    try:
        return run()
    except Problem as error:
        raise Failed(error.title) from error
    except OSError as error:
        raise Failed(f"文件“{error.filename}”无法读写：{error.strerror}") from error


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


def _told(run: Callable[[], Any]) -> Any:
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

    _house(current=False, via="system")
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
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("密码", hide_input=True, confirmation_prompt="再输入一次")
    _house()
    from zhike.access import actions
    from zhike.base import clock

    fields = {"organisation": organisation, "name": name, "username": username}
    _explained(lambda: actions.set_up(password=password, now=clock.now(), **fields))
    click.echo(f"管理员“{username}”已建立，可以登录了。")


@main.group()
def token() -> None:
    """程序访问接口用的令牌。"""


@token.command("create")
@click.option("--user", required=True, metavar="登录名", help="令牌代表谁。")
@click.option("--label", default="命令行", show_default=True, help="用途，便于以后辨认。")
@click.option("--days", type=click.IntRange(1, 3650), help="有效天数；不写就一直有效。")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    metavar="范围",
    help="能做什么，可写多次：read、write、reveal、import、export、manage；默认除 manage 外全部。",
)
def create_token(user: str, label: str, days: int | None, scopes: tuple[str, ...]) -> None:
    """给一位同事发一个令牌；只显示这一次。"""
    _house()
    from zhike.access import tokens
    from zhike.base import clock

    fields: dict[str, Any] = {"name": label, "days": days, "scopes": scopes or tokens.USUAL}
    _token, plain = _explained(lambda: tokens.issue(actor=_person(user), now=clock.now(), **fields))
    click.echo(plain)


@main.command("reset-factors")
@click.option("--user", required=True, metavar="登录名", help="谁的。")
def reset_factors(user: str) -> None:
    """取消一位同事的两步验证（手机和恢复码都丢了时用）。"""
    _house()
    from zhike.access import factors

    person = _person(user)
    count = factors.remove_all(person)
    click.echo(f"{person.name} 的两步验证已取消（{count} 项），下次登录只要密码。")


@main.command("import")
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False))
@click.option("--as", "username", required=True, metavar="登录名", help="以谁的身份导入。")
@click.option(
    "--on-match",
    type=click.Choice(["update", "skip", "new"]),
    default="update",
    show_default=True,
    help="遇到已有的客户：更新、跳过，还是另建。",
)
@click.option("--yes", is_flag=True, help="不再询问，直接导入。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 打印结果。")
def import_(file: str, username: str, on_match: str, yes: bool, as_json: bool) -> None:
    """导入一张表格（xlsx 或 csv），并说明每一行未能导入的原因。"""
    _house()
    from zhike.site import exchange

    person = _person(username)
    if not yes:
        click.confirm(f"把“{file}”导入到 {person.name} 名下？", abort=True)
    sys.exit(_explained(lambda: exchange.bring_in(person, file, on_match, as_json=as_json)))


@main.command()
@click.argument("file", metavar="文件", type=click.Path(dir_okay=False, writable=True))
@click.option("--view", required=True, metavar="表格", help="哪一种表格，如 standard-21。")
@click.option("--as", "username", metavar="登录名", help="以谁的身份导出；不写就是管理员。")
@click.option("--masked", is_flag=True, help="号码打码。")
def export(file: str, view: str, username: str | None, masked: bool) -> None:
    """导出一张表格；文件名以 .csv 结尾就是 CSV，否则是 xlsx。"""
    _house()
    from zhike.site import exchange

    person = _person(username) if username else _administrator()
    _explained(lambda: exchange.take_out(person, view, file, masked=masked))


@main.command("understand")
@click.argument("sentence", metavar="一句话")
@click.option("--today", "told", metavar="日期", help="今天是哪天（YYYY-MM-DD）；不写就是今天。")
def understand_(sentence: str, told: str | None) -> None:
    """读懂一句跟进（不保存），打印 JSON；说不准的为 null。"""
    import json
    from datetime import date

    from zhike.base import clock
    from zhike.care.understanding.reading import understand

    try:
        today = date.fromisoformat(told) if told else clock.today()
    except ValueError:
        raise Failed(f"日期“{told}”应写成 2026-11-18 的样子。") from None
    now = None if told else clock.now().astimezone(clock.SHANGHAI)
    click.echo(json.dumps(understand(sentence, today=today, now=now).as_json(), ensure_ascii=False))


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
@click.option("--remove", "removing", is_flag=True, help="清除演示数据，一点不留。")
@click.option("--size", default=300, show_default=True, type=click.IntRange(1, 2000), metavar="数")
def demo(removing: bool, size: int) -> None:
    """填入一家虚构公司一年的演示数据，或把它清除。"""
    _house()
    from zhike.base import clock
    from zhike.site import demo as made_up

    if removing:
        gone = _explained(lambda: made_up.remove(actor=_administrator(), now=clock.now()))
        click.echo(f"已清除 {gone.customers} 位演示客户，停用 {gone.people} 位演示同事。")
        return
    _explained(made_up.refuse_twice)
    with click.progressbar(length=size, label="正在写入客户", file=sys.stderr) as bar:
        filled = _explained(lambda: made_up.fill(size=size, told=lambda *_: bar.update(1)))
    click.echo(filled.told())


@main.command()
def practice() -> None:
    """准备练习区；已经有了就重置，里面的改动会清空。"""
    _house()
    from zhike.base import clock
    from zhike.site.practice import actions

    actor = _administrator()
    _explained(lambda: actions.reset(actor=actor, now=clock.now()))
    click.echo("后台任务会重新准备练习区，通常一两分钟。没有运行 zhike serve 时，请先启动它。")


@main.command("lay-practice", hidden=True)
@click.option("--size", required=True, type=click.IntRange(1, 2000))
def lay_practice(size: int) -> None:
    """Lay a practice workspace; run by the job that asks for it, which reads how far it is."""
    _house(current=False, via="system")
    from zhike.site.practice.laying import lay

    lay(size, lambda done, of: click.echo(f"{done}/{of}"))


@main.command("django", hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def django_command(words: tuple[str, ...]) -> None:
    """Run one of Django's own commands (for developers), e.g. makemigrations."""
    _environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhike django", *words])


if __name__ == "__main__":
    main()
