"""One of several decisions on a page that two facilitators may have open at once.

A page says again, of each, what it was filled from. So a page that was opened before somebody decided would undo that:
a name that was to go would stay, and an agreement that was taken back would stand again. Only what was changed on the
page is saved; where somebody changed the same meanwhile, both are shown.
"""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class StandingForm(forms.Form):
    """A decision, `stands` being what is decided now, as `decision` puts it; () for nothing.

    A form calls `meet` at the end of its `clean`, and its template gives back `mark` under `mark_name`.
    """

    beside: str  # the field beside which it is told that somebody decided meanwhile
    stands: tuple[Any, ...] = ()
    _met = False

    def decision(self) -> tuple[Any, ...]:
        """What a valid form says; () for nothing."""
        raise NotImplementedError

    def in_words(self) -> str:
        """What is decided now."""
        raise NotImplementedError

    @property
    def mark_name(self) -> str:
        """The field of the page in which `mark` stands."""
        return self.add_prefix("mark")

    @property
    def mark(self) -> str:
        """A name for the decision that its reader was shown: that of the page, or after `meet` the one that stands."""
        return _mark(self.stands) if self._met or not self.is_bound else self._seen

    @property
    def _seen(self) -> str:
        return str(self.data.get(self.mark_name, _mark(self.stands)))

    def is_new(self) -> bool:
        """Whether a valid form says something else than its page did when it was opened."""
        return _mark(self.decision()) != self._seen

    def let_go(self, field: str) -> None:
        """Forget what was typed for another choice than the one that is made: its field is hidden then."""
        self.cleaned_data[field] = ""
        self.errors.pop(field, None)

    def meet(self) -> None:
        """Say so where somebody has decided otherwise than this form since its page was opened."""
        standing = _mark(self.stands)
        if not self.errors and standing not in (self._seen, _mark(self.decision())) and self.is_new():
            self._met = True
            told = _(
                "Meanwhile somebody decided “%(what)s”; what you chose is kept here: save again to put it in its place."
            )
            self.add_error(self.beside, ValidationError(told, params={"what": self.in_words()}))


def _mark(decision: tuple[Any, ...]) -> str:
    return sha256(repr(decision).encode()).hexdigest()[:16]
