"""From raw answers to a document: everything in it, nobody named, in an order that means nothing."""

from reports import document as paper
from reports.build import build_document
from tests.reports.conftest import PEOPLE, World

NAMES = [word for name, *_ in PEOPLE for word in name.split()] + ["Kerrygrove", "Fenwold", "Norrhamn", "Marlpit", "@"]


def test_every_answer_is_printed_and_nobody_is_named(world: World) -> None:
    built = build_document(world.report(), "release", key=b"k")
    answers = [section for section in built.document.sections if isinstance(section, paper.Answers)]
    assert [len(block.bullets) for block in answers] == [7, 7, 7, 7]
    printed = paper.dumps(built.document)
    assert [name for name in NAMES if name in printed] == []
    assert len(built.contributions) == 28
    assert [(block.authors, block.prints) for block in built.blocks] == [(7, True)] * 4
