import random

import numpy as np

from model.near import gram_rows, near_pairs, nearest


def invented(count):
    """Sentences of a small alphabet, many of them near one another."""
    draw = random.Random(3)
    texts = []
    for _ in range(count):
        text = "".join(draw.choice("医院建设完成药品") for _ in range(12))
        texts += [text, text[:-1] + "员", text[:6] + "家"]
    return texts


def test_finds_exactly_the_near_pairs():
    texts = [*invented(60), "", "。", "a"]
    rows = gram_rows(texts)
    every = (rows @ rows.T).toarray()
    expected = {(i, j) for i, j in np.argwhere(every >= 0.8).tolist() if i < j}
    found = list(near_pairs(texts, 0.8))
    assert expected
    assert {(i, j) for i, j, _ in found} == expected
    assert all(abs(every[i, j] - cosine) < 1e-9 for i, j, cosine in found)
    assert len(found) == len(expected)


def test_nearest_is_the_nearest():
    at, cosine = nearest(
        ["推进医共体建设。", "3月招聘护士5名。"], ["招聘护士7名。", "医共体建设。"]
    )
    assert at.tolist() == [1, 0]
    assert 0.5 < cosine[0] < 1
    assert nearest(["一是招聘护士7名。"], ["招聘护士9名。"])[1][0] > 1 - 1e-9
