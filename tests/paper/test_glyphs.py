"""What the typefaces cannot print is left out where it only adorns, spelt otherwise where it can be, and else found."""

import pytest
from fontTools.ttLib import TTFont

from reports.glyphs import FONTS, in_other_scripts, letters, printable, unprinted


def test_every_letter_counted_as_printable_has_a_shape_in_every_face():
    assert {"å", "Ł", "Ж", "€", "→"} <= letters()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path) as font:
            table = font["cmap"].getBestCmap()
            assert {character for character in letters() if table.get(ord(character), ".notdef") == ".notdef"} == set()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Great work 👍🏽🎉!", "Great work!"),
        ("❤️ to all", " to all"),
        ("done ☑ today", "done today"),
        ("№ 5 at 20 ℃, ﬁve ĳs, 5‑6", "№ 5 at 20 °C, five ijs, 5‐6"),
        ("Sio☀bhán", "Sio bhán"),
        ("👩‍⚕️🙂", "\u200d"),
        ("Zoë, Łódź, Δt", "Zoë, Łódź, Δt"),
    ],
)
def test_what_adorns_is_left_out_and_the_rest_spelt(typed, printed):
    assert printable(typed) == printed
    assert unprinted(printed) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said 頑張って to us.", ["頑張って"]),
        ("السلام عليكم ورحمة. And then שלום!", ["السلام عليكم ورحمة", "שלום"]),
        ("the Ŧim affair", ["Ŧim"]),
        ("it cost ₪500", ["₪500"]),
        ("Я буду слухати. And κοινόν too.", ["Я буду слухати", "κοινόν"]),  # it prints, and tells who wrote it
        ("5 µg, Δt, Ω, Zoë Åström", []),
        ("plain", []),
    ],
)
def test_other_scripts_are_found_in_whole_words(text, found):
    assert [text[begin:end] for begin, end in in_other_scripts(printable(text))] == found
