"""Years told by both calendars: 平成30(2018)年度, 2018年(平成30年)10月, 令和6年(2024年)."""

from __future__ import annotations

import re

from extractors.recognizers.times.eras import era_year, number

_ERA = r"(?P<era>令和|平成|昭和|大正|明治|[rhs](?=[0-9]))\s?(?P<of_era>元|[0-9]{1,2})"
_OURS = r"(?P<year>(?:1[89]|20)[0-9]{2})"
_TWICE = [
    re.compile(rf"{first}\s?(?P<one>年度?)?\s?\(\s?{second}\s?(?P<two>年度?)?\s?\)\s?(?P<three>年度?)?(?!年|月|日)")
    for first, second in ((_ERA, _OURS), (_OURS, _ERA))
]


def year_twice(text: str, position: int) -> tuple[int, int, str] | None:
    """Return the end of a year that stands at `position` in both calendars, the year of ours, and 年 or 年度.

    None where it is no such year, where the two differ (2024年度(令和7年3月期)), or where neither is called a year.
    """
    for pattern in _TWICE:
        if (match := pattern.match(text, position)) is None:
            continue
        suffixes = [match[name] for name in ("one", "two", "three") if match[name]]
        year = int(match["year"])
        if not suffixes or era_year(match["era"], number(match["of_era"])) != year:
            return None
        return match.end(), year, max(suffixes, key=len)
    return None
