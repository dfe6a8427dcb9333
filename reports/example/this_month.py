"""Answers that lie in the box of the worked example's latest meeting, one tuple for each of the four closing questions.

There are four for each: the fifth, which tips the box, is the visitor's.
"""

ANSWERS: tuple[tuple[str, ...], ...] = (
    (
        "Sit in on one of Grace's contract meetings before I say another word about contracts.",
        "Write to the three people I talked over last month, and ask them to begin.",
        "Leave the data at home next time, and bring the question.",
        "Tell my board at Corrib Valley that the date was mine, and that it was wrong.",
    ),
    (
        "An hour in which nobody wanted anything from me.",
        "The courage to say that I do not know.",
        "I heard myself explain it to Björn, and noticed that I no longer believed it.",
        "Two names to ring, and a reason to.",
    ),
    (
        "That what sounds like resistance can be somebody's care for their patients.",
        "A good question can be very short.",
        "The others' bosses are tired too.",
        "Máire waits three seconds longer than I can bear, and that is when it comes.",
    ),
    (
        "Less about systems this time, and more about people. That was right.",
        "It helps to be asked what a word means. We use so many that mean nothing.",
        "Sweden had our argument ten years ago and still has it.",
        "I should like to visit Ekbacken and see it with my own eyes.",
    ),
)

# What the first presenter of that meeting was asked, and means to do.
ASKED = (
    "What would happen if you did nothing until Easter?",
    "Who would miss it if it were gone?",
    "What do you hope that nobody asks you?",
)
ACTION = {
    "text": "Ask those who do the work what they would stop doing",
    "first_step": "Have coffee with two of them, and bring no papers",
}

# The programme's concept library, as its facilitators would paste it.
LIBRARY = """Listening:
Open questions | Questions to which whoever asks does not know the answer.
The three-second rule | Count to three before you speak; most of what matters comes after two.

How things change:
Trapped resources | Money and effort held fast in buildings and processes that were once the best of their day.
Emergence | A way forward comes out of the conversation. Nobody brings it along.

Seeing:
Lenses | Through a lens of crisis people defend what they have; through one of unlocking they look at what is held fast.
"""
