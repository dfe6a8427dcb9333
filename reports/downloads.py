"""Handing over what was released, and remembering which organiser has it: the day, and nothing of what it says."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from learningsets.models import Programme, User
from reports.document import DocumentError, loads
from reports.models import Download, Format, Release
from reports.models.release import State

CONTENT_TYPES: Final = {
    Format.PDF: "application/pdf",
    Format.HTML: "text/html; charset=utf-8",
    Format.JSON: "application/json",
}
MOST_BYTES: Final = 64 * 1024 * 1024
"""What one ZIP file may hold: it is put together in memory. Some two hundred reports."""
COLUMNS: Final = {Format.PDF: "pdf", Format.HTML: "html", Format.JSON: "document"}
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The time beside every file in a ZIP: the earliest there is, so that it tells nothing."""
SUMS: Final = "SHA-256 checksums.txt"
"""The file in a ZIP that says of each other what its certificate does, as `shasum -a 256 -c` reads it."""


class Damaged(Exception):  # noqa: N818  # it reads as what happened
    """What is stored is not what was certified; it is not handed over."""


class NotPacked(Exception):  # noqa: N818  # it reads as what happened
    """There is no ZIP of this programme. The message says why, for the organiser."""


def hand_over(release: Release, form: Format, user: User) -> bytes:
    """The bytes of `release` in a form, exactly as certified. Raises Damaged when their hash says otherwise.

    An organiser's download of what is out is remembered, by the day. Whether somebody of the set reads it is not: while
    they read the next version, who looked at the last would tell whom it is about.
    """
    content = _certified(Release.objects.only(COLUMNS[form], "sha256", "certificate").get(pk=release.pk), form)
    programme = release.report.cohort.programme
    if release.state == State.RELEASED and programme.memberships.current().organisers().filter(user=user).exists():
        _remember([release], user)
    return content


def title_of(release: Release) -> str:
    """What a release is called in its own pages; empty if a later version of the product stored them."""
    try:
        return str(loads(release.document).title)
    except DocumentError:
        return ""


def policy_of(page: bytes) -> str:
    """What a browser may do with a certified page that is opened on this site: show it in its own style. It says so
    itself; here it is besides kept out of frames, and in a place of its own, where no script could reach the site's."""
    styles = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    named = " ".join(f"'sha256-{b64encode(sha256(style).digest()).decode()}'" for style in styles) or "'none'"
    return (
        f"default-src 'none'; style-src {named}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )


def pack(programme: Programme, user: User) -> bytes:
    """Every report of a programme that is out, in every form there is of it, as one ZIP file. Two queries.

    The same releases give the same bytes: an order by what is printed, no time, and names that say the number and the
    title as released. Raises NotPacked when nothing is out or all of it is too much for one file, and Damaged.
    """
    out = Release.objects.of_programme(programme).filter(state=State.RELEASED)
    found: list[tuple[str, Release, dict[Format, bytes]]] = []
    size = 0
    for release in out.order_by("pk").iterator(chunk_size=1):
        copies = {form: _certified(release, form) for form in release.hashes}
        size += sum(map(len, copies.values()))
        if size > MOST_BYTES:
            raise NotPacked(_("All reports together are too much for one file. Download them one by one."))
        found.append((_as_a_name(title_of(release)), release, copies))
    if not found and Release.objects.of_programme(programme).left().exists():
        raise NotPacked(_("What was out of this programme is withdrawn, so there is nothing to download."))
    if not found:
        raise NotPacked(_("No report of this programme is out yet, so there is nothing to download."))
    _remember([release for _title, release, _copies in found], user)
    return _zipped(sorted(found, key=lambda one: (one[0], one[1].pk)))


def _zipped(found: list[tuple[str, Release, dict[Format, bytes]]]) -> bytes:
    packed, sums = BytesIO(), ""
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for number, (title, release, copies) in enumerate(found, start=1):
            for form, content in copies.items():
                name = f"{number:03d} {title}, version {release.edition}.{form}"
                archive.writestr(_entry(name), content)
                sums += f"{release.hashes[form]}  {name}\n"
        archive.writestr(_entry(SUMS), sums)
    return packed.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every machine
    return entry


def _certified(release: Release, form: Format) -> bytes:
    content = release.bytes_of(form)
    if sha256(content).hexdigest() != release.hashes.get(form):
        raise Damaged
    return content


def _as_a_name(title: str) -> str:
    """A released title as part of a file's name: letters, digits and single blanks or hyphens."""
    return re.sub(r"[^\w-]+", " ", title).strip()[:80].strip() or "Report"


def _remember(releases: Iterable[Release], user: User) -> None:
    today = timezone.now().date()
    rows = [Download(release=release, user=user, day=today) for release in releases]
    Download.objects.bulk_create(rows, ignore_conflicts=True)
