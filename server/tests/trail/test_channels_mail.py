"""Mail: letters, each with a number of its own, and servers that refuse them."""

from __future__ import annotations

import time

import pytest
from django.test import override_settings

from tests.people import NOW, Api
from tests.trail.robots import MailServer, mail_server
from tests.trail.sending import HOUR, MINUTE, SECOND, one, run, states, tell
from zhike.access.models import Person
from zhike.trail.channels import keeping
from zhike.trail.models import Channel, Delivery
from zhike.trail.notices import telling

pytestmark = pytest.mark.usefixtures("local")


class TestMail:
    @pytest.fixture(autouse=True)
    def address(self, mei: Api) -> None:
        Person.objects.filter(pk=mei.id).update(email="mei@example.com")

    def test_a_letter(self, mei: Api, post: MailServer, mail: Channel) -> None:
        with override_settings(ZHIKE_URL="https://crm.example.cn"):
            tell(mei, kind="handed_over", body="两位客户\n请尽快联系", customer_id=5)
            run(NOW)
            run(NOW + HOUR)
        ((to, letter),) = post.got
        assert to == "mei@example.com"
        assert letter["Subject"] == "第 0 件"
        assert letter["To"] == "mei@example.com"
        text = letter.get_content()
        assert "两位客户\n请尽快联系" in text
        assert "https://crm.example.cn/customers/5" in text
        assert states() == ["sent"]

    def test_many_go_by_one_connection(self, mei: Api, post: MailServer, mail: Channel) -> None:
        tell(mei, 30, kind="digest")
        run(NOW)
        assert (len(post.got), post.calls) == (30, 1)

    def test_after_a_doubt_the_letter_has_the_same_number(
        self, mei: Api, post: MailServer, mail: Channel
    ) -> None:
        """The server took it, and broke off before saying so."""
        tell(mei, kind="digest")
        post.answers["LETTER"] = "250 taken"
        run(NOW)
        Delivery.objects.update(state="waiting", not_before=NOW)
        telling.look_at(mail.pk, NOW, NOW)
        run(NOW + MINUTE)
        numbers = {letter["Message-ID"] for _, letter in post.got}
        assert (len(post.got), len(numbers)) == (2, 1)
        assert numbers.pop().endswith("@example.com>")

    @pytest.mark.parametrize(
        ("word", "said"),
        [
            *(("HELLO", "421 too busy"), ("MAIL", "451 later"), ("LETTER", "452 no room")),
            *(("RCPT", "450 greylisted"), ("DATA", "421 closing")),
        ],
    )
    def test_what_may_work_later(
        self, mei: Api, post: MailServer, mail: Channel, word: str, said: str
    ) -> None:
        post.answers[word] = said
        tell(mei, kind="digest")
        run(NOW)
        assert states() == ["waiting"]
        assert one().not_before == NOW + 30 * SECOND
        post.answers.clear()
        run(NOW + 31 * SECOND)
        assert states() == ["sent"]
        assert len(post.got) == 1

    def test_one_wrong_address_holds_up_nobody(
        self, boss: Api, mei: Api, lin: Api, post: MailServer, mail: Channel
    ) -> None:
        Person.objects.filter(pk=lin.id).update(email="gone@example.com")
        post.refused.add("gone@example.com")
        for api in (lin, mei):
            tell(api, kind="digest")
        run(NOW)
        assert states() == ["failed", "sent"]
        assert [to for to, _ in post.got] == ["mei@example.com"]
        assert boss.get("/notices/summary") == {"unread": 0}

    @pytest.mark.parametrize(
        ("word", "said"), [("MAIL", "553 sender not allowed"), ("AUTH", "535 no")]
    )
    def test_wrong_settings_fail_and_are_told(
        self, boss: Api, mei: Api, post: MailServer, mail: Channel, word: str, said: str
    ) -> None:
        if word == "AUTH":
            post.user, post.password = "crm", "right"
            Channel.objects.update(settings=mail.settings | {"user": "crm"})
        else:
            post.answers[word] = said
        tell(mei, 3, kind="digest")
        run(NOW)
        assert states() == ["failed"] * 3
        assert post.calls == 1
        assert boss.get("/notices")["items"][0]["kind"] == "system"

    def test_a_server_that_is_away_is_asked_once(
        self, mei: Api, post: MailServer, mail: Channel
    ) -> None:
        Channel.objects.update(settings=mail.settings | {"port": 9})
        tell(mei, 20, kind="digest")
        begun = time.perf_counter()
        run(NOW)
        assert time.perf_counter() - begun < 5
        assert set(states()) == {"waiting"}
        assert sorted(Delivery.objects.values_list("attempts", flat=True))[-2:] == [0, 1]
        Channel.objects.update(settings=mail.settings)
        run(NOW + 31 * SECOND)
        assert states() == ["sent"] * 20

    def test_with_a_password(self, boss: Api, mei: Api) -> None:
        with mail_server(user="crm", password="tongxing") as server:
            settings = {"host": "127.0.0.1", "port": server.port, "security": "none"}
            settings |= {"user": "crm", "sender": "crm@example.com"}
            keeping.add_channel(
                actor=boss.person,
                now=NOW,
                kind="mail",
                name="邮件",
                settings=settings,
                secret="tongxing",
            )
            tell(mei, kind="digest")
            run(NOW)
            assert [to for to, _ in server.got] == ["mei@example.com"]

    def test_never_unencrypted_into_the_internet(
        self, mei: Api, post: MailServer, mail: Channel
    ) -> None:
        """It was set up while addresses of the house were allowed."""
        tell(mei, kind="digest")
        with override_settings(ZHIKE_ALLOW_LOCAL_CHANNELS=False):
            Channel.objects.update(settings=mail.settings | {"host": "8.8.8.8"})
            run(NOW)
        assert one().trouble == "邮件服务器要加密发送，请改选 SSL/TLS 或 STARTTLS"

    def test_who_left_since_gets_nothing(self, mei: Api, post: MailServer, mail: Channel) -> None:
        tell(mei, kind="digest")
        Person.objects.filter(pk=mei.id).update(is_active=False)
        run(NOW)
        assert (states(), post.got) == (["failed"], [])
