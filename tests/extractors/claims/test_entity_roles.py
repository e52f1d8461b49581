"""The part that a name plays beside a figure, and names in other places that play none."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read
from extractors.claims.context import read_context
from extractors.claims.entity_candidates import local_candidates
from extractors.claims.entity_features import describe
from extractors.claims.entity_roles import role_features, whole_features
from extractors.claims.scene import Scene
from extractors.ontology import load_ontology

CASES = [  # sentence, candidate, its part, None if none
    ("トヨタ自動車が主導で10億円を調達した。", "トヨタ自動車", "backs"),
    ("トヨタ自動車は10億円を調達した。", "トヨタ自動車", None),
    ("It raised $10 million in a round led by Goldman Sachs.", "Goldman Sachs", "backs"),
    ("It raised $10 million from Goldman Sachs at a higher valuation.", "Goldman Sachs", "backs"),
    ("新会社はトヨタ自動車などから10億円を調達した。", "トヨタ自動車", "backs"),
    ("Goldman Sachs raised $10 million in a round.", "Goldman Sachs", None),
    ("元トヨタ自動車の社員が10億円を調達した。", "トヨタ自動車", "former"),
    ("トヨタ自動車のCEOは10億円を受け取った。", "トヨタ自動車", "head_of"),
    ("Analysts at Goldman Sachs expect $10 million.", "Goldman Sachs", "head_of"),
    ("ガートナーの調査では10億円だった。", "ガートナー", "tells"),
    ("消費者の60%が使う。", "消費者", "of"),
    ("費用はトヨタ自動車の10倍になった。", "トヨタ自動車", "of"),
    ("トヨタ自動車の費用は10倍になった。", "トヨタ自動車", None),
]


def _scene(text: str) -> Scene:
    return read_context(read(text.encode(), name="a.md"), load_ontology()).scenes[-1]


@pytest.mark.parametrize(("text", "words", "part"), CASES)
def test_parts(text: str, words: str, part: str | None) -> None:
    scene = _scene(text)
    candidate = next(c for c in local_candidates(scene) if c.text == words)
    found = role_features(scene, candidate) + whole_features(scene, candidate, scene.quantities[-1].span.start, "ratio")
    assert [f.split(".")[0] for f in found] == ([part] if part else [])


@pytest.mark.parametrize(("name", "observer"), [("ガートナー", True), ("トヨタ自動車", False)])
def test_who_measures_is_told(name: str, observer: bool) -> None:
    context = read_context(read(f"{name}は10億円と見る。".encode(), name="a.md"), load_ontology())
    scene = context.scenes[-1]
    candidates = local_candidates(scene)
    describe(scene, candidates, scene.quantities[0].span.start, scene.end, "money", None, around=context.around)
    assert ("observer.here" in candidates[0].features) == observer


@pytest.mark.parametrize(
    ("text", "words", "feature"),
    [
        ("世界の半導体の市場規模は10億円だった。", "世界", "part_of.region.の"),
        ("世界の半導体の市場規模は10億円だった。", "世界の半導体", "in_place.owner"),
    ],
)
def test_a_place_before_what_is_told_of(text: str, words: str, feature: str) -> None:
    scene = _scene(text)
    candidates = local_candidates(scene)
    describe(scene, candidates, scene.quantities[-1].span.start, scene.end, "money", None)
    assert feature in next(c for c in candidates if c.text == words).features
    assert not any("place" in f for c in candidates if c.text == "世界" for f in c.features)


def test_who_gave_the_money_is_not_worth_what_its_round_says() -> None:
    text = "Tessary has raised $80 million from Goldman Sachs, valuing the company at $600 million."
    assert {c.entity for c in extract_claims(read(text.encode(), name="a.md")).claims} == {"Tessary"}
