"""Names inside longer words: "teamlindqvist", "alindqvist1975"."""

from collections.abc import Mapping

_PREFIX = 5  # letters that a name needs to be recognised inside a word


class Inside:
    """Names filed by their first five letters, so that a look-up costs the same however many there are."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._filed: dict[str, list[tuple[str, str]]] = {}
        for name, kind in sorted(kinds.items(), key=lambda item: (-len(item[0]), item[0])):
            if len(name) >= _PREFIX:
                self._filed.setdefault(name[:_PREFIX], []).append((name, kind))

    def find(self, word: str) -> tuple[str, str] | None:
        """The first name that stands in the folded word, and its kind, or None."""
        filed = self._filed
        for start in range(len(word) - _PREFIX + 1):
            for name, kind in filed.get(word[start : start + _PREFIX], ()):
                if word.startswith(name, start):
                    return name, kind
        return None
