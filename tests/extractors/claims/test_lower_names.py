"""Names written all in lower-case Latin letters: told by what only companies have, or by the title."""

import pytest

from extractors.claims.lower_names import lower_names

_SAID_AGAIN = "\nkumolake の顧客は300社。kumolake は東京にある。kumolake、来年に上場。\n"


@pytest.mark.parametrize(
    "text",
    [
        "kumolake社は新工場を建てる。",
        "kumolakeのCEOは来日した。",
        "kumolakeが昨日、シリーズBで30億円を調達した。",
        "スタートアップのkumolakeは30人。",
    ],
)
def test_what_only_companies_have_names_one(text: str) -> None:
    assert lower_names(text + _SAID_AGAIN, "company") == ("kumolake",)
    assert lower_names(text, "company") == ()  # once alone names none
    assert lower_names(text + _SAID_AGAIN, "product") == ()


def test_title_names_a_product() -> None:
    text = "# kumo-voice：20億パラメータの音声モデル\n\nkumo-voiceは3月に出た。速度でkumo-voiceは優る。\n"
    assert lower_names(text, "product") == ("kumo-voice",)


@pytest.mark.parametrize(
    "text",
    [
        "# cacheの使い方\n\ncacheは速い。cacheが要る。cacheは大きい。",  # a common word
        "# まとめ\n\nkumolakeは速い。kumolakeが要る。kumolakeは大きい。",  # no title names it
        "# `kumolake`とは\n\n`kumolake`は関数。`kumolake`が返す。/kumolake は道。",  # code and paths
        "# SK kumolakeの決算\n\nSK kumolakeは伸びた。SK kumolakeが売る。SK kumolakeは増えた。",  # part of a longer name
        "kumolake社員は多い。kumolakeは速い。kumolakeが要る。",
    ],
)
def test_other_words_name_none(text: str) -> None:
    assert lower_names(text, "company") == ()
    assert lower_names(text, "product") == ()
