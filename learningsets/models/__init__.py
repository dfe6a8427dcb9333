"""The people, and the programmes and learning sets that they belong to."""

from learningsets.models.contract import Contract, Signature
from learningsets.models.identifier import Identifier
from learningsets.models.invitation import Invitation
from learningsets.models.letter import Letter
from learningsets.models.link import OneTimeLink
from learningsets.models.membership import Membership, Organisation, Role
from learningsets.models.programme import Cohort, Paper, Programme
from learningsets.models.user import User

__all__ = [
    "Cohort",
    "Contract",
    "Identifier",
    "Invitation",
    "Letter",
    "Membership",
    "OneTimeLink",
    "Organisation",
    "Paper",
    "Programme",
    "Role",
    "Signature",
    "User",
]
