"""The built pages: files under `assets/` for ever, the one HTML page for every route of the browser.

Files have compressed siblings (`.br`, `.gz`), made when the pages were built; which one goes out depends on
what the browser accepts. Names under `assets/` carry a hash of their content, all else is asked for each time.
"""

from __future__ import annotations

from pathlib import Path

from aiohttp import hdrs, web

from signaling.http.file import FileAnswer

FOR_EVER = "public, max-age=31536000, immutable"
EACH_TIME = "no-cache"

# Everything comes from here; nothing inline, nothing evaluated. `connect-src 'self'` covers WebSockets of the
# same origin in all browsers since Safari 15.4, blob: is for a recorded check of the microphone.
SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob: mediastream:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # personal links stay out of other servers' logs
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
}
ROUTES = (
    *("/", "/v/{token}", "/m/{meeting}", "/c/{code}", "/ks/{token}", "/hop", "/tuong", "/tai-lieu"),
    *("/dang-nhap", "/vp", "/vp/{path:.+}"),
)
DEMO_COOKIE = "demo"  # read by the page, which then says on each screen that all of it is made up
NOT_BUILT = "Trang chưa được dựng. / The pages have not been built (npm run build in web/).\n"


def routes(folder: Path, *, is_demo: bool) -> list[web.RouteDef]:
    """Routes that serve the pages in `folder`."""
    root = folder.resolve()

    def html(status: int = 200) -> web.StreamResponse:
        response = answer(root / "index.html", EACH_TIME, status)
        if is_demo:
            response.set_cookie(DEMO_COOKIE, "1", samesite="Lax")
        return response

    async def page(request: web.Request) -> web.StreamResponse:
        return html()

    async def file(request: web.Request) -> web.StreamResponse:
        path = (root / request.match_info["path"]).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.name == "index.html":
            if "text/html" not in request.headers.get(hdrs.ACCEPT, ""):
                raise web.HTTPNotFound
            return html(status=404)  # the page says it in words
        return answer(path, FOR_EVER if path.is_relative_to(root / "assets") else EACH_TIME)

    return [*(web.get(route, page) for route in ROUTES), web.get("/{path:.+}", file)]


def answer(path: Path, cache: str, status: int = 200) -> web.StreamResponse:
    """The file as it goes out; aiohttp prefers a compressed sibling that the browser accepts."""
    if not path.is_file():
        raise web.HTTPServiceUnavailable(text=NOT_BUILT)
    return FileAnswer(path, status=status, headers={hdrs.CACHE_CONTROL: cache})


@web.middleware
async def with_security_headers(request: web.Request, handler) -> web.StreamResponse:
    """Each answer carries the policy, errors included."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    if not response.prepared:
        response.headers.update(HEADERS)
    return response
