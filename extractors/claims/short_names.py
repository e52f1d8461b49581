"""Short names that a document makes for the organisations it names in full once.

甲野・テクノロジーズ … 甲野は…          the part that is its own, without what companies are called by
株式会社甲野製作所（以下「甲野」）        what the document says it will call it
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from extractors.claims.english_names import english_names
from extractors.claims.titled_names import titled_names
from extractors.claims.told_deeds import told_by_deeds
from extractors.claims.told_names import is_name, told_names
from extractors.ontology import Ontology
from extractors.recognizers.entities import resolve

_KANA = "ァ-ヺー"
_LONG = re.compile(rf"(?<![{_KANA}・])(?P<short>[{_KANA}]{{3,12}})・(?P<rest>[{_KANA}・]{{3,24}})(?![{_KANA}])")
_MARK = (
    r"(?:株式会社|有限会社|合同会社|法人|銀行|金庫|証券|機構|協会|連盟|研究所|総研|グループ|ホールディングス|組合|大学|"
    r"省|庁|委員会|公社|財団)"
)
_PART = r"[^\s（）()「」、。:：をがはにで]{0,24}"
_TAIL = r"[^\s（）()「」、。:：をがはにでのへ]{0,16}"  # 総務省の家計調査（以下「調査」） is no organisation
_DEFINED = re.compile(
    rf"(?P<long>{_PART}{_MARK}{_TAIL})\s*[（(]\s*以下[、,，]?\s*"
    r"[「『\"”“]?(?P<short>[^「」『』（）()、。\"”“\s]{2,16}?)[」』\"”“]?\s*(?:という|と略す|と表記|と呼ぶ)?。?\s*[)）]"
)
_CLAUSE = re.compile(r"^.*[ぁ-ん](?=(?:株式|有限|合同)会社)")  # 行った株式会社甲野製作所
_SELF = re.compile(r"(?:当|弊|本|同|我が)(?:社|行|法人|会|グループ|庫)")


def explained(text: str, models: Iterable[str], ontology: Ontology) -> dict[str, str]:
    """Return the names that a text explains, and those of `models`, longest first, each with the one it stands for."""
    endings = {*ontology.words("company_suffix"), *ontology.words("weak_company_suffix")}
    noise = ontology.words("latin_noise")
    deeds = told_by_deeds(text, noise, lambda word: resolve(word, ontology=ontology) is not None)
    told = dict.fromkeys(
        (*told_names(text, noise), *titled_names(text, noise), *english_names(text, noise), *deeds, *models)
    )
    names = {name: name for name in told} | short_names(text, endings)
    return {name: names[name] for name in sorted(names, key=lambda name: -len(name))}


def short_names(text: str, endings: Collection[str]) -> dict[str, str]:
    """Return the full name for each short one that `text` uses; `endings` are what companies' names end with."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        if not _SELF.fullmatch(match["short"]) and is_name(match["short"]):
            found.setdefault(match["short"], _CLAUSE.sub("", match["long"]))
    for match in _LONG.finditer(text):
        named = match["rest"].split("・")[-1] in endings and is_name(match["short"])
        if named and _alone(text, match["short"]):
            found.setdefault(match["short"], match.group())
    return found


def _alone(text: str, short: str) -> bool:
    return re.search(rf"(?<![{_KANA}・]){short}(?![{_KANA}・])", text) is not None
