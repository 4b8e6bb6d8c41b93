"""What can go wrong between a browser and this service, by whose fault it is.

SignalingError
├── Refusal        the browser asked for something it cannot have; its code has a sentence in `texts`
└── WorkerGone     no media worker answered; the browser is told to wait and offers again by itself
"""

from __future__ import annotations


class SignalingError(Exception):
    """Root of this package's errors."""


class Refusal(SignalingError):
    """Not done, and the person is told why: `code` names the sentence, `values` what it mentions."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class WorkerGone(SignalingError):
    """A media worker is not there or did not answer in time."""
