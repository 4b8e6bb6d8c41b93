"""The agenda: a tree of items, of which at most one is current, and the time each really took."""

from meeting_app.agenda.course import close_current, close_item, open_item
from meeting_app.agenda.reading import find_item, items
from meeting_app.agenda.writing import add_item, change_item, move_item, remove_item, shift_planned

__all__ = [
    "add_item",
    "change_item",
    "close_current",
    "close_item",
    "find_item",
    "items",
    "move_item",
    "open_item",
    "remove_item",
    "shift_planned",
]
