"""What can be wrong with a file, which is always the file's own fault.

Unusable               the file cannot become pages; `code` says why
"""

from __future__ import annotations


class Unusable(Exception):
    """`code` is one of `control.PROBLEMS`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
