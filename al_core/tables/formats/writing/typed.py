"""A typed frame as Parquet or as JSON lines."""

from __future__ import annotations

import io

import pandas as pd


def as_parquet(frame: pd.DataFrame) -> bytes:
    """The frame as a Parquet file; numbers and moments stay what they are."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False, compression="zstd")
    return out.getvalue()


def as_json_lines(frame: pd.DataFrame) -> bytes:
    """One object a row (UTF-8), blank cells as null, moments as ISO 8601.

    >>> as_json_lines(pd.DataFrame({"a": [1, 2], "b": ["é", None]})).decode().splitlines()
    ['{"a":1,"b":"é"}', '{"a":2,"b":null}']
    """
    text = frame.to_json(
        orient="records", lines=True, force_ascii=False, date_format="iso", double_precision=15
    )
    return (text.rstrip("\n") + "\n").replace("\\/", "/").encode("utf-8", "replace")
