"""Words that columns are often called by, in several languages."""

from __future__ import annotations

import re

_WORDS = """
id ids key index idx no nr num number name names title text texts label labels class category
categories type kind group code date day month year years time timestamp datetime hour week
quarter period age sex gender country region state city county province district town address
street zip postcode postal latitude longitude lat lon lng email phone url link price amount total
sum cost costs value values score scores rate rating ratio percent count counts quantity qty size
weight height length width temperature temp speed status result results answer answers question
questions comment comments message messages review reviews description note notes sentence
sentences document content body subject headline summary response feedback tweet target sentiment
species brand model product item order customer client user username account company organisation
organization department team role job salary income currency unit units version source language
lang file path image word words tag tags topic topics start end begin min max mean median average
avg std sd variance balance revenue sales profit share first last middle family surname forename
gene sample patient diagnosis treatment respondent destination purpose headcount fte education
occupation position remarks reason actual forecast budget change population area anzahl art betrag
bezeichnung datum einheit ergebnis geschlecht gruppe jahr kategorie klasse kommentar land menge
monat nachname nummer ort plz preis quelle stadt stand strasse summe titel typ uhrzeit vorname
wert zahl zeit beschreibung annee année code_postal commentaire date_naissance jour libelle
libellé mois montant nom pays prenom prénom prix quantite quantité texte ville valeur ano año
apellido cantidad ciudad descripcion descripción edad fecha genero género hora importe mes nombre
pais país precio provincia texto valor anno codice cognome comune data descrizione importo nome
prezzo regione testo
"""
# Collected by hand from what columns of public tables are called; a word more or less decides
# nothing by itself.
NAME_WORDS = frozenset(_WORDS.split())
WORD = re.compile(r"[^\W\d_]+")
# A choice: a cell of more words is no name of a column, whatever stands in it.
MOST_WORDS = 6


def sounds_like_a_name(cell: str) -> float:
    """The share of the words of a short cell that columns are often called by.

    >>> [sounds_like_a_name(cell) for cell in ("first_name", "Oslo", "free text")]
    [1.0, 0.0, 0.5]
    """
    parts = WORD.findall(_parted(cell[:80]).lower())
    if not 0 < len(parts) <= MOST_WORDS:
        return 0.0
    return sum(part in NAME_WORDS for part in parts) / len(parts)


def _parted(cell: str) -> str:
    return re.sub(r"([a-z])([A-Z])", r"\1 \2", cell)
