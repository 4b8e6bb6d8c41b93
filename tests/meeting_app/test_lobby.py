"""Who has no usable link waits until somebody decides."""

from functools import partial

import pytest

from meeting_app import invitations, lobby, meetings, sessions
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    LinkUnknown,
    LinkWaits,
    LobbyFull,
    MeetingClosed,
    NotFound,
    NotWaiting,
)
from meeting_app.invitations import Entry
from tests.meeting_app.hall import Hall

PHONE = "5f0c9b1e7a3d48c6b2f1e0d9c8a7b6f5"


async def knock(
    hall: Hall, name: str = "Khách mời", unit: str = "Báo tỉnh", cookie: str | None = None, device: str | None = None
) -> Entry:
    async with hall.db.writing() as session:
        return await lobby.knock(session, hall.meeting, name, unit, hall.later(1).now, cookie, device=device)


async def knock_with_link(hall: Hall, token: str, cookie: str | None = None, device: str | None = None) -> Entry:
    async with hall.db.writing() as session:
        return await lobby.knock_with_link(session, token, hall.later(1).now, cookie, device=device)


async def use(hall: Hall, token: str) -> Entry:
    async with hall.db.writing() as session:
        return await invitations.use_link(session, token, hall.now)


async def test_a_guest_waits_and_becomes_a_participant_when_admitted(hall: Hall):
    entry = await knock(hall)
    assert (entry.visitor.participant, entry.visitor.role) == (None, None)
    assert await hall.asks(sessions.find, entry.cookie) == entry.visitor
    (seen,) = await hall.asks(lobby.waiting, hall.meeting)
    assert (seen.id, seen.name, seen.unit, seen.reason) == (
        entry.visitor.knock,
        "Khách mời",
        "Báo tỉnh",
        "guest",
    )
    (admission,) = await hall.does(lobby.admit, hall.secretary, seen.id)
    assert (admission.session, admission.replaced) == (entry.visitor.session, None)
    assert admission.event.data["participant"]["name"] == "Khách mời"
    visitor = await hall.asks(sessions.find, entry.cookie)
    assert (visitor.participant, visitor.role, visitor.knock) == (admission.participant, "guest", None)
    assert await hall.asks(lobby.waiting, hall.meeting) == ()


async def test_all_who_wait_are_admitted_in_the_order_they_came(hall: Hall):
    entries = [await knock(hall, f"Khách {n}") for n in range(4)]
    admissions = await hall.does(lobby.admit, hall.chair, None)
    assert [admission.knock for admission in admissions] == [entry.visitor.knock for entry in entries]
    seqs = [admission.event.seq for admission in admissions]
    assert seqs == list(range(seqs[0], seqs[0] + 4))
    assert await hall.does(lobby.admit, hall.chair, None) == ()


async def test_who_is_refused_is_out_and_no_event_tells_of_it(hall: Hall):
    entry, before = await knock(hall), await hall.log()
    assert await hall.does(lobby.refuse, hall.chair, entry.visitor.knock) == entry.visitor.session
    assert await hall.asks(sessions.find, entry.cookie) is None
    assert await hall.log() == before


async def test_a_knock_is_decided_once(hall: Hall):
    entry = await knock(hall)
    await hall.does(lobby.refuse, hall.chair, entry.visitor.knock)
    for verb in (lobby.admit, lobby.refuse):
        with pytest.raises(NotWaiting):
            await hall.does(verb, hall.chair, entry.visitor.knock)
        with pytest.raises(NotFound):
            await hall.does(verb, hall.chair, "none")


async def test_a_device_that_waits_or_is_in_does_not_knock_again(hall: Hall):
    entry = await knock(hall)
    again = await knock(hall, "Tên khác", cookie=entry.cookie)
    assert again == Entry(entry.visitor, cookie=None)
    await hall.does(lobby.admit, hall.chair, None)
    inside = await knock(hall, cookie=entry.cookie)
    assert (inside.cookie, inside.visitor.role) == (None, "guest")


async def test_a_guest_whose_answer_was_lost_goes_on_waiting(hall: Hall):
    lost = await knock(hall, device=PHONE)
    assert await knock(hall, device=PHONE) == lost
    assert await knock(hall, cookie=lost.cookie, device=PHONE) == Entry(lost.visitor, cookie=None)
    others = [await knock(hall, device=PHONE[::-1]), await knock(hall, "Người khác", device=PHONE), await knock(hall)]
    seen = [one.id for one in await hall.asks(lobby.waiting, hall.meeting)]
    assert seen == [one.visitor.knock for one in (lost, *others)]
    await hall.does(lobby.admit, hall.chair, lost.visitor.knock)
    assert (await knock(hall, device=PHONE)).visitor.role == "guest"


async def test_whose_knock_was_refused_knocks_anew_by_the_same_name(hall: Hall):
    cookies = []
    for _ in range(sessions.COOKIES_MAX + 1):
        entry = await knock(hall, device=PHONE)
        cookies.append(entry.cookie)
        await hall.does(lobby.refuse, hall.chair, entry.visitor.knock)
        assert await hall.asks(sessions.find, entry.cookie) is None
    assert len(set(cookies)) == len(cookies)


async def test_who_knocks_with_a_link_goes_on_waiting_on_either_device(hall: Hall):
    """The telephone used the link first; the desk took its place, and the telephone wants it back."""
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    async with hall.db.writing() as session:
        await invitations.use_link(session, token, hall.now, device=PHONE)
    for device in (PHONE[::-1], PHONE):
        lost = await knock_with_link(hall, token, device=device)
        assert await knock_with_link(hall, token, device=device) == lost
        with pytest.raises(LinkWaits):
            await knock_with_link(hall, token)
        await hall.does(lobby.admit, hall.chair, lost.visitor.knock)
        with pytest.raises(AlreadySo):
            await knock_with_link(hall, token, device=device)
        async with hall.db.writing() as session:
            entered = await invitations.use_link(session, token, hall.now, device=device)
        assert (entered.visitor.session, entered.cookie) == (lost.visitor.session, lost.cookie)


async def test_a_used_link_gets_its_owner_the_seat_on_another_device(hall: Hall):
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    first = await use(hall, token)
    second = await knock_with_link(hall, token)
    (seen,) = await hall.asks(lobby.waiting, hall.meeting)
    assert (seen.name, seen.reason) == ("Nguyễn Văn An", "used_link")
    before = await hall.log()
    (admission,) = await hall.does(lobby.admit, hall.chair, seen.id)
    assert (admission.participant, admission.event) == (hall.an.participant, None)
    assert admission.replaced == first.visitor.session
    assert await hall.log() == before
    assert await hall.asks(sessions.find, first.cookie) is None
    assert (await hall.asks(sessions.find, second.cookie)).participant == hall.an.participant


async def test_one_device_waits_for_a_seat(hall: Hall):
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    with pytest.raises(AlreadySo):
        await knock_with_link(hall, token)
    first = await use(hall, token)
    with pytest.raises(AlreadySo):
        await knock_with_link(hall, token, first.cookie)
    waits = await knock_with_link(hall, token)
    assert await knock_with_link(hall, token, waits.cookie) == Entry(waits.visitor, cookie=None)
    with pytest.raises(LinkWaits):
        await knock_with_link(hall, token)
    with pytest.raises(LinkUnknown):
        await knock_with_link(hall, "made up")


async def test_who_was_removed_while_waiting_for_the_seat_is_not_let_in(hall: Hall):
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    await use(hall, token)
    waits = await knock_with_link(hall, token)
    await hall.does(meetings.remove_participant, hall.chair, hall.an.participant)
    assert await hall.asks(lobby.waiting, hall.meeting) == ()
    with pytest.raises(NotWaiting):
        await hall.does(lobby.admit, hall.chair, waits.visitor.knock)
    assert await hall.asks(sessions.find, waits.cookie) is None


async def test_the_lobby_holds_only_so_many(hall: Hall, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lobby, "LOBBY_MAX", 2)
    for _ in range(2):
        await knock(hall)
    with pytest.raises(LobbyFull):
        await knock(hall)
    await hall.does(lobby.admit, hall.chair, None)
    await knock(hall)


async def test_who_stays_away_loses_the_place_at_the_door(hall: Hall, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lobby, "LOBBY_MAX", 2)
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    await use(hall, token)
    away, here = await knock_with_link(hall, token), await knock(hall)
    hall.later(lobby.AWAY_AT_MOST.total_seconds())
    async with hall.db.writing() as session:
        await lobby.still_here(session, [here.visitor.session], hall.now)
    again = await knock_with_link(hall, token)
    assert [one.id for one in await hall.asks(lobby.waiting, hall.meeting)] == [here.visitor.knock, again.visitor.knock]
    assert await hall.asks(sessions.find, away.cookie) is None
    with pytest.raises(LobbyFull):
        await knock(hall)


@pytest.mark.parametrize("has_cookie", [True, False])
async def test_who_knocks_again_after_staying_away_waits_anew(hall: Hall, has_cookie: bool):
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    await use(hall, token)
    for knocks in (partial(knock, hall), partial(knock_with_link, hall, token)):
        away = await knocks(device=PHONE)
        hall.later(lobby.AWAY_AT_MOST.total_seconds())
        again = await knocks(device=PHONE, cookie=away.cookie if has_cookie else None)
        assert [one.id for one in await hall.asks(lobby.waiting, hall.meeting)] == [again.visitor.knock]
        assert await hall.asks(sessions.find, away.cookie) is None
        assert await hall.asks(sessions.find, again.cookie) == again.visitor


async def test_a_guest_has_a_name(hall: Hall):
    with pytest.raises(BadInput):
        await knock(hall, " ")
    await knock(hall, unit="")


async def test_nobody_knocks_at_a_meeting_that_is_over_or_is_not(hall: Hall):
    await hall.does(meetings.set_state, hall.chair, "closed")
    with pytest.raises(MeetingClosed):
        await knock(hall)
    with pytest.raises(NotFound):
        async with hall.db.writing() as session:
            await lobby.knock(session, "none", "Khách", "", hall.now)
