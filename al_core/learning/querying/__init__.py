"""From utilities to rows: what a strategy is, how rows are asked, and how several are picked."""
