"""From bytes to text: which encoding, and what was damaged.

Order: byte order mark, ISO-2022-JP escapes, valid UTF-8, declared charset (if it decodes cleanly), Shift_JIS against
EUC-JP by the letters they give, charset-normalizer. The byte order mark is a signature and no part of the text;
nothing else is changed (newlines stay as they are).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from schemas import Issue, ReadError, Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ISO_2022_JP = re.compile(rb"\x1b(\$[@B]|\$\([DOPQ]|\([JI])")
_ISO_2022_CODECS = ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_jp_2")
_KANA = re.compile(r"[぀-ヿ]")
_JAPANESE = re.compile(r"[぀-ヿ一-鿿、。「」]")
_ODD = re.compile(r"[｡-ﾟ\ue000-\uf8ff\x80-\x9f]")  # half-width kana, private use, C1: signs of a wrong guess
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_DAMAGE = 0.002  # share of replaced characters up to which a text still counts as UTF-8 with damage


@dataclass(frozen=True)
class Decoded:
    """A decoded text, the codec that gave it, and an issue where bytes had to be replaced."""

    text: str
    encoding: str
    issue: Issue | None = None


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of `data`.

    Raises `ReadError` with code "empty-file", "unknown-type" (binary) or "wrong-encoding".
    """
    if not data.strip():
        raise ReadError("empty-file", "the file is empty")
    found = _by_mark(data) or _iso_2022_jp(data) or _wide_without_mark(data)
    if found is None and b"\x00" in data:
        raise ReadError("unknown-type", "the file is binary, not text")
    found = found or _strict(data, "utf-8") or _declared(data, declared) or _japanese(data)
    found = found or _damaged_utf8(data) or _damaged_japanese(data) or _guessed(data)
    if found is None or len(_CONTROLS.findall(found.text[:4096])) > len(found.text[:4096]) * 0.05:
        raise ReadError("wrong-encoding", "the text's encoding could not be told")
    if not found.text.strip():
        raise ReadError("empty-file", "the file holds nothing but blanks")
    return found


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            return _strict(body, encoding) or _replaced(body, encoding)
    return None


def _replaced(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    message = f"{text.count(chr(0xFFFD))} characters could not be decoded as {encoding}; fetch the file again"
    return Decoded(text, encoding, Issue(code="encoding-damage", message=message, severity=Severity.WARNING))


def _iso_2022_jp(data: bytes) -> Decoded | None:
    if max(data) > 0x7F or not _ISO_2022_JP.search(data):
        return None
    return next((found for codec in _ISO_2022_CODECS if (found := _strict(data, codec))), None) or _replaced(
        data, "iso2022_jp_ext"
    )


def _wide_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of ASCII letters and newlines is zero."""
    head = data[:2000]
    if len(data) % 2 or b"\x00" not in head:
        return None
    least = 0.3 if _strict(data, "utf-8") else 0.02
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = head[first::2], head[1 - first :: 2]
        if zeros.count(0) > len(zeros) * least and others.count(0) == 0:
            found = _strict(data, encoding)
            if found and not _CONTROLS.search(found.text):
                return found
    return None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower().replace("x-sjis", "cp932")
    if name in ("shift_jis", "shift-jis", "sjis", "windows-31j", "ms932"):
        name = "cp932"  # what pages called Shift_JIS really use
    if name in ("iso-8859-1", "latin1", "ascii", "us-ascii"):
        name = "cp1252"  # as browsers do (WHATWG Encoding Standard)
    if name in ("euc-jp", "x-euc-jp", "eucjp"):
        return _strict(data, "euc_jp") or _strict(data, "eucjis2004")
    if name in ("gb2312", "gbk"):
        name = "gb18030"
    return _strict(data, name)


def _oddness(text: str) -> float:
    """Say how unlike Japanese prose a decoding is; half-width kana and private use come from wrong guesses."""
    letters = max(1, len(_JAPANESE.findall(text)) + len(_ODD.findall(text)))
    return len(_ODD.findall(text)) / letters


def _japanese(data: bytes) -> Decoded | None:
    """Shift_JIS or EUC-JP, whichever decodes cleanly to text with kana and few signs of a wrong guess."""
    candidates = [found for codec in ("euc_jp", "cp932") if (found := _strict(data, codec))]
    candidates = [c for c in candidates if _KANA.search(c.text) and _oddness(c.text) < 0.3]
    return min(candidates, key=lambda c: _oddness(c.text), default=None)


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(1 for c in text if ord(c) > 0x7F)
    damage = text.count("\ufffd")
    if damage <= max(1, len(text) * _MOST_DAMAGE) and beyond_ascii > damage * 4:
        return _replaced(data, "utf-8")
    return None


def _damaged_japanese(data: bytes) -> Decoded | None:
    for codec in ("euc_jp", "cp932"):
        text = data.decode(codec, errors="replace")
        kana = len(_KANA.findall(text))
        if kana > len(text) * 0.05 and text.count("\ufffd") <= len(text) * _MOST_DAMAGE and _oddness(text) < 0.1:
            return _replaced(data, codec)
    return None


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return _strict(data, best.encoding) if best is not None else None
