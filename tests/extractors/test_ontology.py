"""The ontology's loading: sizes, overlays, errors that name file, entry and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.ontology import load_ontology
from schemas import OntologyError

METRIC = '[[metric]]\nid = "{id}"\ndefinition = "A test"\nja = ["{label}"]\ndimensions = ["count"]\nexamples = ["x"]\n'
ENTITY = '[[entity]]\nid = "{id}"\nname = "{name}"\ntype = "company"\n'


def test_own_ontology_is_large_and_cached() -> None:
    ontology = load_ontology()
    assert len(ontology.metrics) >= 350
    assert len(ontology.entities) >= 700
    assert load_ontology() is ontology
    assert len(ontology.hash) == 64


def test_every_metric_has_examples_both_ways() -> None:
    for metric in load_ontology().metrics.values():
        assert metric.examples, metric.id
        assert metric.counter_examples or metric.dimensions == ("text",), metric.id


def test_a_directory_adds_and_changes(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        METRIC.format(id="hive_count", label="巣箱数")
        + '[[entity]]\nid = "toyota"\naliases = ["豊田の会社"]\n'
        + '[[metric]]\nid = "revenue"\nja = ["あきない高"]\n',
        "utf-8",
    )
    ontology = load_ontology(tmp_path)
    assert ontology.metrics["hive_count"].ja == ("巣箱数",)
    assert {"豊田の会社", "Toyota"} <= set(ontology.entities["toyota"].aliases)
    assert {"あきない高", "売上高"} <= set(ontology.metrics["revenue"].ja)
    assert ontology.hash != load_ontology().hash


def test_the_environment_names_a_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text(ENTITY.format(id="kirameki", name="Kirameki"), "utf-8")
    monkeypatch.setenv("TENKYO_ONTOLOGY", str(tmp_path))
    assert load_ontology().entities["kirameki"].name == "Kirameki"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[metric]\n", ["not valid TOML"]),
        ("[[metrik]]\nid = 'x'\n", ["metrik", "unknown table"]),
        ("metric = 3\n", ["metric", "unknown table"]),
        (METRIC.format(id="Bad Id", label="巣箱数"), ["Bad Id", "id"]),
        (METRIC.format(id="hive_count", label="売上高"), ["hive_count", "売上高", "revenue"]),
        (METRIC.format(id="a", label="巣箱数") * 2, ["a", "twice"]),
        (METRIC.format(id="a", label="巣箱数").replace("count", "kilos"), ["a", "kilos"]),
        (METRIC.format(id="a", label="巣箱数") + 'also = ["nothing"]\n', ["a", "nothing"]),
        (ENTITY.format(id="x", name="ｔｏｙｏｔａ"), ["x", "toyota"]),
        (ENTITY.format(id="x", name="Kirameki") + 'owner = "nobody"\n', ["x", "nobody"]),
        (ENTITY.format(id="x", name="Kirameki").replace("company", "planet"), ["x", "planet"]),
        ('[[lexicon]]\nid = "x"\nwords = ["a"]\n', ["x", "definition"]),
    ],
)
def test_errors_name_file_entry_and_reason(tmp_path: Path, content: str, words: list[str]) -> None:
    (tmp_path / "mine.toml").write_text(content, "utf-8")
    with pytest.raises(OntologyError) as caught:
        load_ontology(tmp_path)
    message = str(caught.value)
    assert "mine.toml" in message
    assert all(word in message for word in words), message
    assert "\n" not in message


def test_errors_of_files(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such directory"):
        load_ontology(tmp_path / "none")
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OntologyError, match=r"mine\.toml"):
        load_ontology(tmp_path)


def test_a_lexicon_that_is_not_there_is_named() -> None:
    with pytest.raises(OntologyError, match="nowhere"):
        load_ontology().words("nowhere")
