"""The database itself refuses what must never be, whatever code writes to it."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from meeting_app.db import Database
from meeting_app.models import (
    AgendaItem,
    AgendaPresenter,
    AttendanceSpan,
    Base,
    Conclusion,
    DeviceSession,
    DoneCommand,
    FloorRules,
    Knock,
    LogEntry,
    Meeting,
    OpenBallot,
    Participant,
    PersonalLink,
    Speech,
    SpeechRequest,
    Task,
    Unit,
    Vote,
    VoteRight,
    WallChoice,
)
from tests.meeting_app.hall import START, Hall, convene_within


def unit(name: str, parent: str | None, parent_path: str | None, path: str) -> Unit:
    return Unit(
        id=name, parent_id=parent, parent_path=parent_path, path=path, level="commune", name="Xã", opened_at=START
    )


def span(hall: Hall, name: str, left: bool) -> AttendanceSpan:
    return AttendanceSpan(
        id=name,
        meeting_id=hall.meeting,
        participant_id=hall.an.participant,
        came_at=START,
        left_at=START if left else None,
    )


def item(hall: Hall, number: str, state: str = "pending", parent: str | None = None) -> AgendaItem:
    return AgendaItem(
        id=f"item {number}",
        meeting_id=hall.meeting,
        parent_id=parent,
        number=number,
        title="Nội dung",
        budget_s=0,
        state=state,
        opened_at=START if state == "current" else None,
        spent_ms=0,
        revision=1,
    )


def request(hall: Hall, seq: int, participant: str | None = None) -> SpeechRequest:
    return SpeechRequest(
        meeting_id=hall.meeting,
        seq=seq,
        participant_id=participant or hall.an.participant,
        kind="speech",
        asked_at=START,
        state="waiting",
    )


def speech(hall: Hall, seq: int, participant: str) -> Speech:
    return Speech(
        meeting_id=hall.meeting,
        seq=seq,
        participant_id=participant,
        kind="speech",
        limit_s=0,
        started_at=START,
        paused_ms=0,
    )


def conclusion(hall: Hall, item: str) -> Conclusion:
    return Conclusion(
        id="c", meeting_id=hall.meeting, item_id=item, seq=50, text="Nhất trí", revision=1, written_at=START
    )


def task(hall: Hall, **changes: object) -> Task:
    values = {"id": "t", "meeting_id": hall.meeting, "conclusion_id": "c", "place": 0, "text": "Làm", "unit": ""}
    return Task(**{**values, "progress": 0, **changes})


def link(hall: Hall, name: str, token_hash: str, participant: str | None = None) -> PersonalLink:
    return PersonalLink(
        id=name,
        meeting_id=hall.meeting,
        participant_id=participant or hall.an.participant,
        token_hash=token_hash,
        issued_at=START,
    )


def device(hall: Hall, name: str, participant: str | None = None) -> DeviceSession:
    return DeviceSession(
        id=name,
        meeting_id=hall.meeting,
        participant_id=participant,
        token_hash=name,
        opened_at=START,
        seen_at=START,
    )


def knock(hall: Hall, name: str, session: str, reason: str = "guest", participant: str | None = None) -> Knock:
    return Knock(
        id=name,
        meeting_id=hall.meeting,
        session_id=session,
        participant_id=participant,
        name="Khách",
        unit="",
        reason=reason,
        knocked_at=START,
        state="waiting",
    )


def entry(hall: Hall, seq: int) -> LogEntry:
    return LogEntry(meeting_id=hall.meeting, seq=seq, name="said", at=START, data={}, hash="")


def participant(hall: Hall, name: str, seq: int, **changes: object) -> Participant:
    values = {
        "id": name,
        "meeting_id": hall.meeting,
        "seq": seq,
        "name": "Người",
        "title": "",
        "unit": "",
        "role": "delegate",
        "muted": False,
        "on_stage": False,
    }
    return Participant(**{**values, **changes})


def meeting(hall: Hall, **changes: object) -> Meeting:
    values = {
        "id": "m",
        "title": "Họp",
        "unit_id": hall.unit,
        "state": "draft",
        "starts_at": START,
        "floor_mode": "chaired",
        "last_seq": 0,
        "last_hash": "",
    }
    return Meeting(**{**values, **changes})


def done(hall: Hall) -> DoneCommand:
    return DoneCommand(actor=hall.an.participant, key="key-0001", payload_hash="", at=START)


def vote(hall: Hall, name: str, seq: int, **changes: object) -> Vote:
    values = {
        "id": name,
        "meeting_id": hall.meeting,
        "seq": seq,
        "kind": "open",
        "question": "Thông qua",
        "options": ["for"],
        "rule": "two_thirds",
        "base": "present",
        "quorum": "more_than_half",
        "convened": 4,
        "present": 3,
        "state": "open",
        "round": 1,
        "opened_at": START,
    }
    return Vote(**{**values, **changes})


def right(hall: Hall, whose: str, of: str = "v") -> VoteRight:
    return VoteRight(vote_id=of, participant_id=whose, meeting_id=hall.meeting)


def ballot(hall: Hall, choice: str = "for") -> OpenBallot:
    return OpenBallot(vote_id="v", participant_id=hall.an.participant, choice=choice, cast_at=START)


# What each list of rows breaks; all but the last row are fine.
NEVER: dict[str, Callable[[Hall, Hall], list[Base]]] = {
    "two current items": lambda h, o: [item(h, "7", "current"), item(h, "8", "current")],
    "two items of one number": lambda h, o: [item(h, "7"), item(h, "7")],
    "a current item without its time": lambda h, o: [
        AgendaItem(**{**vars_of(item(h, "7", "current")), "opened_at": None})
    ],
    "an item below one of another meeting": lambda h, o: [item(h, "7", parent=o.items[0])],
    "a current item that was taken off": lambda h, o: [
        AgendaItem(**{**vars_of(item(h, "7", "current")), "removed_at": START})
    ],
    "a presenter of another meeting": lambda h, o: [
        AgendaPresenter(item_id=h.items[0], place=0, meeting_id=h.meeting, participant_id=o.an.participant, name="An")
    ],
    "a presenter of an item of another meeting": lambda h, o: [
        AgendaPresenter(item_id=o.items[0], place=0, meeting_id=h.meeting, participant_id=None, name="An")
    ],
    "a conclusion on an item of another meeting": lambda h, o: [conclusion(h, o.items[0])],
    "a task of somebody of another meeting": lambda h, o: [
        conclusion(h, h.items[0]),
        task(h, participant_id=o.an.participant),
    ],
    "a task of a conclusion that is none": lambda h, o: [task(h)],
    "a task more than done": lambda h, o: [conclusion(h, h.items[0]), task(h, progress=101, done_at=START)],
    "a done task without its time": lambda h, o: [conclusion(h, h.items[0]), task(h, progress=100)],
    "a wall that shows what no wall can": lambda h, o: [WallChoice(meeting_id=h.meeting, shows="films")],
    "two speeches at once": lambda h, o: [speech(h, 50, h.an.participant), speech(h, 51, h.binh.participant)],
    "a speech of somebody of another meeting": lambda h, o: [speech(h, 50, o.an.participant)],
    "two hands of one person": lambda h, o: [request(h, 50), request(h, 51)],
    "a speech that ended and is paused": lambda h, o: [
        Speech(**{**vars_of(speech(h, 50, h.an.participant)), "ended_at": START, "paused_at": START})
    ],
    "rules of the floor of no meeting": lambda h, o: [
        FloorRules(meeting_id="none", turn_order="asked", speech_limit_s=0, question_limit_s=0, unit_budget_s=0)
    ],
    "an unknown order of turns": lambda h, o: [
        FloorRules(meeting_id=h.meeting, turn_order="loud", speech_limit_s=0, question_limit_s=0, unit_budget_s=0)
    ],
    "a hand of somebody of another meeting": lambda h, o: [request(h, 50, o.an.participant)],
    "two open spans of one person": lambda h, o: [span(h, "a", True), span(h, "b", False), span(h, "c", False)],
    "two live links of one person": lambda h, o: [link(h, "a", "1"), link(h, "b", "2")],
    "two links of one token": lambda h, o: [link(h, "a", "1"), link(h, "b", "1", h.binh.participant)],
    "two devices of one person": lambda h, o: [
        device(h, "a", h.an.participant),
        device(h, "b", h.an.participant),
    ],
    "a device in two meetings": lambda h, o: [device(h, "a", o.an.participant)],
    "two knocks of one device": lambda h, o: [device(h, "a"), knock(h, "k", "a"), knock(h, "l", "a")],
    "two knocks for one seat": lambda h, o: [
        device(h, "a"),
        device(h, "b"),
        knock(h, "k", "a", "used_link", h.an.participant),
        knock(h, "l", "b", "used_link", h.an.participant),
    ],
    "a used link of nobody": lambda h, o: [device(h, "a"), knock(h, "k", "a", "used_link")],
    "two events of one number": lambda h, o: [entry(h, 1)],
    "an event of no meeting": lambda h, o: [
        LogEntry(meeting_id="none", seq=1, name="said", at=START, data={}, hash="")
    ],
    "one key twice": lambda h, o: [done(h), done(h)],
    "two people on the stage": lambda h, o: [
        participant(h, "a", 50, on_stage=True),
        participant(h, "b", 51, on_stage=True),
    ],
    "an unknown role": lambda h, o: [participant(h, "a", 50, role="king")],
    "an unknown state": lambda h, o: [meeting(h, state="asleep")],
    "an unknown mode of the floor": lambda h, o: [meeting(h, floor_mode="wild")],
    "two running votes": lambda h, o: [vote(h, "v", 50, state="closed", closed_at=START), vote(h, "w", 51)],
    "a vote on an item of another meeting": lambda h, o: [vote(h, "v", 50, item_id=o.items[0])],
    "a closed vote without its time": lambda h, o: [vote(h, "v", 50, state="closed")],
    "a published vote without its time": lambda h, o: [vote(h, "v", 50, state="published", closed_at=START)],
    "a vote with nobody to vote": lambda h, o: [vote(h, "v", 50, present=0)],
    "a right of somebody of another meeting": lambda h, o: [vote(h, "v", 50), right(h, o.an.participant)],
    "a right twice": lambda h, o: [vote(h, "v", 50), right(h, h.an.participant), right(h, h.an.participant)],
    "a ballot without a right": lambda h, o: [vote(h, "v", 50), right(h, h.binh.participant), ballot(h)],
    "two ballots of one right": lambda h, o: [
        vote(h, "v", 50),
        right(h, h.an.participant),
        ballot(h),
        ballot(h, "against"),
    ],
    "a ballot for nothing": lambda h, o: [vote(h, "v", 50), right(h, h.an.participant), ballot(h, "maybe")],
    "a unit below itself": lambda h, o: [unit("a", "a", "/a/", "/a/a/")],
    "a path that is not the parent's": lambda h, o: [
        unit("a", None, None, "/a/"),
        unit("b", "a", "/a/", "/elsewhere/b/"),
    ],
    "a parent whose path is another": lambda h, o: [
        unit("a", None, None, "/a/"),
        unit("b", "a", "/x/a/", "/x/a/b/"),
    ],
}


def vars_of(row: Base) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


async def test_the_database_refuses_what_must_never_be(db: Database):
    async with db.writing() as session:
        hall, other = await convene_within(session, db), await convene_within(session, db)
        for what, rows in NEVER.items():
            *fine, wrong = rows(hall, other)
            async with session.begin_nested() as step:
                for row in fine:
                    session.add(row)
                    await session.flush()
                with session.no_autoflush:
                    session.expunge_all()
                session.add(wrong)
                try:
                    await session.flush()
                except IntegrityError:
                    continue
                await step.rollback()
            pytest.fail(f"the database holds {what}")


async def test_what_ended_makes_room_for_the_next(db: Database):
    """The same rules, from their other side: only the open, the live and the waiting are one."""
    async with db.writing() as session:
        hall = await convene_within(session, db)
        first = speech(hall, 50, hall.an.participant)
        first.ended_at = START
        old = link(hall, "a", "1")
        old.revoked_at = START
        earlier = request(hall, 51)
        earlier.state = "withdrawn"
        left = device(hall, "a", hall.an.participant)
        left.revoked_at = START
        gone = participant(hall, "p", 52, removed_at=START)
        session.add_all([first, old, earlier, left, gone, span(hall, "a", True)])
        await session.flush()
        session.add_all(
            [
                speech(hall, 53, hall.an.participant),
                link(hall, "b", "2"),
                request(hall, 54),
                device(hall, "b", hall.an.participant),
                span(hall, "b", False),
            ]
        )
        await session.flush()
