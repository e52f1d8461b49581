"""Documents rewritten with unknown words for known metrics keep their figures; the gold goes along."""

from tests.benchmarks.invented_metrics import MetricInventor
from tests.benchmarks.invented_names import rewritten

TEXT = "潮見電機の売上高は120億円、利用率は35%だった。\n"


def test_metrics_are_replaced_and_the_gold_goes_along() -> None:
    inventor = MetricInventor(5)
    text, places, count = inventor.text(TEXT)
    assert count == 2
    assert "売上" not in text and "利用率" not in text
    assert all(kept in text for kept in ("潮見電機の", "高は120億円", "率は35%だった"))  # the heads of the nouns stay
    at, word = TEXT.index("120億円"), TEXT.index("売上高")
    record = {"metric": "revenue", "start": at, "end": at + 5, "metric_spans": [[word, word + 3]], "entity": "潮見電機"}
    told = rewritten(inventor, record, text, places)
    assert text[told["start"] : told["end"]] == "120億円"
    assert told["metric"] == told["metric_text"] != "売上高"
    assert told["metric"] in text


def test_metrics_without_a_place_are_called_by_the_words_in_the_text() -> None:
    inventor = MetricInventor(5)
    text, places, _ = inventor.text("潮見電機の売上高は120億円、27年には140億円。\n")
    record = {"metric": "revenue", "metric_spans": [], "start": 6, "end": 7}
    told = rewritten(inventor, record | {"metric_text": "売上高は"}, text, places)
    assert told["metric"] != "revenue" and told["metric"] in text
    told = rewritten(inventor, record | {"metric_text": "27年には"}, text, places)
    assert told["metric"] == "revenue" and told["metric_text"] in text
