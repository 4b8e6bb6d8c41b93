"""Papers as a test sends and reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from signaling.messages import AnyPush, UploadStanding
from tests.converter.files import pdf
from tests.signaling.conftest import Person, as_type

TWO_PAGES = pdf("Bao cao", "Phu luc")


async def announce(person: Person, content: bytes, **fields: Any) -> dict[str, Any]:
    body = {"key": "file-0001", "size": len(content), "title": "Báo cáo", **fields}
    status, standing = await person.post("/api/uploads", body)
    assert status == 200, standing
    return as_type(standing, UploadStanding) and standing


async def send(person: Person, upload: str, offset: int, piece: bytes) -> tuple[int, dict[str, Any]]:
    async with person.http.patch(f"/api/uploads/{upload}", params={"offset": offset}, data=piece) as response:
        return response.status, await response.json()


async def add_paper(person: Person, content: bytes = TWO_PAGES, **fields: Any) -> str:
    """A whole file; the version's id."""
    upload = (await announce(person, content, **fields))["upload"]
    status, standing = await send(person, upload, 0, content)
    assert status == 200, standing
    return standing["version"]


async def told(person: Person, name: str, version: str) -> dict[str, Any]:
    """The paper in an event of that name about that version."""

    def is_it(push: dict[str, Any]) -> bool:
        versions = push.get("data", {}).get("document", {}).get("versions", ()) if push.get("name") == name else ()
        return any(one["id"] == version for one in versions)

    push = await person.until(is_it)
    as_type(push, AnyPush)
    return push["data"]["document"]


async def add_ready(person: Person, **fields: Any) -> str:
    version = await add_paper(person, **fields)
    await told(person, "version_converted", version)
    return version


async def add_approved(person: Person, **fields: Any) -> str:
    version = await add_ready(person, **fields)
    assert (await person.command("approve_version", version=version))["ok"]
    return version


async def read(person: Person, path: str) -> tuple[int, bytes, Mapping[str, str]]:
    async with person.http.get(path) as response:
        return response.status, await response.read(), response.headers
