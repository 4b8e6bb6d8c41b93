"""What was answered: counts for each question, and by groups of those who answered alike.

In an anonymous survey nothing is shown of fewer than five, by question and by group, and no group that could be worked
out from the others: when what is hidden adds up to fewer than five, the smallest group that is shown is hidden as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST = 5


@dataclass(frozen=True)
class Question:
    place: int
    kind: str
    text: str
    options: tuple[str, ...]
    steps: int | None
    is_required: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be chosen; of a scale its steps, the ends with what they mean."""
        if self.steps is None:
            return self.options
        ends = dict(zip((1, self.steps), self.options, strict=True)) if self.options else {}
        return tuple(f"{step} ({ends[step]})" if ends.get(step) else str(step) for step in range(1, self.steps + 1))


@dataclass(frozen=True)
class Count:
    """The answers to one question."""

    place: int
    answered: int
    counts: tuple[int, ...]  # by label; empty for a text
    total: int | None  # of a scale: the sum, for the mean
    texts: tuple[str, ...]
    is_hidden: bool = False  # too few answered: neither counts nor texts


@dataclass(frozen=True)
class Group:
    """Those who chose one label of the question by which it is broken down, and answered the one that is shown."""

    label: str
    size: int | None  # None: too small to be shown
    counts: tuple[int, ...]


Data = Mapping[str, Any]


def counted(question: Question, answers: Sequence[Data], *, is_anonymous: bool = False) -> Count:
    values = [value for data in answers if (value := data.get(str(question.place))) is not None]
    if is_anonymous and 0 < len(values) < LEAST:
        return Count(question.place, len(values), (), None, (), is_hidden=True)
    if question.kind == "text":
        # Anonymous ones in the order of the alphabet: the order in which they came tells who wrote them.
        return Count(question.place, len(values), (), None, tuple(sorted(values) if is_anonymous else values))
    counts = [0] * len(question.labels)
    for value in values:
        for index in chosen(question, value):
            counts[index] += 1
    total = sum(values) if question.kind == "scale" else None
    return Count(question.place, len(values), tuple(counts), total, ())


def chosen(question: Question, value: Any) -> Sequence[int]:
    """The labels that a value stands for."""
    if question.kind == "multiple":
        return value
    return (value - 1,) if question.kind == "scale" else (value,)


def broken_down(question: Question, by: Question, answers: Sequence[Data], *, is_anonymous: bool) -> tuple[Group, ...]:
    """The answers to `question` of each group; `by` is a question with one answer."""
    members: list[list[Data]] = [[] for _ in by.labels]
    # Five who belong to a group tell of one alone where the others left the question out.
    answers = [data for data in answers if data.get(str(question.place)) is not None]
    for data in answers:
        value = data.get(str(by.place))
        if value is not None:
            members[chosen(by, value)[0]].append(data)
    sizes = [len(group) for group in members]
    # Those who did not say where they belong make up the rest, and could be subtracted as any other group.
    rest = len(answers) - sum(sizes)
    hidden = too_small([*sizes, rest]) if is_anonymous else set()
    return tuple(
        Group(label, None, ())
        if index in hidden
        else Group(label, sizes[index], counted(question, members[index]).counts)
        for index, label in enumerate(by.labels)
    )


def too_small(sizes: Sequence[int]) -> set[int]:
    """Which groups are hidden. An empty one tells nothing of anybody."""
    hidden = {index for index, size in enumerate(sizes) if 0 < size < LEAST}
    while hidden and sum(sizes[index] for index in hidden) < LEAST:
        shown = [index for index, size in enumerate(sizes) if size > 0 and index not in hidden]
        if not shown:
            break
        hidden.add(min(shown, key=lambda index: sizes[index]))
    return hidden
