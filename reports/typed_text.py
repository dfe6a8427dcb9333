"""What a text area holds, as the parts that a write-up is made of, and back."""

import re
from collections.abc import Iterable, Iterator
from textwrap import dedent

from reports.write_up import Cluster, Term

_MARKS = "[-–—•*·◦○●▪■‣⁃→]"
_LINE = re.compile(rf"(\s*)(?:{_MARKS}(?:\s+|$))?(.*)")
_MARK = re.compile(rf"^[^\S\n]*{_MARKS}(?:[^\S\n]+|$)", re.MULTILINE)
_DASHED = re.compile(r"\s*[-–—]\s")


def paragraphs(text: str) -> tuple[str, ...]:
    """A typed text as paragraphs: a blank line parts two of them, a single line break does not.

    A list that was pasted with its marks has a paragraph for each of its lines, without them.
    """
    blocks = re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n"))
    return tuple(words for block in blocks for part in _listed(block) if (words := one_line(part)))


def lines(text: str) -> tuple[str, ...]:
    """A typed text as its lines, without the marks of a list; blank ones left out."""
    return tuple(words for line in text.splitlines() if (words := _parted(line)[1]))


def terms(text: str) -> tuple[Term, ...]:
    """A typed list as terms: a line that is indented, or begins with a dash, stands under the term above it.

    In a list whose first line begins with a dash (pasted with its marks, most likely) dashes say nothing. A bullet
    never does.
    """
    text = dedent(text)
    dashed = bool(_DASHED.match(text.lstrip("\n")))
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        indent, words = _parted(line)
        if not words:
            continue
        below = len(indent.expandtabs(4)) > 1 or (not dashed and bool(_DASHED.match(line)))
        if below and found:
            found[-1][1].append(words)
        else:
            found.append((words, []))
    return tuple(Term(term, tuple(narrower)) for term, narrower in found)


def clusters(text: str) -> tuple[Cluster, ...]:
    """A typed list as clusters: a line with a colon at its end below a blank line names the terms that follow.

    So does the first line of a list that has blank lines. One without (as terms are shown) is a single cluster.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    blank = any(not line.strip() for line in text.strip().splitlines())
    for line in text.splitlines():
        words = _parted(line)[1]
        if blank and words.endswith(":") and len(words) > 1:
            found.append((one_line(words[:-1]), []))
        else:
            found[-1][1].append(line)
        blank = not words
    read = (Cluster(name, terms("\n".join(listed))) for name, listed in found)
    return tuple(cluster for cluster in read if cluster.title or cluster.terms)


def as_paragraphs(texts: Iterable[str]) -> str:
    """The text that `paragraphs` reads `texts` from."""
    return "\n\n".join(texts)


def as_lines(texts: Iterable[str]) -> str:
    """The text that `lines` reads `texts` from."""
    return "\n".join(one_line(text) for text in texts)


def as_terms(listed: Iterable[Term]) -> str:
    """The text that `terms` reads `listed` from."""
    return "\n".join(line for term in listed for line in (term.text, *(f"  - {below}" for below in term.sub_terms)))


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def _listed(block: str) -> Iterator[str]:
    """What stands between the marks of a list, if two lines or more begin with one; else the block as it is."""
    marks = list(_MARK.finditer(block)) if len(_MARK.findall(block)) > 1 else []
    begin = 0
    for mark in marks:
        yield block[begin : mark.start()]
        begin = mark.end()
    yield block[begin:]


def _parted(line: str) -> tuple[str, str]:
    """A line's indentation, and its words without a bullet."""
    found = _LINE.fullmatch(line)
    return (found[1], one_line(found[2])) if found else ("", one_line(line))
