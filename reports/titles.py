"""What is searched of a report that is out: its title and those of its themes, as folded when it left.

A search asks the database which rows have its words, so it costs what it shows, however many documents are out.
"""

from uuid import UUID

from reports.anonymity.fold import fold
from reports.document import DocumentError, ReportDocument, Themes, loads
from reports.models import Release, Titles
from reports.models.release import ReleaseQuerySet, State


def titles_of(document: ReportDocument) -> tuple[str, tuple[str, ...]]:
    """The title that a document prints, and those of its themes."""
    themes = (theme for part in document.sections if isinstance(part, Themes) for theme in part.themes)
    return str(document.title), tuple(str(theme.title) for theme in themes)


def heading_of(stored: str) -> str:
    """What a stored document says on top: its title, and when it was where the title doesn't tell. Empty for one that
    a later version of the product stored, or that is damaged."""
    try:
        document = loads(stored)
    except DocumentError:
        return ""
    title, period = str(document.title), str(document.period)
    return title if period in title else f"{title}, {period}"


def remember(release_id: UUID, stored: str) -> None:
    """Let the report that leaves with this document be found. Part of the caller's transaction."""
    title, themes = titles_of(loads(stored))
    Titles.objects.get_or_create(release_id=release_id, defaults={"folded": fold(" ".join((title, *themes)))})


def having(words: str) -> ReleaseQuerySet:
    """What is out and has each of `words` in one of its titles; accents and case do not count."""
    found = Titles.objects.all()
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    return Release.objects.filter(
        pk__in=found.values("release"), state=State.RELEASED
    )  # of few alone the state is read
