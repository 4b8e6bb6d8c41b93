"""Papers: commands about them, how they are shown, and the bodies of their HTTP requests."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.words import Command, Id, Key, Message, Role

# everybody: guests and walls too; delegates: with chair and secretary; leaders: these two, with whom `readers` names
Audience = Literal["everybody", "delegates", "leaders", "named"]
Coordinate = Annotated[float, msgspec.Meta(ge=0, le=14_400)]  # points; the largest page of ISO 32000-1 C.2
UnitName = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
InkTool = Literal["pen", "marker"]
VersionState = Literal["converting", "ready", "failed"]


class ApproveVersion(Command, frozen=True, kw_only=True, tag="approve_version"):
    """Let those it is meant for read this version of a paper."""

    version: Id


class RecallDocument(Command, frozen=True, kw_only=True, tag="recall_document"):
    """Take a paper away from everybody but chair and secretary."""

    document: Id


class Readers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom a paper names: people, all of a unit by its name, all of a role."""

    participants: Annotated[tuple[Id, ...], msgspec.Meta(max_length=60)]
    units: Annotated[tuple[UnitName, ...], msgspec.Meta(max_length=20)]
    roles: Annotated[tuple[Role, ...], msgspec.Meta(max_length=10)]


class ChangeReaders(Command, frozen=True, kw_only=True, tag="change_readers"):
    """Whom a paper is for from now on; who could read it before and is left out loses it at once."""

    document: Id
    revision: int  # of who may read it, as it was read
    audience: Audience
    readers: Readers | None = None  # of the audience `named`


class ShowPage(Command, frozen=True, kw_only=True, tag="show_page"):
    """Turn everybody's screen to a page; for chair, secretary and who has the floor."""

    version: Id
    page: int  # from 1


class StopShowing(Command, frozen=True, kw_only=True, tag="stop_showing"):
    """No page is shown any more."""


class PagePlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In points (1/72 inch) from the upper left corner of the page."""

    x: Coordinate
    y: Coordinate


class Point(Message, frozen=True, kw_only=True, tag="point"):
    """Who shows a page points at a place on it; with `null` no more."""

    version: Id
    page: int
    at: PagePlace | None


class PointerMoved(Message, frozen=True, kw_only=True, tag="pointer"):
    """Where the presenter points on the shown page; `null` when nowhere any more."""

    version: str
    page: int
    at: PagePlace | None


class PaperVersion(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: int  # from 1
    state: VersionState
    kind: Literal["pdf", "word", "excel", "powerpoint", "picture"] | None = None  # once ready: what the file was
    pages: int | None = None  # once ready
    size: int  # bytes of the file
    problem: str | None = None  # when failed: why it could not be read, for programs
    added_at: str
    approved_at: str | None = None


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """Of what may be seen by whoever gets it: others than chair and secretary get approved versions only."""

    id: str
    item: str | None  # of the agenda; None: of the whole meeting
    title: str
    audience: Audience
    confidential: bool  # to be shown with the reader's name across it
    recalled: bool = False
    readers: Readers | None = None  # of the audience `named`, for chair and secretary
    revision: int = 0  # how often it was changed who may read it
    versions: tuple[PaperVersion, ...]  # the newest last


class ShownPage(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody is shown."""

    document: str
    version: str
    page: int  # from 1
    participant: str  # who shows it
    audience: Audience


class OwnPapers(Message, frozen=True, kw_only=True, tag="own_papers"):
    """The papers that name their readers and that this one may read, all of them anew; not for chair and secretary."""

    documents: tuple[Paper, ...] = ()
    shown: ShownPage | None = None  # where such a paper is shown


class UploadRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/uploads: a file that is going to be sent. The same key again gets the same upload again."""

    key: Key
    size: Annotated[int, msgspec.Meta(ge=0)]  # bytes
    document: Id | None = None  # whose next version it is; None: a new paper with the fields below
    item: Id | None = None  # of the agenda
    title: Annotated[str, msgspec.Meta(max_length=500)] = ""
    audience: Audience = "delegates"
    confidential: bool = False
    readers: Readers | None = None  # of the audience `named`


class UploadStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a file has come. Once all has, `version` names what became of it."""

    upload: str
    offset: int  # bytes
    size: int
    version: str | None = None


class NoteRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """PUT /api/notes/{version}/{page}: what one writes for oneself; empty to be rid of it."""

    text: Annotated[str, msgspec.Meta(max_length=1000)]


class PageNote(msgspec.Struct, frozen=True, kw_only=True):
    page: int
    text: str


class PageNotes(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/notes/{version}: one's own."""

    notes: tuple[PageNote, ...]


class PaperPiece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words of one page that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str
    page: int  # of the newer version, but of the older for what was removed
    skipped: int = 0  # words that stayed and are left out before it


class PaperChanges(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/papers/{version}/changes: what the newer of two versions says otherwise, in reading order."""

    pieces: tuple[PaperPiece, ...]  # none: the texts are the same
    added: int  # words
    removed: int
    more: bool = False  # there are further ones, which are left out


class StrokeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """PUT /api/ink/{version}/{page}/{stroke}: what one draws for oneself, under an id that the page chose."""

    tool: InkTool
    # Tenths of a point: x and y of its beginning, then how far each next place is from the one before.
    points: Annotated[tuple[int, ...], msgspec.Meta(min_length=2, max_length=800)]


class Stroke(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    tool: InkTool
    points: tuple[int, ...]  # as in `StrokeRequest`


class PageInk(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/ink/{version}/{page}: one's own strokes, the oldest first."""

    strokes: tuple[Stroke, ...]


class PageSize(msgspec.Struct, frozen=True):
    """In points, 1/72 inch."""

    width: float
    height: float


class PaperHit(msgspec.Struct, frozen=True, kw_only=True):
    """A page on which the words are, and the first place on it."""

    version: str
    page: int
    before: str
    match: str
    after: str


class PaperHits(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/search: those spelled as asked first."""

    hits: tuple[PaperHit, ...]
    more: bool = False  # there are further ones, which are left out


class PaperPages(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/papers/{version}: the size of each page."""

    pages: tuple[PageSize, ...]
