"""Every unit is found in its examples and not in its counter-examples; loading tells what is wrong with a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.recognizers import recognize
from extractors.recognizers.units import load_units, unit_index
from schemas import OntologyError
from schemas.units import UnitEntry, parse_units

UNITS = load_units()


def found_units(text: str) -> list[tuple[str, str]]:
    return [(m.quantity.unit, m.quantity.unit_text) for m in recognize(text) if m.quantity is not None]


@pytest.mark.parametrize("entry", UNITS, ids=lambda e: e.id)
def test_examples_are_read(entry: UnitEntry) -> None:
    for example in entry.examples:
        units = [unit for unit, _ in found_units(example)]
        assert units == [entry.canonical], f"{example}: {units}"


@pytest.mark.parametrize("entry", UNITS, ids=lambda e: e.id)
def test_counter_examples_are_not(entry: UnitEntry) -> None:
    surfaces = {form.surface for forms in unit_index().after.values() for form in forms if form.entry.id == entry.id}
    for example in entry.counter_examples:
        hits = [text for unit, text in found_units(example) if unit == entry.canonical and text.lower() in surfaces]
        assert not hits, f"{example}: read {hits} as {entry.id}"


def test_every_writing_stands_for_its_unit() -> None:
    """A writing that another entry takes first would be dead data."""
    dead = []
    for entry in UNITS:
        for word in entry.ja:
            units = [unit for unit, _ in found_units(f"約25{word}")]
            if units != [entry.canonical]:
                dead.append((entry.id, word, units))
        for word in entry.symbols[not entry.bare :]:
            units = [unit for unit, _ in found_units(f"about 25 {word}")]
            if units != [entry.canonical]:
                dead.append((entry.id, word, units))
        for word in entry.before:
            units = [unit for unit, _ in found_units(f"about {word}25")]
            if units != [entry.canonical]:
                dead.append((entry.id, word, units))
    assert dead == []


def test_a_bad_file_is_named() -> None:
    with pytest.raises(OntologyError, match=r"mine\.toml: unit parsec: .*kind"):
        parse_units(
            '[[unit]]\nid="parsec"\nkind="length"\nja=["パーセク"]\nexamples=["3パーセク"]\ncounter_examples=["x"]',
            file="mine.toml",
        )
    with pytest.raises(OntologyError, match="used twice"):
        one = '[[unit]]\nid="a"\nja=["あ"]\nexamples=["3あ"]\ncounter_examples=["x"]\n'
        parse_units(one + one, file="mine.toml")
    with pytest.raises(OntologyError, match="not valid TOML"):
        parse_units("[[unit", file="mine.toml")


def test_a_user_adds_units(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    text = '[[unit]]\nid="wafer_start"\nja=["投入枚"]\nexamples=["3投入枚"]\ncounter_examples=["投入枚数"]\n'
    (tmp_path / "units" / "mine.toml").write_text(text, "utf-8")
    code = "from extractors.recognizers import recognize; print(recognize('月500投入枚')[0].quantity.unit)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"TENKYO_ONTOLOGY": str(tmp_path), "PATH": ""},
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert run.stdout.strip() == "wafer_start"
