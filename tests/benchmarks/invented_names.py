"""Put invented names for the known ones in marked documents: what is read must not hang on a list of names.

    python -m tests.benchmarks.invented_names OUT FOLDER [FOLDER ...] [--seed N] [--least K]

Each FOLDER holds `texts/` and `gold.jsonl` (the scorer's records). Names of companies, organisations, products and
models that the ontology knows are replaced, each by one invented name of like script and shape; what tells of its sort
(銀行, Holdings) and its version stay, places and countries too. OUT gets `texts/` and `gold.jsonl` of the documents
with at least K names replaced, to be scored like any other, or learned from (`train_linkers`, `train_encoder`).
A name is the same in all documents of a run; --seed gives others.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from extractors.ontology import load_ontology

_KEPT = frozenset(["country", "region", "market", "government", "industry", "index", "benchmark", "person", "segment"])
_SORT = re.compile(  # the end of a name that says what it is
    r"(?:銀行|自動車|工業|製作所|電機|電気|総合研究所|総研|研究所|証券|大学|ホールディングス|HD|グループ|製薬|薬品|化学|建設|不動産|"
    r"重工業|重工|鉄道|航空|海運|商事|物産|生命|損保|保険|信託|新聞|通信|電力|ガス|食品|製鉄|鉱業|石油|電子|精機|機械|社|"
    r" ?University| ?Bank| ?Group| ?Inc\.?| ?Corp\.?| ?Corporation| ?Holdings| ?Motors?| ?Electric| ?Securities|"
    r" ?Research| ?Capital| ?Labs?| ?Partners| ?AI| ?Technologies| ?Ltd\.?| ?Company| ?Co\.)$"
)
_VERSION = re.compile(r"(?<=\D)[ -]?\d[\d.]*$")
_LATIN, _KANA = re.compile(r"[A-Za-z0-9 .&'’+/!-]+"), re.compile(r"[ァ-ヶー・ ]+")
_APART = re.compile(r"https?://\S+|`[^`\n]*`|\]\([^)]*\)")  # addresses, code and the targets of links stay
_CONSONANTS, _VOWELS, _LASTS = "bdklmnprstvz", "aeio", "nxrsk"
_SYLLABLES, _SIGNS = (
    "カキクコサシセソタテトナニネノマミモラリレロバベボダデドガゲ",
    "東西南北朝栄峰陵瀬湊榊椎柏梓楓皐篠菱蓮鷹鶴嶺暁橘",
)
_TEXTS = ("entity", "entity_text", "metric_text", "value", "baseline", "attribution")


Place = tuple[int, int]


class Rewriting(Protocol):
    """What is done with the texts and records of marked documents."""

    def text(self, text: str) -> tuple[str, list[Place], int]:
        """Return the new text, the place in it of each character of the old one, and how much was replaced."""
        ...

    def words(self, words: str) -> str:
        """Return words of a record as they read now."""
        ...

    def changed(self, record: dict[str, Any], words: str) -> dict[str, Any]:
        """Return what a record says otherwise, whose metric is called `words` in the new text."""
        ...


class Inventor:
    """Invented names for those of the ontology."""

    def __init__(self, seed: int) -> None:
        ontology = load_ontology()
        self._chance = random.Random(seed)
        self._stems: dict[tuple[str, str], str] = {}
        names = {n: e.id for e in ontology.entities.values() if e.type not in _KEPT for n in (e.name, *e.aliases)}
        names |= {n: f.id for f in ontology.families.values() for n in f.names}
        self._owners = {n: id_ for n, id_ in names.items() if len(n) > 1 and not n.islower() and not _short(n)}
        longest = sorted(self._owners, key=lambda name: (-len(name), name))
        self._known = re.compile("|".join(map(_bounded, longest)))

    def text(self, text: str) -> tuple[str, list[tuple[int, int]], int]:
        """Return a text with invented names, the place in it of each character of the old one (of one in a name, the
        place of the new name), and how many were replaced."""
        apart = [m.span() for m in _APART.finditer(text)]
        pieces: list[str] = []
        places: list[tuple[int, int]] = []
        length = count = 0
        for new, (start, end) in [*self._found(text, apart), ("", (len(text), len(text)))]:
            kept = text[len(places) : start]
            places += [(n, n + 1) for n in range(length, length + len(kept))]
            length += len(kept)
            places += [(length, length + len(new))] * (end - start)
            pieces, length, count = [*pieces, kept, new], length + len(new), count + 1
        return "".join(pieces), places, count - 1

    def words(self, words: str) -> str:
        """Return words of a record with invented names."""
        return self._known.sub(lambda m: self._invented(m.group()), words)

    def changed(self, record: dict[str, Any], words: str) -> dict[str, Any]:
        """Return what a record's metric is called where `words` stand for it now, if not as before."""
        return {}

    def _found(self, text: str, apart: list[tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
        for match in self._known.finditer(text):
            if not any(a <= match.start() < b for a, b in apart):
                yield self._invented(match.group()), match.span()

    def _invented(self, name: str) -> str:
        sort = _SORT.search(name)
        kept = sort.group() if sort and sort.start() else ""
        stem = name[: len(name) - len(kept)]
        if (version := _VERSION.search(stem)) and version.start() > 1:
            stem, kept = stem[: version.start()], version.group() + kept
        kind = "latin" if _LATIN.fullmatch(stem) else "kana" if _KANA.fullmatch(stem) else "signs"
        capitals = kind == "latin" and stem.isupper() and len(stem) <= 5
        key = self._owners[name], "capitals" if capitals else kind
        if key not in self._stems:
            self._stems[key] = self._stem(kind)
        made = self._stems[key]
        made = made.upper()[:4] if capitals else made
        return (made.lower() if stem.islower() else made) + kept

    def _stem(self, kind: str) -> str:
        pick = self._chance.choice
        if kind == "latin":
            syllables = "".join(pick(_CONSONANTS) + pick(_VOWELS) for _ in range(pick((2, 3))))
            return (syllables + pick(_LASTS)).capitalize()
        if kind == "kana":
            return "".join(pick(_SYLLABLES) for _ in range(3)) + pick("ンスル")
        return "".join(self._chance.sample(_SIGNS, 2))


def _short(name: str) -> bool:
    """Say whether a name is of two Chinese characters, which stand within other words too."""
    return re.fullmatch(r"[一-龥]{2}", name) is not None


def _bounded(name: str) -> str:
    first = r"(?<![A-Za-z0-9])" if name[0].isascii() else r"(?<![ァ-ヶー])" if _KANA.match(name) else ""
    last = r"(?![A-Za-z])" if name[-1].isascii() else r"(?![ァ-ヶー])" if _KANA.match(name[-1]) else ""
    return first + re.escape(name) + last


def rewritten(inventor: Rewriting, record: dict[str, Any], text: str, places: list[tuple[int, int]]) -> dict[str, Any]:
    """Return a gold record of the document whose rewritten text is `text`."""
    told = dict(record)
    if told.get("start") is not None:
        told["start"], told["end"] = _hull(places[told["start"] : told["end"]])
        if "quote" in told:
            told["quote"] = text[told["start"] : told["end"]]
    for key in _TEXTS:
        if isinstance(told.get(key), str):
            told[key] = inventor.words(told[key])
    told["entity_aliases"] = [inventor.words(alias) for alias in told.get("entity_aliases") or []]
    told["metric_spans"] = [[*_hull(places[a:b])] for a, b in told.get("metric_spans") or []]
    return told | inventor.changed(record, "…".join(text[a:b] for a, b in told["metric_spans"]))


def _hull(places: list[Place]) -> Place:
    """Return the place that holds all of these, in whatever order they stand now."""
    return min(a for a, _ in places), max(b for _, b in places)


def parser(purpose: str | None) -> argparse.ArgumentParser:
    """Return the arguments of a rewriting."""
    found = argparse.ArgumentParser(description=purpose, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("out", type=Path)
    found.add_argument("folders", type=Path, nargs="+")
    found.add_argument("--seed", type=int, default=5)
    found.add_argument("--least", type=int, default=1)
    return found


def write(inventor: Rewriting, args: argparse.Namespace) -> None:
    """Write the rewritten documents and their gold."""
    (args.out / "texts").mkdir(parents=True, exist_ok=True)
    documents = names = 0
    with (args.out / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for folder in args.folders:
            records: dict[str, list[dict[str, Any]]] = {}
            for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                records.setdefault(record["doc"], []).append(record)
            for name, rows in sorted(records.items()):
                old = (folder / "texts" / name).read_bytes().decode()
                text, places, count = inventor.text(old)
                if count < args.least:
                    continue
                documents, names = documents + 1, names + count
                (args.out / "texts" / name).write_bytes(text.encode())
                for row in rows:
                    gold.write(json.dumps(rewritten(inventor, row, text, places), ensure_ascii=False) + "\n")
    print(f"{documents} documents, {names} replaced")


if __name__ == "__main__":
    arguments = parser(__doc__).parse_args()
    write(Inventor(arguments.seed), arguments)
