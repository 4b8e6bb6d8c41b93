"""Which verb of the meeting's rules each command calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import assert_never

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import (
    agenda,
    answers,
    attendance,
    chat,
    checkin,
    commands,
    conclusions,
    delivery,
    documents,
    floor,
    letters,
    lobby,
    meetings,
    reminders,
    rescheduling,
    speeches,
    turns,
    votes,
    wall,
)
from meeting_app.acting import Actor
from meeting_app.commands import Answer
from meeting_app.conclusions import TaskPlan
from meeting_app.errors import BadInput
from meeting_app.events import Event
from meeting_app.lobby import Admission
from meeting_app.seal import Seal
from meeting_app.views import FloorRulesView, PresenterView, ReadersView
from meeting_app.votes import VoteKeys
from signaling import messages as m


@dataclass(frozen=True)
class Outcome:
    """What a command changed: events in order, and at the door, which keeps no log, who may come in or not."""

    events: tuple[Event, ...] = ()
    admissions: tuple[Admission, ...] = ()
    refused: str | None = None  # session


async def each_once(
    session: AsyncSession, asked: Sequence[tuple[Actor, m.AnyCommand, datetime]], keys: VoteKeys, seal: Seal
) -> list[Answer[Outcome]]:
    """Carry commands out in this transaction and in their order, as `once` does. Raises `MeetingError`."""
    answers: list[Answer[Outcome]] = []
    for vote, several in groupby(asked, key=_vote_of):
        if vote is None:
            answers += [await once(session, actor, command, at, keys, seal) for actor, command, at in several]
        else:
            answers += await _cast_once(session, vote, list(several))
    return answers


def _vote_of(asked: tuple[Actor, m.AnyCommand, datetime]) -> str | None:
    return asked[1].vote if isinstance(asked[1], m.CastBallot) else None


async def _cast_once(
    session: AsyncSession, vote: str, asked: Sequence[tuple[Actor, m.CastBallot, datetime]]
) -> list[Answer[Outcome]]:
    """Ballots that follow one another, together. Who casts two of them repeats one: that is found among those done."""
    if len({actor for actor, _, _ in asked}) < len(asked):
        return [answer for one in asked for answer in await _cast_once(session, vote, [one])]

    async def cast(places: Sequence[int]) -> Sequence[Event]:
        due = [asked[place] for place in places]
        ballots = [votes.Ballot(actor, command.choice, at, command.text) for actor, command, at in due]
        return await votes.cast_each(session, vote, ballots)

    sent = [commands.Asked(actor, command.key, msgspec.to_builtins(command), at) for actor, command, at in asked]
    return [
        Answer(None if answer.outcome is None else Outcome((answer.outcome,)), answer.seq, answer.repeated)
        for answer in await commands.once_each(session, sent, cast)
    ]


async def once(
    session: AsyncSession, actor: Actor, command: m.AnyCommand, now: datetime, keys: VoteKeys, seal: Seal
) -> Answer[Outcome]:
    """Carry the command out in this transaction, unless it was before. Raises `MeetingError`."""
    if isinstance(command, m.CastSecretBallot):
        # Nothing of it is remembered beside the voter, not as a hash either: three choices are soon tried.
        said = (command.vote, command.choices, command.code)
        event = await votes.cast_secret(session, actor, *said, now, key=command.key)
        return Answer(None if event is None else Outcome((event,)), None, event is None)
    payload = msgspec.to_builtins(command)
    return await commands.once(
        session, actor, command.key, payload, lambda: do(session, actor, command, now, keys, seal), now
    )


async def do(
    session: AsyncSession,
    actor: Actor,
    command: m.AnyCommand,
    now: datetime,
    keys: VoteKeys | None = None,
    seal: Seal | None = None,
) -> Outcome:
    """Carry the command out in this transaction, again and again. Raises `MeetingError`."""
    match command:
        case m.Admit():
            admissions = await lobby.admit(session, actor, command.knock, now)
            return Outcome(tuple(one.event for one in admissions if one.event is not None), admissions)
        case m.Refuse():
            return Outcome(refused=await lobby.refuse(session, actor, command.knock, now))
        case m.SetAddress():
            await letters.set_address(session, actor, command.participant, command.email, now)
            return Outcome()
    return Outcome((await _do(session, actor, command, now, keys, seal),))


async def _do(
    session: AsyncSession,
    actor: Actor,
    command: m.AnyCommand,
    now: datetime,
    keys: VoteKeys | None,
    seal: Seal | None,
) -> Event:
    match command:
        case m.RaiseHand():
            return await floor.raise_hand(session, actor, now, command.kind)
        case m.LowerHand():
            return await floor.lower_hand(session, actor, command.participant, now, command.kind)
        case m.GiveFloor():
            return await floor.give_floor(session, actor, command.participant, now, command.kind)
        case m.TakeFloor():
            return await floor.take_floor(session, actor, now)
        case m.SetFloorMode():
            return await floor.set_floor_mode(session, actor, command.mode, now)
        case m.SetFloorRules():
            limits = (command.speech_limit_s, command.question_limit_s, command.unit_budget_s)
            return await turns.set_floor_rules(session, actor, FloorRulesView(command.turn_order, *limits), now)
        case m.PauseSpeech():
            return await speeches.pause_speech(session, actor, now)
        case m.ResumeSpeech():
            return await speeches.resume_speech(session, actor, now)
        case m.ExtendSpeech():
            return await speeches.extend_speech(session, actor, command.seconds, now)
        case m.Mute():
            return await floor.mute(session, actor, command.participant, now)
        case m.Unmute():
            return await floor.unmute(session, actor, command.participant, now)
        case m.MuteAll():
            return await floor.mute_all(session, actor, now)
        case m.RemoveParticipant():
            return await meetings.remove_participant(session, actor, command.participant, now)
        case m.PinToStage():
            return await meetings.pin_to_stage(session, actor, command.participant, now)
        case m.OpenItem():
            return await agenda.open_item(session, actor, command.item, now)
        case m.CloseItem():
            return await agenda.close_item(session, actor, now)
        case m.AddItem() | m.ChangeItem():
            return await _write_item(session, actor, command, now)
        case m.MoveItem():
            return await agenda.move_item(session, actor, command.item, command.parent, command.before, now)
        case m.RemoveItem():
            return await agenda.remove_item(session, actor, command.item, now)
        case m.ShowOnWall():
            return await wall.show_on_wall(session, actor, command.shows, now)
        case m.WriteConclusion():
            return await _write_conclusion(session, actor, command, now)
        case m.RemoveConclusion():
            return await conclusions.remove_conclusion(session, actor, command.conclusion, now)
        case m.SetProgress():
            return await conclusions.set_progress(session, actor, command.task, command.progress, now)
        case m.SetState():
            return await meetings.set_state(session, actor, command.state, now)
        case m.SubmitMeeting():
            return await meetings.submit(session, actor, now)
        case m.CheckInAtHall():
            return await attendance.check_in_at_hall(session, actor, command.participant, now, site=command.site)
        case m.CheckInByLink():
            return await checkin.check_in_by_link(session, actor, command.link, now, site=command.site)
        case m.NoteLeaving():
            return await attendance.note_leaving(session, actor, command.participant, now)
        case m.WriteLetter():
            return await letters.write_letter(session, actor, letter_words(command.words), now)
        case m.Invite():
            return await letters.invite(session, actor, seal, now)
        case m.Remind():
            return await letters.remind(session, actor, seal, now)
        case m.SetReminders():
            rules = (command.answer_days, command.day_before, command.hour_before, command.task_days)
            return await reminders.set_reminders(session, actor, reminders.Rules(*rules), now)
        case m.Resend():
            return await delivery.resend(session, actor, command.participants, seal, now)
        case m.Reschedule():
            told = (command.before, command.starts_at, command.place)
            return await rescheduling.reschedule(session, actor, *told, seal, now)
        case m.AnswerInvitation():
            named = {"reason": command.reason}
            return await answers.answer(session, actor, command.participant, command.answer, now, **named)
        case m.DecideAbsence():
            return await answers.decide_absence(session, actor, command.participant, command.excused, now)
        case m.NameSubstitute():
            named = {"name": command.name, "title": command.title, "email": command.email}
            return (await answers.name_substitute(session, actor, command.participant, seal, now, **named)).event
        case m.OpenVote():
            named = {"kind": command.kind, "rule": command.rule, "base": command.base, "item": command.item}
            named |= {"tellers": command.tellers, "repeats": command.repeats}
            if command.kind == "election":
                candidates = [(one.name, one.note) for one in command.candidates]
                named["election"] = votes.election_of(candidates, command.seats, command.least)
            return await votes.open_vote(session, actor, command.question, now, keys=keys, **named)
        case m.AskOpinions():
            return await votes.ask_opinions(session, actor, command.question, command.due_at, now)
        case m.CastBallot():
            return await votes.cast(session, actor, command.vote, command.choice, now, text=command.text)
        case m.CountHands():
            return await votes.count_hands(session, actor, command.vote, command.counts, now)
        case m.CloseVote():
            return await votes.close(session, actor, command.vote, now, keys=keys)
        case m.CancelVote():
            return await votes.cancel(session, actor, command.vote, now)
        case m.PublishVote():
            return await votes.publish(session, actor, command.vote, now)
        case m.ApproveVersion():
            return await documents.approve_version(session, actor, command.version, now)
        case m.ChangeReaders():
            named = readers_of(command.readers)
            said = (command.document, command.revision, command.audience, named)
            return await documents.change_readers(session, actor, *said, now)
        case m.RecallDocument():
            return await documents.recall_document(session, actor, command.document, now)
        case m.ShowPage():
            return await documents.show_page(session, actor, command.version, command.page, now)
        case m.StopShowing():
            return await documents.stop_showing(session, actor, now)
        case m.Say():
            return await chat.say(session, actor, command.text, now)
        case m.Admit() | m.Refuse() | m.CastSecretBallot() | m.SetAddress():
            raise AssertionError("looked after above")
    assert_never(command)


async def _write_item(session: AsyncSession, actor: Actor, command: m.AddItem | m.ChangeItem, now: datetime) -> Event:
    presenters = tuple(PresenterView(one.participant, one.name) for one in command.presenters)
    written = {"presenters": presenters, "planned_at": command.planned_at, "budget_s": command.budget_s}
    if isinstance(command, m.AddItem):
        return await agenda.add_item(session, actor, command.title, now, parent=command.parent, **written)
    return await agenda.change_item(session, actor, command.item, command.revision, command.title, now, **written)


async def _write_conclusion(session: AsyncSession, actor: Actor, command: m.WriteConclusion, now: datetime) -> Event:
    tasks = tuple(
        TaskPlan(one.text, id=one.id, unit=one.unit, participant=one.participant, due_on=one.due_on)
        for one in command.tasks
    )
    which = {"conclusion": command.conclusion, "revision": command.revision}
    return await conclusions.write_conclusion(session, actor, command.item, command.text, tasks, now, **which)


def readers_of(named: m.Readers | None) -> ReadersView | None:
    return None if named is None else ReadersView(**msgspec.structs.asdict(named))


def letter_words(words: m.LetterWords) -> letters.Words:
    """Raises `BadInput` for a day that is none."""
    try:
        dated = date.fromisoformat(words.dated)
    except ValueError as error:
        raise BadInput("this is no day", "dated") from error
    return letters.Words(**{**msgspec.structs.asdict(words), "dated": dated})
