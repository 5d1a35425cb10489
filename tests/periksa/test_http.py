"""Pages fetched from a server with moods, on the loopback interface."""

import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from website import Website, certificate

from periksa import http
from periksa.answers import Answer, meaning, read
from periksa.engine import run
from periksa.findings import State, Target
from periksa.http import Around
from periksa.pages import Page, Visits
from periksa.plan import Questions, plan_for

pytestmark = pytest.mark.slow  # as a whole

HASTY = Visits(lookup=0.5, connect=0.4, wait=0.7)
QUESTIONS = Questions(types=("A",), again=0.2, wait=0.6)


@pytest.fixture(scope="module")
def site():
    served = Website()
    yield served
    served.close()


@pytest.fixture
def secure(tmp_path):
    """A site over TLS with a certificate of some era; and that certificate."""
    served = []

    def serve(era):
        made = certificate(tmp_path / era, era)
        served.append(Website(made))
        return served[-1], made

    yield serve
    for one in served:
        one.close()


@pytest.fixture
def fetch(look):
    def fetch(page, around=None, how=HASTY, **others):
        found = look(http.fetch, [page], how, around or Around((), QUESTIONS), **others)
        return found[0]

    return fetch


@pytest.mark.parametrize(
    ("path", "status", "result", "state"),
    [
        ("/page", 0, "ok", State.UP),
        ("/page", 200, "ok", State.UP),
        ("/old", 0, "ok", State.UP),
        ("/on", 0, "ok", State.UP),
        ("/nothing", 204, "ok", State.UP),
        ("/broken", 0, "status", State.DEGRADED),
        ("/broken", 503, "ok", State.UP),
        ("/page", 404, "status", State.DEGRADED),
        ("/page", 204, "portal", State.DEGRADED),
        ("/away", 204, "portal", State.DEGRADED),
        ("/away", 0, "portal", State.DEGRADED),
        ("/511", 0, "portal", State.DEGRADED),
        ("/rubbish", 0, "malformed", State.DEGRADED),
        ("/headless", 0, "malformed", State.DEGRADED),
        ("/banner", 0, "malformed", State.DEGRADED),
        ("/closed", 0, "reset", State.DEGRADED),
        ("/cut", 0, "reset", State.DEGRADED),
        ("/hang", 0, "stall", State.DOWN),
        ("/half", 0, "stall", State.DOWN),
    ],
)
def test_whatever_a_site_does_is_a_finding(site, fetch, path, status, result, state):
    finding = fetch(Page(f"http://127.0.0.1:{site.port}{path}", status=status))

    assert (finding.figures["result"], finding.state) == (result, state)
    assert finding.address == "127.0.0.1"
    assert finding.detail.endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize(("path", "stage"), [("/hang", "answer"), ("/half", "body")])
def test_a_page_that_stalls_says_where(site, fetch, path, stage):
    finding = fetch(Page(f"http://127.0.0.1:{site.port}{path}"))

    assert finding.figures["stage"] == stage
    assert finding.figures["connect_ms"] is not None


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "stage"), [("http", "answer"), ("https", "tls")])
def test_a_server_that_takes_the_connection_and_does_nothing_stalls(fetch, scheme, stage):
    with socket.create_server(("127.0.0.1", 0)) as idle:
        finding = fetch(Page(f"{scheme}://127.0.0.1:{idle.getsockname()[1]}/"), how=Visits(wait=2))

    assert (finding.figures["result"], finding.figures["stage"]) == ("stall", stage)


def test_no_more_of_a_page_is_read_than_shows_that_it_comes(site, fetch):
    finding = fetch(Page(f"http://127.0.0.1:{site.port}/page"))

    assert HASTY.enough <= finding.figures["bytes"] < 2 * HASTY.enough


def test_a_closed_port_is_refused(closed_port, fetch):
    finding = fetch(Page(f"http://127.0.0.1:{closed_port}/"))

    assert (finding.figures["result"], finding.state) == ("refused", State.DEGRADED)


def test_a_server_that_does_not_take_the_connection_is_told_from_one_that_stalls(fetch):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        try:
            for one in waiting:  # fill the queue: the kernel drops what comes after
                one.setblocking(False)
                one.connect_ex(("127.0.0.1", port))
            finding = fetch(Page(f"http://127.0.0.1:{port}/"))
        finally:
            for one in waiting:
                one.close()

    assert (finding.figures["result"], finding.figures["stage"]) == ("timeout", "connect")


def test_a_certificate_that_the_system_believes_is_fine(secure, fetch, monkeypatch):
    site, made = secure("good")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    finding = fetch(Page(f"https://127.0.0.1:{site.port}/page"), how=Visits())

    assert finding.figures["result"] == "ok"
    assert finding.figures["days_left"] > 365
    assert finding.figures["connect_ms"] < finding.figures["tls_ms"]


@pytest.mark.parametrize(
    ("era", "believed", "host", "reason"),
    [
        ("good", False, "127.0.0.1", "self_signed"),
        ("good", True, "lain.test", "name"),
        ("expired", True, "127.0.0.1", "expired"),
    ],
)
def test_a_certificate_says_why_it_is_not_believed(
    secure, fetch, monkeypatch, era, believed, host, reason
):
    site, made = secure(era)
    if believed:
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
    finding = fetch(Page(f"https://{host}:{site.port}/page", "127.0.0.1"), how=Visits())

    assert (finding.figures["result"], finding.figures["reason"]) == ("certificate", reason)
    assert finding.state is State.DEGRADED


def test_a_site_that_speaks_no_tls_is_told_from_a_bad_certificate(site, fetch):
    finding = fetch(Page(f"https://127.0.0.1:{site.port}/page"), how=Visits(wait=2))

    assert finding.figures["result"] in ("tls", "reset")
    assert finding.figures["stage"] == "tls"


def test_a_name_is_looked_up_with_the_servers_of_the_plan_and_checked_against_the_ranges(
    moody, site, fetch
):
    servers = (Target("dns", "127.0.0.1", (moody,)),)
    page = Page(f"http://portal.test:{site.port}/page")
    barred = fetch(page, Around(servers, QUESTIONS))
    opened = fetch(page, Around(servers, QUESTIONS, ("192.0.2.0/24",)))

    assert (barred.figures["result"], barred.address) == ("blocked", "192.0.2.10")
    assert "di luar rentang" in barred.detail
    assert barred.state is State.UNKNOWN
    assert opened.figures["result"] in ("timeout", "unreachable", "blocked")
    assert "di luar rentang" not in opened.detail


def test_a_name_that_nobody_knows_is_unresolved(moody, fetch):
    servers = (Target("dns", "127.0.0.1", (moody,)),)
    finding = fetch(Page("http://nxdomain.test/"), Around(servers, QUESTIONS))

    assert (finding.figures["result"], finding.state) == ("unresolved", State.DOWN)


def test_a_page_that_was_stopped_is_unknown(site, fetch):
    finding = fetch(Page(f"http://127.0.0.1:{site.port}/hang"), seconds=0.3)

    assert (finding.figures["result"], finding.state) == ("stopped", State.UNKNOWN)


def test_a_cancelled_run_stops_waiting_for_pages_ports_and_names(site, moody):
    with socket.create_server(("127.0.0.1", 0)) as idle:
        plan = plan_for([], [Target("dns", "127.0.0.1", (moody,))], ["silent.test"])
        page = Page(f"http://127.0.0.1:{idle.getsockname()[1]}/")
        found = run(
            replace(plan, pages=(page,)),
            now=lambda: datetime.now(UTC),
            progress=lambda share, sentence: None,
            cancelled=lambda: True,
        )

    assert {one.figures["result"] for one in found.findings} == {"STOPPED", "stopped"}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://portal.test/",
        "portal.test",
        "http://",
        "http://admin@portal.test/",
        "http://portal.test/a b",
        "http://portal.test/\r\nX: y",
        "http://pörtal.test/",
        "http://portal.test:99999/",
    ],
)
def test_a_url_that_is_none_is_refused_when_written(url):
    with pytest.raises(ValueError, match=r"."):
        Page(url)


def test_a_redirect_within_the_site_is_no_portal():
    page = Page("http://portal.test/a")

    assert meaning(page, Answer(302, "https://portal.test/b")) == "ok"
    assert meaning(page, Answer(302, "//login.test/")) == "portal"
    assert meaning(page, Answer(302, "http://[/")) == "portal"


@pytest.mark.parametrize("head", [b"", b"HTTP/2 200", b"HTTP/1.1 999 x", b"SSH-2.0-x\r\n"])
def test_what_is_no_http_is_not_taken_for_it(head):
    assert read(head) is None


def test_a_foreign_header_is_kept_short_and_printable():
    answer = read(b"HTTP/1.1 302 Found\r\nLocation: \x1b[2J" + b"a" * 9999 + b"\r\n\r\n")

    assert answer.location.startswith("[2J")
    assert len(answer.location) == 200
