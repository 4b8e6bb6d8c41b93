"""In the office one sees whom an invitation reached, sets addresses right and sends it again."""

from __future__ import annotations

from sqlalchemy import select

from meeting_app import letters, meetings
from meeting_app.acting import Actor
from meeting_app.models import OfficeDeed
from meeting_app.seal import open_seal
from signaling.database import open_database
from tests.meeting_app.hall import WORDS
from tests.signaling.conftest import NOW, Person, Service
from tests.signaling.office.conftest import Offices, SignIn


async def go_out(house: Service, meeting: str, guest: str) -> str:
    """The letters of the meeting go out; the token of a guest's link."""
    seal, system = open_seal(house.settings.data / "seal.key"), Actor(meeting)
    database = await open_database(house.settings)
    try:
        async with database.writing() as session:
            for state in ("submitted", "approved"):
                await meetings.set_state(session, system, state, NOW)
            await letters.write_letter(session, system, WORDS, NOW)
            await letters.invite(session, system, seal, NOW)
        async with database.reading() as session:
            token = await letters.known_link(session, guest, seal)
    finally:
        await database.close()
    assert token is not None
    return token


async def deeds(house: Service) -> str:
    """The journal of the office."""
    database = await open_database(house.settings)
    try:
        async with database.reading() as session:
            return str([(deed.action, deed.asked, deed.answer) for deed in await session.scalars(select(OfficeDeed))])
    finally:
        await database.close()


async def test_an_address_is_set_right_and_the_letter_sent_again(
    sign_in: SignIn, offices: Offices, house: Service
) -> None:
    clerk, other = await sign_in("clerk"), await sign_in("other")
    path = f"meetings/{offices.meetings['Xã A']}"
    shown = await clerk.asks(f"{path}/invited", key="the-chair", role="chair", people=[offices.people["head"]])
    [one] = shown["invited"]
    whom, again = {"participant": one["id"]}, {"participants": [one["id"]]}
    assert await clerk.is_refused(f"{path}/resent", key="too-early", **again) == (400, "wrong_state")
    token = await go_out(house, offices.meetings["Xã A"], one["id"])
    status, problem = await clerk.post(f"/api/office/{path}/resent", {"key": "no-address", **again})
    assert (status, problem["code"], problem["field"]) == (400, "bad_input", "email")
    for where, body in (("address", {**whom, "email": "an@example.org"}), ("resent", again)):
        assert await other.is_refused(f"{path}/{where}", key="elsewhere", **body) == (403, "out_of_reach")
    assert await clerk.is_refused(f"{path}/address", key="no-addre", **whom, email="an") == (400, "bad_input")
    await clerk.asks(f"{path}/address", key="an-addre", **whom, email="an@example.org")
    other_address = {**whom, "email": "binh@example.org"}
    assert await clerk.is_refused(f"{path}/address", key="an-addre", **other_address) == (400, "key_reused")
    assert "example.org" not in await deeds(house)
    [row] = (await clerk.asks(f"{path}/resent", key="once-more", **again))["invited"]
    assert (row["email"], row["mail"], row["fault"], row["is_opened"]) == ("an@example.org", "waiting", None, False)

    guest = Person(house)
    assert (await guest.post("/api/link", {"token": token}))[0] == 200
    await guest.post("/api/invitation/answer", {"token": token, "key": "phone-0001", "answer": "accepted"})
    [row] = (await clerk.asks(path))["invited"]
    assert (row["is_opened"], row["answer"]) == (True, "accepted")
    await guest.close()
