"""The report: one page to read or print, and the same facts as Markdown."""
