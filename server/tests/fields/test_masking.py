import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.fields import masking


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("mobile", "13812345678", "138****5678"),
        ("landline", "010-12345678", "010-****5678"),
        ("landline", "0755-61282794", "0755-****2794"),
        ("landline", "0531-8123456", "0531-****3456"),
        ("landline", "010-12345678转803", "010-****5678转***"),
        ("mobile", "5678", "5***"),
        ("mobile", "138*", "1***"),
        ("mobile", "13812345678转12", "138****5678转***"),
        ("email", "zhang@example.com", "z***@example.com"),
        ("email", "zhang*", "z***"),
        ("wechat", "zhangsan88", "z***8"),
        ("wechat", "abc", "a***"),
        ("identity", "440106199001011234", "4401**********1234"),
        ("identity", "123", "1***"),
        ("address", "广东省深圳市南山区科苑路265号", "广东省深圳市南山区***"),
        ("address", "北京市朝阳区科苑路1号", "北京市朝阳区***"),
        ("address", "北京市朝阳区", "北京市朝阳区"),
        ("address", "浙江省义乌市江东街道1号", "浙江省义乌市***"),
        ("address", "科苑路265号", "科***"),
        ("address", "北京市阳光花园小区3号楼", "北京市***"),
        ("mobile", "", ""),
        ("unknown", "秘密", "秘***"),
    ],
)
def test_what_is_shown(kind, value, shown):
    assert masking.mask(kind, value) == shown


@given(
    st.sampled_from(["mobile", "landline", "email", "wechat", "identity"]),
    st.text(alphabet="0123456789-转abc@.", min_size=8, max_size=18),
)
def test_a_mask_never_shows_the_value(kind, value):
    shown = masking.mask(kind, value)
    assert value not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    ("name", "gender", "title", "form"),
    [
        ("李晓梅", "女", "", "李女士"),
        ("李晓梅", "female", "总监", "李女士"),
        ("欧阳娜娜", "女", "", "欧阳女士"),
        ("张三", "male", "", "张先生"),
        ("王强", "", "销售经理", "王经理"),
        ("王强", "", "", "王*"),
        ("王小强", "", "无", "王**"),
        ("陈总", "", "", "陈总"),
        ("李女士", "", "", "李女士"),
        ("*经理", "", "", "*经理"),
        ("John Smith", "", "", "John Smith"),
        ("", "", "", ""),
    ],
)
def test_salutation(name, gender, title, form):
    assert masking.salutation(name, gender, title) == form
