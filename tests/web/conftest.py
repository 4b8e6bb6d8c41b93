"""Node for the tests of the browser side, and what it builds."""

from __future__ import annotations

import functools
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
BUILD_TIMEOUT_S = 110

Npm = Callable[..., subprocess.CompletedProcess]


@pytest.fixture(scope="session")
def npm() -> Npm:
    """Runs npm in `web/`, with its packages in place; skips where this machine has no Node."""
    program = shutil.which("npm")
    if program is None:
        pytest.skip("no npm on this machine: the browser side was built by the install, but cannot be tested")

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([program, *arguments], cwd=WEB, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S)

    if not (WEB / "node_modules" / "vite").is_dir():
        installed = run("ci", "--ignore-scripts")
        assert installed.returncode == 0, installed.stderr
    return run


@pytest.fixture(scope="session")
def bundle(npm: Npm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The production build."""
    return _built(npm, "build", tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
def gallery(npm: Npm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the gallery of made-up screens."""
    folder = _built(npm, "gallery", tmp_path_factory.mktemp("gallery"))
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/gallery.html"
        server.shutdown()
        thread.join(timeout=5)


def _built(npm: Npm, script: str, folder: Path) -> Path:
    built = npm("run", script, "--", "--outDir", str(folder), "--emptyOutDir")
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a missing picture of the gallery is no news."""
