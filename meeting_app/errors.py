"""What can go wrong in a meeting, by whose fault.

MeetingError
├── Refused               the person may not, or not now
│   ├── NotAllowed        the permission table says no
│   │   ├── OutOfReach    to an officer: not in this unit, or not in this role
│   │   ├── NotOfUnit     a unit's opinion is given by somebody who belongs to it
│   │   └── NotSigner     somebody else was asked to sign
│   ├── WrongState        the meeting's state does not admit it
│   │   ├── SurveyClosed  it takes no answers: not yet, or no longer
│   │   ├── SurveyOpened  its questions no longer change
│   │   ├── ConsultationOver   it was signed or withdrawn
│   │   ├── UnitClosed    the unit is closed
│   │   └── UnitsBelow    units below it are still open
│   ├── AlreadySo         it is so already
│   │   ├── AlreadyInvited somebody of those to be invited is
│   │   ├── SiteKnown     another site of the meeting has this name
│   │   └── LoginTaken    another account has this login
│   ├── AlreadyWaiting    one waiting request a person
│   ├── NotWaiting        no such request waits
│   ├── NobodySpeaking    nobody has the floor
│   ├── Outdated          somebody else wrote it meanwhile
│   │   └── SightOutdated the consultation went on since the signer's screen was loaded
│   ├── ItemBegun         what was opened stays on the agenda
│   ├── VoteRunning       another vote is open, or its result is not published yet
│   │   └── ResultWaits   it is counted, and what was counted would be lost
│   ├── VoteOver          the vote is closed or cancelled
│   ├── VoteOpen          the vote is not closed yet
│   ├── NoQuorum          too few of those convened are present
│   ├── TooFewVoters      so few that a secret ballot would not be secret
│   ├── BallotsUnreadable the key of a secret vote is gone, or a sealed ballot was changed
│   ├── HandsUncounted    the tellers of a show of hands have not both counted
│   ├── CountsDiffer      they have, and not alike
│   ├── NotEntitled       no right to vote in this vote
│   ├── NotTeller         the hands of this vote are counted by others
│   ├── AlreadyVoted      a ballot is cast once
│   ├── NotReady          the paper is not converted, or not approved
│   │   └── DraftNotReady the draft is not there, or not converted
│   ├── Recalled          the paper was recalled
│   ├── NoRoom            the files of the meeting, or of the machine, leave no room
│   ├── KeyReused         one idempotency key, two different commands
│   ├── LinkUsed          the personal link opened the meeting on another device
│   ├── LinkWaits         another device waits at the door with the same link
│   ├── NoLetter          the invitation was not written yet
│   ├── SeatTaken         who was here already is not replaced
│   ├── FormUnanswered    who owes a body an answer is not replaced
│   ├── GateShut          a consultation cannot be signed yet
│   │   ├── UnitsSilent   units have not answered, and nobody wrote why it is signed without them
│   │   ├── OpinionsUnanswered   the leading unit has not said what it makes of them
│   │   └── OpinionsUnopened     the signer has not read them
│   ├── OpinionsFull      a unit has answered as often as it may
│   ├── SurveyAnswered    the personal link was used
│   ├── NotOverdue        the units still have time to answer
│   ├── SeatGiven         somebody else comes in this one's place
│   ├── AlreadyHere       they are checked in already
│   ├── OtherSite         they belong to another site than the operator's
│   ├── SiteInUse         somebody sits at the site
│   ├── CodeExpired       the code at the site has changed since
│   ├── MeetingClosed     the meeting is over or called off
│   ├── NotMember         in a meeting of a body its members vote, and nobody else
│   └── LobbyFull         too many people wait at the door
├── NotFound              no such thing, or not in this meeting
│   ├── LinkUnknown       no such personal link, or it was withdrawn
│   ├── SurveyUnknown     no survey has this link
│   ├── SignInFailed      no such account, or another password
│   └── IdentityUnknown   the provider's identity belongs to no open account
├── BadInput              a value that no rule accepts
│   ├── PasswordShort     a password that is too easily guessed
│   ├── InkFull           no more strokes are kept: of the page, or of one person in the meeting
│   ├── AnswerMissing     a question that has to be answered was not
│   ├── MemberThen        a membership begins after the one before has ended
│   ├── WeakerRule        the body that meets asks for more
│   ├── DeadlinePast      the last day has passed already
│   ├── DeadlineEarlier   the units were told a later one
│   ├── ReasonMissing     it is not said why
│   ├── SheetUnreadable   no Excel file, or one that is damaged or locked
│   ├── SheetColumns      a column is missing
│   └── SheetTooLong      more lines, or more data, than are taken at once
└── NotRecorded           the database did not answer in time; nothing was acknowledged
"""

from __future__ import annotations


class MeetingError(Exception):
    """`code` is for programs; `field` names what the message is about, in the words of the contract."""

    code = "error"

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class Refused(MeetingError):
    code = "refused"


class NotAllowed(Refused):
    code = "not_allowed"


class OutOfReach(NotAllowed):
    code = "out_of_reach"


class NotOfUnit(NotAllowed):
    code = "not_of_unit"


class NotSigner(NotAllowed):
    code = "not_signer"


class WrongState(Refused):
    code = "wrong_state"


class SurveyClosed(WrongState):
    code = "survey_closed"


class SurveyOpened(WrongState):
    code = "survey_opened"


class ConsultationOver(WrongState):
    code = "consultation_over"


class UnitClosed(WrongState):
    code = "unit_closed"


class UnitsBelow(WrongState):
    code = "units_below"


class AlreadySo(Refused):
    code = "already_so"


class AlreadyInvited(AlreadySo):
    code = "already_invited"


class SiteKnown(AlreadySo):
    code = "site_known"


class LoginTaken(AlreadySo):
    code = "login_taken"


class AlreadyWaiting(Refused):
    code = "already_waiting"


class NotWaiting(Refused):
    code = "not_waiting"


class NobodySpeaking(Refused):
    code = "nobody_speaking"


class Outdated(Refused):
    code = "outdated"


class SightOutdated(Outdated):
    code = "consultation_changed"


class ItemBegun(Refused):
    code = "item_begun"


class VoteRunning(Refused):
    code = "vote_running"


class ResultWaits(VoteRunning):
    code = "result_waits"


class VoteOver(Refused):
    code = "vote_over"


class VoteOpen(Refused):
    code = "vote_open"


class NoQuorum(Refused):
    code = "no_quorum"


class TooFewVoters(Refused):
    code = "too_few_voters"


class BallotsUnreadable(Refused):
    code = "ballots_unreadable"


class HandsUncounted(Refused):
    code = "hands_uncounted"


class CountsDiffer(Refused):
    code = "counts_differ"


class NotEntitled(Refused):
    code = "not_entitled"


class NotTeller(Refused):
    code = "not_teller"


class AlreadyVoted(Refused):
    code = "already_voted"


class NotReady(Refused):
    code = "not_ready"


class DraftNotReady(NotReady):
    code = "draft_not_ready"


class Recalled(Refused):
    code = "recalled"


class NoRoom(Refused):
    code = "no_room"


class KeyReused(Refused):
    code = "key_reused"


class LinkUsed(Refused):
    code = "used_link"


class LinkWaits(Refused):
    code = "link_waits"


class MeetingClosed(Refused):
    code = "closed"


class NoLetter(Refused):
    code = "no_letter"


class SeatTaken(Refused):
    code = "seat_taken"


class FormUnanswered(Refused):
    code = "form_unanswered"


class GateShut(Refused):
    """`units` are the names of those it waits for."""

    code = "gate_shut"

    def __init__(self, message: str, field: str, units: tuple[str, ...]) -> None:
        super().__init__(message, field)
        self.units = units


class UnitsSilent(GateShut):
    code = "units_silent"


class OpinionsUnanswered(GateShut):
    code = "opinions_unanswered"


class OpinionsUnopened(GateShut):
    code = "opinions_unopened"


class OpinionsFull(Refused):
    code = "opinions_full"


class SurveyAnswered(Refused):
    code = "survey_answered"


class NotOverdue(Refused):
    code = "not_overdue"


class SeatGiven(Refused):
    code = "seat_given"


class AlreadyHere(Refused):
    code = "already_here"


class OtherSite(Refused):
    code = "other_site"


class SiteInUse(Refused):
    code = "site_in_use"


class CodeExpired(Refused):
    code = "code_expired"


class NotMember(Refused):
    code = "not_member"


class LobbyFull(Refused):
    code = "lobby_full"


class NotFound(MeetingError):
    code = "not_found"


class LinkUnknown(NotFound):
    code = "bad_link"


class SurveyUnknown(NotFound):
    code = "survey_unknown"


class SignInFailed(NotFound):
    code = "sign_in_failed"


class IdentityUnknown(NotFound):
    code = "oidc_unknown"


class BadInput(MeetingError):
    code = "bad_input"


class PasswordShort(BadInput):
    code = "password_short"


class InkFull(BadInput):
    code = "ink_full"


class AnswerMissing(BadInput):
    code = "answer_missing"


class MemberThen(BadInput):
    code = "member_then"


class WeakerRule(BadInput):
    code = "weaker_rule"


class DeadlinePast(BadInput):
    code = "deadline_past"


class DeadlineEarlier(BadInput):
    code = "deadline_earlier"


class ReasonMissing(BadInput):
    code = "reason_missing"


class SheetUnreadable(BadInput):
    code = "sheet_unreadable"


class SheetColumns(BadInput):
    """`missing` are the columns that are needed, `seen` those that the file has."""

    code = "sheet_columns"

    def __init__(self, missing: tuple[str, ...], seen: tuple[str, ...]) -> None:
        super().__init__(f"columns are missing: {', '.join(missing)}", "file")
        self.missing, self.seen = missing, seen


class SheetTooLong(BadInput):
    code = "sheet_too_long"


class NotRecorded(MeetingError):
    code = "not_recorded"
