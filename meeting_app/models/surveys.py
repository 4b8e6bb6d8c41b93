"""Surveys: the questions, who was given a link of their own, and the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, one_of
from meeting_app.text import NAME_MAX, SUBJECT_MAX
from meeting_app.times import UtcTime

SURVEY_STATES = ("draft", "open", "closed")
QUESTION_KINDS = ("single", "multiple", "scale", "text")
ANSWER_WAYS = ("open", "personal", "interviewer")


class Survey(Base):
    __tablename__ = "surveys"
    __table_args__ = (one_of("state", SURVEY_STATES), UniqueConstraint("code"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    lead: Mapped[str] = mapped_column(Text)  # what those who answer read first; may be empty
    is_anonymous: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    closes_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: when somebody closes it
    code: Mapped[str] = mapped_column(String(32))  # of the link that is open to everybody
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    revision: Mapped[int]  # of the words and questions, which change until it opens


class SurveyQuestion(Base):
    __tablename__ = "survey_questions"
    __table_args__ = (
        one_of("kind", QUESTION_KINDS),
        CheckConstraint("(kind = 'scale') = (steps IS NOT NULL)", name="steps"),
        CheckConstraint("steps IS NULL OR steps BETWEEN 2 AND 10", name="scale"),
    )

    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    options: Mapped[list[str]] = mapped_column(JSON)  # to choose from; of a scale what its ends mean
    steps: Mapped[int | None]  # of a scale, from 1
    is_required: Mapped[bool]


class SurveyLink(Base):
    """Somebody's own link, good for one answer. It doesn't say which one it was, or when."""

    __tablename__ = "survey_links"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    token_hash: Mapped[str] = mapped_column(Hash)
    is_used: Mapped[bool]


class SurveyAnswer(Base):
    """What somebody answered; `data` has a value for each question that was answered, by its place."""

    __tablename__ = "survey_answers"
    __table_args__ = (UniqueConstraint("survey_id", "key"), one_of("way", ANSWER_WAYS), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("surveys.id"))
    key: Mapped[str] = mapped_column(String(64))  # a repetition finds its answer by it
    way: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(NAME_MAX))  # empty in an anonymous survey
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # the interviewer
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    given_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None in an anonymous survey
