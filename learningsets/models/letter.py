"""Mail waiting to go out: one recipient, no content from a meeting, sent at least once, purged daily once sent."""

import uuid

from django.db import models

from learningsets.models.invitation import Invitation


class Letter(models.Model):
    """One mail to one address. The row is the truth: a mail server that is down delays it, and loses nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    waits = models.PositiveSmallIntegerField(default=0)  # passes to sit out; a time would tell when it was written
    calendar = models.JSONField(default=list, blank=True)  # keys of the entries it is to carry
    told = models.JSONField(default=dict, blank=True)  # what its reader knows of the matter, to compare with
    stop = models.CharField(max_length=300, blank=True)  # the path that ends letters of this kind, for its headers
    about = models.CharField(max_length=60, blank=True)  # a matter of which one letter is enough, the latest
    invitation = models.ForeignKey(  # that it carries: of it alone is told that the letter came back
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_on = models.DateField(null=True, blank=True)
    bounced = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.subject
