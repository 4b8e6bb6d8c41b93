"""A PDF that only shows: without scripts, actions that start something, and files carried inside."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from converter.errors import Unusable

# ISO 32000-1 12.6.4: what an action may do besides going to a page or to an address.
_ACTIONS = frozenset(
    map(Name, ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie",
               "/Sound", "/RichMediaExecute", "/SetOCGState", "/Trans", "/GoTo3DView"))
)  # fmt: skip
# 12.5.6: annotations that carry a file, sound or film.
_CARRIERS = frozenset(map(Name, ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")))
_KEYS = ("/AA", "/JS", "/XFA", "/AF", "/EF")  # additional actions, scripts, XML forms, files
_DEEPEST = 100


def clean(source: Path, target: Path, most_pages: int) -> int:
    """Write the harmless PDF; how many things were taken out. Raises `Unusable`."""
    try:
        with pikepdf.open(source) as pdf:
            # The count that the file claims is read at once, the pages of a huge file are not.
            claimed = pdf.Root.get("/Pages", Dictionary()).get("/Count", 0)
            count = int(claimed) if isinstance(claimed, int) and claimed > most_pages else len(pdf.pages)
            if count == 0:
                raise Unusable("empty")
            if count > most_pages:
                raise Unusable("too_many_pages", str(count))
            removed = _clean_root(pdf.Root)
            for each in pdf.objects:
                removed += _clean(each, 0)
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)
    except pikepdf.PasswordError as error:
        raise Unusable("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise Unusable("corrupt", str(error)) from error
    return removed


def _clean_root(root: Dictionary) -> int:
    removed = 0
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        for key in ("/JavaScript", "/EmbeddedFiles"):
            removed += _drop(names, key)
    action = root.get("/OpenAction")
    if isinstance(action, Dictionary) and action.get("/S") != Name.GoTo:
        removed += _drop(root, "/OpenAction")
    return removed


def _clean(thing: Object, depth: int) -> int:
    """Indirect objects are visited on their own, so that only what is written inside this one is followed."""
    if depth > _DEEPEST:
        raise Unusable("corrupt", "nested too deeply")
    if isinstance(thing, Array):
        kept = [one for one in thing if not _is_carrier(one) and not _is_action(one)]
        removed = len(thing) - len(kept)
        if removed:
            while len(thing):
                del thing[0]
            thing.extend(kept)
        return removed + sum(_clean(one, depth + 1) for one in kept if not _is_indirect(one))
    if not isinstance(thing, Dictionary | pikepdf.Stream):
        return 0
    removed = sum(_drop(thing, key) for key in _KEYS)
    if "/S" in thing:
        removed += _drop(thing, "/Next")  # 12.6.2: what follows an action; of a bookmark it is the one after
    for key in list(thing.keys()):
        value = thing.get(key)
        if _is_action(value):
            removed += _drop(thing, key)
        elif isinstance(value, Object) and not _is_indirect(value):
            removed += _clean(value, depth + 1)
    return removed


def _is_indirect(thing: object) -> bool:
    return isinstance(thing, Object) and thing.is_indirect


def _is_action(thing: object) -> bool:
    return isinstance(thing, Dictionary) and thing.get("/S") in _ACTIONS


def _is_carrier(thing: object) -> bool:
    return isinstance(thing, Dictionary) and thing.get("/Subtype") in _CARRIERS and "/Rect" in thing


def _drop(thing: Dictionary, key: str) -> int:
    if key not in thing:
        return 0
    del thing[key]
    return 1
