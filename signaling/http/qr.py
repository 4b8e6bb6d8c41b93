"""A QR code of one of our own addresses, as SVG."""

from __future__ import annotations

import io

import segno
from aiohttp import hdrs, web

from signaling.errors import Refusal
from signaling.http.asking import home_of, language_of_request, refuse
from signaling.settings import Settings

LONGEST = 300


def drawn(link: str) -> bytes:
    """The code as SVG without a size, so that the page decides; medium error correction, as printed paper needs."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return out.getvalue()


def routes(settings: Settings) -> list[web.RouteDef]:
    """`GET /api/qr?link=...`, for links to this installation only: nobody borrows it for other addresses."""

    async def qr(request: web.Request) -> web.Response:
        link = request.query.get("link", "")
        if len(link) > LONGEST or not link.startswith(home_of(request, settings) + "/"):
            return refuse(Refusal("not_found"), language_of_request(request))
        return web.Response(
            body=drawn(link),
            content_type="image/svg+xml",
            headers={hdrs.CACHE_CONTROL: "private, max-age=3600"},
        )

    return [web.get("/api/qr", qr)]
