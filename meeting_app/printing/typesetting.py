"""Setting a paper in a process of its own, which cannot harm this one however odd its data are."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PRESS = Path(__file__).with_name("press.py")
WITHIN_S = 30.0


class TypesettingFailed(Exception):
    """The press did not give a paper; the message is its own."""


async def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """A PDF. Raises `TypesettingFailed`."""
    # Isolated: neither this process's environment nor the folder it stands in reach the press.
    press = await asyncio.create_subprocess_exec(
        *("nice", "-n", "10", sys.executable, "-I", str(PRESS)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin"},
    )
    asked = json.dumps({"template": template, "data": data}).encode()
    try:
        async with asyncio.timeout(WITHIN_S):
            pdf, said = await press.communicate(asked)
    except TimeoutError as error:
        raise TypesettingFailed(f"no paper within {WITHIN_S:.0f} s") from error
    finally:
        if press.returncode is None:
            press.kill()
            await press.wait()
    if press.returncode != 0 or not pdf.startswith(b"%PDF"):
        raise TypesettingFailed(said.decode(errors="replace")[-500:] or f"the press ended with {press.returncode}")
    return pdf
