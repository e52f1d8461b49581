"""The fields of exported claims, once: for the data package, CSV and Parquet. (JSON lines carry the same names.)"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A field; `type` is one of Table Schema's: string, number, integer, boolean, date, array."""

    name: str
    type: str
    description: str


_TABLE = """
claim_id        string  identity: a hash over document, span and the normalised entity, metric, value and period
document        string  file name of the document
document_sha256 string  identity of the document: the SHA-256 of its bytes
entity          string  what the claim is about
entity_type     string  company, model, market, …
entity_id       string  id in the ontology; none for names it does not know
entity_text     string  the entity as written
metric          string  what is measured, snake_case
metric_id       string  id in the ontology; none for metrics it does not know
metric_text     string  the metric as written
of_metric       string  for shares and changes: of which metric
value_type      string  number, range, date or text
value           any     number in the canonical unit, ISO date or text
low             number  lower end, in the canonical unit
high            number  upper end, in the canonical unit
bound           string  eq, ge, gt, le, lt or approx
approximate     boolean said to be approximate (約, about)
vague           boolean a number in vague words (数億円)
unit            string  canonical unit: JPY, parameter, percent, …
per             string  of a price: what one is for (token, kilowatt_hour)
value_as_written string the value as it stands in the document
start           integer first character of the value in the canonical text, counted from 0
end             integer the character after the value's last one
quote           string  the canonical text from start to end
period_start    date    first day of the period; none where the document states none
period_end      date    last day of the period
period_text     string  the period as written
fiscal          string  fiscal period as stated: FY2025, FY2025Q3
modality        string  actual, estimate, forecast or target
attribution     string  who said so, if the document names someone
confidence      number  estimated probability (0..1) that entity, metric, value and unit are right
method          string  rule or model that made the claim, with its version
in_table        boolean read from a table
page            integer page, from 1
boxes           array   where the value stands: [page, x0, top, x1, bottom] in points, origin top left
table           integer number of the table in the document, from 0
table_row       integer row in the table, from 0
table_column    integer column in the table, from 0
evidence        array   each part of the claim with role, start, end, quote, page, boxes
alarms          array   reasons for which the claim is quarantined
status          string  shown, quarantined, rejected, corrected or disputed
origin          string  machine, or person (kept or corrected by a review)
verdict         string  accept or correct where a person judged
publisher       string  publisher of the document
title           string  title of the document
published_on    string  day the document was published, or as much of it as is stated
url             string  address of the document
learned_at      string  when the warehouse learned it (UTC)
version         integer how often the claim has changed
"""


def _parse(line: str) -> Field:
    name, kind, description = line.split(maxsplit=2)
    return Field(name, kind, description)


FIELDS = tuple(_parse(line) for line in _TABLE.strip().splitlines())
NESTED = tuple(field.name for field in FIELDS if field.type == "array")
NUMBERS = ("value", "low", "high")
