"""Documents rewritten with invented names keep their places, numbers and what is no name."""

from tests.benchmarks.invented_names import Inventor, rewritten

TEXT = "トヨタ自動車は2024年にOpenAIと提携し、GPT-4oを日本で120万人に届けた（https://openai.com/news）。\n"


def test_names_are_replaced_and_all_else_stays() -> None:
    text, places, count = Inventor(5).text(TEXT)
    assert count == 3
    assert not any(name in text for name in ("トヨタ", "OpenAI", "GPT"))
    assert all(kept in text for kept in ("自動車は2024年に", "AIと提携", "を日本で120万人", "https://openai.com/news"))
    at = TEXT.index("120万人")
    assert text[places[at][0] : places[at + len("120万人") - 1][1]] == "120万人"


def test_a_record_goes_along() -> None:
    inventor = Inventor(5)
    text, places, _ = inventor.text(TEXT)
    at = TEXT.index("120万人")
    record = {"entity": "GPT-4o", "entity_aliases": ["OpenAI"], "start": at, "end": at + 5, "quote": "120万人"}
    told = rewritten(inventor, record, text, places)
    assert told["quote"] == text[told["start"] : told["end"]] == "120万人"
    assert told["entity"] in text and told["entity_aliases"][0] in text
