"""Who a figure may be about: candidates from the sentence and from what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.claims.groups import groups
from extractors.claims.phrases import JOINTS, METRIC_NOUN, TOLD_BY, VERB, Phrase, apposed
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, Span

_TOPIC = frozenset(
    ["は", "が", "も", "では", "でも", "には", "にも", "とは", "からは", "としては", "については", "についても"]
)
_TOPIC |= frozenset(["における", "において", "：", ":", "の", "を", "（", "(", "、", VERB, ""])
_NUMBERING = re.compile(
    r"^[\s#>*・●○■□◆▪•\-]*(?:[（(]?\d{1,2}[)）.．、]|[①-⑳]|第\d+[章節]|[IVX]+\.|[A-Z]-\d{1,3}(?=\s+[—–:：-]\s))?\s*(?:[—–]\s+)?"
)
ORGANISATION = frozenset(["company", "organization", "government"])
THINGS = frozenset(["model", "product", "chip"])  # what organisations make
_COMPANY_WORDS = re.compile(
    r"^(?:同社|同行|当社|当行|弊社|同グループ|当社グループ|the company|the firm|its?|we|our|they|their)$", re.I
)


_DESCRIBED = re.compile(r"the \S+ \S", re.I)  # the Taiwanese chipmaker
_OWN_WORDS = re.compile(r"^(?:当社|当行|弊社|自社|当グループ|当社グループ|我が社|わが社|we|our|us|the company)$", re.I)


@dataclass(slots=True)
class Last:
    """The figure before in the same sentence: what it was linked to, its unit class, where it ends."""

    entity: str
    metric: str
    unit: str
    end: int


@dataclass(slots=True)
class Candidate:
    """A possible entity, metric or period of a figure. `start` and `end` are on the scene's view, -1 if elsewhere."""

    source: str
    name: str
    text: str
    span: Span
    role: EvidenceRole
    start: int = -1
    end: int = -1
    id: str | None = None
    type: str | None = None
    mention: Mention | None = None
    speaks: bool = False  # named as the one who says it
    fixed: list[str] = field(default_factory=list)  # features that are the same for all figures of a sentence
    features: list[str] = field(default_factory=list)

    @property
    def sort(self) -> str:
        """What it is to the ranker: a recognised name, else what made it a candidate."""
        return "name" if self.mention is not None else self.source


@dataclass(slots=True)
class Carried:
    """What the statements before were linked to: candidates for the ones that leave it out."""

    entity: Candidate | None = None
    metric: Candidate | None = None
    metrics: dict[str, Candidate] = field(default_factory=dict)  # by unit class
    period: Candidate | None = None

    def remember(self, unit: str, entity: Candidate | None, metric: Candidate | None, period: Candidate | None) -> None:
        """Take note of a figure's parts."""
        self.entity = entity or self.entity
        if metric is not None:
            self.metric = metric
            self.metrics[unit] = metric
        self.period = period or self.period

    def again(self, candidate: Candidate | None, source: str) -> list[Candidate]:
        """Return a candidate said before as one of a later sentence."""
        if candidate is None or candidate.source == "none":
            return []
        role = EvidenceRole.INHERITED
        return [replace(candidate, source=source, role=role, start=-1, end=-1, fixed=[], features=[])]


def heading_words(scene: Scene) -> tuple[int, int]:
    """Return the stretch of a heading without its number and marks, up to a colon or dash."""
    text = scene.text
    first = _NUMBERING.match(text)
    start = first.end() if first else 0
    cut = re.search(r"[：:—|｜]| - |（|\(", text[start:])
    end = start + cut.start() if cut and cut.start() >= 2 else len(text)
    while end > start and text[end - 1] in " 　、。:：":
        end -= 1
    return scene.start + start, scene.start + end


def local_candidates(scene: Scene) -> list[Candidate]:
    """Return the entity mentions and topic phrases of a sentence; names that a bracket cites are no subjects."""
    cited = citations(scene)
    named = [m for m in scene.entities if not any(a <= m.span.start < b for a, b in cited)]
    found = [from_mention(scene, mention, "here", EvidenceRole.STATED) for mention in named]
    taken = [(m.span.start, m.span.end) for m in scene.entities]
    for phrase in scene.phrases:
        if any(a <= phrase.start < b for a, b in cited):
            continue
        if not (phrase.particle in _TOPIC or _at_figure(scene, phrase)) or (
            not scene.japanese and len(phrase.text) < 3
        ):
            continue
        found.extend(from_phrase(scene, phrase, taken))
    return found + _groups(scene)


_AT = 3  # characters: 甲で約10億円


def _at_figure(scene: Scene, phrase: Phrase) -> bool:
    """Say whether a figure stands right behind a phrase with で: 乙地区で617億円, オンラインで3割."""
    end = phrase.end + 1
    return phrase.particle == "で" and any(end <= m.span.start < end + _AT for m in scene.quantities)


def _groups(scene: Scene) -> list[Candidate]:
    """Return the groups that a bound or a range names: 年収300万円以下の世帯, 65歳以上."""
    found = []
    for start, end in groups(scene):
        name = scene.view.text[start:end]
        span = scene.span(start, end)
        found.append(Candidate("class", name, name, span, EvidenceRole.STATED, start, end, type="phrase"))
    return found


_CITATION = re.compile(
    r"[（(](?:(?:出所|出典|資料|Source)[:：]?\s*)?[^（()）]{2,50}?[,，、]\s*(?:19|20)\d{2}(?:[./年-]\d{1,2}){0,2}[^（()）]{0,6}[）)]"
    r"|[（(](?:出所|出典|資料|Source)[:：][^（()）]{2,60}[）)]"
)


def citations(scene: Scene) -> list[tuple[int, int]]:
    """Return where brackets name a source: （ロイター, 2025.2.20）, （出所：総務省）."""
    return [found.span() for found in _CITATION.finditer(scene.view.text, scene.start, scene.end)]


_JOINT_LAST = re.compile(rf"(?:{JOINTS})$")


def from_phrase(scene: Scene, phrase: Phrase, taken: list[tuple[int, int]]) -> list[Candidate]:
    """A phrase as a whole, and for AのB also A: the entity is often A and the metric B."""
    stretches = [(phrase.start, phrase.end, "phrase")]
    tail = phrase.head
    owner = len(phrase.text) - len(tail)
    if owner > 2:
        joint = _JOINT_LAST.search(phrase.text[:owner])
        if joint:
            stretches.append((phrase.start, phrase.start + joint.start(), "owner"))
    if phrase.clause is not None:
        stretches.append((phrase.clause, phrase.end, "clause"))
    noun = METRIC_NOUN.search(phrase.text)
    if noun and noun.start() >= 2 and phrase.text[noun.start() - 1] not in "のは総" and not _RATE.search(phrase.text):
        stretches.append((phrase.start, phrase.start + noun.start(), "stem"))
    found = []
    for first, end, kind in stretches:
        start = apposed(scene.view.text, first, end)
        if per := _PER_FIRST.match(scene.view.text, start, end):
            start = per.end()
        if late := _TIME_LAST.search(scene.view.text[start:end]):
            end = start + late.start()
        low = with_number(scene, start)
        if end - low < 2 or (start, end) in taken:
            continue
        if any(m.span.start == start and m.span.end == end for m in (*scene.quantities, *scene.periods)):
            continue
        if _NO_NAME.fullmatch(scene.view.text, start, end):
            continue
        name = scene.view.text[low:end].strip("「」『』")
        found.append(Candidate(kind, name, name, scene.span(low, end), EvidenceRole.STATED, start, end, type="phrase"))
    return found


_NO_NAME = re.compile(  # numbers, and what says per what, among whom, when, how or on what base a figure is told
    r"[\d０-９,.，．%％]+|(?:.{0,8}[^手本担適])?(?:当たり|あたり|当り)|.{0,12}(?:[国市区県社校]|地域|団体)中|年率(?:換算)?|(?:前回)?調査比|"
    r"(?:前の|次の|翌|去|昨|一昨|前|今)(?:年度?|四半期|期|月|週|日|回)(?:の同じ(?:月|期|時期|四半期))?|"
    r"(?:年間|通期|通年|累計|前年|前期|前回|今回)(?:の?(?:実績|合計|平均))?|"
    r"プラス|マイナス|ゼロ|上昇|低下|下落|増加|減少|拡大|縮小|改善|悪化|横ばい|(?:大)?幅増|(?:大)?幅減|"
    rf"{TOLD_BY}"
)
_RATE = re.compile(r"[^ぁ-んァ-ヺーの](?:倍率|率)\Z")  # what is left of 失業率 is nobody's name
_PER_FIRST = re.compile(r"(?:当たり|あたり|当り)の?")  # 灯油18リットル当たりの|小売価格
_TIME_LAST = re.compile(
    r"の(?:先月|今月|昨年|今年|前年|去年|先週|今期|前期|同)$"
)  # 全国の店舗の|先月の売上高, 製造業の|同3%
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,.，]{0,12}(?:[~〜～][0-9０-９]{1,4})?\Z")


_GROUPED = re.compile(
    r"[歳才代]|(?:[百千万億]?円|人|名|社|ha)?(?:以上|以下|未満|超)|(?:人|世帯|社|店舗?|件|台)(?:当たり|あたり|当り)|"
    r"次(?=[一-龥ァ-ヺ])"  # 1次農産品, 二次 is written out
)


def with_number(scene: Scene, start: int) -> int:
    """Return where a phrase begins that a number belongs to: 65(歳以上の人口), 1(人当たり単価), not 24(年の人口)."""
    grouped = _GROUPED.match(scene.view.text, start, scene.end)
    found = _NUMBER.search(scene.view.text, max(scene.start, start - 16), start) if grouped else None
    return found.start() if found else start


def from_mention(scene: Scene, mention: Mention, source: str, role: EvidenceRole, name: str = "") -> Candidate:
    """Return the candidate that a mention is; only one of the sentence itself ("here") has a place on its view."""
    here = source == "here"
    return Candidate(
        source,
        mention.name or name or mention.text,
        mention.text,
        scene.span(mention.span.start, mention.span.end),
        role,
        mention.span.start if here else -1,
        mention.span.end if here else -1,
        mention.id,
        mention.type,
        mention,
    )


def from_words(
    scene: Scene, source: str, name: str, start: int, end: int, id_: str | None = None, type_: str | None = None
) -> Candidate:
    """Return the candidate that the words `view.text[start:end]` of a sentence are."""
    words, span = scene.view.text[start:end], scene.span(start, end)
    return Candidate(source, name, words, span, EvidenceRole.STATED, start, end, id_, type_)


_LABEL = re.compile(
    r"(?:^|[\n、,，;；/／|｜])[\s　・\-*•●■◆✅▶]*(?P<label>[^\n:：、,，;；。（）()|｜]{2,40}?)\s*"
    r"(?:[:：]|[（(])\s*[+\-＋−△▲約]?\s*\Z"
)


_SECOND = re.compile(r"[（(](?:約|同)?[0-9０-９][^（()）、，]{1,16}[、，,]\s?(?:約|同|構成比)?\s?\Z")
_LISTED = re.compile(
    r"[\s　・\-*•●■◆]*"
    r"(?P<whole>(?=[^、，]{1,40}[、，])[一-龥々〇ァ-ヺーA-Za-z][一-龥々〇ァ-ヺーA-Za-z・&／/ 、，]{2,40})"
)  # a label of several nouns, before which nothing stands


_PARTICLE_LAST = re.compile(r"(?<=[^ぁ-ん])[はがも]\Z")  # 輸入は(9.6%)減の9兆円
_CLAUSE = re.compile(r"[はが]|[0-9０-９]\s?[%％]")  # 2位の甲は9%増の(30億円（): no label but a sentence
_RANKED = re.compile(
    r"(?:第\s?)?[0-9０-９]{1,3}\s?位(?:[はがにの:：、]|には|以下)?[\s　]*[「『]?"
)  # 2位(商店街のにぎわい)
_LOOSE_END = " 　約+＋-−△▲はが:："


def label_candidate(scene: Scene, start: int) -> Candidate | None:
    """Return the words that label a figure at `start`: 教育コンテンツの作成と改善（39.3%）, Utilities: -0.51%."""
    before = scene.view.text[max(scene.start, start - 60) : start]
    if second := _SECOND.search(before):  # 食費（22.9%、4,884億円）
        before = before[: second.start() + 1]
        start -= len(second.group()) - 1
    found = _LABEL.search(before)
    if found is None:
        return None
    at = start - len(before) + found.start("label")
    name = found.group("label").strip()
    name = name[ranked.end() :] if (ranked := _RANKED.match(name)) else name
    name = name.strip("「」『』*")
    if len(name) < 2:
        return None
    at, name = _untimed(scene, scene.view.text.index(name, at), _PARTICLE_LAST.sub("", name))
    if len(name) < 2 or _NO_NAME.fullmatch(name):
        return None
    listed = _LISTED.fullmatch(scene.view.text, scene.start, at + len(name))
    if listed is not None and before.rstrip().endswith((":", "：")):  # 生活雑貨、家具、衣類：2.8兆円
        at, name = listed.start("whole"), listed["whole"]
    known = (*scene.quantities, *scene.periods)
    figure = next((m.span.start for m in known if m.span.start < at + len(name) <= m.span.end), None)
    if figure is not None:  # the label of the figure before holds for the one in brackets: 純利益40.6億円（+14.7%）
        name = scene.view.text[at : max(at, figure)].rstrip(_LOOSE_END)
        if len(name) < 2 or _CLAUSE.search(name):
            return None
    span = scene.span(at, at + len(name))
    return Candidate("label", name, name, span, EvidenceRole.STATED, at, at + len(name), type="phrase")


def _untimed(scene: Scene, at: int, name: str) -> tuple[int, str]:
    """Return where a label at `at` begins behind the time it opens with, and the rest of it: 23年の|来店客数."""
    ends = (m.span.end for m in scene.periods if m.span.start == at and m.quantity is None)
    end = next((end for end in ends if end < at + len(name)), at)
    end += end > at and scene.view.text[end] == "の"
    return end, name[end - at :]


def is_word(mention: Mention) -> bool:
    """Say whether a mention is a word for what was named before: 同社."""
    return mention.rule == "coreference"


def resolve(
    scene: Scene,
    candidate: Candidate,
    organisations: list[Candidate],
    author: Candidate | None = None,
    subject: tuple[str, str | None, str | None] | None = None,
) -> Candidate:
    """Return what a word such as 同社 stands for: the nearest organisation said before it.

    我が社, 当社, we stand for the one whose document it is (`author`), where that is known. The candidate keeps its own
    place in the sentence (that is the evidence); only name, id and type are taken over. Where nothing was said before,
    the word stands for itself. `subject` is what the grammar of the sentences before says that it is, where it does.
    """
    if author is not None and _OWN_WORDS.match(candidate.text):
        candidate.name, candidate.id, candidate.type = author.name, author.id, author.type
        return candidate
    if subject is not None:
        candidate.name, candidate.id, candidate.type = subject
        return candidate
    earlier = [c for c in organisations if c.start < 0 or c.end <= candidate.start]
    firm = _COMPANY_WORDS.match(candidate.text) or _DESCRIBED.match(candidate.text)
    wanted = ORGANISATION if firm else None
    for other in reversed(earlier):
        if wanted is None or other.type in wanted:
            candidate.name, candidate.id, candidate.type = other.name, other.id, other.type
            break
    return candidate
