"""The world the table is tried in: built once, and every call taken back.

All who call sit in one department. For each relation of the table there is a customer with
everything that hangs on one, and each value of it holds a canary: a text that stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.access.door import PASSWORD, Visitor
from tests.attacks.matrix.calling import Caller
from tests.attacks.matrix.dealt import DEALT, GONE, dealings_on
from tests.attacks.matrix.expectations import ACTORS, LIVING, ROLES
from tests.attacks.matrix.onefold import merge_of, pairs_with
from tests.people import NOW, TODAY, hire, role_of
from zhike.access.models import Department, Organisation, Person, Role, Token
from zhike.base.models import Job
from zhike.care.cadence import editing
from zhike.care.models import (
    CareEntry,
    Checklist,
    FollowUp,
    Phrase,
    Playbook,
    PlaybookRun,
    PoolClock,
    Task,
    Template,
)
from zhike.care.pool import stays
from zhike.customers import actions, contacts, search
from zhike.customers.models import Collaborator, Contact, Customer, HandOver, Review, Tag
from zhike.doors import spool
from zhike.doors.models import Export, Import
from zhike.fields import actions as fields
from zhike.fields import rules
from zhike.fields.models import Word
from zhike.service.models import Feedback
from zhike.trail.actions import record
from zhike.trail.channels import sealing
from zhike.trail.models import Channel, Delivery, Notice

NOBODYS = 999_999_999  # an id no record has
ODD = (0, -1, 2**63, 10**30)
FREE_IDENTITY = "91350211M000100Y46"
ROLE_OF = {"unenrolled": "careful", "viewing": "administrator", "reading_token": "sales"}


@dataclass
class File:
    """A customer with all that hangs on it; `words` are its canaries by group of fields."""

    relation: str
    ids: dict[str, int] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Seen:
    """One who calls: their id, their own records by relation and kind, and how they call."""

    person: Person
    caller: Caller
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _identity(number: int) -> str:
    """A valid 统一社会信用代码 (GB 32100-2015), a different one for every number."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91330100MA{number:07d}"
    weights = [3**place % 31 for place in range(17)]
    total = sum(letters.index(one) * weight for one, weight in zip(body, weights, strict=True))
    return body + letters[(31 - total % 31) % 31]


class World:
    """Everybody, and everything they might reach for."""

    digest = ""  # of all tables, once everything stands

    def __init__(self) -> None:
        self._count = 0
        Organisation.objects.get_or_create(
            id=Organisation.THE, defaults={"name": "晨星贸易", "created_at": NOW}
        )
        self.chief = hire("总管理", "chief", "administrator")
        self._departments()
        self._people()
        self._settings()
        self._sheets()
        self._jobs()
        self._channel()
        self._playbooks()
        self.shared: dict[str, File] = {}
        self.gone: dict[str, File] = {}
        owners: dict[str, Person | None] = {
            "team": self.mate,
            "below": self.junior,
            "foreign": self.other,
            "pool": None,
            "shared_read": self.other,
            "shared_edit": self.other,
        }
        for relation, owner in owners.items():
            self.shared[relation] = self._file(relation, owner)
            self.gone[relation] = self._file(f"gone {relation}", owner, days_gone=1)
        self.far = self._file("foreign", self.other)
        self.actors = {name: self._actor(name) for name in ACTORS if name != "nobody"}
        self.actors["nobody"] = Seen(self.chief, Caller.of_nobody(), self.actors["sales"].ids)
        self._share()
        self._close()

    def _departments(self) -> None:
        def make(name: str, parent: Department | None = None) -> Department:
            one = Department.objects.create(name=name, parent=parent)
            one.path = f"{parent.path if parent else '/'}{one.pk}/"
            one.save()
            return one

        self.east = make("东区")
        self.below_east = make("东区一组", self.east)
        self.west = make("西区")
        self.empty = make("空部门")

    def _people(self) -> None:
        self.mate = hire("同组人", "mate", "sales", self.east)
        self.junior = hire("下级人", "junior", "sales", self.below_east)
        self.other = hire("外区人", "other", "sales", self.west)
        self.stranger = hire("外区二", "stranger", "sales", self.west)
        self.guest = hire("协作人", "guest", "sales", self.west)
        self.left = hire("离职人", "left", "sales", self.west)
        Person.objects.filter(pk=self.left.pk).update(is_active=False, left_on=TODAY)
        self.program = hire("程序", "program", "sales")
        Person.objects.filter(pk=self.program.pk).update(is_service=True)
        sales = role_of("sales")
        self.careful = Role.objects.create(
            key="careful", name="两步销售", granted=sales.granted, needs_second_factor=True
        )
        self.unused_role = Role.objects.create(key="unused", name="没人用", granted=sales.granted)
        self.tag = Tag.objects.create(name="共用标签")

    def _settings(self) -> None:
        """A choice of the customer's own with its words, and a rule."""
        self.own_field = fields.define_field(
            actor=self.chief,
            now=NOW,
            of="customer",
            label="渠道",
            type="choice",
            choices=[{"label": "甲"}, {"label": "乙"}],
        )
        self.own_word = f"v{Word.objects.get(label='甲').pk}"
        self.rule = rules.add_rule(
            actor=self.chief,
            now=NOW,
            name="规则",
            field="grade",
            must=[{"field": "grade", "op": "filled"}],
            message="请填写等级",
            level="hint",
            is_on=False,
        )
        self.cadence_rule = editing.add_rule(
            actor=self.chief, now=NOW, name="节奏", every=1, unit="week"
        )

    def _sheets(self) -> None:
        """A template, a phrase and a check list."""
        self.template = Template.objects.create(scene="矩阵", body="来自＿＿")
        self.phrase = Phrase.objects.create(stage="needs", title="矩阵", body="请问")
        steps = [{"key": "step-1", "text": "问"}, {"key": "step-2", "text": "记"}]
        self.checklist = Checklist.objects.create(stage="needs", title="矩阵", items=steps)

    def _playbooks(self) -> None:
        """A plan that runs everywhere, one that runs nowhere, and somebody's own."""
        steps = [{"after": 0, "way": "phone", "title": "看看", "content": "", "mail": False}]
        of = {"steps": steps, "created_at": NOW}
        self.playbook = Playbook.objects.create(name="大家的", **of)
        self.fresh_playbook = Playbook.objects.create(name="还没用过", **of)
        own = {"owner": self.chief, "is_shared": False}
        self.others_playbook = Playbook.objects.create(name="别人的", **own, **of)

    def _jobs(self) -> None:
        """A job that failed, and one that waits."""
        of = {"kind": "audit.verify_whole", "run_at": NOW, "created_at": NOW}
        self.failed_job = Job.objects.create(state="failed", finished_at=NOW, **of)
        self.open_job = Job.objects.create(**of)

    def _channel(self) -> None:
        """A robot that leads nowhere, and what it could not send."""
        self.channel = Channel.objects.create(kind="wecom", name="群", is_on=True)
        sealing.seal_into(self.channel, "address", "https://127.0.0.1/robot")
        self.channel.save()
        kind = {"person": self.chief, "kind": "overdue", "due_at": NOW, "created_at": NOW}
        told = Notice.objects.create(key="x", title="超期", **kind)
        self.delivery = Delivery.objects.create(
            notice=told, channel=self.channel, state="failed", not_before=NOW
        )

    def _file(self, relation: str, owner: Person | None, *, days_gone: int = 0) -> File:
        """A customer with contact, follow-up, task, care entry, feedback and what was removed."""
        self._count += 1
        n = self._count
        words = {
            "basic": (f"雀名{n}号公司", f"雀景{n}号"),
            "identity": (_identity(n),),
            "address": (f"雀巷{n}号楼",),
            "contact": (f"雀人{n}号", f"雀好{n}号"),
            "phone": (f"1381{n:03d}5{n:03d}", f"0571-8{n:03d}4{n:03d}"),
            "email": (f"que{n}@canary.example", f"que-wx-{n}-x"),
            "needs": (f"雀需{n}号",),
            "cooperation": (f"雀品{n}号", f"雀改{n}号", f"雀购{n}号", f"雀退{n}号"),
            "money": (f"77{n:03d}0{n:03d}", f"88{n:03d}0{n:03d}", f"99{n:03d}0{n:03d}"),
            "notes": (f"雀险{n}号", f"雀患{n}号", f"雀解{n}号"),
            "files": (f"雀件{n}号", f"雀弃{n}号"),
            "follow_up": (f"雀谈{n}号",),
            "task": (f"雀事{n}号",),
            "care": (f"雀礼{n}号",),
            "feedback": (f"雀评{n}号",),
            "gone_contact": (f"雀旧{n}号",),
            "gone_follow_up": (f"雀废{n}号",),
        }
        made = actions.create_customer(
            actor=self.chief,
            now=NOW,
            name=words["basic"][0],
            background=words["basic"][1],
            owner_id=owner.pk if owner else self.chief.pk,
            identity=words["identity"][0],
            address=words["address"][0],
            core_need=words["needs"][0],
            products=words["cooperation"][0],
            contract_amount=int(words["money"][0]),
            deal_amount=int(words["money"][1]),
            risk=words["notes"][0],
            contact_name=words["contact"][0],
            mobile=words["phone"][0],
            landline=words["phone"][1],
            email=words["email"][0],
            wechat=words["email"][1],
        )
        if owner is None:
            Customer.objects.filter(pk=made.pk).update(owner=None)
            made.refresh_from_db()
            search.refresh(made)
            stays.come([made.pk], why=stays.NEVER_OWNED, former=None, now=NOW)
        else:
            soon = TODAY + timedelta(days=3)
            PoolClock.objects.create(customer=made, owner=owner, held_since=TODAY, falls_on=soon)
        file = File(relation, {"customer": made.pk}, words)
        file.words["basic"] += (made.code,)
        self._hang_on(file, made, owner or self.other)
        dealings_on(file.ids, words, made, owner or self.other)
        file.ids["name"] = made.pk
        if days_gone:
            Customer.objects.filter(pk=made.pk).update(
                deleted_at=NOW - timedelta(days=days_gone), deleted_by=self.chief
            )
            search.drop([made.pk])
        return file

    def _hang_on(self, file: File, customer: Customer, author: Person) -> None:
        words, by = file.words, {"author": author, "author_name": author.name, "recorded_at": NOW}
        contact = customer.contacts.get()
        Contact.objects.filter(pk=contact.pk).update(preferences=words["contact"][1])
        removed = contacts.add_contact(
            actor=self.chief, now=NOW, customer_id=customer.pk, name=words["gone_contact"][0]
        )
        yesterday = {"deleted_at": NOW - timedelta(days=1), "deleted_by": self.chief}
        Contact.objects.filter(pk=removed.pk).update(**yesterday)
        Collaborator.objects.create(customer=customer, person=self.guest, added_at=NOW)
        search.refresh(customer)
        talk = FollowUp.objects.create(
            customer=customer,
            contact=contact,
            contacted_on=TODAY,
            contacted_at=NOW,
            way="phone",
            content=words["follow_up"][0],
            **by,
        )
        thrown = FollowUp.objects.create(
            customer=customer, way="phone", content=words["gone_follow_up"][0], **by, **yesterday
        )
        care = CareEntry.objects.create(
            customer=customer, on=TODAY, way="gift", result=words["care"][0], **by
        )
        feedback = Feedback.objects.create(
            customer=customer,
            on=TODAY,
            comment=words["feedback"][0],
            recorded_by=author,
            recorded_at=NOW,
        )
        task = self._task(words["task"][0], customer, author)
        done = self._task(words["task"][0], customer, author)
        Task.objects.filter(pk=done.pk).update(done_at=NOW, done_by=author)
        for verb, kind, one in (
            ("follow_up.logged", "follow_up", talk),
            ("care.logged", "care", care),
            ("feedback.recorded", "feedback", feedback),
            ("task.done", "task", done),
        ):
            data = {"title": words["task"][0]} if kind == "task" else {}
            record(
                verb,
                actor=author,
                now=NOW,
                customer_id=customer.pk,
                record=(kind, one.pk),
                data=data,
            )
        record(
            "follow_up.changed",
            actor=author,
            now=NOW,
            customer_id=customer.pk,
            record=("follow_up", talk.pk),
            data={"changes": {"content": [words["follow_up"][0], f"{words['follow_up'][0]}改过"]}},
        )
        review = Review.objects.create(
            kind=Review.Kind.CHANGE,
            customer=customer,
            changes={"products": list(words["cooperation"][:2])},
            asked_by=author,
            asked_at=NOW,
        )
        file.ids["review"] = review.pk
        run = {"playbook": self.playbook, "customer": customer, "person": author}
        file.ids["playbook_run"] = PlaybookRun.objects.create(started_on=TODAY, **run).pk
        file.ids["merge"] = merge_of(customer)
        file.ids |= {"contact": contact.pk, "follow_up": talk.pk, "task": task.pk}
        file.ids |= {"gone_contact": removed.pk, "gone_follow_up": thrown.pk}

    def _task(self, title: str, customer: Customer | None, whose: Person) -> Task:
        return Task.objects.create(
            kind=Task.TODO,
            customer=customer,
            title=title,
            due_on=TODAY,
            assignee=whose,
            created_by=self.chief,
            created_at=NOW,
        )

    def _actor(self, name: str) -> Seen:
        self._count += 1
        key = ROLE_OF.get(name, name if name in ROLES else "sales")
        person = hire(f"主角{self._count}", f"hero-{name}", key, self.east)
        own, deleted = self._file("own", person), self._file("deleted", person, days_gone=1)
        expired = self._file("expired", person, days_gone=31)
        seen = Seen(person, self._caller(name, person), files=[own, deleted, expired])
        ids = seen.ids
        everything = {**self.shared, "own": own, "deleted": deleted}
        everything["deleted_foreign"] = self.gone["foreign"]
        for relation, file in everything.items():
            kinds = ("customer", "contact", "follow_up", "task", "name", "review", "merge", *DEALT)
            kinds += ("playbook_run",)
            ids |= {(kind, relation): file.ids[kind] for kind in kinds}
            for kind in ("gone_contact", "gone_follow_up", *GONE):
                ids[kind, relation] = file.ids[kind]
        others = {relation: file.ids["customer"] for relation, file in everything.items()}
        ids |= pairs_with(own.ids["customer"], others)
        for kind in ("contact", "follow_up", *DEALT):
            ids[f"gone_{kind}", "living"] = own.ids[kind]
        for relation in LIVING:
            file = deleted if relation == "own" else self.gone[relation]
            ids["gone", relation] = file.ids["customer"]
        ids["gone", "living"], ids["gone", "expired"] = own.ids["customer"], expired.ids["customer"]
        far = Customer.objects.get(pk=self.far.ids["customer"])
        ids["task", "given"] = self._task("别人的客户，我的事", far, person).pk
        ids["person", "self"] = person.pk
        own_plan = Playbook.objects.create(
            name="自己的", owner=person, is_shared=False, steps=self.playbook.steps, created_at=NOW
        )
        ids["playbook", "own"] = own_plan.pk
        self._doors_of(seen, name)
        return seen

    def _doors_of(self, seen: Seen, name: str) -> None:
        """Imports, exports, hand-overs and tokens: own ones and somebody else's."""
        for relation, whose in (("own", seen.person), ("foreign", self.other)):
            word = f"雀表{name}-{relation}"
            of = {
                "file_name": f"{word}.xlsx",
                "sheet": "standard-21",
                "created_by": whose,
                "headers": ["客户名称"],
                "mapping": ["customer.name"],
                "owner": whose,
                "counts": {"rows": 1, "new": 1},
                "created_at": NOW,
            }
            ready = Import.objects.create(state=Import.State.READY, **of)
            done = Import.objects.create(state=Import.State.DONE, **of)
            made = Export.objects.create(
                view="list", format="csv", state="done", created_by=whose, created_at=NOW
            )
            passed = HandOver.objects.create(
                created_by=whose, created_at=NOW, note=word, taker=self.guest
            )
            token = Token.objects.filter(person=whose, name="矩阵").first()
            if token is None:
                Token.issue(whose, "矩阵", NOW, scopes=["read"], last_used_on=TODAY)
                token = Token.objects.get(person=whose, name="矩阵")
            seen.ids |= {("import", relation): ready.pk, ("import_done", relation): done.pk}
            seen.ids |= {("export", relation): made.pk, ("hand_over", relation): passed.pk}
            seen.ids["token", relation] = token.pk
            seen.words[relation] = (word,)
            kind = {"person": whose, "kind": "handed_over", "due_at": NOW, "created_at": NOW}
            told = Notice.objects.create(key=word, title=word, **kind)
            seen.ids["notice", relation] = told.pk

    def _caller(self, name: str, person: Person) -> Caller:
        if name == "half_way":
            return self._half_way(person)
        if name == "reading_token":
            plain = Token.issue(person, "矩阵", NOW, scopes=["read"], last_used_on=TODAY)
            return Caller.with_token(plain)
        caller = Caller.signed_in(person)
        if name == "viewing":
            told = caller.call("POST", "/api/v1/view-as", {"role_id": role_of("sales").pk})
            assert told.status_code == 200, told.content
            caller.keep()
        return caller

    def _half_way(self, person: Person) -> Caller:
        """The password was right, the second factor is still to come."""
        person.set_password(PASSWORD)
        person.save()
        first, second = Visitor(), Visitor()
        first.sign_in(person.username)
        first.enrol()
        half = second.sign_in(person.username)
        assert half.status_code == 401, half.content
        flows = half.json()["data"]["flows"]
        assert any(flow.get("is_pending") for flow in flows), flows
        return Caller.of_client(second.client)

    def _share(self) -> None:
        """Each who calls is a collaborator of the two shared customers."""
        for relation in ("shared_read", "shared_edit"):
            pk = self.shared[relation].ids["customer"]
            Collaborator.objects.bulk_create(
                Collaborator(
                    customer_id=pk,
                    person=seen.person,
                    may_edit=relation == "shared_edit",
                    added_at=NOW,
                )
                for name, seen in self.actors.items()
                if name != "nobody"
            )
            search.refresh(Customer.objects.get(pk=pk))

    def _close(self) -> None:
        Person.objects.filter(pk=self.actors["closed"].person.pk).update(is_active=False)

    def lay_out_files(self) -> None:
        """Put the files of imports and exports where they belong; calls may remove some."""
        for of in Import.objects.filter(state=Import.State.READY):
            if not spool.rows_path(of.pk).exists():
                spool.keep_rows(of.pk, [(2, ["雀行公司"])])
        for made in Export.objects.all():
            place = spool.folder("exports") / f"{made.pk}.csv"
            if not place.exists():
                place.write_text("雀出", encoding="utf-8")

    def put(self, actor: str, kind: str, relation: str) -> list[Any]:
        """What stands for a relation: one value, for odd numbers several."""
        if relation == "odd":
            return list(ODD)
        if kind == "name":
            return [self.name_of(actor, relation)]
        if relation == "absent":
            return [NOBODYS]
        same: dict[tuple[str, str], int | str] = {
            ("person", "team"): self.mate.pk,
            ("person", "foreign"): self.other.pk,
            ("person", "guest"): self.guest.pk,
            ("person", "left"): self.left.pk,
            ("person", "program"): self.program.pk,
            ("department", "empty"): self.empty.pk,
            ("department", "used"): self.west.pk,
            ("role", "unused"): self.unused_role.pk,
            ("role", "used"): self.other.role_id,
            ("role", "administrator"): self.chief.role_id,
            ("tag", "there"): self.tag.pk,
            ("record_kind", "there"): "customer",
            ("own_field", "there"): self.own_field.key,
            ("own_word", "there"): self.own_word,
            ("preset", "there"): "make",
            ("rule", "there"): self.rule.pk,
            ("cadence_rule", "there"): self.cadence_rule.pk,
            ("template", "there"): self.template.pk,
            ("phrase", "there"): self.phrase.pk,
            ("checklist", "there"): self.checklist.pk,
            ("step", "there"): "step-1",
            ("failed_job", "there"): self.failed_job.pk,
            ("open_job", "there"): self.open_job.pk,
            ("channel", "there"): self.channel.pk,
            ("delivery", "there"): self.delivery.pk,
            ("playbook", "shared"): self.playbook.pk,
            ("playbook", "foreign"): self.others_playbook.pk,
        }
        ids = self.actors[actor].ids
        return [same.get((kind, relation)) or ids[kind, relation]]

    def name_of(self, actor: str, relation: str) -> str:
        if relation == "absent":
            return "没有这家公司"
        return next(file.words["basic"][0] for file in self.files(actor, relation))

    def word(self, name: str) -> Any:
        return {
            "stranger": self.stranger.pk,
            "guest": self.guest.pk,
            "empty_department": self.empty.pk,
            "free_identity": FREE_IDENTITY,
            "digits": "5001",
            "channel": self.channel.pk,
            "playbook": self.fresh_playbook.pk,
            "phrase": self.phrase.pk,
            "checklist": self.checklist.pk,
            "step": "step-1",
            "own_field": self.own_field.key,
            "own_word": self.own_word,
        }[name]

    def files(self, actor: str, relation: str | None = None) -> Iterator[File]:
        """The files as they stand to somebody, living and gone, those of other actors too."""
        mine = self.actors["sales" if actor == "nobody" else actor].files
        if relation == "deleted_foreign":
            yield self.gone["foreign"]
            return
        for file in (*mine, *self.shared.values(), *self.gone.values()):
            if relation is None or file.relation == relation:
                yield file

    @property
    def spool(self) -> Path:
        return spool.folder("imports")
