"""What a date is called in its sentence: text with the event's word in ⟨⟩ → date metric."""

import pytest

from extractors.claims.cues import event_words
from extractors.claims.event_senses import date_name

CASES = [
    ("2031年4月に社債を⟨発行⟩した", "funding_date"),
    ("2031年4月に報告書を⟨発行⟩した", "publication_date"),
    ("2031年4月に配信サービスの提供を⟨終了⟩する", "end_of_service_date"),
    ("2031年4月に募集を⟨終了⟩した", "end_date"),
    ("2031年4月に当局が⟨承認⟩した", "approval_date"),
    ("2031年4月に記事を⟨公開⟩した", "publication_date"),
    ("2031年4月に新製品を⟨公開⟩した", "launch_date"),
    ("応募の⟨締め切⟩りは2031年4月", "deadline_date"),
    ("契約が2031年4月に⟨満了⟩する", "end_date"),
    ("2031年4月に商号を甲社へ⟨変更⟩した", "renaming_date"),
    ("2031年4月に方針を⟨変更⟩した", "event_date"),
    ("2031年4月に株式を⟨公開⟩した", "ipo_date"),
    ("2031年4月に株式⟨公開⟩買い付けを始める", "event_date"),
    ("2031年4月に新しい紙幣を⟨発行⟩した", "event_date"),
    ("2031年4月に運転免許証を⟨発行⟩した", "event_date"),
    ("regulators ⟨approved⟩ it in April 2031", "approval_date"),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_dates_are_named_by_their_sentence(marked: str, expected: str) -> None:
    place = marked.index("⟨")
    text = marked.replace("⟨", "").replace("⟩", "")
    word = next(w for w in event_words(text, 0, len(text)) if w.start <= place < w.end)
    assert date_name(text, word) == expected
