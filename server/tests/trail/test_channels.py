"""Channels: who sets them up, what is kept secret, where they may lead, trying one out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.people import Api, queries_of, stored, wrong_fields
from tests.trail.robots import (
    MailServer,
    RobotServer,
    certificate,
    dripping,
    mail_server,
    robots,
    saying,
)
from zhike.access.models import Department, Person
from zhike.trail.channels import posting, reaching
from zhike.trail.models import Channel, Event

pytestmark = pytest.mark.django_db
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
DING = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec"
SECRET = "SEC000000000000000001"
SMTP = {
    "host": "smtp.example.com",
    "port": 465,
    "security": "tls",
    "sender": "知客 <crm@example.com>",
}


@pytest.fixture
def server() -> Any:
    with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=True), robots() as found:
        yield found


@pytest.fixture
def post() -> Any:
    with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=True), mail_server() as found:
        yield found


def added(boss: Api, **fields: Any) -> dict[str, Any]:
    return dict(
        boss.post("/channels", {"kind": "dingtalk", "name": "东区群", "address": DING} | fields)
    )


class TestKeeping:
    def test_only_who_configures(self, boss: Api, mei: Api) -> None:
        one = added(boss)
        mei.get("/channels", 403)
        mei.post("/channels", {"kind": "wecom", "name": "x", "address": WECOM}, 403)
        mei.patch(f"/channels/{one['id']}", {"version": 1, "name": "x"}, 403)
        mei.delete(f"/channels/{one['id']}", 403)
        mei.post(f"/channels/{one['id']}/trial", status=403)
        mei.get(f"/channels/{one['id']}/deliveries", 403)
        assert Channel.objects.get().name == "东区群"

    def test_address_and_secret_are_never_told(self, boss: Api) -> None:
        one = added(boss, secret=SECRET)
        assert one["address"] == "https://oapi.dingtalk.com/****82ec"
        assert one["has_secret"] is True
        changed = boss.patch(f"/channels/{one['id']}", {"version": 1, "secret": "SEC-other"})
        told = str([one, changed, boss.get("/channels"), boss.get("/audit")])
        for word in (SECRET, "SEC-other", "566cc69da782ec"):
            assert word not in told
            assert not [table for table, rows in stored().items() if word in str(rows)]

    def test_what_is_not_given_stays(self, boss: Api) -> None:
        one = added(boss, secret=SECRET)
        before = Channel.objects.get()
        told = boss.patch(
            f"/channels/{one['id']}", {"version": 1, "name": "西区群", "is_on": False}
        )
        after = Channel.objects.get()
        assert (told["name"], told["is_on"], told["version"]) == ("西区群", False, 2)
        assert (bytes(after.address), bytes(after.secret)) == (  # type: ignore[arg-type]
            bytes(before.address),  # type: ignore[arg-type]
            bytes(before.secret),  # type: ignore[arg-type]
        )
        told = boss.patch(f"/channels/{one['id']}", {"version": 2, "secret": ""})
        assert told["has_secret"] is False
        boss.patch(f"/channels/{one['id']}", {"version": 2, "name": "x"}, 409)

    def test_a_password_is_not_given_to_another_server(self, boss: Api) -> None:
        one = added(boss, kind="mail", address="", settings=SMTP, secret=SECRET)
        path, other = f"/channels/{one['id']}", SMTP | {"host": "smtp.elsewhere.cn"}
        assert wrong_fields(boss.patch(path, {"version": 1, "settings": other}, 422)) == {"secret"}
        told = boss.patch(path, {"version": 1, "settings": SMTP | {"port": 994}})
        assert (told["settings"]["port"], told["has_secret"]) == (994, True)
        boss.patch(path, {"version": 2, "settings": other, "secret": "another"})
        boss.patch(path, {"version": 3, "secret": ""})
        boss.patch(path, {"version": 4, "settings": SMTP})

    def test_a_secret_belongs_to_its_row(self, boss: Api) -> None:
        """Sealed bytes moved to another channel open nothing."""
        first, second = added(boss, secret=SECRET), added(boss, name="二")
        sealed = Channel.objects.get(pk=first["id"]).address
        Channel.objects.filter(pk=second["id"]).update(address=sealed)
        told = {one["id"]: one["address"] for one in boss.get("/channels")["items"]}
        assert told[second["id"]] == "无法解密，请重新填写"
        tried = boss.post(f"/channels/{second['id']}/trial", status=200)
        assert not tried["ok"]
        assert "重新填写" in tried["trouble"]

    def test_of_a_department(self, boss: Api) -> None:
        east = Department.objects.create(name="东区")
        Department.objects.filter(pk=east.pk).update(path=f"/{east.pk}/")
        one = added(boss, department_id=east.pk)
        assert one["department"] == {"id": east.pk, "name": "东区", "parent_id": None}
        told = boss.patch(f"/channels/{one['id']}", {"version": 1, "department_id": None})
        assert told["department"] is None
        boss.post("/channels", {"kind": "wecom", "name": "x", "department_id": 99}, 422)
        two = added(boss, name="二", department_id=east.pk)
        boss.delete(f"/departments/{east.pk}")
        told = {one["id"]: one["department"] for one in boss.get("/channels")["items"]}
        assert told[two["id"]]["name"] == "（已删除的部门）"

    def test_the_list_asks_no_more_for_many(self, boss: Api) -> None:
        def listed() -> int:
            return queries_of(lambda: boss.get("/channels"))

        for number in range(1, 4):
            east = Department.objects.create(name=f"{number} 区")
            Department.objects.filter(pk=east.pk).update(path=f"/{east.pk}/")
            added(boss, name=f"群 {number}", department_id=east.pk)
            if number == 1:
                few = listed()
        assert listed() == few

    def test_removed(self, boss: Api) -> None:
        one = added(boss)
        boss.delete(f"/channels/{one['id']}")
        assert boss.get("/channels")["items"] == []
        boss.delete(f"/channels/{one['id']}", 404)
        verbs = set(Event.objects.filter(record_type="channel").values_list("verb", flat=True))
        assert verbs == {"channel.added", "channel.removed"}

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"kind": "pigeon"}, "kind"),
            ({"name": " "}, "name"),
            ({"name": "长" * 41}, "name"),
            ({"kind": "wecom", "address": WECOM, "secret": "x"}, "secret"),
            ({"secret": "x" * 201}, "secret"),
            ({"kind": "mail", "settings": SMTP | {"port": 0}}, "settings.port"),
            ({"kind": "mail", "settings": SMTP | {"host": "a b/c"}}, "settings.host"),
            ({"kind": "mail", "settings": SMTP | {"security": "none"}}, "settings.security"),
            ({"kind": "mail", "settings": SMTP | {"security": "x"}}, "settings.security"),
            ({"kind": "mail", "settings": SMTP | {"sender": "crm"}}, "settings.sender"),
            ({"kind": "mail", "settings": SMTP | {"user": "客服"}}, "settings.user"),
            ({"kind": "mail", "settings": SMTP, "secret": "mima，77"}, "secret"),
            ({"kind": "mail"}, "settings.host"),
        ],
    )
    def test_what_cannot_be(self, boss: Api, wrong: dict[str, Any], field: str) -> None:
        body = {"kind": "dingtalk", "name": "群", "address": DING} | wrong
        assert wrong_fields(boss.post("/channels", body, 422)) == {field}
        assert not Channel.objects.exists()


class TestWhereTo:
    @pytest.mark.parametrize(
        "address",
        [
            *("", "oapi.dingtalk.com", "http://oapi.dingtalk.com/robot/send", "ftp://x.cn/"),
            *("https://127.0.0.1/", "https://localhost/", "https://10.0.0.8/hook"),
            *("https://169.254.169.254/latest/meta-data", "https://192.168.1.1/"),
            *("https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fd00::1]/"),
            *("https://user:pass@oapi.dingtalk.com/", "https://0177.0.0.1/", "https://2130706433/"),
            *("https://oapi.dingtalk.com:99999/", "https://oapi.dingtalk.com/a b", "https:///x"),
            *("https://群.cn/", "https://oapi.dingtalk.com/\n", f"https://x.cn/{'a' * 2000}"),
        ],
    )
    def test_addresses_that_are_not_taken(self, boss: Api, address: str) -> None:
        if address.endswith("\n"):
            assert posting.check(address) == address.strip()
            return
        body = {"kind": "dingtalk", "name": "群", "address": address}
        assert wrong_fields(boss.post("/channels", body, 422)) == {"address"}

    @pytest.mark.parametrize(
        ("address", "public"),
        [
            *(("8.8.8.8", True), ("2400:3200::1", True), ("127.0.0.1", False), ("10.1.2.3", False)),
            *(("100.64.0.1", False), ("169.254.169.254", False), ("0.0.0.0", False), ("::", False)),
            *(("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("224.0.0.1", False)),
            *(("::ffff:10.0.0.1", False), ("::ffff:8.8.8.8", True), ("2002:7f00:1::", False)),
            *(("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True), ("255.255.255.255", False)),
            *(("198.18.0.1", False), ("192.0.2.1", False), ("nonsense", False)),
            *(("192.0.0.192", False), ("::ffff:192.0.0.192", False), ("fec0::1", False)),
        ],
    )
    def test_what_is_public(self, address: str, public: bool) -> None:
        assert reaching.is_public(address) == public

    def test_a_name_that_leads_inside_is_not_followed(self, boss: Api) -> None:
        """Only when it is looked up does a name show where it leads."""
        with robots() as server:
            one = added(boss, address="https://localhost.localdomain/robot/send")
            told = boss.post(f"/channels/{one['id']}/trial", status=200)
            assert not told["ok"]
            assert server.asked == 0

    def test_a_mail_server_inside_is_not_asked(self, boss: Api) -> None:
        Person.objects.filter(pk=boss.id).update(email="boss@example.com")
        with mail_server() as server:
            inside = SMTP | {"host": "127.0.0.1", "port": server.port, "security": "starttls"}
            one = added(boss, kind="mail", address="", settings=inside)
            told = boss.post(f"/channels/{one['id']}/trial", status=200)
            assert "ZHIKE_ALLOW_LOCAL_CHANNELS" in told["trouble"]
            assert server.calls == 0

    def test_nobody_is_followed_elsewhere(self, boss: Api, server: RobotServer) -> None:
        one = added(boss, address=server.url("dingtalk"))
        server.plan.append(saying({}, 302, Location=server.url("wecom")))
        told = boss.post(f"/channels/{one['id']}/trial", status=200)
        assert (told["ok"], server.asked) == (False, 1)
        assert "转到了别处" in told["trouble"]


class TestTrial:
    @pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
    def test_of_a_robot(self, boss: Api, server: RobotServer, kind: str) -> None:
        secret = SECRET if kind != "wecom" else ""
        if secret:
            server.secrets[kind] = secret
        one = added(boss, kind=kind, address=server.url(kind), secret=secret)
        assert boss.post(f"/channels/{one['id']}/trial", status=200) == {"ok": True, "trouble": ""}
        (text,) = server.texts()
        assert "知客" in text
        assert "给 周管理" in text
        told = boss.get("/channels")["items"][0]
        assert told["worked_at"]
        assert Event.objects.filter(verb="channel.tried", actor_id=boss.id).exists()

    @pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
    def test_a_wrong_secret_is_told(self, boss: Api, server: RobotServer, kind: str) -> None:
        server.secrets[kind] = SECRET
        one = added(boss, kind=kind, address=server.url(kind), secret="SEC-wrong")
        told = boss.post(f"/channels/{one['id']}/trial", status=200)
        assert not told["ok"]
        assert "签名" in told["trouble"]
        assert boss.get("/channels")["items"][0]["trouble"] == told["trouble"]

    def test_by_mail_to_oneself(self, boss: Api, post: MailServer) -> None:
        settings = SMTP | {"host": "127.0.0.1", "port": post.port, "security": "none"}
        one = added(boss, kind="mail", address="", settings=settings)
        refused = boss.post(f"/channels/{one['id']}/trial", status=422)
        assert refused["field"] == "email"
        Person.objects.filter(pk=boss.id).update(email="boss@example.com")
        assert boss.post(f"/channels/{one['id']}/trial", status=200)["ok"]
        ((to, letter),) = post.got
        assert to == "boss@example.com"
        assert letter["From"] == "知客 <crm@example.com>"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert "设置好了" in letter.get_content()

    def test_not_too_often(self, boss: Api, server: RobotServer) -> None:
        one = added(boss, kind="wecom", address=server.url("wecom"))
        for _ in range(10):
            boss.post(f"/channels/{one['id']}/trial", status=200)
        boss.post(f"/channels/{one['id']}/trial", status=429)
        assert server.asked == 10


class TestEncryption:
    """By the certificates of the machine; one nobody vouches for is not talked to."""

    @pytest.fixture
    def trusted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        made = certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        posting.tls_context.cache_clear()
        with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=True):
            yield made
        posting.tls_context.cache_clear()

    @pytest.fixture
    def unknown(self, tmp_path: Path) -> Iterator[Path]:
        posting.tls_context.cache_clear()
        with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=True):
            yield certificate(tmp_path)

    def _tried(self, boss: Api, **fields: Any) -> dict[str, Any]:
        Person.objects.filter(pk=boss.id).update(email="boss@example.com")
        one = added(boss, **fields)
        return dict(boss.post(f"/channels/{one['id']}/trial", status=200))

    def test_of_a_robot(self, boss: Api, trusted: Path) -> None:
        with robots(trusted) as server:
            assert self._tried(boss, address=server.url("dingtalk"))["ok"]
            assert len(server.got) == 1

    def test_that_takes_too_long_is_not_the_end_of_the_bound(
        self, boss: Api, trusted: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever spends the time on TLS has none left to answer in, drop by drop."""
        context = posting.tls_context()

        class Slow:
            def wrap_socket(self, *given: Any, **named: Any) -> Any:
                made = context.wrap_socket(*given, **named)
                time.sleep(0.5)
                return made

        with robots(trusted) as server, monkeypatch.context() as meanwhile:
            meanwhile.setattr(posting, "SECONDS", 0.4)
            meanwhile.setattr(posting, "tls_context", Slow)
            server.plan.append(dripping(0.05))
            begun = time.perf_counter()
            assert "没有回答" in self._tried(boss, address=server.url("dingtalk"))["trouble"]
            assert time.perf_counter() - begun < 10

    def test_of_a_robot_nobody_knows(self, boss: Api, unknown: Path) -> None:
        with robots(unknown) as server:
            told = self._tried(boss, address=server.url("dingtalk"))
            assert told == {"ok": False, "trouble": "钉钉的证书不可信，请核对地址"}
            assert server.asked == 0

    def test_a_certificate_of_another_name(self, boss: Api, trusted: Path) -> None:
        with robots(trusted) as server:
            address = server.url("dingtalk").replace("localhost", "127.0.0.1")
            assert "证书不可信" in self._tried(boss, address=address)["trouble"]

    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_of_a_mail_server(self, boss: Api, trusted: Path, security: str) -> None:
        given = {"certificate": trusted, "tls_first": security == "tls"}
        with mail_server(**given, user="crm", password="tongxing") as server:
            place = {"host": "localhost", "port": server.port, "security": security, "user": "crm"}
            fields = {"kind": "mail", "address": "", "settings": SMTP | place}
            assert self._tried(boss, **fields, secret="tongxing") == {"ok": True, "trouble": ""}
            assert (len(server.got), server.secured) == (1, 1)

    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_of_a_mail_server_nobody_knows(self, boss: Api, unknown: Path, security: str) -> None:
        given = {"certificate": unknown, "tls_first": security == "tls"}
        with mail_server(**given, user="crm", password="tongxing") as server:
            place = {"host": "localhost", "port": server.port, "security": security, "user": "crm"}
            fields = {"kind": "mail", "address": "", "settings": SMTP | place}
            told = self._tried(boss, **fields, secret="tongxing")
            assert told == {"ok": False, "trouble": "邮件服务器的证书不可信，请核对地址"}
            assert server.got == []

    def test_no_password_without_encryption(self, boss: Api, trusted: Path) -> None:
        """A server that offers no STARTTLS, or somebody between who hides it."""
        with mail_server(user="crm", password="tongxing") as server:
            place = {"host": "localhost", "port": server.port, "security": "starttls"}
            settings = SMTP | place | {"user": "crm"}
            fields = {"kind": "mail", "address": "", "settings": settings}
            told = self._tried(boss, **fields, secret="tongxing")
            assert "不支持所选的加密" in told["trouble"]
            assert server.got == []
