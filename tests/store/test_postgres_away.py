"""A server that is killed, restarted, or lost in the middle: nothing is doubtful but what had no answer."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress

import cluster as clusters
import psycopg
import pytest

from pulih.errors import Contended, Unavailable
from pulih.store.postgres import PostgresDocuments

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture(scope="module")
def server():
    """A server that may be killed."""
    with clusters.cluster() as running:
        yield running


@pytest.fixture
def documents(server):
    """A store on it."""
    with server.database() as url:
        opened = PostgresDocuments(url)
        yield opened
        opened.close()


def put(documents, key):
    with documents.writing() as view:
        view.insert("settings", key, {})


def keys(documents):
    with documents.reading() as view:
        return [key for key, _document in view.scan("settings")]


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_was_restarted_between_two_transactions_costs_nothing(server, documents, end):
    put(documents, "one")
    with documents.reading(), documents.writing():
        pass  # so that more than one connection waits
    getattr(server, end)()
    server.start()

    put(documents, "two")

    assert keys(documents) == ["one", "two"]


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_is_lost_in_mid_transaction_leaves_nothing_and_says_so(
    server, documents, end
):
    def lose() -> None:
        with documents.writing() as view:
            view.insert("settings", "one", {})
            getattr(server, end)()
            view.insert("settings", "two", {})

    with pytest.raises(Unavailable, match="terputus; tidak ada yang disimpan") as caught:
        lose()
    assert not isinstance(caught.value, Contended)
    with pytest.raises(Unavailable, match="tidak dapat dihubungi"):
        put(documents, "meanwhile")

    server.start()
    assert keys(documents) == []
    put(documents, "later")
    assert keys(documents) == ["later"]


def test_a_view_on_a_server_that_is_lost_is_told_so(server, documents):
    def lose() -> None:
        with documents.reading() as view:
            server.kill()
            view.count("settings")

    with pytest.raises(Unavailable, match="terputus"):
        lose()

    server.start()
    assert keys(documents) == []


def test_a_connection_that_is_cut_in_mid_transaction_is_told_in_a_line(server, documents, caplog):
    def lose() -> None:
        with documents.writing() as view:
            view.insert("settings", "one", {})
            with psycopg.connect(server.url(), autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name = 'pulih'"
                )

    with pytest.raises(Unavailable):
        lose()

    assert keys(documents) == []
    assert not [record for record in caplog.records if record.exc_info]


def test_a_view_whose_connection_is_cut_before_it_is_given_back_is_told_in_a_line(
    server, documents, caplog
):
    with documents.reading() as view:
        view.count("settings")
        with psycopg.connect(server.url(), autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'pulih'"
            )

    [record] = caplog.records
    assert "was lost" in record.getMessage()
    assert "\n" not in record.getMessage()
    assert not record.exc_info
    assert keys(documents) == []


# ---- A commit without an answer ------------------------------------------------------------------


class Wire:
    """Stands between us and the server, and cuts off whoever says a word: before it, or once it has been answered."""

    def __init__(self, port: int) -> None:
        self.word = b""
        self.passes = True
        self._to = port
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port = self._ear.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._ear.shutdown(socket.SHUT_RDWR)
        self._ear.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._ear.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                said = threading.Event()
                for work in (self._ask, self._answer):
                    threading.Thread(target=work, args=(near, far, said), daemon=True).start()

    def _ask(self, near: socket.socket, far: socket.socket, said: threading.Event) -> None:
        with cut_off(near, far):
            while data := near.recv(65536):
                if self.word and self.word in data:
                    said.set()
                    if not self.passes:
                        return
                far.sendall(data)

    def _answer(self, near: socket.socket, far: socket.socket, said: threading.Event) -> None:
        with cut_off(near, far):
            while data := far.recv(65536):
                if said.is_set():
                    return
                near.sendall(data)


@contextmanager
def cut_off(*ends: socket.socket):
    """Cut both ends off when the block is over; whoever listens to one is woken."""
    with suppress(OSError):
        yield
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def wired(server):
    """Open a store on a new database through a wire; give the store, the wire, and the database's own address."""
    with server.database() as url:
        wire = Wire(server.port)
        documents = PostgresDocuments(url.replace(f":{server.port}/", f":{wire.port}/"))
        try:
            yield documents, wire, url
        finally:
            documents.close()
            wire.close()


@pytest.mark.parametrize(("passes", "is_kept"), [(True, ["one"]), (False, [])])
def test_a_commit_whose_answer_is_lost_is_not_repeated_but_told_as_doubtful(
    server, passes, is_kept
):
    with wired(server) as (documents, wire, url):
        wire.word, wire.passes = b"COMMIT", passes

        with pytest.raises(Unavailable, match="Mungkin sudah tersimpan") as caught:
            put(documents, "one")

        assert not isinstance(caught.value, Contended)
        wire.word = b""
        direct = PostgresDocuments(url)
        assert keys(direct) == is_kept
        direct.close()


def test_a_connection_that_is_lost_before_the_commit_leaves_no_doubt(server):
    with wired(server) as (documents, wire, _url):
        wire.word = b"INSERT INTO settings"

        with pytest.raises(Unavailable, match="tidak ada yang disimpan"):
            put(documents, "one")

        wire.word = b""
        assert keys(documents) == []


# ---- Accounts -----------------------------------------------------------------------------------


def test_a_wrong_password_is_told_and_never_shown(server):
    with server.database() as url, psycopg.connect(url, autocommit=True) as us:
        us.execute("CREATE ROLE tamu LOGIN PASSWORD 'benar'")
        us.execute(f"GRANT ALL ON DATABASE {url.rpartition('/')[2]} TO tamu")
        us.execute("GRANT ALL ON SCHEMA public TO tamu")
        rules = server.folder / "data" / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text(f"host all tamu 127.0.0.1/32 scram-sha-256\n{before}")
        us.execute("SELECT pg_reload_conf()")
        try:
            with pytest.raises(Unavailable, match="sandinya") as caught:
                PostgresDocuments(url.replace("pulih@", "tamu:keliru@"))
            PostgresDocuments(url.replace("pulih@", "tamu:benar@")).close()
        finally:
            rules.write_text(before)
            us.execute("SELECT pg_reload_conf()")
            us.execute("DROP OWNED BY tamu")
            us.execute("DROP ROLE tamu")

    assert "keliru" not in "".join(map(str, (caught.value, caught.value.__cause__)))
