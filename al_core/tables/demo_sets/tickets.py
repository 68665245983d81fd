"""The demo set of support tickets: 450 messages to a shop, in English and German.

All of them were written for this project, one by one; the shop, its goods, names, numbers and
places are invented. They stand in ``tickets.csv`` beside this module, UTF-8, one ticket a row.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from al_core.errors import TableError

if TYPE_CHECKING:
    from al_core.tables.table import Table

_FILE = Path(__file__).with_name("tickets.csv")
TEAMS = ("Billing", "Delivery", "Technical", "Other")
# Rows of tickets.csv; a choice: enough to see a curve level off, few enough to look through.
N_TICKETS = 450


def ticket_table() -> Table:
    """Ticket no, Created, Channel, Language, Subject, Message, and Team, which holds the answer.

    Chats have no subject. TableError where the texts were left out, as a model's file does.
    """
    if not _FILE.exists():
        raise TableError(
            "The tickets are not in this copy of al_core: it came with a model, and holds what a "
            "model needs. Choose another demo set, or install the whole app."
        )
    from al_core.tables.read import read_table  # its names are listed before it is wanted

    return read_table(_FILE, encoding="utf-8", delimiter=",")
