import re
from dataclasses import replace

import numpy as np
import pytest

from annotate.gold import Vote
from api.mistakes import mistake_lines, mistake_page, mistakes
from model.evaluate import HeldOut
from seeds.codebook import NO_THEME
from tests.tiny import CODEBOOK, CODES, row

HOSTILE = '<script>alert(1)</script>" onclick="x"'


@pytest.fixture
def held() -> HeldOut:
    """Four sentences: right, wrong, hostile and wrong, wrong in another report."""
    rows = [
        row("第一句。", (CODES[0],), index=0),
        row("第二句。", (CODES[0],), index=1),
        row(f"第三句{HOSTILE}。", (), index=2, headings=(HOSTILE,)),
        row("第四句。", (CODES[1], CODES[2]), "b.txt", 0),
    ]
    vote = Vote("甲", "", (CODES[0],), comment=f"拿不准{HOSTILE}")
    rows[2] = replace(rows[2], votes=(vote,))
    truth = np.array([[code in r.themes for code in CODES] for r in rows])
    chosen = truth.copy()
    chosen[1] = False
    chosen[2, 3] = True
    chosen[3, 2] = False
    p = np.full(truth.shape, 0.01)
    p[2, 3], p[1, 0], p[3, 2] = 0.8, 0.1, 0.45
    doubt = np.array([False, False, True, False])
    return HeldOut(rows, p, chosen, doubt, np.ones(4), truth)


def test_the_surest_mistake_comes_first(held):
    found = mistakes(held, CODEBOOK)
    assert [m.row.text[:2] for m in found] == ["第二", "第三", "第四"]
    assert [round(m.confidence, 2) for m in found] == [0.9, 0.8, 0.55]
    assert [m.number for m in found] == [1, 2, 3]


def test_a_mistake_has_its_context(held):
    second, third, fourth = mistakes(held, CODEBOOK)
    assert (second.before, second.after) == ("第一句。", held.rows[2].text)
    assert (third.before, third.after) == ("第二句。", "")
    assert (fourth.before, fourth.after) == ("", "")  # another report
    assert third.extra == (CODEBOOK.themes[3].name,)
    assert not third.missed
    assert fourth.missed == (CODEBOOK.themes[2].name,)
    assert third.scores[0] == (CODEBOOK.themes[3].name, 0.8)
    assert third.uncertain


def test_the_page_escapes_everything(held):
    page = mistake_page(mistakes(held, CODEBOOK), 4, CODEBOOK)
    assert "<script" not in page
    assert "alert(1)" in page
    assert not re.search(r"<[^>]* on\w+=", page)
    assert "http" not in page.replace("http-equiv", "")


def test_the_page_lists_by_theme(held):
    page = mistake_page(mistakes(held, CODEBOOK), 4, CODEBOOK)
    assert page.count("<article") == 3
    details = re.findall(r'<details id="(\w+)">', page)
    assert details == [CODES[0], CODES[2], CODES[3]]
    anchors = set(re.findall(r'href="#(\w+)"', page))
    assert anchors <= set(re.findall(r'id="(\w+)"', page))
    assert "拿不准" in page
    assert NO_THEME in page


def test_lines_for_a_terminal(held):
    lines = list(mistake_lines(mistakes(held, CODEBOOK)))
    assert sum("→" in line for line in lines) == 3
    assert any("拿不准" in line for line in lines)
