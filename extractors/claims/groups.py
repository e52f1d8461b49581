"""Groups that a bound or a range names: 年収300万円以下の世帯, 所得1,000万円以上, 65歳以上."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.phrases import METRIC_NOUN
from extractors.claims.scene import Scene
from schemas import Bound

_BEHIND = re.compile(
    r"(?:の(?P<group>[一-鿿ァ-ヺーA-Za-z々]{1,12}))?(?:[（(][^（()）]{1,20}[）)])?"
    r"[」』]?(?:では|でも|には|は|が|も|に限|に絞|を(?:合わせ|除)|と(?:答え|し)|、|の場合|\s*[:：（(]|\s*$)"
)
_MEMBERS = r"[0-9]{1,3}(?:社|[かカヵ]国|行|都市|地域|銘柄|品目|業種|モデル|ブランド)"
_FIRST = re.compile(  # 部品メーカー上位25社, この5社: those who are counted, not how many they are
    rf"(?:(?<![一-鿿ァ-ヺーA-Za-z])(?P<group>[一-鿿ァ-ヺーA-Za-z]{{0,12}}(?:上位|大手|主要|トップ){_MEMBERS})|"
    rf"これ?らの(?P<those>{_MEMBERS})|この(?P<these>{_MEMBERS}))(?=[でがはもの、をだ中]|合計|$)"
)
_NOUN = re.compile(r"[一-鿿ァ-ヺーA-Za-z]{1,10}\Z")


def groups(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield where a Japanese sentence names a group by a figure, on its view."""
    if not scene.japanese:
        return
    text = scene.view.text
    for found in _FIRST.finditer(text, scene.start, scene.end):
        yield found.span(found.lastgroup or 0)
    for mention in (*scene.quantities, *scene.periods):
        quantity = mention.quantity
        if quantity is None or (quantity.bound in (Bound.EQ, Bound.APPROX) and quantity.low is None):
            continue
        behind = _BEHIND.match(text, mention.span.end, scene.end)
        if behind is None:
            continue
        group = behind["group"]
        if group is not None and METRIC_NOUN.search(group):
            group = None
        before = _NOUN.search(text, max(scene.start, mention.span.start - 10), mention.span.start)
        start = before.start() if before else mention.span.start
        yield start, behind.end("group") if group else mention.span.end
