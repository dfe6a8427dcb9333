"""A scheme in words: the text alternative of a drawing, written from its boxes, its arrows and its cycle.

In the report's language, not in that of whoever looks at the page.
"""

from dataclasses import dataclass
from typing import Final

from reports.document import Language
from reports.write_up import Scheme


@dataclass(frozen=True, slots=True)
class _Phrases:
    round: str
    beside: str
    boxes: str
    arrow: str
    named_arrow: str


_PHRASES: Final[dict[str, _Phrases]] = {
    "en": _Phrases(
        round="The cycle goes round in this order: {boxes}; then it begins again.",
        beside="Beside the cycle stand: {boxes}.",
        boxes="The drawing connects: {boxes}.",
        arrow="An arrow leads from “{start}” to “{end}”.",
        named_arrow="An arrow leads from “{start}” to “{end}”; along it stands “{label}”.",
    ),
    "sv": _Phrases(
        round="Cykeln går runt i denna ordning: {boxes}; sedan börjar den om.",
        beside="Bredvid cykeln står: {boxes}.",
        boxes="Bilden knyter ihop: {boxes}.",
        arrow="En pil går från ”{start}” till ”{end}”.",
        named_arrow="En pil går från ”{start}” till ”{end}”; längs den står ”{label}”.",
    ),
}


def described(scheme: Scheme, language: Language | str) -> str:
    """`scheme` in sentences, empty for a scheme without boxes."""
    say = _PHRASES[language if language in _PHRASES else "en"]
    labels = [node.label for node in scheme.nodes]
    round_it = [labels[place] for place in scheme.cycle]
    beside = [label for place, label in enumerate(labels) if place not in scheme.cycle]
    sentences = []
    if round_it:
        sentences.append(say.round.format(boxes=", ".join(round_it)))
    if beside:
        sentences.append((say.beside if round_it else say.boxes).format(boxes=", ".join(beside)))
    for link in scheme.links:
        phrase = say.named_arrow if link.label else say.arrow
        sentences.append(phrase.format(start=labels[link.from_], end=labels[link.to], label=link.label))
    return " ".join(sentences)
