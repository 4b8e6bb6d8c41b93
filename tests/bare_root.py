"""The set-up, proved in a Debian that has nothing: `./hoitruong python -m tests.bare_root`.

Makes a root with debootstrap that holds python3, pip and certificates, unpacks the committed tree into it and
follows the README there: set up, start the demonstration, ask for its pages, stop. First as root, then from
nothing as an ordinary user; with --with-tools once more beside a C compiler and Debian's Node, which is too
old and must not be taken. Prints a table; fails when a set-up with nothing to do, or the second start of the
demonstration until it answers, takes two seconds. Takes minutes and needs root, so no test run includes it.
With --test root runs `./hoitruong test` there at the end: half an hour.

Registries are reached as this machine reaches them: its resolver, certificates, proxies and settings of pip,
npm and uv are copied; its caches are not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
BARE = ("python3", "python3-pip", "ca-certificates")
TOOLS = ("gcc", "libc6-dev", "python3-dev", "nodejs", "npm")
SETTINGS = ("/etc/resolv.conf", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
PREFIXES = ("PIP_", "UV_", "NPM_CONFIG_", "NODE_", "SSL_", "REQUESTS_", "CURL_")
TREE = "/srv/hoitruong"
STEP_S = 1800
TEST_S = 2 * 3600
# What was done before takes less: a set-up that has nothing to do, a demonstration whose stock is there.
AGAIN_S = 2.0
AGAIN = {"again_s": "the set-up had nothing to do", "demo_again_s": "the demonstration started again"}


class Root:
    """A Debian of its own in `folder`; what runs in it dies with the call that started it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, user: str, script: str) -> list[str]:
        inside = [
            "su",
            "--login",
            user,
            "--whitelist-environment",
            ",".join(_environment()),
            "--command",
            script,
        ]
        namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child", f"--root={self.folder}"]
        return [*namespaces, "--mount-proc", *inside]

    def run(self, user: str, script: str, within_s: float = STEP_S) -> float:
        """Seconds that `script` took. Raises CalledProcessError when it fails."""
        began = time.monotonic()
        subprocess.run(self.command(user, script), env=_environment(), check=True, timeout=within_s)
        return time.monotonic() - began

    def install(self, packages: tuple[str, ...]) -> None:
        names = " ".join(packages)
        self.run(
            "root",
            f"apt-get update -qq && DEBIAN_FRONTEND=noninteractive "
            f"apt-get install -y -qq --no-install-recommends {names} >/dev/null",
        )

    def unpack(self, owner: str) -> None:
        """The committed tree, anew and `owner`'s."""
        tree = Path(f"{self.folder}{TREE}")
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir(parents=True)
        archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=REPOSITORY, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", str(tree)], stdin=archive.stdout, check=True)
        if archive.wait():
            raise subprocess.CalledProcessError(archive.returncode, "git archive")
        self.run("root", f"chown -R {owner}: {TREE}")


def _environment() -> dict[str, str]:
    """What reaching the registries takes, and a place for programs."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(PREFIXES) or name.lower().endswith("_proxy")
    }
    return {**kept, "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


@contextmanager
def bare_root() -> Iterator[Root]:
    folder = Path(tempfile.mkdtemp(prefix="hoitruong-root-", dir="/var/tmp"))
    try:
        folder.chmod(0o755)
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={','.join(BARE)}", "bookworm", str(folder)],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=STEP_S,
        )
        for setting in map(Path, SETTINGS):
            if setting.exists():
                shutil.copyfile(setting, f"{folder}{setting}")
        npmrc = Path.home() / ".npmrc"
        if npmrc.exists():
            for home in ("root", "etc/skel"):
                shutil.copy(npmrc, folder / home)
        root = Root(folder)
        root.run("root", "useradd --create-home delegate")
        yield root
    finally:
        subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)


def prove(root: Root, user: str, compiler: bool = False) -> dict[str, float]:
    """Seconds of each step of the README, from nothing; rows are compiled just where there is a `compiler`."""
    root.unpack(user)
    root.run(user, "rm -rf ~/.cache ~/.npm")
    figures = {
        "setup_s": root.run(user, f"cd {TREE} && ./hoitruong setup"),
        "again_s": root.run(user, f"cd {TREE} && ./hoitruong setup"),
    }
    check_again(figures)
    root.run(user, f"cd {TREE} && {'' if compiler else '! '}ls sfu/wire/rows-*.so")
    figures["demo_s"] = _demo_answers(root, user)
    figures["demo_again_s"] = _demo_answers(root, user)
    check_again(figures)
    return figures


def check_again(figures: dict[str, float]) -> None:
    """Raises AssertionError for what was there already and took long all the same."""
    for name, what in AGAIN.items():
        if figures.get(name, 0) >= AGAIN_S:
            raise AssertionError(f"{what} and took {figures[name]:.1f} s")


def _demo_answers(root: Root, user: str) -> float:
    """Seconds from the start of the demonstration until it is ready; its first page is looked at too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    script = f"cd {TREE} && HOITRUONG_PORT={port} HOITRUONG_SFU_PORT=0 exec ./hoitruong demo"
    demo = subprocess.Popen(root.command(user, script), env=_environment())
    try:
        _get(f"http://127.0.0.1:{port}/readyz", demo)
        took = time.monotonic() - began
        page = _get(f"http://127.0.0.1:{port}/", demo)
        if b"<script" not in page:
            raise AssertionError("the first page carries no script: the web pages were not built")
        return took
    finally:
        demo.send_signal(signal.SIGTERM)
        try:
            demo.wait(timeout=20)
        except subprocess.TimeoutExpired:
            demo.kill()
            demo.wait()


def _get(url: str, server: subprocess.Popen) -> bytes:
    """The page, once the server gives it; a server that ended or needs a minute has failed."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read()
        except (urllib.error.URLError, ConnectionError) as error:
            if server.poll() is not None:
                raise AssertionError(f"the demonstration ended with {server.returncode}") from error
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--with-tools", action="store_true", help="once more with gcc and Debian's Node")
    parser.add_argument("--test", action="store_true", help="all tests as root at the end; long")
    options = parser.parse_args()
    if os.getuid() != 0 or shutil.which("debootstrap") is None:
        sys.exit("needs root and Debian's debootstrap")
    with bare_root() as root:
        rows = [("bare, root", prove(root, "root")), ("bare, user", prove(root, "delegate"))]
        if options.with_tools:
            root.install(TOOLS)
            rows.append(("gcc and old Node, user", prove(root, "delegate", compiler=True)))
        names = list(rows[0][1])
        print(f"{'':24}" + "".join(f"{name:>16}" for name in names))
        for title, figures in rows:
            print(f"{title:24}" + "".join(f"{figures[name]:16.2f}" for name in names), flush=True)
        if options.test:
            root.unpack("root")
            print(f"./hoitruong test: {root.run('root', f'cd {TREE} && CI=true ./hoitruong test', TEST_S):.0f} s")


if __name__ == "__main__":
    main()
