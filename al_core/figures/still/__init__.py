"""Figures as still pictures: SVG by a writer of ours, PNG by Pillow; no browser, no network."""
