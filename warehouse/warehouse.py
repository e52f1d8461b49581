"""The warehouse: one object to load into, to ask, and to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import claims_out, reviewing, runs
from warehouse.engines.reader import Params, Reader
from warehouse.errors import NotFoundError, QueryError, ServerGoneError, WarehouseError
from warehouse.location import Location, locate
from warehouse.results import DocumentInfo, KnownDocument, LoadResult, QueryResult, RunKey, Source
from warehouse.reviews.record import Verdict

if TYPE_CHECKING:
    from schemas import Document, Extraction, Issue, Run
    from warehouse.difference import DiffResult
    from warehouse.loading.prepare import Draft, PreparedDocument

_ANALYZE_AFTER = 200  # claims added by a run
Clock = Callable[[], datetime]


def open_warehouse(url: str | Path | None = None, *, read_only: bool = False, clock: Clock | None = None) -> Warehouse:
    """Open a warehouse and bring it to the newest schema.

    `url` is a path, `sqlite:///path` or `postgresql://…`; None is `TENKYO_DATABASE_URL`, else `warehouse/tenkyo.db`.
    With `read_only` nothing is made or changed. `clock` gives the time of what is learned (UTC; for tests).
    Raises `WarehouseError` when it cannot be opened.
    """
    return Warehouse(locate(url), read_only=read_only, clock=clock or (lambda: datetime.now(UTC)))


class Warehouse:
    """A store of claims, in SQLite or Postgres. Use as a context manager, or call `close`."""

    def __init__(self, location: Location, *, read_only: bool, clock: Clock) -> None:
        self.location = location
        self.read_only = read_only
        self._clock = clock
        self._reader = Reader(location)
        self._names: Any = None
        self._runs: dict[str, RunKey] = {}
        self._opened_writer: Any = None
        if read_only:
            self._check_schema()
        else:
            self._writer  # noqa: B018 - opens and migrates

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._reader.close()
        if self._opened_writer is not None:
            self._opened_writer.close()

    @property
    def _writer(self) -> Any:
        if self.read_only:
            raise WarehouseError(f"{self.location}: opened for reading only")
        if self._opened_writer is None:
            from warehouse.engines.writer import Writer
            from warehouse.loading.names import Names
            from warehouse.migrate import ensure_current

            self._names = Names()
            writer = Writer(self.location)
            writer.retrying(lambda: ensure_current(writer), opening=True)
            self._opened_writer = writer
            self._reader.expect_answers()
        return self._opened_writer

    def _check_schema(self) -> None:
        from warehouse.schema_version import newest_revision

        try:
            _, rows = self._reader.query("SELECT version_num FROM alembic_version")
        except ServerGoneError:
            raise
        except WarehouseError:
            raise WarehouseError(f"{self.location}: holds no warehouse yet; run `tenkyo ingest` first") from None
        if not rows or rows[0][0] != newest_revision():
            raise WarehouseError(
                f"{self.location}: has another schema than this tenkyo; run `tenkyo ingest` to upgrade"
            )

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    # Writing

    def lock(self) -> AbstractContextManager[None]:
        """Be the only writer across processes while the block lasts; loads inside it need not wait."""
        return self._writer.lock()  # type: ignore[no-any-return]

    def start_run(self, *, command: str, code_version: str, ontology_hash: str) -> Run:
        """Record the start of a run; runs of processes that are gone are marked interrupted."""
        from schemas import Run

        run = Run(
            run_id=runs.new_run_id(self._clock()), started_at=self._clock(), command=command,
            code_version=code_version, ontology_hash=ontology_hash,
        )  # fmt: skip
        self._write(lambda session: runs.start(session, run, self._now()))
        return run

    def finish_run(self, run: Run) -> Run:
        """Record the end of a run and return it with its counts.

        A run given as failed is recorded so, any other as completed; `documents_unchanged` is taken from it.
        """
        finished: Run = self._write(lambda session: runs.finish(session, run, self._now()))
        if finished.claims_added >= _ANALYZE_AFTER:
            self._writer.retrying(self._writer.analyze)
        return finished

    def load(
        self,
        document: Document,
        extraction: Extraction,
        *,
        run: Run,
        path: str,
        size: int,
        url: str | None = None,
        fetched_at: datetime | str | None = None,
    ) -> LoadResult:
        """Store a document and what was read from it, in one transaction; loading it again changes nothing.

        Claims no longer read are retired with the reason, changed ones get a new version, nothing is deleted. A
        document that lay at `path` (or was served at `url`) before with other bytes is superseded. `size` is in bytes.
        Raises `UngroundedError` when evidence does not stand in the text, `WarehouseError` when nothing was written.
        """
        from warehouse.loading.prepare import Draft

        draft: Draft | PreparedDocument = Draft(document, extraction)
        stored = self._reader.ask("SELECT extraction_hash FROM document WHERE sha256 = ?", (document.sha256,))
        if not stored or stored[0][0] != draft.extraction_hash:
            draft = draft.complete()  # now, so that no transaction waits for it
        return self.load_prepared(draft, run=run, path=path, size=size, url=url, fetched_at=fetched_at)

    def load_prepared(
        self,
        prepared: PreparedDocument | Draft,
        *,
        run: Run,
        path: str,
        size: int,
        url: str | None = None,
        fetched_at: datetime | str | None = None,
    ) -> LoadResult:
        """Store a document whose rows were made before, by `prepare` (in another process, say); else like `load`."""
        from warehouse.loading.loader import Load

        fetched = fetched_at.astimezone(UTC).isoformat() if isinstance(fetched_at, datetime) else fetched_at
        source = Source(path, size, url, fetched)

        def work(session: Any) -> LoadResult:
            return Load(session, self._names, prepared, self._run_key(session, run), self._now()).execute(source)

        return self._write(work)  # type: ignore[no-any-return]

    def _run_key(self, session: Any, run: Run) -> RunKey:
        """Return a run's number, which never changes once it is committed."""
        known = self._runs.get(run.run_id)
        if known is None:
            known = self._runs[run.run_id] = runs.key(session, run)
        return known

    def record_failure(self, *, run: Run, sha256: str, name: str, path: str, code: str, message: str) -> None:
        """Record that bytes could not be read and why; what was read from them before stays."""
        self._write(lambda session: runs.fail(session, run, self._now(), sha256, name, path, code, message))

    def record_issues(self, *, run: Run, subject: str, name: str, issues: Iterable[Issue]) -> None:
        """Make the standing issues of a thing that is no document (a source: `source:ID`) be `issues`."""
        issues = list(issues)
        self._write(lambda session: runs.signal(session, run, self._now(), subject, name, issues))

    def record_path(self, sha256: str, path: str, run: Run) -> None:
        """Record that known bytes lie at (another) path."""
        self._write(lambda session: runs.place(session, run, self._now(), sha256, path))

    # Reviews

    def review(
        self,
        claim_id: str,
        verdict: str,
        *,
        by: str,
        why: str | None = None,
        corrections: Mapping[str, Any] | None = None,
    ) -> int:
        """Record a person's verdict on a claim (its id or the start of it) and return the review's number.

        `verdict` is "accept", "reject", "correct" (with `corrections`, see `warehouse.reviews.record.CORRECTABLE`) or
        "withdraw". Reviews are only added to; the last one of a claim stands. They are bound to the document's bytes,
        the span and the quote: re-extraction keeps them, and where the machine reads something else then, the view
        `reviews` shows what it read, what the person says and what it reads now. Raises `WarehouseError`.
        """
        return reviewing.review(self, claim_id, Verdict(verdict, by, why, corrections or {}))

    def export_reviews(self, path: Path, claims: Iterable[Mapping[str, Any]] | None = None) -> int:
        """Write claims to judge as CSV (default: all of the machine's), with the verdicts that stand."""
        return reviewing.export_csv(self, path, claims)

    def import_reviews(self, path: Path, *, by: str | None = None) -> int:
        """Record the verdicts filled into such a file, those that are new; return how many."""
        return reviewing.import_csv(self, path, reviewer=by)

    @property
    def names(self) -> Any:
        """The numbers of entities and metrics, for what writes beside the loader."""
        return self._names

    def write(self, work: Callable[[Any, str], Any]) -> Any:
        """Run `work(session, now)` in one transaction under the writer's lock; for modules of the warehouse."""
        now = self._now()  # the same when the transaction has to be tried again
        return self._write(lambda session: work(session, now))

    def set_confidence_threshold(self, threshold: float) -> None:
        """Set how sure a claim must be (0..1) to be in the `claims` view, and bring agreement up to date."""
        if not 0 <= threshold <= 1:
            raise WarehouseError(f"a confidence threshold lies in 0..1, not {threshold}")

        def work(session: Any) -> None:
            from warehouse import agreement

            session.run("UPDATE setting SET value = :value WHERE name = 'confidence_threshold'", value=str(threshold))
            agreement.rebuild(session)

        self._write(work)

    def _write(self, work: Callable[[Any], Any]) -> Any:
        writer = self._writer

        def once() -> Any:
            try:
                with writer.transaction() as session:
                    return work(session)
            except BaseException:
                self._names.forget()
                raise

        return writer.retrying(once)

    # Asking

    def known(self, sha256: str) -> KnownDocument | None:
        """Return what is known of some bytes, or None: an unchanged file costs this look-up."""
        return runs.known(self._reader, sha256)

    def query(self, sql: str, params: Params = (), *, limit: int | None = None) -> QueryResult:
        """Answer a query. It cannot write, attach, load extensions or change settings; that raises `QueryError`.

        Placeholders are `?` with a sequence or `:name` with a mapping, on both engines. Truth values come as 1 and 0.
        """
        try:
            columns, rows = self._reader.query(sql, params, limit=limit)
        except QueryError as error:
            from warehouse.hints import hint

            said = hint(str(error), sql, lambda view: self._reader.query(f"SELECT * FROM {view} LIMIT 0")[0])
            raise QueryError(f"{error}{said}") from None
        cut = limit is not None and len(rows) > limit
        return QueryResult(columns, rows[:limit] if cut else rows, truncated=cut)

    def claims(self, *, everything: bool = False, as_of: str | None = None, **filters: Any) -> Iterator[dict[str, Any]]:
        """Yield current claims with the fields of the export, numbers exact (int or Decimal).

        `everything` adds the unsure, quarantined, rejected and corrected ones. `as_of` is a day or time (ISO 8601,
        UTC): what was believed at its end. For the filters see `warehouse.claims_out.FILTERS`.
        """
        moment = f"{as_of}T23:59:59.999999Z" if as_of and len(as_of) == 10 else as_of
        return claims_out.iterate(self._reader, everything=everything, as_of=moment, **filters)

    def claim(self, claim_id: str) -> dict[str, Any] | None:
        """Return a current claim by its id or the start of it, with `evidence`, and its document under
        `document_row`; None when there is none. Raises `NotFoundError` when several ids start so.
        """
        found = claims_out.find_one(self._reader, claim_id)
        if found is not None:
            found["document_row"] = self.query(
                "SELECT * FROM documents WHERE sha256 = ?", (found["document_sha256"],)
            ).dicts()[0]
        return found

    def diff(self, document: Document, extraction: Extraction) -> DiffResult:
        """Return what loading would add, change and retire for this document; nothing is written."""
        from warehouse.difference import diff

        return diff(self, document, extraction)

    def search(self, words: str, *, blocks: bool = False, limit: int = 50) -> list[dict[str, Any]]:
        """Return current claims (or blocks of documents) in which all of `words` stand, the surest (first) first.

        Japanese words are found from one character up and wherever they stand, others as whole words; width and
        case do not matter.
        """
        from warehouse.search.find import find

        return find(self, words, blocks=blocks, limit=limit)

    def export(self, path: Path, format: str | None = None, *, everything: bool = False) -> int:
        """Write current claims as "jsonl", "csv" or "parquet" (by the file's ending when not given); return how many.

        For a folder with `datapackage.json` see `warehouse.export.package.export_package`.
        """
        from warehouse.export.files import write_claims

        return write_claims(self.claims(everything=everything), format or path.suffix[1:], path)

    def annotations(self, **filters: Any) -> Iterator[dict[str, Any]]:
        """Yield the evidence of current claims as W3C Web Annotations; filters as for `claims`."""
        from warehouse.export.annotations import annotate

        return annotate(self.claims(**filters), self.document_text)

    def provenance(self, *documents: str) -> dict[str, Any]:
        """Return as PROV-JSON where all claims ever learned from documents (SHA-256) came from, what became of them."""
        from warehouse.export.provenance import provenance

        return provenance(self, *documents)

    def documents(self, *, superseded: bool = False) -> Iterator[DocumentInfo]:
        """Yield the documents in the order they were learned; with `superseded` also the replaced ones."""
        return runs.documents(self._reader, superseded=superseded)

    def document_text(self, sha256: str) -> str:
        """Return the canonical text of a document. Raises `NotFoundError`."""
        rows = self.query(
            "SELECT r.text FROM document d JOIN reading r ON r.id = d.reading_id WHERE d.sha256 = ?", (sha256,)
        ).rows
        if not rows:
            raise NotFoundError(f"no document {sha256[:12]} in {self.location}")
        return str(rows[0][0])

    def issues(self, *, document_sha256: str | None = None, code: str | None = None) -> list[dict[str, Any]]:
        """Return the issues that still stand, newest first."""
        columns, rows = runs.issues(self._reader, {"document_sha256": document_sha256, "code": code})
        return QueryResult(columns, rows).dicts()
