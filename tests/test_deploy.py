"""The description for Docker, held against what the code knows: settings, ports, addresses."""

from __future__ import annotations

import re
import shlex
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml

import signaling
from meeting_app.office import sheets
from sfu import settings as sfu_settings
from signaling import cli, open_files, settings
from signaling.app import create_app
from signaling.http import asking, consultations, surveys, uploads
from signaling.http.office import desk
from signaling.settings import Settings
from signaling.sockets import make_server
from signaling.supervisor import children_of

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
ASKED = re.compile(r"\$\{(\w+)(?::\?[^}]*)?\}")
EXAMPLE = {
    "HALL_NAME": "hop.lamson.example",
    "HALL_ADDRESS": "203.0.113.10",
    "DATABASE_PASSWORD": "secret",
    "TURN_SECRET": "secret",
    "TLS_FOLDER": "./tls",
}
UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}
# What takes in a body by another measure than `asking.BODY_BYTES`.
MEASURES = {
    "http/consultations.py",
    "http/office/desk.py",
    "http/office/roster.py",
    "http/surveys.py",
    "http/uploads.py",
}


def bodies(given: Settings) -> dict[str, int]:
    """The largest body that the service takes in, at each address with a measure of its own and at one without."""
    return {
        "/api/enter": asking.BODY_BYTES,
        "/api/office/meetings": desk.BODY_BYTES,
        "/api/office/roster/check": sheets.FILE_BYTES,
        "/api/office/roster/rejected": sheets.FILE_BYTES,
        "/api/office/roster/take": sheets.FILE_BYTES,
        f"{consultations.AT}/{{consultation}}/drafts": given.document_bytes,
        "/api/survey/answer": surveys.ANSWER_BYTES,
        "/api/uploads/{upload}": uploads.PIECE_BYTES,
        "/socket.io/": given.message_bytes,
    }


def filled_in(text: str) -> str:
    return ASKED.sub(lambda match: EXAMPLE[match[1]], text)


@pytest.fixture
def environment() -> dict[str, str]:
    return {name: filled_in(value) for name, value in SERVICES["hall"]["environment"].items()}


def dockerfile_lines(instruction: str) -> list[str]:
    text = (ROOT / "deploy/Dockerfile").read_text().replace("\\\n", " ")
    return [line.split(" ", 1)[1] for line in text.splitlines() if line.startswith(instruction + " ")]


def test_every_setting_is_one_that_the_service_knows(environment):
    assert set(environment) <= set(settings.VARIABLES)


def test_the_settings_can_be_used(environment):
    given = settings.read(environment)
    assert given.is_https
    assert given.behind_proxy
    assert given.turn_urls == (
        "turn:hop.lamson.example:3478?transport=udp",
        "turn:hop.lamson.example:3478?transport=tcp",
    )


def test_a_worker_takes_what_it_is_given(environment):
    [worker, _service] = children_of(settings.read(environment))
    given = sfu_settings.read(worker.environment)
    assert (given.host, given.port) == ("0.0.0.0", 50000)
    assert list(given.candidates) == [("203.0.113.10", None)]


def test_ports_are_those_of_the_settings(environment):
    given = settings.read(environment)
    assert SERVICES["hall"]["ports"] == [f"{given.sfu_port}:{given.sfu_port}/udp"]
    assert dockerfile_lines("EXPOSE") == [f"{given.port}/tcp {given.sfu_port}/udp"]
    upstreams = set(re.findall(r"proxy_pass (\S+);", (ROOT / "deploy/nginx.conf").read_text()))
    assert upstreams == {f"http://hall:{given.port}"}


def test_no_log_of_the_gate_holds_a_personal_link():
    conf = (ROOT / "deploy/nginx.conf").read_text()
    assert re.findall(r"access_log (.+);", conf) == ["off"] * conf.count("server {")
    plain, _secure = conf.split("listen 443")
    assert "error_log /dev/null crit;" in plain
    assert re.search(r"location /v/ \{\s+error_log /dev/null crit;", conf)


def test_hall_and_gate_hold_the_connections_of_a_full_meeting(environment):
    needed = open_files.needed(settings.read(environment))
    files = {name: SERVICES[name]["ulimits"]["nofile"] for name in ("hall", "gate")}
    assert files["hall"] >= needed
    main = (ROOT / "deploy/nginx-main.conf").read_text()
    connections = int(re.search(r"worker_connections (\d+);", main)[1])
    assert files["gate"] > connections >= 2 * needed  # of the browser and towards the hall
    assert "include /etc/nginx/conf.d/*.conf;" in main
    assert re.findall(r"access_log (.+);", main) == ["off"]
    assert "./deploy/nginx-main.conf:/etc/nginx/nginx.conf:ro" in SERVICES["gate"]["volumes"]


def test_the_gate_knows_how_often_a_quiet_hall_is_heard(environment):
    server = make_server(settings.read(environment))
    assert f"every {server.eio.ping_interval} s" in (ROOT / "deploy/nginx.conf").read_text()


class Location:
    """What the gate does with addresses of one kind."""

    def __init__(self, kind: str, pattern: str, body: str) -> None:
        self.kind, self.pattern, self.body = kind, pattern, body
        self.body_bytes = body_bytes(body)

    def takes(self, path: str) -> bool:
        if self.kind == "~":
            return re.search(self.pattern, path) is not None
        return path == self.pattern if self.kind == "=" else path.startswith(self.pattern)


def body_bytes(block: str) -> int | None:
    """None: it doesn't say."""
    found = re.search(r"client_max_body_size (\d+)([kmg]?);", block)
    return int(found[1]) * UNITS[found[2]] if found else None


def gate() -> tuple[int, list[Location]]:
    """What the HTTPS server lets through where nothing else is said, and its locations."""
    secure = (ROOT / "deploy/nginx.conf").read_text().split("listen 443")[1]
    found = re.findall(r"location (=|~)? ?(\S+) \{(.*?)\n    \}", secure, re.DOTALL)
    return body_bytes(secure.partition("location")[0]), [Location(*each) for each in found]


def location_of(path: str, locations: list[Location]) -> Location:
    """As nginx chooses: the same address, else the first expression that fits, else the longest beginning."""
    fitting = [location for location in locations if location.takes(path)]
    return min(fitting, key=lambda one: (["=", "~", ""].index(one.kind), 0 if one.kind == "~" else -len(one.pattern)))


async def test_the_gate_lets_through_what_the_service_takes_in(environment, tmp_path):
    taken = bodies(settings.read(environment))
    app = await create_app(Settings(data=tmp_path))
    try:
        assert set(taken) - {"/socket.io/"} <= {resource.canonical for resource in app.router.resources()}
    finally:
        await app.cleanup()
    least, locations = gate()
    for path, most in taken.items():
        location = location_of(re.sub(r"\{\w+\}", "a1", path), locations)
        assert (location.body_bytes or least) == max(most, least), path


def test_every_measure_of_a_body_is_compared_with_the_gate():
    package = Path(signaling.__file__).parent
    other = re.compile(
        r"bytes_of\(request|body_of\(request, \w+, |\.iter_\w+\(|request\.(?:read|text|json|post|multipart)\("
    )
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if path.name != "asking.py" and other.search(path.read_text())
    }
    assert found == MEASURES


def test_a_large_file_is_not_kept_at_the_gate():
    least, locations = gate()
    large = [location for location in locations if (location.body_bytes or least) > sheets.FILE_BYTES]
    assert large
    assert all("proxy_request_buffering off;" in location.body for location in large)


def test_the_relay_has_the_secret_and_the_port_that_browsers_are_given(environment):
    given = settings.read(environment)
    options = [filled_in(option) for option in SERVICES["relay"]["command"]]
    assert f"--static-auth-secret={given.turn_secret}" in options
    port = next(o.partition("=")[2] for o in options if o.startswith("--listening-port="))
    assert {url.split("?")[0].rpartition(":")[2] for url in given.turn_urls} == {port}


def test_the_relay_has_a_port_for_whoever_asks(environment):
    """Browsers ask each URL for one, whether they will need it or not, and keep it for a while after they are gone."""
    given = settings.read(environment)
    options = dict(option.split("=", 1) for option in SERVICES["relay"]["command"] if "=" in option)
    ports = range(int(options["--min-port"]), int(options["--max-port"]) + 1)
    assert len(ports) >= 2 * given.seats * len(given.turn_urls)
    assert not {int(options["--listening-port"]), *range(given.sfu_port, given.sfu_port + 100)} & set(ports)
    page = (ROOT / "docs/operating.md").read_text()
    assert f"2 × {given.seats} × {len(given.turn_urls)} = {len(ports):,}" in page
    assert f"{ports[0]} and {ports[-1]} in `docker-compose.yml`" in page


def test_the_relay_leads_to_this_machine_and_to_nothing_else(environment):
    options = [filled_in(option).partition("=") for option in SERVICES["relay"]["command"]]
    denied = {tuple(map(ip_address, value.split("-"))) for name, _, value in options if name == "--denied-peer-ip"}
    everything = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    assert denied == {(family[0], family[-1]) for family in everything}
    allowed = [value for name, _, value in options if name == "--allowed-peer-ip"]
    assert allowed == [environment["HOITRUONG_SFU_ADVERTISE"]]


def test_no_port_of_the_relay_is_a_process_of_docker():
    assert SERVICES["relay"]["network_mode"] == "host"
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert not [port for port in published if "-" in port]


def test_the_database_is_the_one_that_is_asked(environment):
    database = SERVICES["database"]["environment"]
    user, password = database["POSTGRES_USER"], filled_in(database["POSTGRES_PASSWORD"])
    assert environment["DATABASE_URL"] == f"postgresql://{user}:{password}@database:5432/{database['POSTGRES_DB']}"


async def test_health_checks_ask_what_is_answered(environment, tmp_path):
    given = settings.read({"HOITRUONG_DATA": str(tmp_path)})
    app = await create_app(given)
    try:
        known = {resource.canonical for resource in app.router.resources()}
    finally:
        await app.cleanup()
    asked = {
        path
        for service in SERVICES.values()
        for path in re.findall(r"http://127\.0\.0\.1:\d+(/\w+)", str(service.get("healthcheck", "")))
    }
    asked |= set(re.findall(r"location = (\S+)", (ROOT / "deploy/nginx.conf").read_text()))
    assert asked == {"/readyz", "/healthz", "/metrics"}
    assert asked <= known


def test_everything_that_stays_up_has_a_health_check():
    unchecked = {name for name, s in SERVICES.items() if "restart" in s and "healthcheck" not in s}
    assert not unchecked


def test_all_data_is_in_one_volume(environment):
    assert list(COMPOSE["volumes"]) == ["data"]
    places = [environment["HOITRUONG_DATA"], SERVICES["database"]["environment"]["PGDATA"]]
    assert all(place.startswith("/data/") for place in places)
    assert SERVICES["folders"]["entrypoint"][-1] == environment["HOITRUONG_DATA"]


def test_the_example_names_everything_that_is_asked():
    lines = (ROOT / "deploy/example.env").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named == {match[1] for match in ASKED.finditer((ROOT / "docker-compose.yml").read_text())}


def test_what_the_image_copies_and_runs_exists():
    for service in SERVICES.values():
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).is_file()
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert not source.startswith("./") or (ROOT / source).exists()
    [setup] = [line for line in dockerfile_lines("RUN") if "hoitruong setup" in line]
    assert (ROOT / shlex.split(setup)[0]).is_file()
    assert dockerfile_lines("ENTRYPOINT") == ['["/app/.venv/bin/hoitruong"]']
    assert cli.parser().parse_args(SERVICES["hall"]["command"]).run is cli.serve


def test_what_is_typed_with_docker_is_understood():
    section = (ROOT / "docs/operating.md").read_text().split("\n## With Docker\n")[1].split("\n## ")[0]
    lines = [shlex.split(line) for line in re.findall(r"^docker compose run .*", section, re.MULTILINE)]
    assert all("hall" in line and "hall" in SERVICES for line in lines)
    typed = [cli.parser().parse_args(line[line.index("hall") + 1 :]) for line in lines]
    assert [asked.run for asked in typed] == [cli.user, cli.meeting, cli.verify_log]
