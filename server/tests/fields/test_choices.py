import pytest

from zhike.fields import choices


@pytest.mark.parametrize("dictionary", choices.ALL.values(), ids=lambda one: one.name)
def test_every_word_of_a_dictionary_leads_to_its_value(dictionary):
    for entry in dictionary:
        for word in (entry.value, entry.label, f" {entry.label} ", *entry.synonyms):
            assert dictionary.match(word) == entry.value, word
        assert dictionary.label(entry.value) == entry.label
        assert entry.value in dictionary
    assert [value for value, _ in dictionary.choices] == list(dictionary.values)
    assert dictionary.match("没有这个") is None
    assert dictionary.match("") is None
    assert dictionary.match(None) is None
    assert dictionary.label(None) == ""
    assert dictionary.label("no_such") == "no_such"


@pytest.mark.parametrize("dictionary", choices.ALL.values(), ids=lambda one: one.name)
def test_no_word_means_two_values(dictionary):
    seen: dict[str, str] = {}
    for entry in dictionary:
        for word in (entry.label, *entry.synonyms):
            assert seen.setdefault(word.casefold(), entry.value) == entry.value, word


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("grade", "A级（高价值）", "A"),
        ("grade", "Ｂ级", "B"),
        ("grade", "B级（待复核）", "B"),
        ("grade", "c", "C"),
        ("kind", "B端", "company"),
        ("kind", "个人（C端）", "person"),
        ("source", "线下展会", "exhibition"),
        ("source", "合作伙伴推荐", "partner"),
        ("way", "上门拜访", "visit"),
        ("way", "微信", "wecom"),
        ("need_status", "未明确", "unclear"),
        ("need_status", "待确认", "unclear"),
        ("need_status", "跟进中", "following"),
        ("need_status", "方案洽谈", "proposing"),
        ("feedback_dimension", "服务响应速度", "responsiveness"),
        ("type", "VIP", None),
        ("type", "重点客户", None),
    ],
)
def test_what_the_sheets_say(name, text, value):
    assert choices.ALL[name].match(text) == value


def test_need_status_keeps_every_word_of_both_lists_apart():
    """R12 has four words and the core data table six; two of them mean the same in both."""
    both = [
        "未明确",
        "明确",
        "跟进中",
        "已解决",
        "待确认",
        "需求明确",
        "方案洽谈",
        "成交中",
        "已成交",
        "已流失",
    ]
    values = [choices.NEED_STATUS.match(word) for word in both]
    assert None not in values
    assert len(set(values)) == 8


def test_key_customers():
    assert choices.means_key_customer("重点客户")
    assert choices.means_key_customer(" 重点客户（总部） ")
    assert not choices.means_key_customer("老客户")
    assert not choices.means_key_customer("VIP")


def test_for_the_api():
    told = choices.FEEDBACK_STATUS.as_json()
    assert told[0] == {"value": "pending", "label": "待处理", "color": "red"}
    assert "color" not in choices.SOURCE.as_json()[0]
