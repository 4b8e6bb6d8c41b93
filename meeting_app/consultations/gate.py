"""What is still missing before a consultation can be signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from meeting_app.errors import OpinionsUnanswered, OpinionsUnopened, UnitsSilent


@dataclass(frozen=True)
class Said:
    """An opinion as the gate sees it."""

    id: str
    counts: bool  # no later one of the same unit takes its place
    wants_reply: bool  # it is more than a bare agreement
    is_replied: bool
    is_opened: bool


@dataclass(frozen=True)
class Asked:
    """A unit as the gate sees it."""

    id: str
    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Gate:
    """Ids of the units that are waited for, by what they are waited for."""

    silent: tuple[str, ...]
    unanswered: tuple[str, ...]  # the leading unit has not replied to them
    unopened: tuple[str, ...]  # the signer has not read what counts, or what was replied to
    may_waive: bool  # the deadline has passed: the signer may write why it is signed without the silent

    @property
    def is_open(self) -> bool:
        return not (self.silent or self.unanswered or self.unopened)


def gate_of(units: Sequence[Asked], *, is_overdue: bool) -> Gate:
    return Gate(
        silent=tuple(unit.id for unit in units if not unit.said),
        unanswered=tuple(
            unit.id for unit in units if any(one.counts and one.wants_reply and not one.is_replied for one in unit.said)
        ),
        # What was replied to is read even after a later answer took its place: the reply stands in the matrix.
        unopened=tuple(
            unit.id for unit in units if any((one.counts or one.is_replied) and not one.is_opened for one in unit.said)
        ),
        may_waive=is_overdue,
    )


def check(gate: Gate, waived: Collection[str], names: dict[str, str]) -> None:
    """Raises `UnitsSilent`, `OpinionsUnanswered`, `OpinionsUnopened`, each with the names it is about."""
    silent = [unit for unit in gate.silent if not (gate.may_waive and unit in waived)]
    for missing, error, message in (
        (silent, UnitsSilent, "units have not answered"),
        (gate.unanswered, OpinionsUnanswered, "opinions without a reply"),
        (gate.unopened, OpinionsUnopened, "opinions the signer has not opened"),
    ):
        if missing:
            raise error(message, "units", tuple(names[unit] for unit in missing))
