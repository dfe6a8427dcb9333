"""What a facilitator decides about a passage."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, PlainText
from reports.forms.standing import StandingForm
from reports.models.report import Verdict
from reports.typed_text import one_line

NAMED = 4  # other findings in a sentence that are named where it is offered to decide them alike
AROUND = 80  # characters of the sentence that are shown before general words, and as many after them


class WordingForm(StandingForm):
    """What should happen to words, and the general words that may stand in their place."""

    beside = "verdict"
    conditional: tuple[str, ...] = ("verdict", "wording")  # what is needed depends on the choice

    verdict = forms.ChoiceField(
        label=_("What should happen to it"), choices=Verdict.choices, required=False, widget=forms.RadioSelect
    )
    wording = PlainText(label=_("In general words"), rows=2, max_length=300, required=False)

    general = ""  # the words that stand there already; left empty, it is these
    told_by: Callable[[str], Sequence[str]] = staticmethod(lambda _wording: ())  # what names somebody in general words

    def clean(self) -> dict[str, Any]:
        """General words need the words, and general ones."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict", "") not in {"", Verdict.GENERALISE}:
            self.let_go("wording")
        if cleaned.get("wording"):
            cleaned["wording"] = one_line(cleaned["wording"])  # it becomes part of a sentence
        if cleaned.get("verdict") == Verdict.GENERALISE and not cleaned.get("everywhere"):
            cleaned["wording"] = cleaned.get("wording") or self.general  # they fit this sentence, and perhaps no other
        if cleaned.get("verdict") == Verdict.GENERALISE and not cleaned.get("wording") and "wording" not in self.errors:
            self.add_error("wording", gettext("Write what should stand there instead."))
        if cleaned.get("verdict") == Verdict.GENERALISE and cleaned.get("wording"):
            for words in dict.fromkeys(self.told_by(cleaned["wording"])):
                told = _(
                    "“%(words)s” may itself show who somebody is, or where they work. Write words that fit many,"
                    " such as “a colleague” or “a hospital”."
                )
                self.add_error("wording", ValidationError(told, params={"words": words}))
        return cleaned


class DecisionForm(WordingForm):
    """What to do about one passage. Leaving the choice empty leaves it open."""

    conditional = ("verdict", "wording", "reason")

    reason = PlainLine(
        label=_("Why it may stay"),
        help_text=_("Needed to keep it: why nobody can be recognised by it."),
        max_length=500,
        required=False,
    )
    everywhere = forms.BooleanField(label=_("Everywhere in this report, not only in this sentence"), required=False)
    together = forms.BooleanField(required=False)

    about = ""  # which of the page's passages it is about
    follows: "DecisionForm | None" = None  # the one in the same sentence whose choice it takes over
    marked = False  # the facilitator marked it, and may think again without giving a reason
    covers_few = False  # it is a label of fewer than ten people, who have not all agreed to it

    def set_marked(self, *, marked: bool) -> None:
        """Whether the facilitator marked it: then it holds in its sentence, as that is where the mark finds it."""
        self.marked = marked
        if marked:
            del self.fields["everywhere"]
            self.fields["reason"].help_text = ""

    def offer_together(self, others: Sequence[str]) -> None:
        """Offer to decide `others`, found in the same sentence, alike; there is no such offer where there are none."""
        if not others:
            del self.fields["together"]
        elif len(others) <= NAMED:
            quoted = get_text_list([f"“{words}”" for words in others], gettext("and"))
            self.fields["together"].label = _("The same for {words} in this sentence").format(words=quoted)
        else:
            told = _("The same for the {n} others in this sentence").format(n=len(others))
            self.fields["together"].label = told

    def show_sentence(self, before: str, after: str, general: str) -> None:
        """Say beside the general words what stands before and after them, as much of it as is taken in at a glance, and
        which `general` words stand there already, if these will do."""
        self.general = general
        lead = before if len(before) <= AROUND else f"…{before[-AROUND:]}"
        rest = after if len(after) <= AROUND else f"{after[:AROUND]}…"
        already = _("Left empty, it stays at “{general}”.").format(general=general) if general else ""
        told = _("They will stand here: {lead}[your words]{rest}").format(lead=lead, rest=rest)
        self.fields["wording"].help_text = f"{already} {told}".strip()

    def clean(self) -> dict[str, Any]:
        """Keeping needs the reason; a label of few cannot be kept."""
        cleaned = super().clean()
        if cleaned.get("verdict", "") not in {"", Verdict.KEEP}:
            self.let_go("reason")
        if cleaned.get("verdict") == Verdict.KEEP and self.covers_few:
            told = _(
                "Fewer than ten people share this, so it stays only when each of them has agreed. Record that under "
                "“Names that may stay”, or put it in general words."
            )
            self.add_error("verdict", told)
        if cleaned.get("verdict") == Verdict.KEEP and self.marked:
            cleaned["reason"] = cleaned.get("reason") or gettext("It need not go after all.")
        if cleaned.get("verdict") == Verdict.KEEP and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write why nobody can be recognised by it."))
        if not cleaned.get("verdict") and (cleaned.get("wording") or cleaned.get("reason")):
            self.add_error("verdict", _("Choose what should happen."))
        self.meet()
        return cleaned

    def decision(self) -> tuple[Any, ...]:
        """Verdict, words, reason and whether it holds everywhere."""
        typed = self.cleaned_data
        if not typed["verdict"]:
            return ()
        everywhere = typed.get("everywhere", False) and typed["verdict"] != Verdict.KEEP
        return (typed["verdict"], typed["wording"], typed["reason"], everywhere)

    def in_words(self) -> str:
        """The verdict, and the words or the reason."""
        if not self.stands:
            return str(_("nothing"))
        verdict, wording, reason, _everywhere = self.stands
        return " – ".join(filter(None, (str(Verdict(verdict).label), wording, reason)))
