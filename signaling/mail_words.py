"""Words in the headers of a mail, written so that none of their spaces is lost."""

from __future__ import annotations

from email.header import Header
from email.message import EmailMessage


def put(mail: EmailMessage, header: str, words: str, address: str = "") -> None:
    """Set a header to `words`, or to a name and its address.

    Where Python folds such a header by itself it drops the space between two encoded words (python/cpython#92081).
    """
    folded = Header(words, "utf-8", header_name=header).encode(linesep="\r\n")
    # On a line of its own: a line that is too long would be folded anew.
    mail.set_raw(header, f"{folded}\r\n <{address}>" if address else folded)
