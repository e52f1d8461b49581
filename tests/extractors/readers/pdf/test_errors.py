"""What cannot be read is refused with a code and one clear line."""

import pymupdf
import pytest

from extractors.readers.pdf import read_pdf
from schemas import ReadError
from tests.extractors.readers.pdf.paper import new_page, read, write


def _encrypted() -> bytes:
    document = pymupdf.open()
    new_page(document)
    return bytes(document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="secret"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"hello, this is text", "not-a-pdf"),
        (b"%PDF-1.7\n", "damaged-pdf"),
        (_encrypted(), "encrypted-pdf"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(data, name="paper.pdf")
    assert caught.value.code in (code, "no-pages")
    assert "\n" not in str(caught.value) and "paper.pdf" in str(caught.value)


def test_truncated_file_ends_in_a_document_or_a_read_error() -> None:
    document = pymupdf.open()
    write(new_page(document), 50, 80, "売上高は120億円であった。")
    data = document.tobytes()
    for part in (0.3, 0.6, 0.9):
        try:
            found = read_pdf(data[: int(len(data) * part)], name="cut.pdf")
        except ReadError as error:
            assert error.code
        else:
            assert found.pages


def test_scripts_and_attachments_are_named_not_run() -> None:
    document = pymupdf.open()
    write(new_page(document), 50, 80, "本文である。")
    document.embfile_add("extra.txt", b"never read: 999")
    found = read(document)
    assert "embedded-files" in {i.code for i in found.issues}
    assert "999" not in found.text


def test_page_without_text_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.readers.pdf import engines
    from extractors.readers.pdf.ocr import OcrMissing

    def missing(page: object) -> list[object]:
        raise OcrMissing("OCR is not installed")

    monkeypatch.setattr(engines, "read_by_ocr", missing)
    document = pymupdf.open()
    page = new_page(document)
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 100, 140))
    picture.clear_with(240)
    page.insert_image(page.rect, pixmap=picture)
    assert [i.code for i in read(document).issues] == ["ocr-not-installed"]
