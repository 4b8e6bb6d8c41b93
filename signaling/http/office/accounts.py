"""Accounts and where they are signed in: one's own, and those in one's reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.models import Account
from meeting_app.office import accounts, roles, sessions
from meeting_app.office.roles import Given
from meeting_app.office.sessions import SignedIn
from signaling.clock import as_text
from signaling.http.asking import answering, as_json, take_token
from signaling.http.office.desk import Desk, body_of
from signaling.limits import Buckets
from signaling.messages import (
    ChangePasswordRequest,
    CloseRequest,
    GiveRoleRequest,
    NewAccountRequest,
    OfficeAccount,
    OfficeBrowser,
    OfficeBrowsers,
    ReopenRequest,
    ResetPasswordRequest,
    RoleElsewhere,
)


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/accounts`, `/api/office/sessions` and `/api/office/password`."""
    house = desk.house
    # Each costs a hash; a stolen session must not serve to guess the password either.
    attempts = Buckets(house.settings.sign_ins_per_s, house.settings.sign_ins_burst)

    async def add(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewAccountRequest)
        password_hash = await organization.hashed(asked.password)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            account = await organization.add_account(
                session, who.officer, asked.person, asked.login, password_hash, asked.role, now
            )
            return msgspec.to_builtins(shown_account(account))

        return as_json(msgspec.convert(await desk.change(who, "add_account", asked, verb), OfficeAccount))

    async def close(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, CloseRequest)
        account = request.match_info["account"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await accounts.close(session, who.officer, account, now)
            return {}

        await desk.change(who, "close_account", asked, verb, {"account": account})
        return web.Response(status=204)

    async def reopen(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ReopenRequest)
        account = request.match_info["account"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await accounts.reopen(session, who.officer, account)
            return {}

        await desk.change(who, "reopen_account", asked, verb, {"account": account})
        return web.Response(status=204)

    async def give_role(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, GiveRoleRequest)
        account = request.match_info["account"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await accounts.check_reach(session, who.officer, account)
            await roles.give(session, who.officer, account, asked.role, asked.unit, now)
            return {}

        await desk.change(who, "give_role", asked, verb, {"account": account})
        return web.Response(status=204)

    async def end_role(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, CloseRequest)
        account, unit = request.match_info["account"], request.match_info["unit"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await accounts.check_reach(session, who.officer, account)
            await roles.end(session, account, unit)
            return {}

        await desk.change(who, "end_role", asked, verb, {"account": account, "unit": unit})
        return web.Response(status=204)

    async def reset(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ResetPasswordRequest)
        account = request.match_info["account"]
        password_hash = await organization.hashed(asked.password)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await accounts.reset_password(session, who.officer, account, password_hash, now)
            return {}

        await desk.change(who, "reset_password", asked, verb, {"account": account})
        return web.Response(status=204)

    async def change_own(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        take_token(request, house, attempts)
        asked = await body_of(request, ChangePasswordRequest)
        password_hash = await organization.hashed(asked.new_password)
        async with house.database.reading() as session:
            claimed = await accounts.claim_own(session, who.account)
        is_right = await organization.is_right(claimed.password_hash, asked.password)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            # Refused here and not before: a repetition of what was done comes with a password that was right then.
            proven = claimed if is_right else None
            await accounts.change_password(session, who.account, proven, password_hash, who.session, now)
            return {}

        await desk.change(who, "change_password", asked, verb)
        return web.Response(status=204)

    async def listed(request: web.Request) -> web.Response:
        who = await desk.who(request)
        account = request.query.get("account", who.account)
        async with house.database.reading() as session:
            if account != who.account:
                await accounts.check_reach(session, who.officer, account)
            found = await accounts.browsers(session, account, house.clock.utc())
        shown = (
            OfficeBrowser(
                id=one.id,
                device=one.device,
                opened_at=as_text(one.opened_at),
                seen_at=as_text(one.seen_at),
                is_this=one.id == who.session,
            )
            for one in found
        )
        return as_json(OfficeBrowsers(sessions=tuple(shown)))

    async def sign_out(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, CloseRequest)
        ended = request.match_info["session"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            account = await sessions.account_of(session, ended)
            if account != who.account:
                await accounts.check_reach(session, who.officer, account)
            await sessions.close(session, account, ended, now)
            return {}

        await desk.change(who, "sign_out", asked, verb, {"session": ended})
        return web.Response(status=204)

    return [
        web.post("/api/office/accounts", answering(add)),
        web.post("/api/office/accounts/{account}/close", answering(close)),
        web.post("/api/office/accounts/{account}/reopen", answering(reopen)),
        web.post("/api/office/accounts/{account}/roles", answering(give_role)),
        web.post("/api/office/accounts/{account}/roles/{unit}/close", answering(end_role)),
        web.post("/api/office/accounts/{account}/password", answering(reset)),
        web.post("/api/office/password", answering(change_own)),
        web.get("/api/office/sessions", answering(listed)),
        web.post("/api/office/sessions/{session}/close", answering(sign_out)),
    ]


def shown_account(account: Account, elsewhere: Sequence[Given] = ()) -> OfficeAccount:
    return OfficeAccount(
        id=account.id,
        login=account.login,
        role=account.role,
        elsewhere=tuple(msgspec.convert(one, RoleElsewhere, from_attributes=True) for one in elsewhere),
        is_closed=account.closed_at is not None,
    )
