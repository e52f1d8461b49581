"""Times as the heads of tables shorten them: R5下, 24/3Q累計, 2026E, 連2025.3."""

from __future__ import annotations

import re
import unicodedata

_ERA_LETTER = re.compile(r"^(?P<era>[RＲHＨ])(?P<year>\d{1,2})(?P<rest>年度?)?(?P<half>[上下])?(?:期|半期)?$")
_ERA_YEAR = re.compile(  # neither a length (2年債, 3年目) nor of another calendar (24年3Q)
    r"^(?P<year>\d{1,2}|元)(?P<rest>年度?)(?P<half>[上下])?(?![債物間目超]|国債|[以未]|[連継]続|ぶり|.?[1-4]?Q)(?P<tail>.{0,6})$"
)
_ERA_ONLY = re.compile(r"^(?P<year>(?:令和|平成|昭和)(?:元|\d{1,2}))(?=$|[(（])")
_YEAR_QUARTER = re.compile(
    r"^(?:[’']?(?P<year>\d\d)/(?P<quarter>[1-4])Q(?P<sum>累計)?|(?:FY|CY)?(?:20)?(?P<y2>\d\d)年?\s?(?:Q(?P<q2>[1-4])|(?P<q3>[1-4])Q)(?=$|[^\w]|[EFA実予]))"
)
_YEAR_MONTH = re.compile(
    r"^[’']?(?P<year>[12]\d|3\d)/(?P<month>1[0-2]|0?[1-9])\s?(?P<end>月?末|期)?(?=$|[\s（(予見計実会EFA])"
)
_DOTTED_TERM = re.compile(  # 予 2026.09, 連2025.3
    r"^[(\[]?(?:[連単予]|会社?予想?)?[)\]]?\s?(?P<year>20\d\d)\.(?P<month>0?[1-9]|1[0-2])\s?(?:期|会?予想?|[連単])?[*＊]?$"
)
_YEAR_MARKED = re.compile(r"^(?:FY|CY)?(?P<year>20\d\d)\s?[EFP]$")  # 2026E, told to be expected


def short_time(text: str, era: str) -> str | None:
    """Spell out a time as tables shorten it: R5下, 5年度 beside 令和元年度, 24/3Q累計; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if (found := _ERA_LETTER.match(plain)) and (found.group("era") == "R" or len(found.group("year")) == 2):
        name = "令和" if found.group("era") == "R" else "平成"
        half = {"上": "上半期", "下": "下半期"}.get(found.group("half") or "", "")
        return f"{name}{found.group('year')}{found.group('rest') or '年'}{half}"
    if era and (found := _ERA_YEAR.match(plain)):
        return f"{era}{plain}"
    if found := _ERA_ONLY.match(plain):
        return f"{found.group('year')}年度"
    if found := _YEAR_QUARTER.match(plain):
        if found.group("y2"):
            return f"Q{found.group('q2') or found.group('q3')} 20{found.group('y2')}"
        return f"20{found.group('year')}年度第{found.group('quarter')}四半期{found.group('sum') or ''}"
    if found := _YEAR_MARKED.match(plain):
        return f"FY{found.group('year')}" if plain.startswith("FY") else f"{found.group('year')}年"
    if found := _YEAR_MONTH.match(plain):
        end = (found.group("end") or "").lstrip("月") or ("期" if found.group("month") in ("3", "03", "12") else "")
        return f"20{found.group('year')}年{int(found.group('month'))}月{end}"
    found = _DOTTED_TERM.match(plain)
    return f"{found.group('year')}年{int(found.group('month'))}月期" if found else None
