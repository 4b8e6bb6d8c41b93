"""Papers of a meeting: versions that never change, who may see them, and the page that all are shown.

A version is `converting`, then `ready` or `failed`. Chair and secretary see all; the others see versions that were
approved, of papers that are meant for them and not recalled. `rules` decides that, on plain values, for rows,
events and downloads alike. Files themselves lie elsewhere, by the hash that a version names.
"""

from meeting_app.documents.ink import Stroke, draw, has_drawn, ink_on, rub_out
from meeting_app.documents.notes import keep_note, notes_on
from meeting_app.documents.readers import change_readers
from meeting_app.documents.reading import (
    Readable,
    all_of,
    all_readable,
    converting,
    readable,
    reader_of,
    readers_among,
    shown,
)
from meeting_app.documents.rules import Reader, may_take
from meeting_app.documents.showing import show_nothing, show_page, stop_showing
from meeting_app.documents.uploads import KEPT, Plan, begin_upload, find_upload, finish_upload
from meeting_app.documents.verbs import approve_version, converted, failed, recall_document

__all__ = [
    "KEPT",
    "Plan",
    "Readable",
    "Reader",
    "Stroke",
    "all_of",
    "all_readable",
    "approve_version",
    "begin_upload",
    "change_readers",
    "converted",
    "converting",
    "draw",
    "failed",
    "find_upload",
    "finish_upload",
    "has_drawn",
    "ink_on",
    "keep_note",
    "may_take",
    "notes_on",
    "readable",
    "reader_of",
    "readers_among",
    "recall_document",
    "rub_out",
    "show_nothing",
    "show_page",
    "shown",
    "stop_showing",
]
