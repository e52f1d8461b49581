"""The load: one document, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from warehouse import agreement
from warehouse.engines.session import Session
from warehouse.loading import layers, places, signals
from warehouse.loading.layers import Stored
from warehouse.loading.names import Names
from warehouse.loading.prepare import Draft, PreparedDocument
from warehouse.loading.versions import Addition, Moment, Version, add_versions, current_versions, retire_versions
from warehouse.results import LoadResult, RunKey, Source

# Without a code version it is read again should the bytes come back.
_SUPERSEDE = (
    "UPDATE document SET superseded_by = :by, superseded_at = :now, claims = 0, code_version = '' WHERE id = :id"
)
_REVIVE = "UPDATE document SET superseded_by = NULL, superseded_at = NULL WHERE id = :id"
_SHA = "SELECT sha256 FROM document WHERE id = :id"
_RUN = (
    "UPDATE run SET documents_new = documents_new + :new, claims_added = claims_added + :added, "
    "claims_confirmed = claims_confirmed + :confirmed, claims_retired = claims_retired + :retired, "
    "claims_quarantined = claims_quarantined + :quarantined WHERE id = :run"
)
_EXTRACTION_COLUMNS = (
    "id", "document_id", "run", "reading_id", "at", "added", "confirmed", "retired", "quarantined"
)  # fmt: skip


@dataclass
class Load:
    """One document being loaded in an open transaction."""

    session: Session
    names: Names
    prepared: Draft | PreparedDocument
    run: RunKey
    now: str
    touched: set[int | None] = field(default_factory=set)  # series whose agreement may have changed
    elsewhere: Callable[[], set[int | None]] = set  # those of the document's own that other documents speak of
    has_issues: bool = True  # whether issues of the document stand

    def execute(self, source: Source) -> LoadResult:
        """Write the document and what was read from it; return what that did."""
        sha256 = self.prepared.sha256
        traces = layers.ask(self.session, sha256, source.path)
        self.session.ask_ids()
        here = {kind: places.ask(self.session, kind, place) for kind, place in source.places}
        found = traces()
        stored, self.has_issues = found.stored, found.issues
        if self.has_issues or found.failed_there:
            signals.retire_failures(self.session, sha256, source.path, Moment(self.now, self.run.id))
        id_ = stored.id if stored else self.session.next_id("document")
        same = stored is not None and stored.extraction_hash == self.prepared.extraction_hash
        unchanged = same and stored is not None and not stored.superseded
        result = self._confirm(stored) if stored and unchanged else self._write(id_, stored, source)
        result = replace(result, superseded=self._place(id_, source, here, revive=bool(stored and stored.superseded)))
        if found.reviews:
            self.touched |= self._review(id_)
        agreement.refresh(self.session, self.touched | self.elsewhere())
        self._count(result)
        if unchanged and not (result.superseded or found.reviews):
            self.session.relax()  # there is only to note that it was read again
        return result

    def _confirm(self, stored: Stored) -> LoadResult:
        """Note that a document was read again and nothing differs; no claim is touched."""
        self.session.run(
            ("UPDATE document SET code_version = :code, ontology_hash = :ontology, extracted_at = :now "
                 "WHERE id = :id"),
            code=self.run.code_version, ontology=self.run.ontology_hash, now=self.now, id=stored.id,
        )  # fmt: skip
        result = LoadResult(False, confirmed=stored.claims)
        self._log(stored.id, stored.reading_id, result)
        return result

    def _write(self, id_: int, stored: Stored | None, source: Source) -> LoadResult:
        prepared = self.prepared.complete()
        claims = prepared.claims
        current = current_versions(self.session, id_) if stored else {}
        self._write_document(id_, stored, source, prepared)
        reading = layers.write_reading(self.session, id_, prepared, self.now, fresh=stored is None)
        if stored is not None and stored.reading_id != reading:
            self.session.run("UPDATE document SET reading_id = :r WHERE id = :id", r=reading, id=id_)
        moment = Moment(self.now, self.run.id)
        gone = [v for key, v in current.items() if key not in claims or claims[key].content_hash != v.content_hash]
        kept = current.keys() - {v.claim_id for v in gone}
        additions = [
            Addition(rows, status="quarantined" if rows.quarantined else "shown")
            for key, rows in claims.items()
            if key not in kept
        ]
        series = (*(v.series_key for v in gone), *(a.rows.derived[0] for a in additions))
        self.elsewhere = agreement.ask_elsewhere(self.session, id_, series)
        retire_versions(self.session, gone, self._reason(stored), moment)
        add_versions(self.session, self.names, id_, reading, additions, moment, fresh=stored is None)
        signals.write_ledger(self.session, id_, reading, prepared.ledger, self.run.id, fresh=stored is None)
        if prepared.issues or self.has_issues:
            signals.write_issues(self.session, prepared.sha256, prepared.name, prepared.issues, moment)
        result = LoadResult(
            new_document=stored is None,
            added=len(additions),
            confirmed=len(kept),
            retired=len(gone),
            quarantined=sum(a.rows.quarantined for a in additions),
            changed=len({v.claim_id for v in gone} & claims.keys()),
        )
        self._log(id_, reading, result)
        return result

    def _write_document(self, id_: int, stored: Stored | None, source: Source, prepared: PreparedDocument) -> None:
        """Write the document's row; where a known one is read anew, the reading's number follows once it is written."""
        reading = stored.reading_id if stored else self.session.next_id("reading")
        claims, code, ontology = len(prepared.claims), self.run.code_version, self.run.ontology_hash
        values = layers.state(prepared, reading, claims, code, ontology, self.now)
        if stored:
            layers.update_document(self.session, id_, prepared, values)
            return
        values |= {
            "sha256": self.prepared.sha256, "size": source.size, "fetched_at": source.fetched_at,
            "url": source.url or prepared.url, "learned_at": self.now,
            "learned_run": self.run.id,
        }  # fmt: skip
        layers.insert_document(self.session, id_, prepared, values)

    def _reason(self, stored: Stored | None) -> str:
        """Say why claims of this document are retired: what reads differently now."""
        if stored is None:
            return ""
        reasons = []
        if stored.code_version != self.run.code_version:
            reasons.append(f"code {stored.code_version} → {self.run.code_version}")
        if stored.ontology_hash != self.run.ontology_hash:
            reasons.append(f"ontology {stored.ontology_hash[:12]} → {self.run.ontology_hash[:12]}")
        return "; ".join(reasons) or "read differently"

    def _review(self, id_: int) -> set[int | None]:
        """Let the document's reviews have their say over what was read."""
        from warehouse.reviews.apply import apply

        moment = Moment(self.now, self.run.id)
        return apply(self.session, self.names, id_, self.prepared.sha256, moment)

    def _place(self, id_: int, source: Source, here: dict[str, places.Here], *, revive: bool) -> int:
        gone: list[int] = []
        for kind, place in source.places:
            gone += places.record_place(self.session, kind, place, id_, self.run.id, self.now, here[kind])
        superseded = supersede(self.session, dict.fromkeys(gone), id_, Moment(self.now, self.run.id))
        self.touched.update(v.series_key for v in superseded)
        if revive:
            self.session.run(_REVIVE, id=id_)
        return len(superseded)

    def _log(self, id_: int, reading: int, result: LoadResult) -> None:
        row: tuple[Any, ...] = (
            self.session.next_id("extraction"), id_, self.run.id, reading, self.now, result.added, result.confirmed,
            result.retired, result.quarantined,
        )  # fmt: skip
        self.session.insert("extraction", _EXTRACTION_COLUMNS, [row])

    def _count(self, result: LoadResult) -> None:
        self.session.run(
            _RUN, new=int(result.new_document), added=result.added, confirmed=result.confirmed,
            retired=result.retired + result.superseded, quarantined=result.quarantined, run=self.run.id,
        )  # fmt: skip


def supersede(session: Session, documents: Iterable[int], by: int, moment: Moment) -> list[Version]:
    """Retire the claims of documents that another one replaced; return the versions retired."""
    gone: list[Version] = []
    documents = list(documents)
    row = session.row(_SHA, id=by) if documents else None
    for document in documents:
        versions = [
            *current_versions(session, document).values(),
            *current_versions(session, document, "person").values(),
        ]
        retire_versions(session, versions, f"superseded by {row[0][:12] if row else by}", moment)
        session.run(_SUPERSEDE, by=by, now=moment.now, id=document)
        gone += versions
    return gone
