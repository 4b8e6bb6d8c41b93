"""The worker's settings from its environment."""

import pytest

from sfu.settings import Settings, read


def test_nothing_set_is_the_defaults():
    assert read({}) == Settings()


def test_every_variable_is_read():
    settings = read({
        "HOITRUONG_SFU_CONTROL": "10.0.0.5:9000",
        "HOITRUONG_SFU_TOKEN": "secret",
        "HOITRUONG_SFU_HOST": "0.0.0.0",
        "HOITRUONG_SFU_PORT": "0",
        "HOITRUONG_SFU_ADVERTISE": "203.0.113.7, 198.51.100.9:443",
        "HOITRUONG_SFU_PEERS_PER_ROOM": "7",
        "HOITRUONG_SFU_PEERS": "9",
        "HOITRUONG_SFU_GSO": "off",
        "HOITRUONG_SFU_COMPILED": "no",
        "HOME": "/root",
    })  # fmt: skip
    assert settings == Settings(
        "10.0.0.5:9000", "secret", "0.0.0.0", 0, ("203.0.113.7", "198.51.100.9:443"), 7, 9, False, False
    )


@pytest.mark.parametrize("name", ["PORT", "PEERS", "PEERS_PER_ROOM"])
def test_a_number_that_is_none_is_named(name):
    with pytest.raises(ValueError, match=f"HOITRUONG_SFU_{name} is not a whole number: 'many'"):
        read({f"HOITRUONG_SFU_{name}": "many"})


def test_a_control_address_needs_a_token():
    with pytest.raises(ValueError, match="HOITRUONG_SFU_TOKEN is needed"):
        read({"HOITRUONG_SFU_CONTROL": "127.0.0.1:9000"})
    assert read({"HOITRUONG_SFU_CONTROL": "/run/a:b.sock"}).token == ""


@pytest.mark.parametrize(
    "values", [{"HOST": "0.0.0.0"}, {"HOST": "::"}, {"HOST": ""}, {"ADVERTISE": "203.0.113.7,0.0.0.0:443"}]
)
def test_all_addresses_of_a_machine_are_none_that_a_browser_can_reach(values):
    with pytest.raises(ValueError, match="HOITRUONG_SFU_ADVERTISE must name addresses"):
        read({f"HOITRUONG_SFU_{name}": value for name, value in values.items()})


@pytest.mark.parametrize("value", ["0", "no", "False", "off"])
def test_segmentation_and_compiled_code_can_be_turned_off(value):
    assert read({"HOITRUONG_SFU_GSO": value}).gso is False
    assert read({"HOITRUONG_SFU_COMPILED": value}).compiled is False


@pytest.mark.parametrize(
    ("advertise", "candidates"),
    [
        ((), (("127.0.0.1", None),)),
        (("203.0.113.7",), (("203.0.113.7", None),)),
        (("203.0.113.7:443", "10.0.0.1"), (("203.0.113.7", 443), ("10.0.0.1", None))),
        (("2001:db8::7",), (("2001:db8::7", None),)),
        (("[2001:db8::7]:443",), (("2001:db8::7", 443),)),
    ],
)
def test_what_browsers_can_reach(advertise, candidates):
    assert Settings(advertise=advertise).candidates == candidates
