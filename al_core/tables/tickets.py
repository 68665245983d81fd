"""A made-up set of support tickets: sentences put together at random, the same each time.

Each message says what happened in words of its team, mixed with politeness, with a detail that
another team could own, and now and then with hardly any hint at all. So the answer can be learned
from some hundred rows, but not from ten.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

N_ROWS = 1200
SEED = 20_260
TEAMS = ("Billing", "Delivery", "Technical", "Other")
SHARES = (0.3, 0.32, 0.26, 0.12)

TOPICS: dict[str, list[tuple[str, str]]] = {
    "Billing": [
        ("Charged twice", "My card was charged twice for the same order"),
        ("Refund not received", "I sent the goods back and am still waiting for the money"),
        ("Wrong amount", "The total on the statement is higher than what I agreed to"),
        ("Invoice needed", "Our accounts department needs an invoice with the tax number on it"),
        ("Voucher did not work", "The voucher code was accepted but the price did not change"),
        ("Direct debit", "You took the direct debit a week before it was due"),
        ("Subscription", "I cancelled the subscription in May and you still collect the fee"),
        ("Payment declined", "My bank says the payment went through but you say it was declined"),
        ("Reminder letter", "I received a reminder although I had settled everything"),
        ("Price changed", "The price went up between the basket and the confirmation"),
    ],
    "Delivery": [
        ("Where is it?", "Tracking has not moved for six days"),
        ("Said delivered", "The status says delivered but nobody rang and nothing is here"),
        ("Broken on arrival", "The box was crushed and the glass inside is in pieces"),
        ("Wrong address", "I have moved and the old street is still on the label"),
        ("Left outside", "The driver left the parcel in the rain by the gate"),
        ("Half is missing", "Only two of the four cartons came"),
        ("Pick-up point", "The shop where I should collect it has closed for good"),
        ("Too late", "It was promised for Friday and it is Wednesday now"),
        ("Someone else's order", "Inside was a lamp that somebody in another town had bought"),
        ("Customs", "It is held at the border and they ask for papers"),
    ],
    "Technical": [
        ("Cannot log in", "The page says my password is wrong right after I set a new one"),
        ("App closes", "The app shuts itself as soon as I open the second screen"),
        ("Screen stays black", "The device lights up and then the screen stays black"),
        ("No connection", "It loses the wireless network every few minutes"),
        ("Update failed", "Since the update the buttons on the left do nothing"),
        ("Error 504", "I get a number and a blank page when I press save"),
        ("Battery", "A full battery lasts less than an hour"),
        ("Code never comes", "The six digits you send for signing in never reach my phone"),
        ("Sound", "There is a hum whenever the volume is above half"),
        ("Import", "My contacts are not taken over from the old version"),
    ],
    "Other": [
        ("Opening hours", "Are you open on the bank holiday"),
        ("A compliment", "Your colleague on Monday was kind and patient"),
        ("Job", "I would like to apply and cannot find whom to write to"),
        ("Catalogue", "Please stop sending me the paper catalogue"),
        ("Data", "Tell me what you store about me and then erase it"),
        ("Press", "I write for a local paper and have three questions"),
        ("Allergies", "Is there latex in the handles"),
        ("Gift", "Could you suggest something for a nephew of nine"),
    ],
}
OPENINGS = ["", "", "Hello,", "Good morning,", "Dear team,", "Hi there,", "To whom it may concern,"]
CLOSINGS = [
    "Please advise.",
    "Who can help me?",
    "This is the third time I write.",
    "Thank you in advance.",
    "I expect an answer this week.",
    "Kind regards",
    "",
    "",
]
DETAILS = [
    "I paid with a credit card.",
    "The parcel had come on time.",
    "I looked in the app first.",
    "I have been a customer for years.",
    "My order number is in the subject of the last mail.",
    "The website told me to write to you.",
    "I tried the phone, but nobody picked up.",
    "The invoice is attached.",
    "The courier could not say.",
    "I restarted everything twice.",
    "My neighbour has the same trouble.",
    "",
    "",
]
VAGUE = [
    ("Question", "It is still not sorted out"),
    ("Help", "Something went wrong again and I do not know what to do"),
    ("My order", "I am not happy with how this went"),
    ("Follow-up", "You said you would get back to me about it"),
]
QUEUES = {"Billing": "Returns", "Delivery": "Shipping", "Technical": "Devices", "Other": "General"}
CHANNELS = ("e-mail", "web form", "chat", "letter")


def ticket_frame() -> pd.DataFrame:
    """1,200 tickets: Ticket no, Created, Channel, Queue, Subject, Message, and Team, the answer."""
    rng = np.random.default_rng(SEED)
    teams = [str(team) for team in rng.choice(TEAMS, size=N_ROWS, p=SHARES)]
    written = [_write(rng, team) for team in teams]
    minutes = np.sort(rng.integers(0, 300 * 24 * 60, size=N_ROWS))
    return pd.DataFrame(
        {
            "Ticket no": pd.array([f"T-{10_000 + 7 * i}" for i in range(N_ROWS)], dtype="str"),
            "Created": np.datetime64("2026-01-05T00:00", "us") + minutes * np.timedelta64(60, "s"),
            "Channel": pd.array([str(c) for c in rng.choice(CHANNELS, size=N_ROWS)], dtype="str"),
            "Queue": pd.array([_queue(rng, team) for team in teams], dtype="str"),
            "Subject": pd.array([subject for subject, _ in written], dtype="str"),
            "Message": pd.array([message for _, message in written], dtype="str"),
            "Team": pd.array(teams, dtype="str"),
        }
    )


def _pick(rng: np.random.Generator, choices: list[str]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _queue(rng: np.random.Generator, team: str) -> str:
    """The queue a ticket landed in: right in half of the cases, otherwise any."""
    return QUEUES[team] if rng.random() < 0.35 else _pick(rng, list(QUEUES.values()))


def _write(rng: np.random.Generator, team: str) -> tuple[str, str]:
    """Subject and message of one ticket."""
    topics = VAGUE if rng.random() < 0.08 else TOPICS[team]
    subject, core = topics[int(rng.integers(len(topics)))]
    if rng.random() < 0.4:
        subject = _pick(rng, [topic for topic, _ in VAGUE])
    words = [_pick(rng, OPENINGS), _loosen(rng, core) + ".", _pick(rng, DETAILS)]
    if rng.random() < 0.25:
        other = _pick(rng, [name for name in TEAMS if name != team])
        aside = TOPICS[other][int(rng.integers(len(TOPICS[other])))][1]
        words.append(f"Last year it was another story: {aside[0].lower()}{aside[1:]}.")
    words += [_pick(rng, DETAILS), _pick(rng, CLOSINGS)]
    return subject, " ".join(word for word in words if word)


def _loosen(rng: np.random.Generator, core: str) -> str:
    """The core sentence with a word or two left out, as people in a hurry write."""
    words = core.split()
    for _ in range(int(rng.integers(0, 4))):
        if len(words) > 4:
            del words[int(rng.integers(1, len(words)))]
    return " ".join(words)
