"""The concept list that the room draws up while it meets."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.meeting import Meeting


class Concept(models.Model):
    """A word or phrase on the list that the room draws up while it meets. Who wrote it, and when, is kept nowhere.

    Whoever is in the set may strike one out and put it back, as on a sheet of paper on the wall. The room can tell who
    wrote what; so at the close the list is copied in another order (`sessions.concepts.settle`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="concepts")
    text = models.CharField(_("word or phrase"), max_length=120)
    struck = models.BooleanField(default=False)

    class Meta:
        ordering = ("text", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "text"), name="concept_once"),)

    def __str__(self) -> str:
        return self.text
