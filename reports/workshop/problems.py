"""What is wrong with a workshop file, said so that its writer finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 20  # problems told at once; the rest is counted


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. Lines count from 1; `field` is the way to it, as in `people[2].role`."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.field}" if self.field else f"line {self.line}"
        return f"{place}: {self.message}"


class WorkshopError(ValueError):
    """A file that cannot be imported. `problems` has at least one, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"and {len(self.problems) - SHOWN} more")
        super().__init__("\n".join(lines))
