"""Lists of literature as reference managers and databases export them: named, and refused."""

from __future__ import annotations

import re

from al_core.errors import TableError

# Lines that are looked at, tags of a kind without which it is none, and lines in which a database
# may say who it is before the first reference; choices.
_LINES, _FEWEST, _PREFACE = 400, 3, 8
_RIS = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)")
_NBIB = re.compile(r"([A-Z]{2,4}) {0,2}- (.*)")
_TAGGED = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?")
_ENDNOTE = re.compile(r"%([0-9A-Z@!#$^&*(+~?<>=.]) (.*)")
_BIBTEX = re.compile(r"@[a-z]+\s*\{\s*[^\s,{}]+\s*,\s*\n\s*[a-z_-]+\s*=\s*[{\"\d]", re.IGNORECASE)
_FROM_MANAGER = "the database, or from a reference manager such as Zotero (Export Library, CSV)"
_FROM_SCIENCE = "Web of Science (Export, Excel or tab delimited), with title and abstract"


def refuse_references(text: str) -> None:
    """TableError where decoded text is a list of references with tags rather than a table."""
    lines = [line.rstrip() for line in text[:100_000].lstrip("\ufeff").splitlines()[:_LINES]]
    lines = [line for line in lines if line]
    if not lines:
        return
    for is_kind, name, where in (
        (_is_nbib, "references of PubMed (NBIB, MEDLINE)", "PubMed (Save, Format: CSV)"),
        (_is_ris, "references in RIS format", _FROM_MANAGER),
        (_is_web_of_science, "references of Web of Science (plain text)", _FROM_SCIENCE),
        (_is_endnote, "references of EndNote (.enw)", _FROM_MANAGER),
        (_is_bibtex, "references in BibTeX", _FROM_MANAGER),
    ):
        if is_kind(lines):
            raise TableError(f"These are {name}, not a table. Export as CSV from {where}.")


def _is_ris(lines: list[str]) -> bool:
    first = next((i for i, line in enumerate(lines[:_PREFACE]) if line.startswith("TY  - ")), 0)
    tags = _tags(_RIS, lines[first:])
    return tags[:1] == ["TY"] and ("ER" in tags or len(tags) >= _FEWEST)


def _is_nbib(lines: list[str]) -> bool:
    tags = _tags(_NBIB, lines)
    return tags[:1] == ["PMID"] and len(tags) >= _FEWEST


def _is_web_of_science(lines: list[str]) -> bool:
    tags = _tags(_TAGGED, lines)
    if tags[:1] == ["FN"] and lines[0].startswith(("FN Clarivate", "FN Thomson", "FN ISI")):
        return True
    return tags[:2] == ["FN", "VR"] or (tags[:1] == ["PT"] and {"ER", "AU", "TI"} <= set(tags))


def _is_endnote(lines: list[str]) -> bool:
    return lines[0].startswith("%0 ") and len(_tags(_ENDNOTE, lines)) >= _FEWEST


def _is_bibtex(lines: list[str]) -> bool:
    first = next((i for i, line in enumerate(lines) if not line.lstrip().startswith("%")), 0)
    return _BIBTEX.match("\n".join(lines[first : first + 3]).lstrip()) is not None


def _tags(pattern: re.Pattern[str], lines: list[str]) -> list[str]:
    """The tags that begin lines, none where the first line has none."""
    found = [match[1] for line in lines if (match := pattern.fullmatch(line))]
    return found if pattern.fullmatch(lines[0]) else []
