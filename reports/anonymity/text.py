"""Text that has passed the boundary, as a type of its own."""

from typing import Final, final

_PASS: Final = object()


@final
class AnonymousText:
    """Text in which no roster identity stands. `str(text)` gives the words.

    Nothing but `vouch_for` makes one, so a function that takes `AnonymousText` cannot be handed raw words.
    """

    __slots__ = ("_words",)

    def __init__(self, words: str, passed: object = None) -> None:
        if passed is not _PASS:
            raise TypeError("Only the boundary makes AnonymousText: call deidentify().")
        object.__setattr__(self, "_words", words)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("AnonymousText never changes.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("AnonymousText never changes.")

    def __str__(self) -> str:
        return str(object.__getattribute__(self, "_words"))

    def __repr__(self) -> str:
        return f"AnonymousText({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnonymousText) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash((AnonymousText, str(self)))

    def __bool__(self) -> bool:
        return bool(str(self))

    def __reduce__(self) -> str:
        raise TypeError("AnonymousText is not pickled: store the document it stands in.")


def vouch_for(words: str) -> AnonymousText:
    """`words` as text that may leave. For `deidentify`, and for `reports.document` reading back what it wrote."""
    return AnonymousText(words, _PASS)
