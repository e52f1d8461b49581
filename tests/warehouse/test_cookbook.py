"""Every question of the cookbook has the answer shown there, on both engines, and every view is asked or named."""

from __future__ import annotations

import pytest

from tests.warehouse.cookbook import PATH, fill, markdown, questions
from warehouse import open_warehouse
from warehouse.viewfiles import view_sources


def test_every_answer_is_the_one_shown(url):
    fill(url)
    with open_warehouse(url, read_only=True) as warehouse:
        for question in questions():
            found = warehouse.query(question.sql)
            assert markdown(found.columns, found.rows) == question.answer, question.title
            assert found.rows, f"{question.title}: shows nothing"


def test_there_are_enough_questions_and_none_twice():
    titles = [question.title for question in questions()]
    assert len(titles) >= 25 and len(set(titles)) == len(titles)
    assert PATH.read_text("utf-8").count("\n### ") == len(titles)


@pytest.mark.parametrize("view", sorted(view_sources()))
def test_every_view_is_in_the_cookbook(view):
    assert f" {view}" in "".join(q.sql.replace("\n", " ") for q in questions()) + PATH.read_text("utf-8")
