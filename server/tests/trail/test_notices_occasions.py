"""What people are told of by others: an import that is done, a review that waits or is decided."""

from __future__ import annotations

import pytest

from tests.doors.conftest import brought_in
from tests.people import Api, hire
from tests.trail.sending import department
from zhike.access.models import Department, Person
from zhike.access.queries import covers, reached_by
from zhike.access.rights import ReachName
from zhike.trail.notices import wording

_REACHES: tuple[ReachName, ...] = ("none", "own", "team", "below")


class TestOccasions:
    def test_an_import_that_is_done(self, mei: Api, lin: Api) -> None:
        data = "客户名称,客户类别\n新来一号,企业\n新来二号,企业\n".encode()
        done = brought_in(mei, data, "老客户 13800138000.csv")
        assert done["state"] == "done"
        (one,) = mei.get("/notices")["items"]
        assert (one["kind"], one["body"]) == ("import_done", "新增 2 行。")
        assert one["title"] == f"导入完成：老客户 {wording.HIDDEN}.csv"
        assert one["record"] == {"type": "import", "id": done["id"]}
        assert lin.get("/notices/summary") == {"unread": 0}

    def test_a_review_that_is_decided(self, boss: Api, mei: Api) -> None:
        boss.patch("/organisation", {"reviewed_fields": ["grade"]})
        file = mei.customer()
        mei.patch(f"/customers/{file['id']}", {"version": file["version"], "grade": "A"})
        (review,) = boss.get("/reviews")["items"]
        boss.post(f"/reviews/{review['id']}/rejection", {"note": "再看看"}, 200)
        (one,) = mei.get("/notices")["items"]
        assert (one["kind"], one["title"]) == ("review", "审核不通过：华为技术有限公司")
        assert (one["body"], one["customer"]["id"]) == ("再看看", file["id"])
        assert boss.get("/notices/summary") == {"unread": 0}


class TestReviewsThatWait:
    """Who may decide is told, once for each review; nobody else is, and not for ever."""

    @pytest.fixture
    def east(self) -> Department:
        return department("华东")

    @pytest.fixture
    def han(self, boss: Api, east: Department) -> Api:
        boss.patch("/organisation", {"reviewed_fields": ["grade"], "reviews_new_customers": True})
        return Api(hire("韩信", "han", department=department("杭州", east)))

    @pytest.fixture
    def lead(self, east: Department) -> Api:
        return Api(hire("陈主管", "chen", "sales_lead", department=east))

    @pytest.fixture
    def far(self) -> Api:
        return Api(hire("吴主管", "wu", "sales_lead", department=department("华北")))

    def test_a_new_customer(self, boss: Api, han: Api, lead: Api, far: Api) -> None:
        file = han.customer("待审有限公司")
        for reviewer in (boss, lead):
            (one,) = reviewer.get("/notices")["items"]
            assert (one["kind"], one["title"]) == ("review", "新客户等你审核：待审有限公司")
            assert (one["body"], one["customer"]["id"]) == ("韩信录入", file["id"])
        assert far.get("/notices/summary") == {"unread": 0}
        assert han.get("/notices/summary") == {"unread": 0}
        (review,) = lead.get("/reviews")["items"]
        lead.post(f"/reviews/{review['id']}/approval", {}, 200)
        assert boss.get("/notices/summary") == {"unread": 0}, "there is nothing left to decide"
        assert han.get("/notices/summary") == {"unread": 1}

    def test_a_change_is_told_once_until_it_is_taken_back(
        self, boss: Api, han: Api, lead: Api, far: Api
    ) -> None:
        boss.patch("/organisation", {"reviews_new_customers": False})
        file = han.customer()
        for grade in ("A", "B"):
            han.patch(f"/customers/{file['id']}", {"version": file["version"], "grade": grade})
        (one,) = lead.get("/notices")["items"]
        assert (one["title"], one["body"]) == (f"等你审核：{file['name']}", "韩信改了重要资料")
        assert far.get("/notices")["items"] == []
        assert lead.get("/notices/summary") == {"unread": 1}
        han.patch(f"/customers/{file['id']}", {"version": file["version"], "grade": file["grade"]})
        assert lead.get("/reviews", state="pending")["items"] == []
        assert lead.get("/notices/summary") == {"unread": 0}

    def test_an_import_is_told_as_one(self, han: Api, lead: Api, far: Api) -> None:
        rows = "".join(f"新来第{n}公司,企业\n" for n in range(450))
        done = brought_in(han, f"客户名称,客户类别\n{rows}".encode(), "名单.csv")
        assert done["counts"]["done"] == 450
        (one,) = lead.get("/notices")["items"]
        assert one["title"] == "导入的新客户等你审核"
        assert one["body"] == "韩信导入的，审核之后才算数"
        assert far.get("/notices")["items"] == []

    def test_who_is_covered_is_who_is_reached(self, han: Api, lead: Api, far: Api) -> None:
        nowhere = Api(hire("云游", "yun"))
        everybody = [one.person for one in (han, lead, far, nowhere)]
        for actor in everybody:
            for reach in _REACHES:
                found = {one.pk for one in everybody if covers(actor, reach, one)}
                known = {one.pk for one in everybody}
                fresh = Person.objects.get(pk=actor.pk)
                assert found == known & set(reached_by(fresh, reach)), (actor.name, reach)
            assert all(covers(actor, "all", one) for one in [*everybody, None])
            assert not covers(actor, "below", None)
