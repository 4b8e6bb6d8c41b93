"""How the demonstration is put together, without starting it."""

from __future__ import annotations

import io
import os
import runpy
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from demo.__main__ import announce, children, demo_settings, forget_earlier
from demo.hall import visitors_links
from demo.province import Conference, Link
from signaling import settings
from signaling.folders import LOCK_FILE, hold_data, make_folders
from signaling.settings import Settings, SettingsError
from signaling.supervisor import STANDBY


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_it_refuses_any_address_but_the_loopback(host):
    with pytest.raises(SettingsError, match="loopback"):
        demo_settings(Settings(host=host))


def test_it_leaves_the_data_of_the_real_system_alone():
    given = demo_settings(Settings(data=Path("data"), database_url="postgresql://real", public_url="https://real"))
    assert given.data == Path("data/demo")
    assert not given.database_url
    assert not given.public_url


def test_it_forgets_what_was_before_and_keeps_its_hold(tmp_path):
    given = Settings(data=tmp_path / "demo")
    make_folders(given)
    (given.data / "meetings.sqlite").touch()
    held = hold_data(given)
    forget_earlier(given.data)
    assert [path.name for path in given.data.iterdir()] == [LOCK_FILE]
    with pytest.raises(SettingsError):
        hold_data(given)
    os.close(held)


def test_the_service_is_told_that_it_is_a_demonstration():
    given = demo_settings(Settings(port=9000))
    processes = {child.name: child for child in children(given, Path("clips"), on_camera=3)}
    assert set(processes) == {"sfu-0", "signaling", "bots"}
    told = settings.read(processes["signaling"].environment)
    assert (told.demo, told.port, told.data) == (True, 9000, given.data)
    assert "http://127.0.0.1:9000" in processes["bots"].arguments


async def test_the_address_is_printed_as_soon_as_the_page_is_there(capsys):
    late = {"/api/demo": 3, "/readyz": 3}  # how often it is refused; a page that is open waits for both

    async def answer(request: web.Request) -> web.Response:
        if late.get(request.path):
            late[request.path] -= 1
            return web.Response(status=503)
        return web.Response(text="page")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as hall:
        await announce(Settings(port=hall.port))
        assert f"http://localhost:{hall.port}\n" in capsys.readouterr().out
        assert all(late.values())


def test_a_spare_prepares_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv(STANDBY, "1")
    monkeypatch.setenv("HOITRUONG_DATA", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO())  # the word to begin does not come
    monkeypatch.setattr("gc.disable", lambda: None)
    runpy.run_module("demo.serve", run_name="__main__")
    assert not list(tmp_path.iterdir())


def test_each_visitor_has_a_host_name_of_its_own():
    roles = ["chair", "secretary", "delegate", "delegate", "big_screen", "delegate"]
    links = tuple(
        Link(str(n), role, f"name {n}", "title", "unit", f"token{n}", for_visitor=n != 5)
        for n, role in enumerate(roles)
    )
    shown = visitors_links(Conference("meeting", "title", links), 8080).links
    addresses = [urlsplit(link.url) for link in shown]
    assert [address.hostname for address in addresses] == [
        "chu-tri.localhost",
        "thu-ky.localhost",
        "dai-bieu-1.localhost",
        "dai-bieu-2.localhost",
        "man-hinh.localhost",
    ]
    assert [address.path for address in addresses] == [f"/v/token{n}" for n in range(5)]
