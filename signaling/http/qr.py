"""A QR code of the open address of a meeting or survey, or of the code that hangs at a hall, as SVG."""

from __future__ import annotations

import functools
import io
import re

from aiohttp import hdrs, web

from signaling.errors import Refusal
from signaling.house import House
from signaling.http.asking import home_of, language_of_request, refuse, take_token
from signaling.limits import Buckets

LONGEST = 300
_OPEN_PATH = re.compile(r"/(?:m|c|ks)/[\w-]{1,100}", re.ASCII)


@functools.lru_cache(maxsize=64)
def drawn(link: str) -> bytes:
    """The code as SVG without a size, so that the page decides; medium error correction, as printed paper needs."""
    import segno  # only who draws pays for loading it

    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return out.getvalue()


def routes(house: House, entries: Buckets) -> list[web.RouteDef]:
    """`GET /api/qr?link=...`, for `/m/…`, `/c/…` and `/ks/…` of this installation only: nobody borrows it for others.

    A code that is not kept takes some 40 ms to draw, so that each request counts like a use of a link.
    """

    async def qr(request: web.Request) -> web.Response:
        try:
            take_token(request, house, entries)
            link, home = request.query.get("link", ""), home_of(request, house.settings)
            if len(link) > LONGEST or not link.startswith(home) or not _OPEN_PATH.fullmatch(link[len(home) :]):
                raise Refusal("not_found")
        except Refusal as error:
            return refuse(error, language_of_request(request))
        return web.Response(
            body=drawn(link),
            content_type="image/svg+xml",
            headers={hdrs.CACHE_CONTROL: "private, max-age=3600"},
        )

    return [web.get("/api/qr", qr)]
