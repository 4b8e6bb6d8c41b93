"""What a connection is shown, as messages: of a meeting by its role, of a media peer by being its owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from meeting_app.documents.rules import READERS, Reader, as_seen_by
from meeting_app.events import Event
from meeting_app.permissions import actions_of
from meeting_app.views import DocumentView, MeetingView, ShownView, as_data
from sfu import control
from signaling.messages import (
    AnyCommand,
    AnyPush,
    DemandChanged,
    LineQuality,
    MediaGone,
    Meeting,
    MeetingEvent,
    OwnPapers,
    Paper,
    Role,
    ShownPage,
    SlotShows,
)

WALL: Role = "big_screen"
LEADERS: frozenset[Role] = frozenset({"chair", "secretary"})
COMMANDS = frozenset(kind.__struct_config__.tag for kind in AnyCommand.__args__)

# A wall stands in a public hall: it keeps the numbering of the log and learns nothing of these.
WITHHELD_FROM_WALLS = frozenset({"said"})
WITHHELD = "withheld"
# Told to each role by what it may see.
OF_PAPERS = frozenset({"version_added", "version_converted", "version_failed", "version_approved", "page_shown"})
# Told in full to those who lead, who read what others wrote who were of another opinion.
OF_OPINIONS = frozenset({"vote_published"})
OF_READERS = frozenset({"readers_changed"})
# Told to nobody else; who asked to be absent reads it where they answered.
FOR_LEADERS = frozenset({"absence_decided"})
TOLD_BY_ROLE = OF_PAPERS | OF_READERS | OF_OPINIONS | FOR_LEADERS
# After these somebody may see a paper that they did not, or no longer.
CHANGE_PAPERS = (
    OF_PAPERS | OF_READERS | {"showing_ended", "document_recalled", "participant_added", "participant_replaced"}
)
NOT_SHOWN = "showing_ended"
# In the log for good, on no screen: what somebody chose is told with the result of the vote.
# From the digest of a few ballots they could be guessed.
# What a teller counted is told when both have, as `tallies`; why somebody does not come, to those who lead.
UNTOLD = {
    "ballot_cast": frozenset({"choice", "text"}),
    "hands_counted": frozenset({"counts"}),
    "vote_closed": frozenset({"ballots"}),
    "invitation_answered": frozenset({"reason"}),
}


def meeting(view: MeetingView, role: Role) -> Meeting:
    """The snapshot for a screen. Walls take no part, so they are in nobody's list; and a wall shows no chat."""
    whole = msgspec.convert(_papers_for(view, role), Meeting, from_attributes=True)
    people = tuple(person for person in whole.participants if person.role != WALL)
    hidden = view.shown is not None and whole.shown is None
    shown = {"participants": people, "shown_to_others": hidden, "chat": () if role == WALL else whole.chat}
    if whole.vote is not None and whole.vote.result is not None and role not in LEADERS:
        shown["vote"] = msgspec.structs.replace(
            whole.vote, result=msgspec.structs.replace(whole.vote.result, opinions={})
        )
    return msgspec.structs.replace(whole, **shown)


def own_papers(papers: Iterable[DocumentView], shown: ShownView | None, reader: Reader) -> OwnPapers | None:
    """What of these papers, which name their readers, is one reader's; None for who sees all of them anyway."""
    if reader.role in LEADERS:
        return None
    seen = {paper.id: paper for paper in (as_seen_by(reader, paper) for paper in papers) if paper is not None}
    return OwnPapers(
        documents=tuple(msgspec.convert(one, Paper, from_attributes=True) for one in seen.values()),
        shown=msgspec.convert(shown, ShownPage, from_attributes=True) if shown and shown.document in seen else None,
    )


def event(happened: Event, role: Role) -> MeetingEvent:
    """An entry of the log for a screen; what it may not see keeps only its number and time."""
    if role == WALL and happened.name in WITHHELD_FROM_WALLS:
        return _withheld(happened)
    if happened.name in FOR_LEADERS and role not in LEADERS:
        return _withheld(happened)
    if happened.name in OF_PAPERS:
        return _of_paper(happened, role)
    if happened.name in OF_READERS:
        return _of_readers(happened, role)
    untold = UNTOLD.get(happened.name, frozenset())
    data = {name: value for name, value in happened.data.items() if name not in untold}
    if happened.name in OF_OPINIONS and role not in LEADERS:
        data["result"] = {**data["result"], "opinions": {}}
    return MeetingEvent(seq=happened.seq, name=happened.name, actor=happened.actor, at=happened.at, data=data)


def _withheld(happened: Event) -> MeetingEvent:
    return MeetingEvent(seq=happened.seq, name=WITHHELD, actor=None, at=happened.at, data={})


def _of_paper(happened: Event, role: Role) -> MeetingEvent:
    """What happened to a paper, as far as this role knows it."""
    name, data = happened.name, happened.data
    if "shown" in data and role not in READERS[data["shown"]["audience"]]:
        name, data = NOT_SHOWN, {"shown_to_others": True}
    elif "shown" not in data:
        seen = as_seen_by(Reader(role), msgspec.convert(data["document"], DocumentView))
        if seen is None:
            return _withheld(happened)
        data = {"document": as_data(seen)}
    return MeetingEvent(seq=happened.seq, name=name, actor=happened.actor, at=happened.at, data=data)


def _of_readers(happened: Event, role: Role) -> MeetingEvent:
    """Whom a paper is for now, to whom it is for by their role; `gone` to whom it was for.

    Who is named now keeps it by the `own_papers` that follows.
    """
    document = msgspec.convert(happened.data["document"], DocumentView)
    seen = as_seen_by(Reader(role), document)
    if seen is not None:
        data = {"document": as_data(seen), "shown": happened.data["shown"]}
        return MeetingEvent(seq=happened.seq, name=happened.name, actor=happened.actor, at=happened.at, data=data)
    return _of_readers_lost(happened, role)


def _of_readers_lost(happened: Event, role: Role) -> MeetingEvent:
    if role not in READERS[happened.data["before"]]:
        return _withheld(happened)
    data = {"gone": happened.data["document"]["id"]}
    return MeetingEvent(seq=happened.seq, name=happened.name, actor=happened.actor, at=happened.at, data=data)


def _papers_for(view: MeetingView, role: Role) -> MeetingView:
    seen = (as_seen_by(Reader(role), document) for document in view.documents)
    shown = view.shown if view.shown is not None and role in READERS[view.shown.audience] else None
    return replace(view, documents=tuple(filter(None, seen)), shown=shown)


def events(happened: Iterable[Event], role: Role) -> tuple[MeetingEvent, ...]:
    return tuple(event(one, role) for one in happened)


def missed(happened: Iterable[Event], role: Role, present: Meeting) -> tuple[MeetingEvent, ...]:
    """What a screen missed that was away until `present`, its snapshot: of a paper that was withdrawn, nothing."""
    seen = {paper.id for paper in present.documents}
    return tuple(
        event(one, role) if (paper := _paper_of(one)) is None or paper in seen else _of_withdrawn(one, role, present)
        for one in happened
    )


def _paper_of(happened: Event) -> str | None:
    """The paper that the event describes, or of which it shows a page."""
    if happened.name not in OF_PAPERS | OF_READERS:
        return None
    data = happened.data
    return data["document"]["id"] if "document" in data else data["shown"]["document"]


def _of_withdrawn(happened: Event, role: Role, present: Meeting) -> MeetingEvent:
    """As to a role that never saw the paper, save that one which did learns that it is gone."""
    if happened.name in OF_READERS:
        return _of_readers_lost(happened, role)
    if happened.name != "page_shown":
        return _withheld(happened)
    # Whatever page was shown before is so no longer. Of a recall no event follows that ends the showing.
    data = {"shown_to_others": present.shown_to_others}
    return MeetingEvent(seq=happened.seq, name=NOT_SHOWN, actor=happened.actor, at=happened.at, data=data)


def of_worker(told: control.Demand | control.SlotChanged | control.Quality | control.PeerLost) -> AnyPush | None:
    """What the owner of a peer is told about it; None when there is nothing to say."""
    match told:
        case control.Demand():
            return DemandChanged(camera=told.camera, screen=told.screen)
        case control.SlotChanged():
            return SlotShows(slot=told.slot, source=told.source, layer=told.layer, cause=told.cause)
        case control.Quality():
            return LineQuality(
                level=told.level,
                uplink_loss=told.uplink_loss,
                downlink_loss=told.downlink_loss,
                downlink_bps=told.downlink_bps,
                round_trip_ms=told.round_trip_ms,
            )
        case control.PeerLost():
            return None if told.reason == "goodbye" else MediaGone(ready=True)


def commands_of(role: Role) -> tuple[str, ...]:
    """The commands this role has in the permission table."""
    return tuple(sorted(COMMANDS.intersection(actions_of(role))))
