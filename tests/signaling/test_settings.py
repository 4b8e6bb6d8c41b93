"""Settings from the environment and a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaling.settings import CONFIG_VARIABLE, VARIABLES, Settings, SettingsError, as_environment, read


def test_nothing_set_gives_the_defaults() -> None:
    assert read({}) == Settings()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    config = tmp_path / "hoitruong.toml"
    config.write_text('port = 9000\nseats = 50\nturn_urls = ["turn:a"]\nturn_secret = "s"\n')
    given = read({CONFIG_VARIABLE: str(config), "HOITRUONG_PORT": "9001", "DATABASE_URL": "postgresql://x/y"})
    assert (given.port, given.seats, given.turn_urls) == (9001, 50, ("turn:a",))
    assert given.database_url == "postgresql://x/y"


def test_a_full_hall_behind_one_address_may_arrive_together_and_ask_twice() -> None:
    assert Settings().entries_burst >= 2 * Settings().seats
    assert Settings().visits_burst >= 2 * Settings().seats


def test_every_setting_has_a_variable_and_survives_the_way_to_a_child() -> None:
    assert set(VARIABLES.values()) == set(Settings.__struct_fields__)
    given = Settings(demo=True, data=Path("/srv/hall"), turn_urls=("turn:a", "turn:b"), turn_secret="s", seats=7)
    assert read(as_environment(given)) == given


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"HOITRUONG_PORT": "many"}, "port"),
        ({"HOITRUONG_PORT": "65536"}, "port"),
        ({"HOITRUONG_PORT": "-1"}, "port"),
        ({"HOITRUONG_SFU_PORT": "70000"}, "sfu_port"),
        ({"HOITRUONG_SFU_PORT": "65535", "HOITRUONG_WORKERS": "2"}, "sfu_port"),
        ({"HOITRUONG_SEATS": "0"}, "seats"),
        ({"HOITRUONG_MESSAGE_BYTES": "100"}, "message_bytes"),
        ({"HOITRUONG_MESSAGES_PER_S": "0"}, "messages_per_s"),
        ({"HOITRUONG_MESSAGES_BURST": "0"}, "messages_burst"),
        ({"HOITRUONG_BACKLOG_MESSAGES": "0"}, "backlog_messages"),
        ({"HOITRUONG_ENTRIES_PER_S": "-5"}, "entries_per_s"),
        ({"HOITRUONG_ENTRIES_PER_S": "inf"}, "entries_per_s"),
        ({"HOITRUONG_VISITS_PER_S": "nan"}, "visits_per_s"),
        ({"HOITRUONG_ABSENCE_GRACE_S": "-1"}, "absence_grace_s"),
        ({"HOITRUONG_ORPHAN_GRACE_S": "1e99"}, "orphan_grace_s"),
        ({"HOITRUONG_PRESENCE_HZ": "0"}, "presence_hz"),
        ({"HOITRUONG_TURN_LIFETIME_S": "0"}, "turn_lifetime_s"),
        ({"HOITRUONG_DEMO": "true", "HOITRUONG_HOST": "0.0.0.0"}, "demo"),
        ({"HOITRUONG_SFU_HOST": "0.0.0.0"}, "sfu_advertise"),
        ({"HOITRUONG_SFU_HOST": "::"}, "sfu_advertise"),
        ({"HOITRUONG_TURN_URLS": "turn:a"}, "turn_secret"),
        ({"HOITRUONG_WORKERS": "0"}, "workers"),
        ({"HOITRUONG_LOG_FORMAT": "xml"}, "log_format"),
        ({"HOITRUONG_LOG_LEVEL": "loud"}, "log_level"),
        ({"HOITRUONG_LOG_LEVEL": "notset"}, "log_level"),
        ({CONFIG_VARIABLE: "/nowhere.toml"}, CONFIG_VARIABLE),
    ],
)
def test_what_cannot_be_used_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read(environment)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "hoitruong.toml"
    config.write_text("prot = 9000\n")
    with pytest.raises(SettingsError, match="prot"):
        read({CONFIG_VARIABLE: str(config)})
