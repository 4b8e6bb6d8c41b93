"""Commands: what people do in a meeting."""

from __future__ import annotations

from signaling.messages.agenda import AddItem, ChangeItem, CloseItem, MoveItem, OpenItem, RemoveItem
from signaling.messages.checkin import CheckInByLink
from signaling.messages.conclusions import RemoveConclusion, SetProgress, WriteConclusion
from signaling.messages.floor import (
    ExtendSpeech,
    GiveFloor,
    LowerHand,
    PauseSpeech,
    RaiseHand,
    ResumeSpeech,
    SetFloorMode,
    SetFloorRules,
    TakeFloor,
)
from signaling.messages.inviting import (
    AnswerInvitation,
    CheckInAtHall,
    DecideAbsence,
    Invite,
    NameSubstitute,
    NoteLeaving,
    Remind,
    Reschedule,
    Resend,
    SetAddress,
    WriteLetter,
)
from signaling.messages.papers import ApproveVersion, ChangeReaders, RecallDocument, ShowPage, StopShowing
from signaling.messages.reminders import SetReminders
from signaling.messages.votes import (
    AskOpinions,
    CancelVote,
    CastBallot,
    CastSecretBallot,
    CloseVote,
    CountHands,
    OpenVote,
    PublishVote,
)
from signaling.messages.wall import ShowOnWall
from signaling.messages.words import (
    ChatText,
    Command,
    Id,
    MeetingState,
)


class Mute(Command, frozen=True, kw_only=True, tag="mute"):
    """Silence one person until the chair allows them again or gives them the floor."""

    participant: Id


class Unmute(Command, frozen=True, kw_only=True, tag="unmute"):
    participant: Id


class MuteAll(Command, frozen=True, kw_only=True, tag="mute_all"):
    """Back to a chaired meeting with nobody holding the floor."""


class RemoveParticipant(Command, frozen=True, kw_only=True, tag="remove_participant"):
    participant: Id


class PinToStage(Command, frozen=True, kw_only=True, tag="pin_to_stage"):
    """Put a person on everybody's stage; None lets the stage follow the speaker."""

    participant: Id | None


class Admit(Command, frozen=True, kw_only=True, tag="admit"):
    """Let one knock into the meeting, or with None all that wait."""

    knock: Id | None


class Refuse(Command, frozen=True, kw_only=True, tag="refuse"):
    knock: Id


class SetState(Command, frozen=True, kw_only=True, tag="set_state"):
    """Approve, open the check-in, begin, pause, close and so on; only what the table of transitions allows."""

    state: MeetingState


class SubmitMeeting(Command, frozen=True, kw_only=True, tag="submit_meeting"):
    """Lay the draft before the chair."""


class Say(Command, frozen=True, kw_only=True, tag="say"):
    """Write to everybody's chat."""

    text: ChatText


AnyCommand = (
    RaiseHand | LowerHand | GiveFloor | TakeFloor | SetFloorMode | Mute | Unmute | MuteAll | RemoveParticipant
    | PinToStage | Admit | Refuse | OpenItem | CloseItem | SetState | SubmitMeeting | Say
    | AddItem | ChangeItem | MoveItem | RemoveItem
    | ApproveVersion | ChangeReaders | RecallDocument | ShowPage | StopShowing
    | OpenVote | AskOpinions | CastBallot | CastSecretBallot | CountHands | CloseVote | CancelVote | PublishVote
    | ShowOnWall | WriteConclusion | RemoveConclusion | SetProgress
    | SetFloorRules | PauseSpeech | ResumeSpeech | ExtendSpeech
    | WriteLetter | SetAddress | Invite | Remind | AnswerInvitation | NameSubstitute
    | CheckInAtHall | CheckInByLink | NoteLeaving | SetReminders | Reschedule | Resend | DecideAbsence
)  # fmt: skip
