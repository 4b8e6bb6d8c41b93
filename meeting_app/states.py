"""The life of a meeting, as two tables: which state may follow which, and what may be done in each."""

from __future__ import annotations

from meeting_app.errors import AlreadySo, MeetingClosed, WrongState

TRANSITIONS: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted", "cancelled", "postponed"}),
    "submitted": frozenset({"draft", "approved", "cancelled", "postponed"}),
    "approved": frozenset({"draft", "invited", "cancelled", "postponed"}),
    "invited": frozenset({"check_in", "cancelled", "postponed"}),
    "check_in": frozenset({"in_session", "cancelled", "postponed"}),
    "in_session": frozenset({"paused", "closed", "cancelled", "postponed"}),
    "paused": frozenset({"in_session", "closed", "cancelled", "postponed"}),
    "closed": frozenset(),
    "cancelled": frozenset(),
    "postponed": frozenset({"draft", "invited", "cancelled"}),  # invited: with a new time
}
STATES = tuple(TRANSITIONS)
OVER = frozenset({"closed", "cancelled"})
INTERRUPTED = OVER | {"postponed"}  # what goes on in the hall ends on the way to these

BEFORE_THE_END = frozenset(STATES) - OVER
DOORS_OPEN = frozenset({"check_in", "in_session", "paused"})
IN_SESSION = frozenset({"in_session"})
ASKED = frozenset({"invited", "check_in"})  # opinion forms are answered before the meeting
BEGUN = frozenset({"in_session", "paused"})

# Every action that happens inside a meeting; the rest of the permission table is not bound to a state.
POSSIBLE_IN: dict[str, frozenset[str]] = {
    "set_state": BEFORE_THE_END,
    "submit_meeting": BEFORE_THE_END,
    "add_participant": BEFORE_THE_END,
    "remove_participant": BEFORE_THE_END,
    "write_letter": frozenset({"draft", "submitted", "approved", "postponed"}),
    "set_address": BEFORE_THE_END,
    "invite": frozenset({"approved"}),
    "remind": frozenset({"invited"}),
    "resend": DOORS_OPEN | {"invited"},
    "reschedule": frozenset({"draft", "submitted", "approved", "invited", "postponed"}),
    "set_reminders": BEFORE_THE_END,
    "answer_invitation": DOORS_OPEN | {"invited"},
    "decide_absence": DOORS_OPEN | {"invited"},
    "name_substitute": DOORS_OPEN | {"invited"},
    "issue_link": BEFORE_THE_END,
    "admit": BEFORE_THE_END,
    "refuse": BEFORE_THE_END,
    "change_sites": BEFORE_THE_END,
    "add_item": BEFORE_THE_END,
    "change_item": BEFORE_THE_END,
    "move_item": BEFORE_THE_END,
    "remove_item": BEFORE_THE_END,
    "add_document": BEFORE_THE_END,
    "approve_version": BEFORE_THE_END,
    "change_readers": BEFORE_THE_END,
    "recall_document": BEFORE_THE_END | {"closed"},
    "show_page": DOORS_OPEN,
    "stop_showing": DOORS_OPEN,
    "keep_note": BEFORE_THE_END,
    "open_item": IN_SESSION,
    "close_item": IN_SESSION,
    "show_on_wall": DOORS_OPEN,
    "write_conclusion": BEGUN,
    "remove_conclusion": BEGUN,
    "set_progress": BEGUN | {"closed"},
    "open_vote": IN_SESSION,
    "ask_opinions": ASKED,
    "cast_ballot": BEGUN | ASKED,
    "cast_secret_ballot": BEGUN,
    "count_hands": BEGUN,
    "close_vote": BEGUN | ASKED,
    "cancel_vote": BEGUN | ASKED,
    "publish_vote": BEGUN | ASKED,
    "check_in": DOORS_OPEN,
    "leave": frozenset(STATES),
    "check_in_at_hall": DOORS_OPEN,
    "note_leaving": DOORS_OPEN,
    "raise_hand": DOORS_OPEN,
    "lower_hand": DOORS_OPEN,
    "give_floor": DOORS_OPEN,
    "take_floor": DOORS_OPEN,
    "set_floor_mode": BEFORE_THE_END,
    "set_floor_rules": BEFORE_THE_END,
    "pause_speech": DOORS_OPEN,
    "resume_speech": DOORS_OPEN,
    "extend_speech": DOORS_OPEN,
    "mute": DOORS_OPEN,
    "unmute": DOORS_OPEN,
    "mute_all": DOORS_OPEN,
    "pin_to_stage": DOORS_OPEN,
    "say": DOORS_OPEN,
}


def check_possible(action: str, state: str) -> None:
    """Raises `MeetingClosed` or `WrongState`."""
    if state in POSSIBLE_IN[action]:
        return
    if state in OVER:
        raise MeetingClosed(f"{action}: the meeting is {state}", "state")
    raise WrongState(f"{action} is not possible while the meeting is {state}", "state")


def check_transition(state: str, to: str) -> None:
    """Raises `AlreadySo` or `WrongState`."""
    if to == state:
        raise AlreadySo(f"the meeting is {state} already", "state")
    if to not in TRANSITIONS[state]:
        raise WrongState(f"{to} does not follow {state}", "state")
