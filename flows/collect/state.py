"""What earlier runs saw: `raw/.tenkyo/collect.sqlite`.

It is a cache: which address gave which bytes stands in the sidecars beside the documents, and a lost or damaged
state is made again from these. It stands in a hidden folder of `raw/`, which is otherwise a plain folder, and not in
the warehouse, which can be thrown away and rebuilt without fetching anything again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from flows.discover import SIDECAR, walk

FOLDER = ".tenkyo"
_VERSION = 2
_SCHEMA = """
CREATE TABLE address (
    address TEXT PRIMARY KEY, source TEXT NOT NULL, final_address TEXT NOT NULL, sha256 TEXT NOT NULL,
    etag TEXT, modified TEXT, checked_at TEXT NOT NULL, words_sha256 TEXT, attachments TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE document (sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE attempt (source TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    id TEXT PRIMARY KEY, entries INTEGER NOT NULL, dated INTEGER NOT NULL, shape TEXT NOT NULL, checked_at TEXT NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Known:
    """What an address gave when it was last asked.

    `words_sha256` is of a web page's visible words, `attachments` are the documents the page links to.
    """

    address: str
    source: str
    final_address: str
    sha256: str
    etag: str | None
    modified: str | None
    checked_at: str
    words_sha256: str | None = None
    attachments: tuple[str, ...] = ()


_COLUMNS = tuple(field.name for field in fields(Known))


@dataclass(frozen=True)
class Seen:
    """What a source's listing held when it last held something."""

    entries: int
    dated: int
    shape: tuple[str, ...]


class State:
    """The state of a raw folder. Safe to share between threads; closed with `with`."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self._lock = threading.Lock()
        folder = raw / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "collect.sqlite"
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            for file in folder.glob("collect.sqlite*"):
                file.unlink()
            self._db = self._open()

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._db.commit()
            self._db.close()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, check_same_thread=False, timeout=30)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            if version:
                db.close()
                raise sqlite3.DatabaseError("another version's state")
            with db:
                db.executescript(_SCHEMA)
                for known, path, size in read_sidecars(self.raw):
                    _put(db, known)
                    _put_document(db, known.sha256, path, size)
                db.execute(f"PRAGMA user_version = {_VERSION}")
        return db

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db

    def known(self, address: str) -> Known | None:
        """Return what is known of an address."""
        with self._used() as db:
            row = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM address WHERE address = ?", (address,)).fetchone()
        if row is None:
            return None
        values = dict(zip(_COLUMNS, row, strict=True))
        return Known(**{**values, "attachments": tuple(json.loads(values["attachments"]))})

    def remember(self, known: Known, *, commit: bool = True) -> None:
        """Keep what an address gave."""
        with self._used() as db:
            _put(db, known)
            if commit:
                db.commit()

    def path_of(self, sha256: str) -> Path | None:
        """Return where the document with these bytes stands, if it still does."""
        with self._used() as db:
            row = db.execute("SELECT path, size FROM document WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return None
        path = self.raw / str(row[0])
        with suppress(OSError):
            if path.stat().st_size == row[1]:
                return path
        return None

    def remember_document(self, sha256: str, path: Path, size: int) -> None:
        """Keep where the document with these bytes stands."""
        with self._used() as db:
            _put_document(db, sha256, path.relative_to(self.raw).as_posix(), size)
            db.commit()

    def attempted(self, source: str) -> datetime | None:
        """Return when a source was last collected from, whatever came of it."""
        with self._used() as db:
            row = db.execute("SELECT at FROM attempt WHERE source = ?", (source,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def remember_attempt(self, source: str, at: datetime) -> None:
        """Keep when a source is collected from."""
        with self._used() as db:
            db.execute("INSERT OR REPLACE INTO attempt VALUES (?, ?)", (source, at.isoformat()))
            db.commit()

    def seen(self, source: str) -> Seen | None:
        """Return what a source's listing held when it last held something."""
        with self._used() as db:
            row = db.execute("SELECT entries, dated, shape FROM source WHERE id = ?", (source,)).fetchone()
        return Seen(row[0], row[1], tuple(json.loads(row[2]))) if row else None

    def remember_source(self, source: str, seen: Seen, checked_at: str) -> None:
        """Keep what a source's listing holds."""
        with self._used() as db:
            row = (source, seen.entries, seen.dated, json.dumps(seen.shape), checked_at)
            db.execute("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?)", row)
            db.commit()


def _put(db: sqlite3.Connection, known: Known) -> None:
    row = {**asdict(known), "attachments": json.dumps(known.attachments, ensure_ascii=False)}
    columns, places = ", ".join(_COLUMNS), ", ".join(f":{name}" for name in _COLUMNS)
    db.execute(f"INSERT OR REPLACE INTO address ({columns}) VALUES ({places})", row)


def _put_document(db: sqlite3.Connection, sha256: str, path: str, size: int) -> None:
    db.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (sha256, path, size))


def read_sidecars(raw: Path) -> list[tuple[Known, str, int]]:
    """Return what the sidecars under `raw` say, oldest first, each with its document's place and size."""
    found = []
    for sidecar in walk(raw):
        document = sidecar.with_name(sidecar.name.removesuffix(SIDECAR))
        if not sidecar.name.endswith(SIDECAR) or not document.is_file():
            continue
        with suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads(sidecar.read_text(encoding="utf-8"))
            headers = about["headers"]
            known = Known(
                address=str(about["url"]),
                source=str(about["source"]),
                final_address=str(about["final_url"]),
                sha256=str(about["sha256"]),
                etag=headers.get("etag"),
                modified=headers.get("last-modified"),
                checked_at=str(about["fetched_at"]),
                words_sha256=about.get("words_sha256"),
                attachments=tuple(about.get("attachments", ())),
            )
            found.append((known, document.relative_to(raw).as_posix(), document.stat().st_size))
    return sorted(found, key=lambda item: item[0].checked_at)
