"""What is said of a quantity word that a report can't leave with: the rule, the count, and what would hold.

The rules themselves: `reports/quantities.py`.
"""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reports.quantities import Claim


def what_to_say(claim: Claim, place: str = "", *, in_theme: bool = True) -> str:
    """What can be written instead of a word that claims a count, and why that word does not hold.

    `place`: where the word stands. `in_theme`: whether a theme says it, whose people are counted; other texts speak for
    as few as any theme may.
    """
    named = f"“{claim.word}”{place and ' '}{place}"
    counted = (
        _("this theme rests on {people}").format(people=claim.people)
        if in_theme
        else _("outside the themes a text speaks for {people}").format(people=claim.people)
    )
    why = _rule(claim).format(word=claim.word, group=claim.group, least=claim.least, most=claim.group - 3)
    told = f"{why}; {counted}." if claim.bears else f"{why}."
    if claim.issues:
        return " ".join((_of_issues(named, claim), told, _issues_instead(claim)))
    if claim.nobody:
        return _("say it without {named}: {told}").format(named=named, told=told)
    if not claim.instead:
        return _("leave out {named}: {told} Nothing may be said of so few.").format(named=named, told=told)
    instead = _("write {instead} instead of {named} if that is true, or leave it out: {told}")
    return instead.format(instead=_instead(claim), named=named, told=told)


def _rule(claim: Claim) -> str:
    """The rule of a word, with places for the word and the counts."""
    if claim.bears == "some":
        return _("“{word}” is three or four people")
    if claim.bears == "several":
        return _("“{word}” is five people or more")
    if claim.bears == "most" and claim.least <= claim.group - 3:
        return _(
            "“{word}” is over half of the {group} people who were there or answered, and leaves out three at least,"
            " which is {least} to {most}"
        )
    if claim.bears == "most":
        return _("“{word}” is over half and leaves out three at least, which no number of {group} people is")
    return _("“{word}” says too exactly how many people it is, whatever the count")


def _of_issues(named: str, claim: Claim) -> str:
    if claim.everybody:
        told = _("{named} tells of everybody here, because there are as many {issues} as people.")
    else:
        told = _("{named} may count people here, because each of the {issues} may have been somebody's.")
    return told.format(named=named, issues=claim.issues)


def _instead(claim: Claim) -> str:
    return get_text_list([f"“{word}”" for word in claim.instead], _("or"))


def _issues_instead(claim: Claim) -> str:
    told = _("Write {instead} of the {issues}, and nothing beside it of whose they are or who brought them.").format(
        instead=_instead(claim), issues=claim.issues
    )
    if not claim.whose:
        return told
    return f"{told} {_('Here “{whose}” may say so.').format(whose=claim.whose)}"
