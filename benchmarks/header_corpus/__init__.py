"""A generated corpus of tables whose line(s) of names are known; made apart from the rule.

Shapes are those that governments, newspapers, laboratories, shops and labelling tools publish. The
modules know nothing of how the app decides: a table is written, and what it was written from is
the truth. Everything is drawn from seeds, so the same call gives the same bytes.
"""

from benchmarks.header_corpus.corpus import Case, corpus

__all__ = ["Case", "corpus"]
