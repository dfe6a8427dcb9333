"""From YAML text to a tree in which every value is text or a list or a mapping, and knows its line.

YAML can do more than a person writing a report needs, and some of it is dangerous (an alias that doubles itself
thirty times, a tag that calls code) or surprising (`no` that is a boolean). So only its plain part is read: scalars are
always text; anchors, aliases, tags, merge keys and several documents in one file are refused.
"""

import unicodedata
from dataclasses import dataclass, field

import yaml

from learningsets.fields import MARKS
from reports.workshop.problems import Problem, WorkshopError

MOST_BYTES = 1_000_000
MOST_VALUES = 20_000
DEEPEST = 12
HINT = "Look at this line and the one above: indentation, and quotes around texts that hold “: ”, “?”, “#”, “[” or “{”."


@dataclass(slots=True)
class Scalar:
    """A text, as it is written."""

    text: str
    line: int


@dataclass(slots=True)
class Listed:
    """A list."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapped:
    """A mapping; `entries` hold each key's line too, for keys that nobody knows."""

    line: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Listed | Mapped


def parse(raw: bytes) -> Mapped:
    """The tree of a file. Raises WorkshopError for what is not UTF-8, not plain YAML, too large, or not a mapping."""
    text = _decoded(raw)
    try:
        root = _Builder().build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refused(mark.line + 1 if mark else 1, f"This is not YAML: {_told(error)}. {HINT}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refused(line, "A character that cannot stand in a text file.") from error
    if not isinstance(root, Mapped):
        raise _refused(root.line, "The file must begin with names and values, such as “programme:”.")
    return root


def _told(error: yaml.MarkedYAMLError) -> str:
    return str(error.problem or error.context or "something is out of place")


def _decoded(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise _refused(1, f"The file is larger than {MOST_BYTES:,} bytes.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(raw.count(b"\n", 0, error.start) + 1, "This is not UTF-8 text.") from error
    if not text.strip():
        raise _refused(1, "The file is empty.")
    return text


def _refused(line: int, message: str) -> WorkshopError:
    return WorkshopError([Problem(line, "", message)])


class _Builder:
    """Builds the tree from PyYAML's events, one at a time, so that nothing grows before it is counted."""

    def __init__(self) -> None:
        self.open: list[Listed | Mapped] = []
        self.keys: list[Scalar | None] = []
        self.root: Node | None = None
        self.count = 0

    def build(self, text: str) -> Node:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise _refused(line, "A second document begins here (“---”); one file holds one workshop.")
            if isinstance(event, yaml.NodeEvent):
                self._node(event, line)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self.open.pop()
                self.keys.pop()
        if self.root is None:
            raise _refused(1, "The file is empty.")
        return self.root

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _refused(line, "Anchors and aliases (“&”, “*”) are not used here. Put such a text in quotes.")
        if getattr(event, "tag", None) is not None:
            raise _refused(line, "Tags (“!”) are not used here. Put such a text in quotes.")
        self.count += 1
        if self.count > MOST_VALUES:
            raise _refused(line, f"The file holds more than {MOST_VALUES:,} values.")
        if isinstance(event, yaml.ScalarEvent):
            self._place(Scalar(_clean(event.value, line), line))
            return
        node: Listed | Mapped = Listed(line) if isinstance(event, yaml.SequenceStartEvent) else Mapped(line)
        self._place(node)
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > DEEPEST:
            raise _refused(line, f"Values are nested more than {DEEPEST} deep.")

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Listed):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self._key(parent, node)
        else:
            parent.entries[key.text] = node
            self.keys[-1] = None

    def _key(self, parent: Mapped, node: Node) -> None:
        if not isinstance(node, Scalar):
            raise _refused(node.line, f"A list or a group stands where a name should stand before its colon. {HINT}")
        if not node.text:
            raise _refused(node.line, "Nothing stands before this colon. Write the name of the value there.")
        if node.text == "<<":
            raise _refused(node.line, "Merging (“<<”) is not used here. Write the names and values out in full.")
        if node.text in parent.key_lines:
            first = parent.key_lines[node.text]
            raise _refused(node.line, f"“{node.text[:60]}” stands here a second time (first in line {first}).")
        parent.key_lines[node.text] = node.line
        self.keys[-1] = node


def _clean(text: str, line: int) -> str:
    """`text` in NFC. Refuses what `learningsets.fields` refuses in a form, for the same reasons."""
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category == "Cs" or (category == "Cc" and character not in "\n\t"):
            raise _refused(line, "A character that cannot be shown.")
        if marks > MARKS:
            raise _refused(line, "A letter that carries more accents than can be shown.")
    return unicodedata.normalize("NFC", text)
