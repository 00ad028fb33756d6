"""What is done with channels: setting them up, trying them, sending again what failed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zhike.base import clock, keyring, paging
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.base.identity import reserve
from zhike.base.text import tidy
from zhike.trail.actions import record
from zhike.trail.channels import mail, posting, sealing
from zhike.trail.channels.delivering import locked, rests, server_of, under_way
from zhike.trail.channels.outcome import Outcome, broken
from zhike.trail.channels.robots import ROBOTS, send
from zhike.trail.channels.wording import Line
from zhike.trail.models import Channel, Delivery
from zhike.trail.notices import receivers
from zhike.trail.notices.telling import look_at

MOST = 100  # channels of an organisation
_TRIAL = ("试发一条通知", "看到这条，说明这个渠道设置好了。")


def require(actor: Any) -> None:
    """Raise Forbidden for who may not set up channels."""
    if not actor.may("configure"):
        raise Forbidden("你没有设置通知渠道的权限。")


def channels_visible_to(actor: Any) -> QuerySet[Channel]:
    """Return the channels, to who sets them up. Raises Forbidden."""
    require(actor)
    return Channel.objects.order_by("kind", "name", "id")


def one_channel(actor: Any, channel_id: int) -> Channel:
    """Return a channel, to who sets them up. Raises Forbidden and NotFound."""
    found = channels_visible_to(actor).filter(pk=channel_id).first()
    if found is None:
        raise NotFound("没有找到这个通知渠道。")
    return found


def add_channel(*, actor: Any, now: datetime, kind: str, **fields: Any) -> Channel:
    """Set up a channel: `name`, `address`, `secret`, `settings`, `department_path`, `is_on`."""
    require(actor)
    if kind not in Channel.Kind.values:
        raise Invalid("kind", "渠道只能是邮件、企业微信、钉钉或飞书。")
    with transaction.atomic():
        if Channel.objects.count() >= MOST:
            raise Conflict(f"最多 {MOST} 个通知渠道，请先删掉不用的。")
        (number,) = reserve(Channel, 1)
        channel = Channel(pk=number, kind=kind)
        _apply(channel, {"name": "", "address": "", "settings": {}} | fields)
        channel.save(force_insert=True)
        _tell("channel.added", actor, now, channel, {"kind": Channel.Kind(kind).label})
    return channel


def change_channel(
    *, actor: Any, now: datetime, channel_id: int, version: int, **fields: Any
) -> Channel:
    """Change a channel; what is not given stays, an empty `secret` takes it away."""
    require(actor)
    with transaction.atomic():
        channel = Channel.objects.select_for_update().filter(pk=channel_id).first()
        if channel is None:
            raise NotFound("没有找到这个通知渠道。")
        if channel.version != version:
            raise Stale
        before = _plain(channel)
        _apply(channel, fields)
        after = _plain(channel)
        told = {name: [before[name], new] for name, new in after.items() if before[name] != new}
        for name in ("address", "secret"):
            if name in fields:
                told[name] = ["", ""]  # that it is another one, and nothing more
        channel.version += 1
        if "address" in fields or "secret" in fields or "settings" in fields:
            channel.trouble = ""
        channel.save()
        _tell("channel.changed", actor, now, channel, {"changes": told})
    return channel


def remove_channel(*, actor: Any, now: datetime, channel_id: int) -> None:
    """Remove a channel with what waits for it."""
    require(actor)
    with transaction.atomic():
        channel = Channel.objects.select_for_update().filter(pk=channel_id).first()
        if channel is None:
            raise NotFound("没有找到这个通知渠道。")
        _tell("channel.removed", actor, now, channel, {})
        channel.delete()


def try_channel(*, actor: Any, now: datetime, channel_id: int) -> Outcome:
    """Send something through a channel at once, by mail to the actor; it may take ten seconds."""
    channel = one_channel(actor, channel_id)
    if channel.kind == Channel.Kind.MAIL and not actor.email:
        raise Invalid(
            "email", "你自己还没有填邮箱，试发不知道寄给谁。请先在“同事与部门”里填上，再试发。"
        )
    with transaction.atomic():
        _tell("channel.tried", actor, now, channel, {})
    line = Line(actor.name, *_TRIAL, None)
    if channel.kind == Channel.Kind.MAIL:
        with mail.Post(server_of(channel)) as post:
            number = f"zhike.trial.{channel.pk}.{int(now.timestamp() * 1000)}"
            found = post.send(actor.email, line, number=number)
    else:
        found = _by_robot(channel, line)
    if found.how == "limited":  # nobody sends a trial again
        found = found._replace(trouble=f"{found.trouble}，请稍后再试")
    at = {"worked_at": now, "trouble": ""} if found.how == "sent" else {"failed_at": now}
    Channel.objects.filter(pk=channel.pk).update(**{"trouble": found.trouble[:200]} | at)
    return found


def _by_robot(channel: Channel, line: Line) -> Outcome:
    try:
        url, secret = (sealing.opened(channel, name) for name in ("address", "secret"))
    except keyring.Tampered:
        return broken(f"机器人的地址{sealing.UNREADABLE}")
    return send(ROBOTS[channel.kind], url, secret, [line], clock.now())


def deliveries_visible_to(
    actor: Any, channel_id: int, *, state: str = "", cursor: str = "", limit: int = 50
) -> tuple[list[Delivery], str | None]:
    """Return a page of what goes through a channel, the latest first; to who sets them up."""
    found = Delivery.objects.filter(channel=one_channel(actor, channel_id))
    if state:
        if state not in Delivery.State.values:
            raise Invalid("state", "状态只能是等待发送、已发送、发送失败或不再发送。")
        found = found.filter(state=state)
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found.select_related("notice").order_by("-id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    return rows, paging.pack(rows[-1].pk) if more else None


def names_of(rows: list[Delivery]) -> dict[int, str]:
    """Return what those are called for whom deliveries are, by id."""
    people = receivers.among({one.notice.person_id for one in rows})
    return {pk: person.name for pk, person in people.items()}


def retry_delivery(*, actor: Any, now: datetime, delivery_id: int) -> Delivery:
    """Send again at once what failed or was dropped; what waits goes by itself, in its time.

    A robot says in order what waits for it, so what it was to try again later goes now, too.
    """
    require(actor)
    with transaction.atomic():
        found = Delivery.objects.select_related("channel", "notice")
        one = found.filter(pk=delivery_id).first()
        if one is None:
            raise NotFound("没有找到这次投递，可能已经清理。")
        locked(one.channel_id)
        if not one.channel.is_on:
            raise Conflict("这个通知渠道已停用，请先启用。")
        over = found.filter(state__in=(Delivery.State.FAILED, Delivery.State.DROPPED))
        changed = over.filter(pk=one.pk).update(
            state=Delivery.State.WAITING, attempts=0, not_before=now, trouble=""
        )
        if not changed:
            one.refresh_from_db()
            raise _why_not(one, now)
        if one.channel.kind != Channel.Kind.MAIL:
            waiting = Delivery.objects.exclude(under_way(now)).filter(channel=one.channel)
            waiting = waiting.filter(state=Delivery.State.WAITING)
            waiting.filter(attempts__gt=0, not_before__gt=now).update(not_before=now)
        look_at(one.channel_id, now, now)
        _tell("delivery.retried", actor, now, one.channel, {"delivery": one.pk})
        one.refresh_from_db()
    return one


def _why_not(one: Delivery, now: datetime) -> Conflict:
    """Say why a delivery that is neither failed nor dropped is not sent again."""
    if one.state == Delivery.State.SENT:
        return Conflict("这条已经发送，不用重发。", code="sent")
    if Delivery.objects.filter(under_way(now), pk=one.pk).exists():
        return Conflict("这条正在发送，请过两分钟再看。", code="sending")
    at = one.not_before.astimezone(clock.SHANGHAI)
    is_today = clock.day_of(at) == clock.day_of(now)
    day = "今天" if is_today else f"{at.month}月{at.day}日"
    when = f"{day} {at:%H:%M} " if at > now else "马上"
    why = "收信人正在免打扰时间" if rests(one, now) else "这条还在等下一次"
    return Conflict(f"{why}，{when}自动发，不用重发。", code="waiting")


def _apply(channel: Channel, fields: dict[str, Any]) -> None:
    if "name" in fields:
        channel.name = tidy(fields["name"] or "")
        if not 1 <= len(channel.name) <= 40:
            raise Invalid("name", "请填写渠道的名称，最多 40 个字。")
    for name in ("department_path", "is_on"):
        if name in fields:
            setattr(channel, name, fields[name])
    if channel.kind == Channel.Kind.MAIL:
        if "settings" in fields:
            before = channel.settings.get("host")
            channel.settings = mail.check(channel.settings | fields["settings"])
            if channel.secret and "secret" not in fields and channel.settings["host"] != before:
                # Who sets up the server would learn the password that was meant for another.
                raise Invalid("secret", "换了服务器，请重新填写密码（授权码）。")
        channel.department_path = ""
    elif "address" in fields:
        sealing.seal_into(channel, "address", posting.check(fields["address"] or ""))
    if "secret" in fields:
        sealing.seal_into(channel, "secret", _checked(channel, fields["secret"] or ""))


def _checked(channel: Channel, secret: str) -> str:
    """Return a secret as it is kept. Raises Invalid for one that cannot be."""
    secret = secret.strip()
    robot = ROBOTS.get(channel.kind)
    if secret and robot is not None and not robot.signs:
        raise Invalid("secret", f"{robot.label}的密钥在地址里，这一项请留空。")
    if robot is None and not secret.isascii():
        raise Invalid("secret", "密码（授权码）里有中文或全角字符，请核对后重新填写。")
    if len(secret) > 200:
        raise Invalid("secret", "密钥或密码最多 200 个字符，请核对。")
    return secret


def _plain(channel: Channel) -> dict[str, Any]:
    names = ("name", "settings", "department_path", "is_on")
    return {name: getattr(channel, name) for name in names}


def _tell(verb: str, actor: Any, now: datetime, channel: Channel, data: dict[str, Any]) -> None:
    told = {"name": channel.name, **data}
    record(verb, actor=actor, now=now, record=("channel", channel.pk), data=told)
