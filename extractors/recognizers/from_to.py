"""Whether から … に tells where a figure went rather than a range: 20%から30%へ, but 20から30%に達する."""

from __future__ import annotations

import re

from extractors.recognizers.atoms import Atom

_ASIDE = re.compile(r"[(（][^()（）\n]{1,24}[)）](?=[にへま])")
_CHANGE_TO = re.compile(
    r"\s?(?:に|へ|まで)\s?(?:大幅に|一気に|急|それぞれ)?(?:向上|上|下|増|減|引|拡|縮|高|低|改|悪|伸|落|切|変|値|上昇|なっ|なる|修正|見直|膨|跳|戻|回復|移)|の(?:赤字|黒字|損失)"
)
_AND_OTHER = re.compile(  # Aは10%から20%、|Bは30%から50%に改善
    r"\s?[、,，]\s?[^、。,，\n]{1,30}?[はがを]\s?[0-9][^、。,，\n]{0,14}から[^、。,，\nにへ]{1,14}(?=[にへま、,，])"
)
_TOPIC = re.compile(r"[はがを：:]\s?(?:約|[$¥€£])?$")
_MOST = 6  # pairs of a list
_GOES_TO = re.compile(
    r"へ|に(?!達|到達|及|わた|渡|のぼ|上り|相当|収ま|位置|対|つい|よ|なると|は、?|も|と?どま|設定|分布|集中|"
    r"限|保[たちつ]|抑え|維持|分かれ|分類|置[かきくい]|当た|あた|該当|すぎ|過ぎ|絞|含ま|多[いくか]|"
    r"アンケート|インタビュー|ヒアリング|聞[いきく]|尋ね|配[らりるっ布]|支給|提供|適用|適[しす]|向[いけ]|人気)"
)
_IS_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年|/[0-9]{1,2}\s?期|/[0-9]{1,2}(?![0-9])|年度)")


def is_move(text: str, first: Atom, second: Atom, word: int = 0) -> bool:
    """Say whether から … に tells two figures, the one before and the one after: 20%から30%へ; 20から30%に達する is one."""
    end = second.end + word
    if aside := _ASIDE.match(text, end):  # 80億円から95億円（前年比12%増）へ
        end = aside.end()
    if _TOPIC.search(text, max(0, first.start - 6), first.start):
        end = _end_of_list(text, end)
    if _CHANGE_TO.match(text, end) or _IS_YEAR.match(text, second.number_start):
        return True
    return first.form is not None and _GOES_TO.match(text, end) is not None


def _end_of_list(text: str, end: int) -> int:
    """Return where the last of the pairs ends that are listed from `end` on, whose verb stands only behind them all."""
    for _ in range(_MOST):
        other = _AND_OTHER.match(text, end)
        if other is None:
            break
        end = other.end()
    return end
