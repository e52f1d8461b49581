"""What part a name plays beside a figure: who measured, who pays, who used to, what a share or a ratio is of."""

from __future__ import annotations

import re

from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene

_BACKS = re.compile(
    r"[」』]?(?:(?:[・、と]|や)[^、。（）()]{1,16}){0,3}(?:など|ら|等)?[がのを]?(?:主導|リード|引受|引き受け|出資者|筆頭株主)"
    r"|[」』]?(?:(?:[・、と]|や)[^、。（）()0-9０-９]{1,16}){0,3}(?:など|ら|等)?から(?:約|総額|計|最大)?[0-9０-９.,兆億万千円米ドルユーロ]{2,16}を?(?:資金)?調達"
    r"|(?: and [A-Z]\w+(?: [A-Z]\w+)*)? (?:co-)?led (?:an?|the|its|that|this)\b"
)
_BACKED = re.compile(
    r"(?:\b(?:led|backed|funded|owned|acquired|supported|developed|made|founded|joined) by|"
    r"\b(?:Series [A-K]|[Ss]eed|[Rr]ound|[Ii]nvestment)(?: (?:round|funding|extension))? (?:by|from)|"
    r"\b[Rr]ais(?:ed|es|ing) [^.;,]{2,30} from|"
    r"investors? (?:including|such as|like|are)|participation (?:from|by)|partners? (?:including|such as))"
    r"\s*(?:the )?(?:[A-Z][\w&.]{0,24}(?: [A-Z][\w&.]{0,24}){0,3}(?:, | and |, and )){0,4}\Z"
)
_FORMER = re.compile(r"(?:元|前|旧|\b(?:former|ex|then|formerly|previously)[ -])\Z", re.I)
_HEAD_OF = re.compile(
    r"[の社]?(?:[^、。のは]{0,10})?"
    r"(?:CEO|CFO|COO|CTO|社長|会長|創業者|幹部|アナリスト|エコノミスト|出身|代表|研究者|担当者)"
    r"|(?:['’]s)? (?:CEO|CFO|COO|CTO|chief|president|chairman|(?:co-)?founder|"
    r"analysts?|economists?|spokes\w+|executives?)\b"
)
_WORKS_FOR = re.compile(
    r"(?:\b(?:CEO|CFO|COO|CTO|president|chairman|founder|analysts?|economists?|strategists?|director|head) "
    r"(?:of|at|with|for)(?: [a-z]+){0,2}) (?:the )?\Z",
    re.I,
)
_BRACKET = r"[」』”\"]?(?:[（(][^（()）]{1,20}[）)])?"
_OF = re.compile(rf"{_BRACKET}の(?:うち)?(?:約|およそ|ほぼ|実に|わずか|推定)?")
_TELLS = re.compile(
    rf"{_BRACKET}(?:の(?:調査|推計|試算|集計|予測|見通し|レポート|報告|記事|データ|分析|発表)|"
    r"(?:調査|調べ|推計|試算|集計|記事|レポート|報告書?|予測|データ)(?:[:：によはでが（(、]|$))"
)


def whole_features(scene: Scene, candidate: Candidate, start: int, unit: str) -> list[str]:
    """Say whether a figure at `start` of a unit class is one of a candidate: 企業の30%."""
    of = candidate.end <= start and _OF.fullmatch(scene.view.text, candidate.end, start) is not None
    return [f"of.{unit}.{candidate.sort}"] if of else []


def role_features(scene: Scene, candidate: Candidate) -> list[str]:
    """Return the parts that a candidate of the sentence plays in it, whatever the figure."""
    text, sort = scene.view.text, candidate.sort
    tail = text[candidate.end : min(scene.end, candidate.end + 60)]
    head = text[max(scene.start, candidate.start - 80) : candidate.start]
    found = []
    if _BACKS.match(tail) or _BACKED.search(head):
        found.append(f"backs.{sort}")
    if _FORMER.search(head):
        found.append(f"former.{sort}")
    if _HEAD_OF.match(tail) or _WORKS_FOR.search(head):
        found.append(f"head_of.{sort}")
    if _TELLS.match(tail):
        found.append(f"tells.{sort}")
    return found
