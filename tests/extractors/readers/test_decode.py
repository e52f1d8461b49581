from __future__ import annotations

import pytest

from extractors.readers.decode import decode
from schemas import ReadError

PROSE = "国内の半導体売上高は2024年に1兆2,345億円となり、前年比で15%増えた。カタカナの社名も出る。\n"
ENGLISH = "Revenue rose 15% to ¥1.2 trillion in 2024 — a record.\n"


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-16-le", None),
        ("utf-16-be", None),
        ("utf-32", None),
        ("cp932", None),
        ("shift_jis", "Shift_JIS"),
        ("cp932", "x-sjis"),
        ("euc_jp", None),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", None),
        ("iso2022_jp", "ISO-2022-JP"),
        ("cp932", "utf-8"),
        ("euc_jp", "Shift_JIS"),
        ("utf-8", "EUC-JP"),
    ],
)
def test_japanese_encodings(codec: str, declared: str | None) -> None:
    assert decode((PROSE * 3).encode(codec), declared=declared).text == PROSE * 3


def test_vendor_characters_of_windows() -> None:
    text = "①から⑩まで、㈱と№、髙島屋の﨑。ひらがなもある。"
    assert decode(text.encode("cp932"), declared="shift_jis").text == text


def test_half_width_kana_in_shift_jis() -> None:
    text = "ﾃﾞｰﾀｾﾝﾀｰの投資額は、ひらがなと漢字の多い文章の中にある。" * 4
    assert decode(text.encode("cp932")).text == text


@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_english(codec: str) -> None:
    assert decode(ENGLISH.encode(codec), declared="iso-8859-1").text == ENGLISH


def test_newlines_and_mark() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n").text == "a\r\nb\rc\n"


def test_a_cut_file_is_read_with_an_issue() -> None:
    data = (PROSE * 5).encode()[:-2]
    found = decode(data)
    assert found.text.startswith(PROSE)
    assert found.issue is not None
    assert found.issue.code == "encoding-damage"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n ", "empty-file"),
        (b"\xef\xbb\xbf \n", "empty-file"),
        (bytes(range(256)) * 8, "unknown-type"),
    ],
)
def test_what_cannot_be_decoded(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.code == code
