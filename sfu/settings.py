"""The worker's settings, read once from the environment into one frozen object."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

EVERY_ADDRESS = ("", "0.0.0.0", "::")  # to bind at; a browser can't send there


@dataclass(frozen=True)
class Settings:
    """`control` is a path of a Unix socket, or `host:port` with a `token` for a director on another host."""

    control: str = "data/sfu.sock"
    token: str = ""  # needed when `control` is a TCP address
    host: str = "127.0.0.1"  # where the UDP port binds
    port: int = 50000  # 0: any free one, told in `Ready`
    advertise: tuple[str, ...] = ()  # addresses or address:port that browsers can reach; empty: `host`, if that is one
    peers_per_room: int = 600
    peers: int = 1200
    gso: bool = True  # try UDP segmentation offload; off by itself where the system refuses it
    compiled: bool = True  # write packets in C where set-up found a compiler
    log_format: str = "json"  # or "console"
    log_level: str = "info"

    @property
    def candidates(self) -> tuple[tuple[str, int | None], ...]:
        """(address, port or None for the bound one) in order of preference."""
        found = []
        for entry in self.advertise or (self.host,):
            address, colon, port = entry.rpartition(":")
            if colon and port.isdigit() and (address.count(":") == 0 or address.endswith("]")):
                found.append((address.strip("[]"), int(port)))
            else:
                found.append((entry.strip("[]"), None))
        return tuple(found)


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `HOITRUONG_SFU_*`.

    Raises ValueError naming the variable when a value cannot be used.
    """
    values: dict[str, object] = {}
    for field in fields(Settings):
        name, of = field.name, int if field.type == "int" else str
        key = f"HOITRUONG_SFU_{name.upper()}"
        if key not in environ:
            continue
        try:
            values[name] = of(environ[key])
        except ValueError:
            raise ValueError(f"{key} is not a whole number: {environ[key]!r}") from None
    if "advertise" in values:
        values["advertise"] = tuple(a.strip() for a in str(values["advertise"]).split(",") if a.strip())
    for switch in {"gso", "compiled"} & values.keys():
        values[switch] = str(values[switch]).lower() not in ("0", "no", "false", "off")
    settings = Settings(**values)  # type: ignore[arg-type]
    if not 0 <= settings.port <= 65_535:
        raise ValueError(f"HOITRUONG_SFU_PORT is not a port: {settings.port}")
    if min(settings.peers, settings.peers_per_room) < 1:
        raise ValueError("HOITRUONG_SFU_PEERS and HOITRUONG_SFU_PEERS_PER_ROOM are at least 1")
    if settings.log_format not in ("json", "console"):
        raise ValueError("HOITRUONG_SFU_LOG_FORMAT is json or console")
    if settings.log_level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("HOITRUONG_SFU_LOG_LEVEL is debug, info, warning or error")
    if any(address in EVERY_ADDRESS for address, _ in settings.candidates):
        raise ValueError("HOITRUONG_SFU_ADVERTISE must name addresses that browsers reach; all of a machine are none")
    if not settings.control.startswith("/") and ":" in settings.control and not settings.token:
        raise ValueError("HOITRUONG_SFU_TOKEN is needed when HOITRUONG_SFU_CONTROL is a TCP address")
    return settings
