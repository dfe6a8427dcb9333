"""Celery's way through Redis, for a Redis that goes away, or stalls, in the middle of something. Kombu 5.7 foresees
neither:

- A worker whose Redis went away closes its channels, and then gives back or acknowledges, through one of them, the
  message of a task that was running. Kombu asks the closed channel for the address it had: an AttributeError, of which
  the worker ended. Here that channel is a lost connection, which is foreseen everywhere.
- What could not be acknowledged in time was held to be with the worker for ever. As soon as that had happened once for
  each of its processes, it took no message any more, and stayed "healthy". Here it lets go of such a message; Redis
  gives it out again after the visibility timeout, and whoever gets it then finds its row done.
"""

from typing import Any

from kombu.transport import redis, virtual


class QoS(redis.QoS):
    """The messages that are with a worker."""

    def ack(self, delivery_tag: str) -> None:
        """Acknowledge a message. It is let go of even when that fails: raises what Redis's client does."""
        try:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]
        except Exception:
            virtual.QoS.ack(self, delivery_tag)  # type: ignore[no-untyped-call]
            raise

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Give a message back, or drop it. It is let go of even when that fails."""
        try:
            super().reject(delivery_tag, requeue)  # type: ignore[no-untyped-call]
        except Exception:
            virtual.QoS.ack(self, delivery_tag)  # type: ignore[no-untyped-call]
            raise


class Channel(redis.Channel):
    """A channel that says so when it is closed."""

    QoS = QoS

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise ConnectionResetError("the channel is closed")
        return super()._connparams(asynchronous)  # type: ignore[no-untyped-call]


class Transport(redis.Transport):
    """Redis, by such channels."""

    Channel = Channel
