"""What is drawn for a person at a terminal: progress, outlines as trees."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text
from rich.tree import Tree

from api.description import Branch, shown
from seeds.folders import Progress


@contextmanager
def progress(busy: bool) -> Iterator[Progress | None]:
    """Give a callback that shows the file being read, None where nobody looks.

    Args:
        busy: whether results are printed to the same terminal.
    """
    if busy or not sys.stderr.isatty():
        yield None
        return
    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False)
    with Bar(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("")
        yield lambda number, name: bar.update(
            task, description=f"{number}  {shown(name)}"
        )


def print_tree(branches: Iterable[Branch]) -> None:
    """Print one report's outline; text is never taken for markup."""
    above: list[tuple[int, Tree]] = []
    for branch in branches:
        label = Text.assemble((branch.text, "" if branch.depth else "bold"))
        if branch.counts:
            label.append(f"  {branch.counts}", "dim")
        while above and above[-1][0] >= branch.depth:
            above.pop()
        node = above[-1][1].add(label) if above else Tree(label)
        above.append((branch.depth, node))
        root = above[0][1]
    if above:
        Console().print(root)
