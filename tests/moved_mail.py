"""Mail under a clock that is moved (tests/moved_clock.py): the age of a letter's file is by that clock too."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from learningsets.mail import ConsoleAndFolderBackend


class DatedFolderBackend(ConsoleAndFolderBackend):
    """The product's own. Not dated, its files would be a year old at once, and thrown away before they are read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each mail as of now."""
        folder = Path(settings.EMAIL_FILE_PATH)
        before = set(folder.glob("*.eml"))
        sent = super().send_messages(email_messages)
        for path in set(folder.glob("*.eml")) - before:
            os.utime(path, (time.time(), time.time()))
        return sent
