"""Signing in with a real provider of OpenID Connect, and what a false one cannot make us believe."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest
from aiohttp import web
from joserfc import jwt
from joserfc.jwk import RSAKey

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER
from signaling.database import open_database
from signaling.errors import Refusal
from signaling.oidc import Pending, Provider
from tests import provider
from tests.signaling.conftest import NOW, Service
from tests.signaling.office.conftest import PASSWORD, Officer, Offices
from tests.stories.installation import free_port

BACK = "/api/office/oidc/back"
CLIENT, SECRET = "hoitruong", "a secret of the tests"


@pytest.fixture
async def house(settings, offices: Offices) -> AsyncIterator[Service]:
    """The service, with a provider that runs beside it."""
    if reason := provider.why_not():
        pytest.skip(reason)
    database = await open_database(settings)
    async with database.writing() as session:
        await organization.add_account(
            session, SYSTEM_OFFICER, offices.people["clerk"], "an@lamson.example", PASSWORD, "clerk", NOW
        )
        await organization.add_account(
            session, SYSTEM_OFFICER, offices.people["head"], "unverified@lamson.example", PASSWORD, "clerk", NOW
        )
    await database.close()
    port = free_port()
    with provider.running(f"http://127.0.0.1:{port}{BACK}") as issuer:
        named = {"oidc_issuer": issuer, "oidc_client": CLIENT, "oidc_secret": SECRET, "oidc_name": "Lam Sơn"}
        service = Service(msgspec.structs.replace(settings, **named))
        service.port = port
        await service.start()
        yield service
        await service.stop()


async def passes(browser: Officer, login: str) -> str:
    """Go to the provider, sign in there, agree, and come back; where it ends."""
    async with browser.http.get("/api/office/oidc") as response:
        page, at = await response.text(), response.url
    for _ in range(2):  # the sign-in, then the consent
        if at.path in ("/vp", "/dang-nhap"):
            break
        action = re.search(r'<form[^>]+action="([^"]+)"', page).group(1)
        prompt = re.search(r'name="prompt" value="(\w+)"', page).group(1)
        async with browser.http.post(action, data={"prompt": prompt, "login": login, "password": "x"}) as response:
            page, at = await response.text(), response.url
    return at.path_qs


@pytest.fixture
async def browser(house: Service) -> AsyncIterator[Officer]:
    browser = Officer(house)
    yield browser
    await browser.close()


async def test_a_verified_address_opens_the_account_and_the_subject_is_kept(house: Service, browser: Officer) -> None:
    assert (await browser.asks("ways"))["oidc"] == "Lam Sơn"
    for _ in range(2):
        other = Officer(house)
        assert await passes(other, "an@lamson.example") == "/vp"
        assert (await other.asks("me"))["name"] == "Vi Thị An"
        await other.close()


@pytest.mark.parametrize("login", ["ghost@lamson.example", "unverified@lamson.example"])
async def test_who_has_no_account_is_told_so(browser: Officer, login: str) -> None:
    assert await passes(browser, login) == "/dang-nhap?loi=oidc_unknown"
    assert await browser.is_refused("me") == (401, "not_signed_in")


async def test_a_way_back_that_this_browser_did_not_begin_leads_nowhere(browser: Officer) -> None:
    async with browser.http.get(f"{BACK}?code=stolen&state=guessed") as response:
        assert response.url.path_qs == "/dang-nhap?loi=oidc_failed"
    async with browser.http.get("/api/office/oidc", allow_redirects=False) as response:
        assert "code_challenge_method=S256" in response.headers["Location"]
        cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    async with browser.http.get(f"{BACK}?code=stolen&state=guessed") as response:
        assert response.url.path_qs == "/dang-nhap?loi=oidc_failed"
    assert await browser.is_refused("me") == (401, "not_signed_in")


PENDING = Pending(state="state", nonce="the nonce", verifier="the verifier")
Change = Callable[[dict[str, Any]], None]


async def told(change: Change, key: RSAKey, published: RSAKey, alg: str = "RS256") -> str:
    """The subject that a provider's ID token, changed, makes us believe."""
    app = web.Application()

    async def about(request: web.Request) -> web.Response:
        home = f"http://{request.host}"
        addresses = {"authorization_endpoint": "/a", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return web.json_response({"issuer": home, **{name: home + path for name, path in addresses.items()}})

    async def keys(_request: web.Request) -> web.Response:
        return web.json_response({"keys": [published.as_dict(private=False)]})

    async def token(request: web.Request) -> web.Response:
        now = int(NOW.timestamp())
        claims = {"iss": f"http://{request.host}", "aud": CLIENT, "sub": "an", "nonce": PENDING.nonce}
        claims |= {"iat": now, "exp": now + 300}
        change(claims)
        return web.json_response({"id_token": jwt.encode({"alg": alg}, claims, key, algorithms=[alg])})

    routes = [web.get("/.well-known/openid-configuration", about), web.get("/keys", keys), web.post("/token", token)]
    app.add_routes(routes)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        issuer = "http://{}:{}".format(*runner.addresses[0])
        return (await Provider(issuer, CLIENT, SECRET).identity("code", "http://here", PENDING, NOW)).subject
    finally:
        await runner.cleanup()


KEY, OTHER_KEY = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


async def test_a_token_as_it_should_be_is_believed() -> None:
    assert await told(lambda claims: None, KEY, KEY) == "an"


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: claims.update(iss="http://elsewhere"),
        lambda claims: claims.update(aud="another"),
        lambda claims: claims.update(aud=[CLIENT, "another"], azp="another"),
        lambda claims: claims.update(nonce="of another sign-in"),
        lambda claims: claims.pop("nonce"),
        lambda claims: claims.update(exp=int(NOW.timestamp()) - 3600),
        lambda claims: claims.pop("exp"),
        lambda claims: claims.pop("sub"),
    ],
)
async def test_a_token_that_is_not_for_us_or_not_of_now_is_refused(change: Change) -> None:
    with pytest.raises(Refusal, match="oidc_failed"):
        await told(change, KEY, KEY)


async def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(Refusal, match="oidc_failed"):
        await told(lambda claims: None, OTHER_KEY, KEY)


async def test_a_provider_that_does_not_answer_is_told() -> None:
    with pytest.raises(Refusal, match="oidc_failed"):
        await Provider(f"http://127.0.0.1:{free_port()}", CLIENT, SECRET).address("http://here", PENDING)
