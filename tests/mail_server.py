"""A mail server in a process of its own, which a test may kill: `python tests/mail_server.py PORT FILE`.

What it takes it writes down, a line of JSON for each letter, before it says so: killed in between, it gets that letter
again, as from any server whose answer was lost. It takes its time, so that a kill finds it in the middle of something.
"""

import json
import random
import socketserver
import sys
import time
from pathlib import Path


class Conversation(socketserver.StreamRequestHandler):
    """One client's."""

    def handle(self) -> None:
        """Take letters until the client has had enough."""
        self._say("220 at your service")
        for line in self.rfile:
            time.sleep(random.uniform(0, 0.05))
            command = line[:4].upper().strip()
            if command == b"DATA":
                self._say("354 go on")
                self._take()
            self._say("221 goodbye" if command == b"QUIT" else "250 yes")
            if command == b"QUIT":
                return

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            lines.append(line.removeprefix(b"."))
        with Path(sys.argv[2]).open("ab", buffering=0) as file:
            file.write(json.dumps(b"".join(lines).decode("latin-1")).encode() + b"\n")
        time.sleep(random.uniform(0, 0.05))

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Takes several conversations at once."""

    allow_reuse_address = daemon_threads = True


if __name__ == "__main__":
    MailServer(("127.0.0.1", int(sys.argv[1])), Conversation).serve_forever()
