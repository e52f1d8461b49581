"""Whom a figure is of behind names listed in brackets."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

CASES = [  # sentence, entity of its last figure
    ("大手3社（トヨタ自動車、ホンダ、日産自動車）の売上高は3.2兆円だった。", "大手3社"),
    ("メガバンク3行（三菱UFJ銀行、三井住友銀行、みずほ銀行）が持つ国債は50兆円だった。", "メガバンク3行"),
    ("大手テック4社(Microsoft, Google, Meta, Amazon)の設備投資は3,000億ドルに達する。", "大手テック4社"),
    ("トヨタ自動車（愛知県、社長は佐藤氏）は10億円を投じた。", "トヨタ自動車"),  # counts nobody
    ("大手3社（トヨタ自動車、ホンダ、日産自動車）のうち、ホンダの売上高は3.2兆円だった。", "ホンダ"),
]


@pytest.mark.parametrize(("text", "entity"), CASES)
def test_what_is_counted_stands_for_those_listed(text: str, entity: str) -> None:
    found = [c for c in extract_claims(read(text.encode(), name="a.md")).claims if c.value is not None]
    assert (found[-1].entity_text or found[-1].entity) == entity
