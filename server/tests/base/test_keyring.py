import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhike.base import keyring
from zhike.base.keyring import Tampered

PLACE = {"table": "contact", "field": "mobile", "row": 7}


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    """A key file of its own for each test."""
    path = tmp_path / "keys.json"
    keyring.create(path)
    settings.ZHIKE_KEYS = ""
    settings.ZHIKE_KEYS_FILE = path
    keyring.reload()
    yield path
    keyring.forget()


def test_what_goes_in_comes_out():
    sealed = keyring.seal("13812345678", **PLACE)
    assert b"13812345678" not in sealed
    assert keyring.unseal(sealed, **PLACE) == "13812345678"
    assert keyring.unseal(memoryview(sealed), **PLACE) == "13812345678"
    assert len(sealed) == len("13812345678") + 30


def test_equal_values_look_different():
    assert keyring.seal("13812345678", **PLACE) != keyring.seal("13812345678", **PLACE)


@pytest.mark.parametrize("other", [{"table": "customer"}, {"field": "landline"}, {"row": 8}])
def test_a_value_does_not_open_in_another_place(other):
    sealed = keyring.seal("13812345678", **PLACE)
    with pytest.raises(Tampered):
        keyring.unseal(sealed, **PLACE | other)


def test_every_changed_byte_and_every_cut_is_noticed():
    sealed = keyring.seal("13812345678", **PLACE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(Tampered):
            keyring.unseal(bytes(changed), **PLACE)
        with pytest.raises(Tampered):
            keyring.unseal(sealed[:at], **PLACE)


@given(st.text(max_size=300))
def test_any_text(plain):
    assert keyring.unseal(keyring.seal(plain, **PLACE), **PLACE) == plain


def test_blind_indexes_tell_values_and_purposes_apart():
    index = keyring.blind_index("phone", "+8613812345678")
    assert len(index) == keyring.INDEX_BYTES
    assert index == keyring.blind_index("phone", "+8613812345678")
    assert index != keyring.blind_index("phone", "+8613812345679")
    assert index != keyring.blind_index("phone-tail", "+8613812345678")


def test_the_file_is_private_and_never_overwritten(keys):
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    before = keys.read_bytes()
    with pytest.raises(FileExistsError):
        keyring.create(keys)
    assert keys.read_bytes() == before


def test_rotation_keeps_old_values_and_indexes(keys):
    old = keyring.seal("13812345678", **PLACE)
    index = keyring.blind_index("phone", "1")
    assert keyring.reseal(old, **PLACE) is None
    assert keyring.add_key(keys) == 2
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    keyring.reload()
    assert keyring.unseal(old, **PLACE) == "13812345678"
    new = keyring.reseal(old, **PLACE)
    assert new is not None
    assert (old[1], new[1]) == (1, 2)
    assert keyring.unseal(new, **PLACE) == "13812345678"
    assert keyring.blind_index("phone", "1") == index


def test_a_running_process_finds_a_key_added_by_another(keys):
    ring = keyring.Keyring.from_json(keys.read_text())
    keyring.add_key(keys)
    newer = keyring.Keyring.from_json(keys.read_text())
    assert not ring.knows(2)
    sealed = newer.seal("13812345678", b"contact|mobile|7")
    assert keyring.unseal(sealed, **PLACE) == "13812345678"


def test_another_ring_opens_nothing(tmp_path, settings):
    sealed = keyring.seal("13812345678", **PLACE)
    other = tmp_path / "other.json"
    keyring.create(other)
    settings.ZHIKE_KEYS_FILE = other
    keyring.reload()
    with pytest.raises(Tampered):
        keyring.unseal(sealed, **PLACE)


def test_keys_from_the_environment(keys, settings):
    sealed = keyring.seal("值", **PLACE)
    settings.ZHIKE_KEYS = keys.read_text()
    keys.unlink()
    keyring.reload()
    assert keyring.unseal(sealed, **PLACE) == "值"


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body.pop("keys"),
        lambda body: body.update(current=9),
        lambda body: body["keys"].update({"1": "c2hvcnQ="}),
        lambda body: body.update(index="c2hvcnQ="),
    ],
)
def test_a_damaged_file_is_refused(keys, damage):
    body = json.loads(keys.read_text())
    damage(body)
    with pytest.raises(ValueError, match="密钥文件有误"):
        keyring.Keyring.from_json(json.dumps(body))
    with pytest.raises(ValueError, match="密钥文件有误"):
        keyring.Keyring.from_json("{")
