"""What an operator may set, read once into one frozen object.

A value comes from the environment, else from the TOML file that `HOITRUONG_CONFIG` names, else from the default.
The variable of a field is `HOITRUONG_` and its name in capitals; `VARIABLES` lists them with the two exceptions.
Lists are separated by commas.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

WEB_DIST = Path(__file__).resolve().parent.parent / "web" / "dist"


Port = Annotated[int, Meta(ge=0, le=65_535)]
Count = Annotated[int, Meta(ge=1, le=10**9)]
Rate = Annotated[float, Meta(gt=0, le=10**6)]  # a second
Duration = Annotated[float, Meta(ge=0, le=24 * 3600)]  # seconds
LEVELS = ("debug", "info", "warning", "error")


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    host: str = "127.0.0.1"
    port: Port = 8080  # 0: any free port
    public_url: str = ""  # as people type it; decides links, the allowed origin and whether cookies are Secure
    behind_proxy: bool = False  # believe X-Forwarded-For about who asks
    demo: bool = False  # says so on every page and listens on the loopback address only

    data: Path = Path("data")
    database_url: str = ""  # empty: SQLite in the data folder
    web: Path = WEB_DIST  # the built pages

    smtp_url: str = ""  # smtp://user:password@host:587 or smtps://…; empty: no mail is sent
    mail_from: str = ""  # the address that invitations come from

    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    sfu_host: str = "127.0.0.1"  # where their UDP ports bind
    sfu_port: Port = 50000  # UDP port of the first worker; the next ones follow. 0: any
    sfu_advertise: str = ""  # addresses that browsers reach the workers at; empty: `sfu_host`

    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""  # coturn's static-auth-secret
    turn_lifetime_s: Count = 12 * 3600

    seats: Count = 500  # connected people a meeting
    message_bytes: Annotated[int, Meta(ge=16 * 1024, le=2**24)] = 64 * 1024  # an offer must fit
    messages_per_s: Rate = 20.0  # of one connection, on average
    messages_burst: Count = 60
    offers_per_s: Rate = 0.5  # of one connection; a worker spends milliseconds on each
    offers_burst: Count = 10
    backlog_messages: Count = 2000  # that a browser may leave unread before it is cut off
    entries_per_s: Rate = 5.0  # uses of links and knocks from one address, on average
    entries_burst: Count = 1200  # a full hall behind one address arrives together, and on a weak line asks twice
    knocks: Count = 40  # that wait at the door from one address
    sign_ins_per_s: Rate = 0.2  # attempts to sign in to the office from one address, on average
    sign_ins_burst: Count = 20
    survey_answers_per_s: Rate = 5.0  # by open links from one address, on average
    survey_answers_burst: Count = 400  # a hall behind one address answers together
    visits_per_s: Rate = 50.0  # connections, and questions who one is, from one address, on average
    visits_burst: Count = 2000

    document_bytes: Annotated[int, Meta(ge=1024, le=2**31)] = 200 * 2**20  # of one file of a paper
    convert_unconfined: bool = False  # also where the kernel cannot confine the process that opens a stranger's file
    absence_grace_s: Duration = 15.0  # a dropped line or a reload is no absence
    orphan_grace_s: Duration = 30.0  # media of people who do not come back after a restart of this service
    presence_hz: Annotated[float, Meta(ge=0.1, le=50)] = 5.0

    oidc_issuer: str = ""  # of the organisation's provider of sign-ins; empty: passwords only
    oidc_client: str = ""
    oidc_secret: str = ""
    oidc_name: str = ""  # what the button of the sign-in calls it

    log_format: str = "json"  # or "console"
    log_level: str = "info"

    @property
    def run_folder(self) -> Path:
        return self.data / "run"

    @property
    def vote_keys_folder(self) -> Path:
        return self.data / "vote-keys"

    @property
    def files_folder(self) -> Path:
        return self.data / "files"

    def worker_socket(self, number: int) -> Path:
        return self.run_folder / f"sfu-{number}.sock"

    @property
    def address(self) -> str:
        """Where people find the pages, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


_USUAL_NAMES = {"database_url": "DATABASE_URL", "smtp_url": "SMTP_URL"}
VARIABLES: dict[str, str] = {
    _USUAL_NAMES.get(field, f"HOITRUONG_{field.upper()}"): field for field in Settings.__struct_fields__
}
CONFIG_VARIABLE = "HOITRUONG_CONFIG"
_FIELD_VARIABLE = {field: variable for variable, field in VARIABLES.items()}
_LISTS = {"turn_urls"}


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment and its TOML file; raises `SettingsError` naming what is wrong."""
    values: dict[str, Any] = {}
    if path := environment.get(CONFIG_VARIABLE):
        try:
            values.update(tomllib.loads(Path(path).read_text("utf-8")))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{CONFIG_VARIABLE}: {error}") from error
    for variable, field in VARIABLES.items():
        if variable in environment:
            text = environment[variable]
            values[field] = [part.strip() for part in text.split(",") if part.strip()] if field in _LISTS else text
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_convert)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{error} ({', '.join(sorted(values))} were set)") from error
    return check(settings)


def check(settings: Settings) -> Settings:
    """The same settings, when they agree with one another."""
    if settings.demo and settings.host not in ("127.0.0.1", "::1", "localhost"):
        raise SettingsError("demo: a demonstration listens on the loopback address only")
    if settings.log_format not in ("json", "console"):
        raise SettingsError("log_format: json or console")
    if settings.log_level.lower() not in LEVELS:
        raise SettingsError(f"log_level: {', '.join(LEVELS[:-1])} or {LEVELS[-1]}")
    if bool(settings.turn_urls) != bool(settings.turn_secret):
        raise SettingsError("turn_urls, turn_secret: both or none")
    if bool(settings.smtp_url) != bool(settings.mail_from):
        raise SettingsError("smtp_url, mail_from: both or none")
    if settings.smtp_url and urlsplit(settings.smtp_url).scheme not in ("smtp", "smtps"):
        raise SettingsError("smtp_url: begins with smtp:// or smtps://")
    if bool(settings.oidc_issuer) != bool(settings.oidc_client and settings.oidc_secret):
        raise SettingsError("oidc_issuer, oidc_client, oidc_secret: all or none")
    if settings.sfu_host in ("", "0.0.0.0", "::") and not settings.sfu_advertise:
        raise SettingsError(
            f"sfu_advertise: needed with sfu_host {settings.sfu_host!r}; browsers must know an address of the workers"
        )
    if settings.sfu_port + settings.workers - 1 > 65_535:
        raise SettingsError("sfu_port, workers: the last worker's port is above 65535")
    return settings


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables that make `read` give the same settings again, for a child process."""
    defaults = Settings()
    return {
        _FIELD_VARIABLE[field]: _text(value)
        for field in Settings.__struct_fields__
        if (value := getattr(settings, field)) != getattr(defaults, field)
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _convert(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)
