"""The set-up script, with everything that would install something replaced by what writes down that it was asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest

import hatch_build
from tests import bare_root

ROOT = Path(__file__).parent.parent
LOCKS = sorted(ROOT.glob("requirements*.lock"))
NPM_LOCKS = sorted({*ROOT.glob("*/package-lock.json"), *ROOT.glob("*/*/package-lock.json")})
BARE = ("chmod", "cut", "date", "dirname", "find", "flock", "grep", "id", "mkdir", "mv", "rm", "sed", "sh", "sleep",
        "touch", "tr")  # fmt: skip

UV = """#!/bin/sh
# Stands for uv: writes down what was asked, makes an environment when told to, fails when told to.
echo "$*" >> calls
[ ! -e broken ] || exit 3
[ ! -e slow ] || sleep 0.3
case $1 in
venv)
    mkdir -p .venv/bin
    printf '#!/bin/sh\\necho "python $*"\\n' > .venv/bin/python
    printf '#!/bin/sh\\necho "hoitruong $*"\\n' > .venv/bin/hoitruong
    chmod +x .venv/bin/*
    ;;
esac
"""


class Machine:
    """A folder with the project in it and a PATH with only what a bare Debian has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "hoitruong"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in BARE:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.program("python3", "exit 0")
        for folder in ("web", "sfu/wire"):
            (self.folder / folder).mkdir(parents=True)
        for file in ("rows.c", "compiling.py"):
            shutil.copy(ROOT / "sfu/wire" / file, self.folder / "sfu/wire")
        for file in (ROOT / "hoitruong", ROOT / "pyproject.toml", ROOT / "hatch_build.py", *LOCKS):
            shutil.copy(file, self.folder)
        (self.folder / "web/package.json").write_text("{}")
        (self.folder / ".tools/bin").mkdir(parents=True)
        uv = self.folder / ".tools/bin/uv"
        uv.write_text(UV)
        uv.chmod(0o755)

    def program(self, name: str, body: str) -> None:
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!/bin/sh\n{body}\n")
        (self.bin / name).chmod(0o755)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.folder / "hoitruong", *arguments],
            env={"PATH": str(self.bin), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    def asked(self) -> list[str]:
        """What was asked of uv since the last look, in one word each."""
        calls = self.folder / "calls"
        words = []
        for line in calls.read_text().splitlines() if calls.exists() else []:
            found = re.search(r"^venv|requirements(?:-dev)?\.lock$|-e \.$", line)
            words.append(found[0] if found else line)
        calls.unlink(missing_ok=True)
        return words

    def change(self, name: str) -> None:
        later = time.time() + 5
        path = self.folder / name
        path.touch()
        os.utime(path, (later, later))


@pytest.fixture
def machine(tmp_path) -> Machine:
    return Machine(tmp_path)


RUN, TOOLS_TOO, SELF = "requirements.lock", "requirements-dev.lock", "-e ."


def test_the_first_call_sets_up_what_runs_the_system(machine):
    code, _, said = machine.run("setup")
    assert code == 0
    assert machine.asked() == ["venv", RUN, SELF]
    assert "Python packages" in said
    assert "web pages" in said


def test_the_next_call_does_nothing_and_is_quick(machine):
    machine.run("setup")
    machine.asked()
    began = time.monotonic()
    code, out, said = machine.run("serve", "--help")
    assert time.monotonic() - began < 2
    assert (code, out, said) == (0, "hoitruong serve --help\n", "")
    assert machine.asked() == []


class Clocked:
    """Stands for a bare root in which each step takes so long."""

    def __init__(self, step_s: float) -> None:
        self.step_s = step_s

    def unpack(self, owner: str) -> None:
        pass

    def run(self, user: str, script: str) -> float:
        return self.step_s


@pytest.mark.parametrize(
    ("step_s", "demo_s", "said"),
    [
        (1.9, 1.9, None),
        (2.0, 1.9, "the set-up had nothing to do and took 2.0 s"),
        (1.9, 2.0, "the demonstration started again and took 2.0 s"),
    ],
)
def test_the_proof_in_a_bare_root_fails_for_a_slow_second_time(monkeypatch, step_s, demo_s, said):
    monkeypatch.setattr(bare_root, "_demo_answers", lambda root, user: demo_s)
    fails = pytest.raises(AssertionError, match=said) if said else nullcontext()
    with fails:
        assert bare_root.prove(Clocked(step_s), "root")["demo_again_s"] == demo_s


@pytest.mark.parametrize(
    ("arguments", "runs"),
    [
        (("serve",), "hoitruong serve"),
        (("demo", "--on-camera", "4"), "python -m demo --on-camera 4"),
        (("meeting", "hoi-nghi.toml"), "hoitruong meeting hoi-nghi.toml"),
    ],
)
def test_what_runs_the_system_needs_no_tools(machine, arguments, runs):
    code, out, _ = machine.run(*arguments)
    assert (code, out) == (0, f"{runs}\n")
    assert machine.asked() == ["venv", RUN, SELF]


def test_tools_are_added_for_those_who_develop(machine):
    machine.run("setup")
    machine.asked()
    _, out, _ = machine.run("python", "-m", "bench.fanout")
    assert machine.asked() == [TOOLS_TOO]
    assert out == "python -m bench.fanout\n"


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ("requirements.lock", [RUN]),
        ("web/package.json", [SELF]),
        ("requirements-dev.lock", []),
        ("pyproject.toml", [RUN, SELF]),
    ],
)
def test_only_what_changed_is_done_again(machine, changed, asked):
    machine.run("setup")
    machine.asked()
    machine.change(changed)
    machine.run("setup")
    assert machine.asked() == asked


def test_what_failed_is_done_again(machine):
    (machine.folder / ".venv/bin").mkdir(parents=True)
    (machine.folder / ".venv/bin/python").symlink_to("/bin/true")
    (machine.folder / "broken").touch()
    code, _, _ = machine.run("setup")
    assert code == 3
    (machine.folder / "broken").unlink()
    machine.asked()
    code, _, _ = machine.run("setup")
    assert code == 0
    assert machine.asked() == [RUN, SELF]


def test_two_calls_at_once_set_up_once(machine):
    (machine.folder / "slow").touch()
    both = [machine.start("setup"), machine.start("setup")]
    assert [process.wait(timeout=30) for process in both] == [0, 0]
    for process in both:
        process.communicate()
    assert machine.asked() == ["venv", RUN, SELF]


def test_a_command_that_stays_does_not_hold_up_the_next_set_up(machine):
    machine.run("setup")
    machine.program("stays", "exec sleep 20")
    machine.change("requirements.lock")
    stays = machine.start("stays")
    try:
        machine.change("requirements.lock")
        code, _, _ = machine.run("setup")
        assert code == 0
    finally:
        stays.kill()
        stays.communicate()


@pytest.mark.parametrize(
    ("program", "body", "sentence"),
    [
        ("python3", 'case $1 in -c) exit 1 ;; -V) echo "Python 3.9.2" ;; esac', "python3 is 3.9.2; at least 3.11"),
        ("flock", "exit 1", "another set-up has held .tools/lock"),
    ],
)
def test_what_is_in_the_way_is_said(machine, program, body, sentence):
    machine.program(program, body)
    code, _, said = machine.run("setup")
    assert code == 1
    assert sentence in said


def test_missing_python_is_said(machine):
    (machine.bin / "python3").unlink()
    code, _, said = machine.run("setup")
    assert code == 1
    assert "apt-get install python3 python3-pip" in said


def test_missing_pip_is_said(machine):
    (machine.folder / ".tools/bin/uv").unlink()
    machine.program("python3", 'case "$*" in *pip*) exit 1 ;; esac')
    code, _, said = machine.run("setup")
    assert code == 1
    assert "apt-get install python3-pip" in said


def test_without_rights_the_missing_packages_are_named_and_the_tests_run(machine):
    machine.program("id", "echo 1000")
    code, out, said = machine.run("test", "-k", "floor")
    assert code == 0
    assert re.search(r"sudo apt-get install --no-install-recommends chromium", said)
    assert out.splitlines()[-1] == "python -m pytest -q -rs -k floor"


def test_browsers_have_the_machine_to_themselves(machine):
    machine.program("id", "echo 1000")
    code, out, _ = machine.run("test")
    assert code == 0
    assert [line for line in out.splitlines() if "pytest" in line] == [
        "python -m pytest -q -n 2 --dist worksteal -rs -m not browser",
        "python -m pytest -q -rsR --reruns 1 -m browser",
    ]


def test_on_ci_a_missing_package_is_a_failure(machine):
    machine.program("id", "echo 1000")
    code, out, said = machine.run("test", CI="true")
    assert code == 1
    assert "CI must run every test" in said
    assert "pytest" not in out


def test_as_root_the_missing_packages_are_installed(machine):
    machine.program("id", "echo 0")
    machine.program("apt-get", f'echo "$*" >> {machine.bin}/apt; [ "$1" = update ] || cp -s $0 {machine.bin}/chromium')
    (machine.bin / "cp").symlink_to(shutil.which("cp"))
    machine.run("test")
    update, install = (machine.bin / "apt").read_text().splitlines()
    assert update.startswith("update")
    assert "--no-install-recommends chromium" in install


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_has_a_hash_for_everything_and_names_no_host(lock):
    text = lock.read_text()
    assert not re.search(r"https?:|--index|--find-links|^#", text, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert all(re.match(r"[\w.\[\]-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda lock: lock.parent.name)
def test_all_that_npm_may_install_on_debian_has_a_hash_and_names_no_host(lock):
    packages = json.loads(lock.read_text())["packages"]
    entries = {path: entry for path, entry in packages.items() if path}
    assert entries
    assert not [path for path, entry in entries.items() if "resolved" in entry]
    bare = {path: entry for path, entry in entries.items() if "integrity" not in entry}
    assert not [path for path, entry in bare.items() if on_debian(entry)]


def on_debian(entry: dict) -> bool:
    """Whether npm would install it there; it passes over what is for other systems, or for another C library."""
    return "linux" in entry.get("os", ["linux"]) and "glibc" in entry.get("libc", ["glibc"])


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, dev = (locked(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert {name_of(line) for line in project["project"]["dependencies"]} <= set(run)
    assert {name_of(line) for line in project["dependency-groups"]["dev"]} <= set(dev)
    assert run.items() <= dev.items()
    build = locked(ROOT / "requirements-build.lock")
    assert [f"hatchling=={build['hatchling']}"] == project["build-system"]["requires"]


def locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", path.read_text(), re.MULTILINE))


def name_of(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0]


@pytest.mark.parametrize(
    ("version", "is_used"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v20.20.1", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v23.0.0", True),
        ("v24.19.0", True),
    ],
)
def test_the_systems_node_is_used_when_it_is_new_enough(machine, monkeypatch, version, is_used):
    machine.program("node", f"echo {version}")
    machine.program("npm", "exit 0")
    monkeypatch.setenv("PATH", str(machine.bin))
    step = hatch_build.Build(str(ROOT), {}, None, None, "", "wheel")
    assert bool(step.dependencies()) is not is_used


def test_without_node_the_build_brings_its_own(machine, monkeypatch):
    monkeypatch.setenv("PATH", str(machine.bin))
    [needed] = hatch_build.Build(str(ROOT), {}, None, None, "", "wheel").dependencies()
    name, _, version = needed.partition("==")
    assert locked(ROOT / "requirements-build.lock")[name] == version


def test_rows_are_compiled_where_there_is_a_compiler(machine, monkeypatch):
    step = hatch_build.Build(str(machine.folder), {}, None, None, "", "wheel")
    made = step.compile()
    assert made.parent == machine.folder / "sfu/wire" and made.read_bytes()[:4] == b"\x7fELF"


@pytest.mark.parametrize("program", [None, "echo no stdint.h here >&2; exit 1"], ids=["absent", "without headers"])
def test_without_a_working_compiler_the_build_says_so_and_goes_on(machine, monkeypatch, program, capsys):
    if program is not None:
        machine.program("cc", program)
    monkeypatch.setenv("PATH", str(machine.bin))
    step = hatch_build.Build(str(machine.folder), {}, None, None, "", "wheel")
    assert step.compile() is None
    said = capsys.readouterr()
    assert ("no C compiler" if program is None else "no stdint.h here") in said.out + said.err
    assert not list((machine.folder / "sfu/wire").glob("*.so"))
