"""A real PostgreSQL server for the tests: made, started and removed by them, on a socket of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_SECONDS = 20


class NoServer(Exception):  # noqa: N818 - the name is the sentence: there is no server
    """PostgreSQL cannot be started here; the text says why."""


class PostgresqlServer:
    """A running server: every test gets a database of its own."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url
        self._made: list[str] = []

    def new_database(self, *, like: str = "") -> str:
        """Make a database, empty or a copy of one that nobody is connected to, and return its URL."""
        name = f"askfirst_test_{os.getpid()}_{len(self._made)}"
        template = urlsplit(like).path.removeprefix("/") or "template1"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._made.append(name)
        return urlsplit(self.admin_url)._replace(path=f"/{name}").geturl()

    def remove_databases(self) -> None:
        """Leave the server as it was found."""
        for name in self._made:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement.encode())


class OwnServer(PostgresqlServer):
    """A server that the tests started, and may stop and start again."""

    def __init__(self, programs: Path, account: str | None, folder: Path, *, durable: bool) -> None:
        super().__init__(f"postgresql://postgres@/postgres?host={folder}")
        self._programs = programs
        self._account = account
        self._folder = folder
        self._fsync = "on" if durable else "off"
        self._process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Make the files of a new server."""
        how = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        command: list[str | Path] = [self._programs / "initdb", *how, self._folder / "data"]
        subprocess.run(command, user=self._account, cwd=self._folder, check=True, capture_output=True)  # noqa: S603 - our own words only

    def start(self) -> None:
        """Start it, on a socket in its own folder, and wait until it answers."""
        how = ("-k", self._folder, "-c", "listen_addresses=", "-c", f"fsync={self._fsync}")
        command: list[str | Path] = [self._programs / "postgres", "-D", self._folder / "data", *how]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words only
                command, user=self._account, cwd=self._folder, stdout=log, stderr=log
            )
        _wait_until_ready(self.admin_url, self._process)

    def stop(self, word: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT is PostgreSQL's own word for disconnecting everyone first, SIGQUIT for not even that."""
        if self._process is not None:
            self._process.send_signal(word)
            self._process.wait(timeout=_START_SECONDS)
            self._process = None


def running_server(given_url: str | None) -> Iterator[PostgresqlServer]:
    """
    Yield a server: the one given, or one that is started here and stopped afterwards.

    Raises:
        NoServer: the programs are not installed, or nobody but root could run them.
    """
    if given_url is None:
        yield from own_server()
    else:
        server = PostgresqlServer(given_url)
        yield server
        server.remove_databases()


def own_server(*, durable: bool = False) -> Iterator[OwnServer]:
    """
    Yield a server that is started here and stopped afterwards; `durable` waits for the disk, as a real one does.

    Raises:
        NoServer: the programs are not installed, or nobody but root could run them.
    """
    programs, account = programs_folder(), _account()
    folder = Path(tempfile.mkdtemp(prefix="askfirst-pg-"))
    server = OwnServer(programs, account, folder, durable=durable)
    try:
        if account is not None:
            shutil.chown(folder, account)
        server.make()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def programs_folder() -> Path:
    """
    Return where PostgreSQL's programs are, the newest of several.

    Raises:
        NoServer: they are not installed.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    if not found and on_path is None:
        raise NoServer("PostgreSQL's server is not installed; install it, or set ASKFIRST_TEST_POSTGRES_URL.")
    return (found[-1] if found else Path(str(on_path)).resolve()).parent


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise
            time.sleep(0.05)
        else:
            return


def _account() -> str | None:
    """Return whom to run the server as; PostgreSQL will not run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NoServer("PostgreSQL will not run as root, and there is no account 'postgres' or 'nobody'.")
