"""Mail of the embedded configuration: shown on the console and kept in a folder."""

from django.core.mail.backends.filebased import EmailBackend


class ConsoleAndFolderBackend(EmailBackend):
    """Writes each mail to `EMAIL_FILE_PATH`."""
