"""Whose fiscal years a time is one of: what a text says of each company's calendar, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from extractors.claims.fiscal_calendar import company_period, shift_told
from extractors.claims.scene import Scene
from extractors.ontology import Ontology
from schemas import Mention

_COMPANIES = frozenset(["company", "organization"])


@dataclass(slots=True)
class Calendars:
    """Where fiscal years lie (see `fiscal_calendar`), gathered while a document is read in order.

    `said` holds what was said so far, by company or heading; `spoken` the companies named last in a section;
    `reported` is the calendar of the company whose quarter the document reports on.
    """

    ontology: Ontology
    reported: int | None = None
    said: dict[str, int] = field(default_factory=dict)
    spoken: list[str] = field(default_factory=list)

    def hear(self, scene: Scene) -> None:
        """Take note of the companies that a scene names, after its times are placed; a heading ends what was told."""
        named = [name for _, name in self._companies(scene)]
        self.spoken = named if named or scene.kind == "heading" else self.spoken

    def placed(self, scene: Scene, mention: Mention, after: Mention | None, now: date | None) -> Mention:
        """Return a time of a scene with the days that its company's calendar gives it; `after` is the next time."""
        shift = self._shift(scene, mention, after)
        own = shift is None and self.reported is not None
        shift = self.reported if shift is None else shift
        if shift is None or mention.period is None:
            return mention
        moved = company_period(mention.period, mention.text, shift, now, own)
        return mention if moved is mention.period else mention.changed(period=moved)

    def _shift(self, scene: Scene, mention: Mention, after: Mention | None) -> int | None:
        """Return where the fiscal years lie of the company that a time is said of.

        That is the last one named before the time (or the maker of a product), else the first one after it, else the
        last one of a heading, else the last one named in the section. What the text says of its calendar, or says under
        the same heading, goes before what is known of it.
        """
        named = self._companies(scene)
        before = [name for end, name in named if end <= mention.span.start]
        above = [name for heading in scene.headings for _, name in self._companies(heading)]
        owner = (before[-1:] or [name for _, name in named[:1]] or above[-1:] or self.spoken)[-1:]
        keys = owner + [heading.text for heading in scene.headings[-1:]]
        gap = scene.view.text[mention.span.end : after.span.start] if after is not None else ""
        told = shift_told(mention, after, gap)
        if told is not None:
            self.said.update(dict.fromkeys(keys, told))
            return told
        entry = self.ontology.entities.get(owner[0]) if owner else None
        return next((self.said[k] for k in keys if k in self.said), entry.fiscal_shift if entry is not None else None)

    def _companies(self, scene: Scene) -> list[tuple[int, str]]:
        """Return the ids (or words) of the companies that a scene names, makers of products too, and where they end."""
        found = []
        for mention in scene.entities:
            entry = self.ontology.entities.get(mention.id) if mention.id is not None else None
            if mention.type in _COMPANIES:
                found.append((mention.span.end, mention.id or mention.text))
            elif entry is not None and entry.owner is not None:
                found.append((mention.span.end, entry.owner))
        return found
