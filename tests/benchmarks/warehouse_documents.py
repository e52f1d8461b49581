"""Synthetic but realistic documents with claims, as many as wanted: for the warehouse's benchmarks only.

Companies follow a Zipf-like law (a few are in most reports), each has a value for every metric and year that sources
repeat rounded, exactly, or wrongly; years from 2026 on are forecasts; half of the documents are paged and have boxes.
The same seed gives the same documents.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from schemas import (
    Block,
    BlockKind,
    Bound,
    Box,
    Claim,
    Document,
    Evidence,
    EvidenceRole,
    Extraction,
    Format,
    LedgerEntry,
    Metadata,
    Modality,
    NoiseReason,
    Outcome,
    Part,
    Span,
    ValueType,
)

CLAIMS_A_DOCUMENT = 30
METRICS = (
    ("revenue", "売上高", "JPY", 8), ("operating_profit", "営業利益", "JPY", 8), ("investment", "投資額", "JPY", 8),
    ("market_size", "市場規模", "JPY", 12), ("headcount", "従業員数", "person", 0), ("share", "シェア", "percent", 0),
    ("growth_rate", "成長率", "percent", 0), ("parameter_count", "パラメータ数", "parameter", 8),
    ("training_tokens", "学習トークン数", "token", 12), ("data_centers", "データセンター数", "facility", 0),
    *((f"metric_{n}", f"指標{n}", "JPY", 8) for n in range(40)),
)  # fmt: skip
_SCALE = {0: "", 8: "億", 12: "兆"}
_UNIT = {"JPY": "円", "person": "人", "percent": "%", "facility": "か所", "parameter": "", "token": ""}
_HEADS = (
    "あおば",
    "みどり",
    "ひかり",
    "さくら",
    "北斗",
    "東雲",
    "白鷺",
    "青葉",
    "暁",
    "若竹",
    "Nova",
    "Orion",
    "Vega",
    "Atlas",
)
_TAILS = ("電機", "精機", "商事", "通信", "化学", "製作所", "データ", "研究所", "Labs", "Systems")


def entity(number: int) -> str:
    """The name of company `number`."""
    head, tail = _HEADS[number % len(_HEADS)], _TAILS[number // len(_HEADS) % len(_TAILS)]
    return f"{head}{tail}{number}"


def documents(claims: int, *, seed: int = 7) -> Iterator[tuple[Document, Extraction]]:
    """Yield documents with `CLAIMS_A_DOCUMENT` claims each until there are `claims`."""
    companies = max(200, claims // 200)
    for number in range(-(-claims // CLAIMS_A_DOCUMENT)):
        yield _document(number, companies, random.Random(seed * 1_000_003 + number))


def _document(number: int, companies: int, chance: random.Random) -> tuple[Document, Extraction]:
    sha = hashlib.sha256(f"synthetic {number}".encode()).hexdigest()
    paged, text, blocks, claims, ledger = number % 2 == 0, "", [], [], []
    for line in range(CLAIMS_A_DOCUMENT):
        start = len(text)
        statement, claim, tokens = _statement(sha, start, line, companies, paged, chance)
        text += statement + "\n"
        blocks.append(
            _construct(Block, kind=BlockKind.PARAGRAPH, span=_span(start, len(text) - 1), page=1 if paged else None)
        )
        claims.append(claim)
        ledger += tokens
    published = date(2022, 1, 1) + timedelta(days=chance.randrange(1500))
    said = Metadata(title=f"レポート {number}", publisher=f"研究所{number % 40}", published=published, language="ja")
    document = _construct(
        Document, sha256=sha, name=f"report_{number:07}.{'pdf' if paged else 'txt'}",
        format=Format.PDF if paged else Format.TEXT,
        text=text, metadata=said, blocks=tuple(blocks), reader="synthetic/1",
    )  # fmt: skip
    return document, _construct(Extraction, claims=tuple(claims), ledger=tuple(ledger))


def _statement(
    sha: str, start: int, line: int, companies: int, paged: bool, chance: random.Random
) -> tuple[str, Claim, list[LedgerEntry]]:
    company = int(companies * chance.random() ** 3)
    metric, words, unit, scale = METRICS[int(len(METRICS) * chance.random() ** 2)]
    year = chance.randrange(2015, 2031)
    base = random.Random(company * 7919 + year * 31 + scale).randrange(1000, 99999)
    shown = base + (chance.randrange(1, 50) if chance.random() < 0.1 else 0)
    written = f"{shown / 10:g}" if unit == "percent" else f"{shown:,}"
    value = Decimal(written.replace(",", "")).scaleb(scale)
    name, period = entity(company), f"{year}年度"
    forecast = year > 2025
    quote = f"{written}{_SCALE[scale]}{_UNIT[unit]}"
    text = f"{name}の{period}の{words}は{quote}{'となる見通しである' if forecast else 'だった'}。"
    place = {part: start + text.index(part) for part in (name, period, words)}
    place[quote] = start + len(name) + len(period) + len(words) + 3
    box = (Box(page=1, x0=72.0, top=80.0 + 20 * line, x1=300.25, bottom=92.5 + 20 * line),) if paged else ()

    def part(kind: str, words: str) -> Evidence:
        span = _span(place[words], place[words] + len(words))
        return _construct(
            Evidence,
            part=Part(kind),
            role=EvidenceRole.STATED,
            span=span,
            quote=words,
            page=1 if paged else None,
            boxes=box,
        )

    claim = _construct(
        Claim, document_sha256=sha, entity=name, entity_id=f"company-{company}" if company % 3 else None,
        entity_type="company", entity_text=name, metric=metric, metric_id=metric, metric_text=words,
        value_type=ValueType.NUMBER, value=value, unit=unit, value_as_written=quote, period_start=date(year, 4, 1),
        period_end=date(year + 1, 3, 31), period_text=period, fiscal=f"FY{year}",
        modality=Modality.FORECAST if forecast else Modality.ACTUAL, bound=Bound.EQ,
        confidence=round(0.4 + 0.6 * chance.random(), 3),
        method="sentence.topic/1", span=_span(place[quote], place[quote] + len(quote)),
        evidence=(part("value", quote), part("entity", name), part("metric", words), part("period", period)),
        alarms=("synthetic-alarm",) if chance.random() < 0.02 else (),
    )  # fmt: skip
    tokens = [
        _construct(
            LedgerEntry, span=_span(place[quote], place[quote] + len(written)), text=written,
            outcome=Outcome.CLAIMED,
        ),
        _construct(
            LedgerEntry, span=_span(place[period], place[period] + 4), text=str(year), outcome=Outcome.REJECTED,
            reason=NoiseReason.PERIOD,
        ),
    ]  # fmt: skip
    return text, claim, tokens


def _span(start: int, end: int) -> Span:
    return Span.model_construct(start=start, end=end)


def _construct(model, /, **fields):  # type: ignore[no-untyped-def]
    """Make a value without validating it: a million claims should not take an hour to make up."""
    return model.model_construct(**fields)
