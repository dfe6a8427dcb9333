"""Every field of every model and of the released document is classified: who may see it, and whether it identifies.

A new field fails here until somebody has answered both questions. The rules below the tables are what the answers are
held to; they are read from the schema, so a new foreign key or a new time can't slip past them.
"""

import dataclasses
import re
import typing
import uuid
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from reports import document
from reports.anonymity import AnonymousText
from tests.test_structure import templates

# Who may see a field at the most. "nobody": it is on no screen, in no mail and in no file that leaves.
NOBODY, SELF, FACILITATOR, SET, ORGANISER = "nobody", "self", "facilitator", "set", "organiser"

# One word for each field: the widest audience, with a ! where the value by itself identifies a person or an employer.
FIELDS: dict[str, str] = {
    "learningsets.User": "id:nobody! password:nobody email:facilitator! name:set! language:self is_active:nobody "
    "is_example:nobody",
    "learningsets.Programme": "id:organiser title:organiser convenor:organiser! season:organiser audience:organiser "
    "purpose:set aims:set theory:organiser paper:organiser "
    "version:organiser",
    "learningsets.Cohort": "id:organiser programme:organiser name:organiser places:organiser language:organiser "
    "time_zone:organiser country:organiser closing_hours:set report_floor:set block_floor:set theme_floor:set "
    "is_example:nobody version:organiser",
    "learningsets.Organisation": "id:nobody! programme:nobody name:set! short_names:facilitator!",
    "learningsets.Membership": "id:facilitator! programme:organiser cohort:set user:set! role:set organisation:set! "
    "has_no_employer:facilitator job_title:set! health_system:set! joined_on:facilitator left_on:facilitator "
    "version:facilitator",
    "learningsets.Contract": "id:nobody cohort:set version:set text:set window_hours:set made_on:set",
    "learningsets.Signature": "id:nobody contract:facilitator membership:facilitator! signed_on:facilitator",
    "learningsets.Identifier": "id:nobody cohort:facilitator user:facilitator! kind:facilitator value:facilitator! "
    "whose:facilitator!",
    "learningsets.Invitation": "id:facilitator programme:facilitator cohort:facilitator role:facilitator "
    "email:facilitator! name:facilitator! organisation:facilitator! job_title:facilitator! health_system:facilitator! "
    "other_names:facilitator! token_hash:nobody expires_on:facilitator accepted_on:facilitator "
    "revoked_on:facilitator invited_by:facilitator! hands_over:facilitator",
    "learningsets.Letter": "id:nobody to:nobody! subject:self body:self attempts:nobody waits:nobody about:nobody "
    "calendar:self! told:nobody stop:self! invitation:facilitator sent_on:nobody bounced:facilitator",
    "learningsets.OneTimeLink": "id:nobody token_hash:nobody user:nobody!",
    "meetings.Series": "id:nobody cohort:set ordinal:set weekday:set month_day:set starts_on:set start_time:set "
    "minutes:set time_zone:set months:set on_holiday:set key:nobody",
    "meetings.Meeting": "id:set cohort:organiser series:set number:organiser starts_at:organiser minutes:set "
    "time_zone:organiser place:set video_link:set state:organiser tips_at:set promised_until:set version:set "
    "sequence:set",
    "meetings.SetCalendar": "cohort:set entries:set remind_before:set version:facilitator",
    "meetings.PersonalCalendar": "user:nobody! key:nobody time_zone:self",
    "meetings.Reminder": "id:nobody meeting:nobody membership:nobody! days:nobody",
    "meetings.NoReminders": "membership:self!",
    "meetings.AgendaItem": "id:set meeting:set day:set position:set kind:set title:set minutes:set "
    "minutes_before:facilitator origin:set regime:set format:set handout:set concepts:set reached:set seconds:set "
    "removed:facilitator version:facilitator key:facilitator",
    "meetings.Attendance": "id:nobody meeting:set membership:set! status:set reason:facilitator! told_to:nobody! "
    "may_answer:nobody",
    "meetings.AttendanceBand": "id:nobody programme:organiser year:organiser quarter:organiser band:organiser",
    "meetings.Concept": "id:set meeting:set text:set struck:set",
    "meetings.PredefinedConcept": "id:set programme:set term:set explanation:set cluster:set sub_terms:set handout:set "
    "removed:facilitator pasted:facilitator version:facilitator",
    "meetings.Parked": "id:set meeting:set text:set struck:set",
    "meetings.Practice": "cohort:set sharing:set",
    "meetings.Room": "meeting:set item:set stage:set seconds:set used:set since:set over:set version:set news:set",
    "meetings.Guest": "id:facilitator! meeting:set name:set! organisation:set!",
    "meetings.DatesTold": "stop_key:nobody membership:nobody!",
    "challenges.Challenge": "id:set owner:set! title:set happening:set trapped:set data:set uncodified:set "
    "whose_world:set question:set visibility:set told_to:nobody! key:nobody version:self",
    "challenges.Action": "id:self airtime:set text:set first_step:set due:set state:set about_issue:set about_self:set "
    "about_process:set version:self key:self",
    "challenges.Airtime": "id:set item:set presenter:set! current:set shown:set notes:self version:self",
    "challenges.Asked": "id:nobody airtime:nobody text:self",
    "challenges.Bid": "id:nobody meeting:set membership:set! minutes:set urgency:set",
    "challenges.Box": "id:nobody cohort:nobody state:nobody purged:nobody",
    "challenges.BoxMember": "id:nobody box:nobody membership:nobody! role:nobody",
    "challenges.AimTally": "id:nobody programme:nobody year:nobody quarter:nobody aim:organiser step:nobody "
    "people:nobody",
    "challenges.AimBand": "id:nobody programme:organiser year:organiser quarter:organiser position:organiser "
    "aim:organiser partly:organiser largely:organiser",
    "challenges.Prompt": "id:set meeting:set box:nobody position:set text:set aims:set",
    "challenges.Draft": "id:nobody box:nobody author:self! sealed:self",
    "challenges.Kept": "id:nobody author:self! key:nobody sealed:self",
    "challenges.SpentKey": "key:nobody",
    "challenges.Reflection": "id:set meeting:set prompt:set text:set regime:set",
    "challenges.Tally": "id:nobody prompt:set regime:set authors:set",
    "challenges.Audience": "id:nobody meeting:nobody membership:nobody!",
    "challenges.Opening": "meeting:nobody",
    "reports.Report": "id:set cohort:set title:facilitator period:facilitator content:facilitator version:facilitator "
    "meetings:set",
    "reports.Coverage": "id:nobody report:set meeting:set",
    "reports.Decision": "id:facilitator report:facilitator words:facilitator! sentence:facilitator! "
    "verdict:facilitator wording:facilitator reason:facilitator rests_on:nobody",
    "reports.Clearance": "id:nobody report:facilitator membership:facilitator! label:facilitator!",
    "reports.Release": "id:organiser report:set number:organiser input_hash:nobody state:organiser attempts:nobody "
    "claim:nobody claimed_at:nobody enqueued_at:nobody failure:facilitator refusals:facilitator document:organiser "
    "pdf:organiser html:organiser sha256:organiser certificate:organiser filename:organiser released_on:organiser "
    "withdrawn_on:organiser withdrawn_reason:organiser",
    "reports.Window": "id:set report:set release:set number:set round:set state:organiser closes_at:organiser "
    "purged:nobody made_from:nobody outdated:set",
    "reports.Reader": "id:nobody window:nobody membership:nobody! role:nobody",
    "reports.Ballot": "id:nobody window:nobody author:self! sealed:self",
    "reports.Wish": "id:nobody window:set position:set digest:nobody kind:facilitator wording:facilitator",
    "reports.Outcome": "id:nobody report:set digest:nobody verdict:set wording:facilitator window:nobody",
    "reports.Printed": "id:nobody release:nobody contribution:nobody",
    "reports.Download": "id:nobody release:nobody user:nobody! day:nobody",
    "reports.Titles": "release:organiser folded:organiser",
    # Not ours: Django's and allauth's.
    "account.EmailAddress": "id:nobody user:nobody! email:self! verified:nobody primary:nobody",
    "account.EmailConfirmation": "id:nobody email_address:nobody! created:nobody sent:nobody key:nobody",
    "auth.Group": "id:nobody name:nobody permissions:nobody",
    "auth.Permission": "id:nobody name:nobody content_type:nobody codename:nobody",
    "contenttypes.ContentType": "id:nobody app_label:nobody model:nobody",
    "sessions.Session": "session_key:self session_data:nobody! expire_date:nobody",
}

# Names of such fields that pages use for something else: a form's, a room's, a meeting's.
HOMONYMS = {"about", "box", "days", "people", "step", "told"}

# The people in the schema, and what they said. No path may lead from the one to the other but through a draft.
PEOPLE = {"learningsets.User", "learningsets.Membership"}
CONTRIBUTIONS = (
    "challenges.Reflection",
    "challenges.Tally",
    "challenges.AimTally",
    "challenges.AimBand",
    "reports.Printed",
    "reports.Release",
    "reports.Wish",
)
# Times finer than a day, each with the reason why it tells nothing of a person's doing.
MOMENTS = {
    "meetings.Meeting.starts_at": "when the set meets",
    "meetings.Meeting.tips_at": "when the box is tipped out, the same for everyone",
    "meetings.Meeting.promised_until": "the same as it was last told",
    "meetings.Room.since": "since when the set is at an item; gone at the close",
    "reports.Window.closes_at": "when the set's time for reading is over, the same for everyone",
    "reports.Release.claimed_at": "when a worker took the job",
    "reports.Release.enqueued_at": "when a worker was last asked",
    "sessions.Session.expire_date": "rounded to a day: tests/learningsets/test_sessions.py",
    "account.EmailConfirmation.created": "never written: addresses are confirmed by code",
    "account.EmailConfirmation.sent": "never written: addresses are confirmed by code",
}


def fields_of(model: type[models.Model]) -> set[str]:
    """The names of a model's own columns and many-to-many relations."""
    return {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}


def classified(label: str) -> dict[str, str]:
    """A model's fields with their audience, a ! at its end where the value identifies."""
    return dict(entry.split(":") for entry in FIELDS[label].split())


def own_models() -> Iterator[type[models.Model]]:
    """Each model with a table of its own that holds something (the automatic many-to-many tables are keys alone)."""
    yield from apps.get_models()


def test_every_model_and_field_is_classified() -> None:
    assert {model._meta.label for model in own_models()} == set(FIELDS)
    for model in own_models():
        assert fields_of(model) == set(classified(model._meta.label)), model._meta.label


def test_each_classification_is_one_of_the_audiences() -> None:
    for label in FIELDS:
        assert {audience.removesuffix("!") for audience in classified(label).values()} <= {
            NOBODY,
            SELF,
            FACILITATOR,
            SET,
            ORGANISER,
        }


def test_what_an_organiser_sees_identifies_nobody_but_the_convenor() -> None:
    seen = {
        f"{label}.{field}"
        for label in FIELDS
        for field, audience in classified(label).items()
        if audience == f"{ORGANISER}!"
    }
    assert seen == {"learningsets.Programme.convenor"}


@pytest.mark.parametrize("label", CONTRIBUTIONS)
def test_no_foreign_key_leads_from_a_contribution_to_a_person(label: str) -> None:
    """Followed from key to key: a set, a meeting, a programme are reached; a person never is."""
    reached, ahead = set(), [apps.get_model(label)]
    while ahead:
        model = ahead.pop()
        if model._meta.label in reached:
            continue
        reached.add(model._meta.label)
        ahead += [f.related_model for f in model._meta.local_fields if isinstance(f.related_model, type)]
    assert reached & (PEOPLE | {"challenges.Draft", "challenges.Kept", "reports.Ballot", "reports.Reader"}) == set()


def test_no_time_finer_than_a_day_but_those_that_tell_nothing() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField | models.TimeField | models.DurationField)
    }
    assert found == {*MOMENTS, "meetings.Series.start_time"}


def test_no_template_names_a_field_that_nobody_sees() -> None:
    """What code makes of one before it is shown: tests/who_sees_what.yaml, and tests/looks.py."""
    audiences: dict[str, set[str]] = {}
    for model, classified in FIELDS.items():
        if model.split(".")[0] in {"learningsets", "meetings", "challenges", "reports"}:
            for name, audience in (word.rstrip("!").split(":") for word in classified.split()):
                audiences.setdefault(name, set()).add(audience)
    hidden = {name for name, whose in audiences.items() if whose == {NOBODY}} - HOMONYMS
    assert {"may_answer", "told_to", "claimed_at", "rests_on", "attempts", "purged"} <= hidden
    tags = [(path, tag) for path, text in templates().items() for tag in re.findall(r"{[{%].*?[%}]}", text, re.S)]
    assert [one for one in tags if set(re.findall(r"\.(\w+)", one[1])) & hidden] == []


def test_no_key_tells_when_or_where_it_was_made() -> None:
    """A key of version 1, 6 or 7 holds the time to less than a millisecond, the first two the machine as well."""
    keys = [
        field for model in own_models() for field in model._meta.local_fields if isinstance(field, models.UUIDField)
    ]
    assert len(keys) > 20
    assert {field.default for field in keys} == {uuid.uuid4, models.NOT_PROVIDED}


def test_a_contribution_holds_no_time_and_no_sequence() -> None:
    reflection = apps.get_model("challenges.Reflection")
    assert fields_of(reflection) == {"id", "meeting", "prompt", "text", "regime"}
    assert isinstance(reflection._meta.pk, models.UUIDField)


def kinds_within(annotation: object) -> set[object]:
    """The leaves of a type: what a value of it is made of in the end."""
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Literal:
        return {str}
    if arguments:
        return set().union(*(kinds_within(argument) for argument in arguments if argument is not ...))
    if dataclasses.is_dataclass(annotation):
        hints = typing.get_type_hints(annotation)
        return set().union(*(kinds_within(hint) for name, hint in hints.items() if name in fields_of_part(annotation)))
    return {annotation}


def fields_of_part(part: object) -> set[str]:
    """The names of a dataclass's fields (class variables are not fields)."""
    return {field.name for field in dataclasses.fields(part)}


def test_the_document_is_made_of_anonymous_text_and_of_nothing_else_that_could_name_somebody() -> None:
    """Free strings are absent; the few closed words (a language, a status) and numbers can hold no name."""
    leaves = kinds_within(document.ReportDocument)
    assert AnonymousText in leaves
    assert leaves <= {AnonymousText, int, bool, float, type(None), str}
    free = {
        f"{name}.{field}"
        for name, part in vars(document).items()
        if dataclasses.is_dataclass(part)
        for field, hint in typing.get_type_hints(part).items()
        if field in fields_of_part(part) and hint is str
    }
    assert free == set()


@pytest.mark.django_db
def test_the_table_of_permissions_stays_empty() -> None:
    """Who may do what follows from memberships alone: no second list of it lies in the database."""
    assert apps.get_model("auth", "Permission").objects.count() == 0
