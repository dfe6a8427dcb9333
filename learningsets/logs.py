"""What may be written to a log."""

import logging


class WithoutRequest(logging.Filter):
    """Takes the request out of every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its request."""
        record.__dict__.pop("request", None)
        return True
