"""Celery's way through Redis, on which a channel that has been closed is a connection that is lost.

When Redis goes away while a task runs, Celery's worker closes its channels, and gives back or acknowledges that task's
message through one of them. Kombu 5.7 then asks the closed channel for the address it had: an AttributeError, which
nobody foresees, and of which the worker ended each time. A lost connection is foreseen everywhere.
"""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    """A channel that says so when it is closed."""

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise ConnectionResetError("the channel is closed")
        return super()._connparams(asynchronous)  # type: ignore[no-untyped-call]


class Transport(redis.Transport):
    """Redis, by such channels."""

    Channel = Channel
