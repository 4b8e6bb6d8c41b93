"""A file that takes over the program which opens it reaches nothing of ours and nobody else."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pikepdf
import pytest

from converter import landlock
from converter.control import ANSWER, UNCONFINED, Answer, Converted, Failed
from tests.converter.files import pdf

# What the file does once it has the program, instead of becoming pages: each attempt by itself.
ATTACK = """
import json, os, resource, socket, sys

def attempt(do):
    try:
        do()
    except OSError:
        return False
    return True

def attack(reach):
    def unix(kind, address, connect):
        with socket.socket(socket.AF_UNIX, kind) as line:
            line.connect(address) if connect else line.sendto(b"x", address)
    def internet(kind, port):
        with socket.socket(socket.AF_INET, kind) as line:
            line.connect(("127.0.0.1", port))
            line.send(b"x")
    def pair():
        with socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0] as line:
            line.sendto(b"x", reach["datagrams"])
    return {
        "read the rows": attempt(lambda: open(reach["rows"]).close()),
        "write the rows": attempt(lambda: open(reach["rows"], "a").close()),
        "list the folder": attempt(lambda: os.listdir(reach["folder"])),
        "leave a file": attempt(lambda: open(reach["folder"] + "/left", "w").close()),
        "remove a file": attempt(lambda: os.unlink(reach["spare"])),
        "read our environment": attempt(lambda: open(f"/proc/{reach['process']}/environ").close()),
        "speak TCP": attempt(lambda: internet(socket.SOCK_STREAM, reach["tcp"])),
        "speak UDP": attempt(lambda: internet(socket.SOCK_DGRAM, reach["udp"])),
        "reach a socket": attempt(lambda: unix(socket.SOCK_STREAM, reach["stream"], True)),
        "reach a socket without a name": attempt(lambda: unix(socket.SOCK_STREAM, "\\0" + reach["abstract"], True)),
        "send a datagram": attempt(lambda: unix(socket.SOCK_DGRAM, reach["datagrams"], False)),
        "send a datagram through a pair": attempt(pair),
        "signal the service": attempt(lambda: os.kill(reach["process"], 0)),
    }
"""
TAKEN_OVER = """
import runpy
from converter import harmless
def taken_over(source, target, most_pages):
    found = attack(json.loads(open(source).read().split("\\n", 1)[1]))
    found["limits"] = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
    open(os.path.join(os.path.dirname(target), "found"), "w").write(json.dumps(found))
    raise MemoryError
harmless.clean = taken_over
sys.argv = ["converter", *sys.argv[1:]]
runpy.run_module("converter", run_name="__main__", alter_sys=True)
"""
# A kernel that knows nothing of it.
UNABLE = """
import runpy, sys
from converter import landlock
landlock.restrict = lambda reading, writing: False
sys.argv = ["converter", *sys.argv[1:]]
runpy.run_module("converter", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def reach(tmp_path: Path) -> Iterator[dict[str, object]]:
    """What lies beside the converter's folder on a machine that serves."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("meetings.sqlite", "spare"):
        (folder / name).write_text("rows")
    with ExitStack() as opened:
        tcp = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = opened.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        unix = [opened.enter_context(socket.socket(socket.AF_UNIX, kind)) for kind in (1, 2, 1)]
        abstract = f"hoitruong-{os.getpid()}"
        for line, name in zip(unix, (str(folder / "s"), str(folder / "d"), "\0" + abstract), strict=True):
            line.bind(name)
        unix[0].listen()
        unix[2].listen()
        yield {
            "rows": str(folder / "meetings.sqlite"),
            "spare": str(folder / "spare"),
            "folder": str(folder),
            "process": os.getpid(),
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "stream": str(folder / "s"),
            "datagrams": str(folder / "d"),
            "abstract": abstract,
        }


def run(script: str, folder: Path, content: bytes, *said: str) -> Answer:
    source = folder / "file"
    source.write_bytes(content)
    (folder / "pages").mkdir()
    subprocess.run([sys.executable, "-c", script, *said, str(source), str(folder / "pages")], check=True, timeout=60)
    return msgspec.json.decode((folder / "pages" / ANSWER).read_bytes(), type=Answer)


def test_a_file_that_takes_over_the_converter_reaches_nothing(tmp_path: Path, reach: dict[str, object]) -> None:
    assert run(ATTACK + TAKEN_OVER, tmp_path, b"%PDF-1.7\n" + msgspec.json.encode(reach)) == Failed("too_hard")
    found = msgspec.json.decode((tmp_path / "pages" / "found").read_bytes())
    memory, cpu_s = found.pop("limits")
    assert memory <= 4 * 2**30 and cpu_s <= 600
    if landlock.abi() < 6:  # Linux 6.12
        found.pop("signal the service")
    assert [what for what, done in found.items() if done] == []


def test_what_is_tried_would_succeed_otherwise(reach: dict[str, object]) -> None:
    names: dict[str, object] = {}
    exec(ATTACK, names)
    assert [what for what, done in names["attack"](reach).items() if not done] == []


def test_where_the_kernel_cannot_confine_no_file_is_opened(tmp_path: Path) -> None:
    assert run(UNABLE, tmp_path, pdf("Bao cao")) == Failed("unconfined")


def test_an_operator_may_go_on_where_the_kernel_cannot_confine(tmp_path: Path) -> None:
    assert isinstance(run(UNABLE, tmp_path, pdf("Bao cao"), UNCONFINED), Converted)


def test_papers_are_packed_under_the_same_confinement(tmp_path: Path) -> None:
    paper, plan, made = tmp_path / "clean.pdf", tmp_path / "plan.json", tmp_path / "out" / "made.pdf"
    made.parent.mkdir()
    paper.write_bytes(pdf("Bao cao", "Phu luc"))
    sections = [{"title": "Chung", "papers": [{"title": "Báo cáo", "file": str(paper)}]}]
    plan.write_bytes(msgspec.json.encode({"sections": sections}))
    subprocess.run([sys.executable, "-m", "converter.pack", str(plan), str(made)], check=True, timeout=60)
    with pikepdf.open(io.BytesIO(made.read_bytes())) as packed:
        assert len(packed.pages) == 2


def test_names_are_laid_on_papers_under_the_same_confinement(tmp_path: Path) -> None:
    paper, sheet, made = tmp_path / "clean.pdf", tmp_path / "sheet.pdf", tmp_path / "out" / "made.pdf"
    made.parent.mkdir()
    paper.write_bytes(pdf("Bao cao", "Phu luc"))
    sheet.write_bytes(pdf("Nguyen Thi May"))
    asked = (str(paper), str(sheet), str(made))
    subprocess.run([sys.executable, "-m", "converter.marking", *asked], check=True, timeout=60)
    with pikepdf.open(made) as marked:
        assert len(marked.pages) == 2
