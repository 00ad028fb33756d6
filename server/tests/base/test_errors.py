import pytest

from zhike.base import errors


def test_one_field():
    problem = errors.Invalid("phone", "请填写 11 位手机号")
    assert problem.as_json() == {
        "status": 422,
        "code": "invalid",
        "title": "请填写 11 位手机号",
        "field": "phone",
        "errors": [{"field": "phone", "message": "请填写 11 位手机号"}],
    }


def test_several_fields_lead_with_the_first():
    problem = errors.Invalid([("name", "请填写客户名称"), ("email", "邮箱缺少 @")])
    assert problem.field == "name"
    assert problem.title == "请填写客户名称"
    assert len(problem.as_json()["errors"]) == 2


def test_stale_tells_what_changed():
    told = errors.Stale(current={"id": 1}, changed={"name": {"by": "李"}}).as_json()
    assert (told["status"], told["code"]) == (409, "stale")
    assert told["current"] == {"id": 1}
    assert told["changed"]["name"]["by"] == "李"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (errors.NotFound, 404, "not_found"),
        (errors.Forbidden, 403, "forbidden"),
        (errors.SignedOut, 401, "signed_out"),
        (errors.Conflict, 409, "conflict"),
    ],
)
def test_every_kind_has_a_status_a_code_and_a_sentence(kind, status, code):
    told = kind().as_json()
    assert (told["status"], told["code"]) == (status, code)
    assert "，" in told["title"]
    assert "field" not in told
    assert kind("别的话", code="setup_closed").as_json()["code"] == "setup_closed"
