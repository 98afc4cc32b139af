"""How much text each element of a page holds, and how much of it is links.

What looks like a menu or like a share bar is found here: by the names that content
systems give such blocks, and by links that are nearly all there is. A block with
sentences of its own is never taken for one.
"""

import operator
import re
from typing import NamedTuple

from seeds.readers.blocks import is_shown
from seeds.readers.dom import Node, named, walk, words

# One word of a class or id: `article-share`, `bt_fx`, `jp-relatedposts`.
_NAMES = re.compile(
    r"""(?:bdshare|bshare|jiathis|addthis|sharedaddy)\w*
    |(?:^|[\s_-])(?:
        (?:share|sharing|fenxiang|fx) (?:bar|box|button\w*)?
        |\w{0,10}crumbs? |mianbao\w* |mbx |dqwz |weizhi
        |related\w* |relate |xiangguan |xgwd |xgxw |xgld |xgjd |xglj |recommend\w* |tuijian
        |prev |previous |next |pager |pagination |pagelist |pagebar |navigation |shangxia
        |dayin |toolbar |tools |fontsize |zihao |qr_?code |ewm |erweima
        |foot |footer |copyright |nav |navbar |menu |topbar |sidebar
        |comments? |respond |reward |dashang |ads? |advert |login |search
    )(?:[\s_-]|$)
    |(?:^|[\s_])(?:position|location|path|print|bottom|hot|hits)(?:\s|$)""",
    re.VERBOSE,
)
_TAGS = words("nav aside footer")
_BOXES = words("div ul ol dl section table form header")
_MAY_BE_MENU = words("div ul ol dl p table section td font center span")
_SENTENCES = 120  # characters outside links: such a block speaks for itself


class Weight(NamedTuple):
    """Characters of an element's shown text."""

    chars: int = 0
    linked: int = 0  # of them in links
    links: int = 0  # links with text
    hits: int = 0  # of them in text that a caller looked for
    elements: int = 0

    @property
    def plain(self) -> int:
        """Characters outside links."""
        return self.chars - self.linked


def weigh(root: Node, looked_for: str = "") -> dict[int, Weight]:
    """Weigh every element below `root`, by `mem_id`, in one walk.

    Args:
        root: hidden elements below it weigh nothing and are missing in the result.
        looked_for: text without white space; `hits` counts the pieces found in it.
    """
    found: dict[int, Weight] = {}
    open_: list[Weight] = [Weight()]
    for node, opens in walk(root, is_shown):
        if node.tag == "-text":
            if opens:
                text = "".join((node.text_content or "").split())
                hits = len(text) if text and text in looked_for else 0
                open_[-1] = _sum(open_[-1], Weight(len(text), 0, 0, hits))
        elif opens:
            open_.append(Weight())
        else:
            weight = open_.pop()
            weight = weight._replace(elements=weight.elements + 1)
            if node.tag == "a" and weight.chars:
                weight = weight._replace(linked=weight.chars, links=1)
            found[node.mem_id] = weight
            open_[-1] = _sum(open_[-1], weight)
    found[root.mem_id] = open_[0]
    return found


def surroundings(root: Node, weights: dict[int, Weight]) -> set[int]:
    """Return the `mem_id` of menus, share bars, related links and the like in `root`."""
    found: set[int] = set()

    def outside(node: Node) -> bool:
        weight = weights.get(node.mem_id)
        if weight is None:
            return False
        if _is_site(node, weight):
            found.add(node.mem_id)
            return False
        return True

    for _ in walk(root, outside):
        pass
    return found


def _is_site(node: Node, weight: Weight) -> bool:
    tag = node.tag or ""
    if weight.plain > _SENTENCES:
        return False
    if tag in _TAGS or (tag in _BOXES and _NAMES.search(named(node))):
        return True
    many = weight.links >= 3 and weight.linked >= 0.8 * weight.chars
    return many and tag in _MAY_BE_MENU


def _sum(one: Weight, other: Weight) -> Weight:
    return Weight(*map(operator.add, one, other))
