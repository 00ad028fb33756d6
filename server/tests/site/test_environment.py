"""Settings from outside: what is refused, in which words, and what is made at first start."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.site.installation import environment_for, zhike
from zhike.site.environment import VARIABLES, WrongSetting, read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHIKE_PORT", "abc"),
        ("ZHIKE_PORT", "0"),
        ("ZHIKE_PORT", "70000"),
        ("ZHIKE_PORT", "８０"),
        ("ZHIKE_PROXY_COUNT", "-1"),
        ("ZHIKE_DATABASE_URL", "mysql://x/y"),
        ("ZHIKE_URL", "crm.example.cn"),
        ("ZHIKE_HOSTS", "https://crm.example.cn"),
        ("ZHIKE_SECRET_KEY", "short"),
        ("ZHIKE_LOG_LEVEL", "loud"),
        ("ZHIKE_DEBUG", "yes"),
        ("ZHIKE_SESSION_DAYS", "0"),
        ("ZHIKE_IDLE_HOURS", "-1"),
        ("ZHIKE_OIDC_MATCH", "anything"),
        ("ZHIKE_OIDC_ISSUER", "https://sso.example.cn"),  # without client
        ("ZHIKE_OIDC_CLIENT_ID", "zhike"),
        ("ZHIKE_DINGTALK_ID", "ding"),
        ("ZHIKE_FEISHU_SECRET", "secret"),
        ("ZHIKE_FILES_URL", "https://s3.example.cn/files"),  # without keys
        ("ZHIKE_FILES_KEY", "key"),
    ],
)
def test_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as told:
        read({name: value})
    assert name in str(told.value)
    assert "\n" not in str(told.value)


def test_public_address_makes_cookies_secure_and_its_host_known() -> None:
    found = read({"ZHIKE_URL": "https://crm.example.cn/"})
    assert found.tls
    assert found.url == "https://crm.example.cn"
    assert "crm.example.cn" in found.hosts


def test_files_may_lie_in_a_bucket() -> None:
    keys = {"ZHIKE_FILES_KEY": "key", "ZHIKE_FILES_SECRET": "secret"}
    found = read(keys | {"ZHIKE_FILES_URL": "https://s3.example.cn/files/"})
    assert (found.files_url, found.files_region) == ("https://s3.example.cn/files", "us-east-1")
    for wrong in ("s3.example.cn", "ftp://s3.example.cn", "https://s3.example.cn/?prefix=x"):
        with pytest.raises(WrongSetting, match="ZHIKE_FILES_URL"):
            read(keys | {"ZHIKE_FILES_URL": wrong})
    assert read({}).files_url == ""


def test_a_provider_is_reached_by_tls_only() -> None:
    own = {"ZHIKE_OIDC_CLIENT_ID": "zhike", "ZHIKE_OIDC_CLIENT_SECRET": "secret"}
    for wrong in ("http://sso.example.cn", "sso.example.cn", "https://"):
        with pytest.raises(WrongSetting, match="ZHIKE_OIDC_ISSUER"):
            read(own | {"ZHIKE_OIDC_ISSUER": wrong})
    for right in ("https://sso.example.cn/", "http://127.0.0.1:8080", "http://localhost:1"):
        (found,) = read(own | {"ZHIKE_OIDC_ISSUER": right}).providers
        assert found.issuer == right.rstrip("/")
    more = {"ZHIKE_FEISHU_ID": "cli_1", "ZHIKE_FEISHU_SECRET": "x"}
    assert [one.name for one in read(more).providers] == ["飞书"]


def test_every_variable_is_described() -> None:
    assert all(text for _default, text in VARIABLES.values())


def test_wrong_setting_is_one_line_and_code_2(tmp_path: Path) -> None:
    for command in ("serve", "web", "worker", "migrate", "doctor"):
        done = zhike(command, environment=environment_for(tmp_path, ZHIKE_PORT="x"))
        assert done.returncode == 2, command
        assert done.stderr.strip().count("\n") == 0
        assert "ZHIKE_PORT" in done.stderr


def test_first_start_makes_private_folder_and_keys(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    environment = environment_for(data)
    assert zhike("migrate", environment=environment).returncode == 0
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for name in ("secret_key", "keys.json"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
    kept = (data / "keys.json").read_text()
    assert zhike("migrate", environment=environment).returncode == 0
    assert (data / "keys.json").read_text() == kept


def test_lost_keys_are_never_replaced(tmp_path: Path) -> None:
    environment = environment_for(tmp_path)
    assert zhike("migrate", environment=environment).returncode == 0
    (tmp_path / "keys.json").unlink()
    done = zhike("migrate", environment=environment)
    assert done.returncode == 2
    assert "密钥" in done.stderr
    assert not (tmp_path / "keys.json").exists()


def test_the_guide_lists_every_setting() -> None:
    guide = Path(__file__).parents[3] / "docs" / "guide" / "administer.md"
    told = guide.read_text(encoding="utf-8")
    assert [name for name in VARIABLES if f"| `{name}` |" not in told] == []
