"""The anonymity boundary: text and roster in, `AnonymousText` and findings out.

Plain Python: it knows nothing of Django, of the database or of the rest of this project, and can be used by itself:

    from reports.anonymity import Person, Roster, deidentify

    roster = Roster(people=(Person("Anna Lindqvist"),))
    str(deidentify("Ask Anna's team.", roster).text)  # "Ask a colleague's team."
"""

from .deidentify import Deidentified, deidentify, leftovers
from .findings import REASONS, Decision, Finding, Span, Verdict
from .recogniser import RecogniserMissingError, load_recogniser
from .roster import Organisation, Person, Roster, System
from .text import AnonymousText

__all__ = [
    "REASONS",
    "AnonymousText",
    "Decision",
    "Deidentified",
    "Finding",
    "Organisation",
    "Person",
    "RecogniserMissingError",
    "Roster",
    "Span",
    "System",
    "Verdict",
    "deidentify",
    "leftovers",
    "load_recogniser",
]
