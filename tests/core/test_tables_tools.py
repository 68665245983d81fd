"""Exports of labelling tools open as what was labelled, the answers, and guesses set apart."""

from __future__ import annotations

import json
from typing import Any

import pytest

from al_core.errors import LabelError, TableError
from al_core.tables import (
    Table,
    check_answers,
    guess_roles,
    label_candidates,
    load_table,
    read_table,
    save_table,
)

WORDS = [
    "great",
    "awful",
    "fine",
    "late",
    "lost",
    "early",
    "good",
    "bad",
    "nice",
    "poor",
    "odd",
    "calm",
]
TEXTS = [f"the parcel number {i} was {WORDS[i % 12]} and {WORDS[(i * 5) % 12]}" for i in range(24)]
MOODS = ["Positive", "Negative"]
FEATURES = ("number", "category", "text", "date", "pixels")


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def listed(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, indent=2).encode()


def answer_column(table: Table) -> str:
    return label_candidates(table)[0].column


def features(table: Table) -> list[str]:
    return [name for name, role in guess_roles(table).items() if role.kind in FEATURES]


def choice(name: str, *chosen: str, **more: Any) -> dict[str, Any]:
    value = {"choices": list(chosen)}
    return {"type": "choices", "from_name": name, "to_name": "text", "value": value, **more}


def task(i: int, **more: Any) -> dict[str, Any]:
    given = {"id": 100 + i, "result": [choice("mood", MOODS[i % 2])], "was_cancelled": False}
    return {
        "id": i, "data": {"text": TEXTS[i]}, "annotations": [given], "predictions": [],
        "drafts": [], "meta": {}, "created_at": "2026-01-01T00:00:00Z", "project": 3, **more,
    }  # fmt: skip


@pytest.mark.parametrize("written", [listed, lines], ids=["list", "lines"])
def test_label_studio_tasks_are_texts_with_the_choice_as_the_answer(written: Any) -> None:
    table = read_table(written([task(i) for i in range(24)]), name="project-1.json")
    assert table.columns == ["id", "text", "mood"]
    assert list(table.text["mood"][:3]) == ["Positive", "Negative", "Positive"]
    assert (answer_column(table), features(table)) == ("mood", ["text"])
    assert any("Label Studio" in notice for notice in table.notices)


def test_label_studio_guesses_stand_apart_with_the_score_and_are_no_features() -> None:
    old = {"result": [choice("mood", "Negative")], "score": 0.4, "model_version": "a"}
    new = {"result": [choice("mood", "Positive")], "score": 0.9, "model_version": "b"}
    rows = [task(i, predictions=[new, old]) for i in range(24)]
    rows[0]["annotations"] = rows[2]["annotations"] = []
    rows[3]["annotations"] = [{"result": [choice("mood", "Positive")], "was_cancelled": True}]
    table = read_table(listed(rows))
    assert table.columns == ["id", "text", "mood", "mood (guess)", "mood (guess, score)"]
    assert list(table.text["mood"][:4]) == ["", "Negative", "", ""]
    assert set(table.text["mood (guess)"]) == {"Positive"}
    assert set(table.text["mood (guess, score)"]) == {"0.9"}
    assert (answer_column(table), features(table)) == ("mood", ["text"])
    assert all("(guess" not in c.column for c in label_candidates(table))


def test_of_several_label_studio_annotations_the_most_frequent_counts_and_it_is_told() -> None:
    def by(*moods: str) -> list[dict[str, Any]]:
        return [{"result": [choice("mood", mood)]} for mood in moods]

    rows = [task(i) for i in range(24)]
    rows[0]["annotations"] = by("Positive", "Negative", "Negative")
    rows[1]["annotations"] = by("Positive", "Negative")
    rows[2]["annotations"] = [*by("Positive", "Positive"), {"result": [], "was_cancelled": False}]
    rows[3]["annotations"] = [*by("Positive"), *by("Negative")]
    rows[3]["annotations"][1]["ground_truth"] = True
    table = read_table(listed(rows))
    assert list(table.text["mood"][:4]) == ["Negative", "", "Positive", "Negative"]
    told = " ".join(table.notices)
    assert "2 rows with different answers" in told
    assert "1 with as many of each" in told


def test_label_studio_ratings_paths_numbers_and_several_choices_are_answers() -> None:
    rows = [task(i) for i in range(24)]
    for i, row in enumerate(rows):
        row["annotations"] = [{"result": [
            choice("topics", *(["price", "size"] if i == 1 else ["price"])),
            {"type": "rating", "from_name": "stars", "value": {"rating": i % 5}},
            {"type": "number", "from_name": "age", "value": {"number": i}},
            {"type": "taxonomy", "from_name": "kind", "value": {"taxonomy": [["a", "b"]]}},
            {"type": "textarea", "from_name": "why", "value": {"text": ["because"]}},
        ]}]  # fmt: skip
    table = read_table(listed(rows))
    assert table.columns == ["id", "text", "topics", "stars", "age", "kind", "why"]
    assert list(table.text.loc[1])[2:] == ["price; size", "1", "1", "a / b", "because"]
    assert features(table) == ["text"]


def test_label_studio_spans_are_kept_and_are_neither_answers_nor_features() -> None:
    span = {"start": 0, "end": 3, "text": "the", "labels": ["DET"]}
    rows = [task(i) for i in range(24)]
    for row in rows:
        marked = {"type": "labels", "from_name": "words", "value": span}
        row["annotations"][0]["result"].append(marked)
    table = read_table(listed(rows))
    assert table.columns == ["id", "text", "mood", "words"]
    assert json.loads(table.text["words"][0]) == [span]
    assert (answer_column(table), features(table)) == ("mood", ["text"])


def test_a_label_studio_question_called_like_a_field_gets_a_name_of_its_own() -> None:
    rows = [task(i) for i in range(24)]
    for row in rows:
        row["data"]["mood"] = "as written"
    table = read_table(listed(rows))
    assert table.columns == ["id", "text", "mood", "mood (answer)"]
    assert answer_column(table) == "mood (answer)"


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_label_studio_min_exports_leave_out_who_labelled_and_when(kind: str) -> None:
    rows = [
        {"text": text, "id": i, "mood": MOODS[i % 2], "annotator": i % 3, "annotation_id": i + 7,
         "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
         "lead_time": i + 0.5}
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    names = list(rows[0])
    text = "\n".join([",".join(names), *(",".join(str(r[n]) for n in names) for r in rows)])
    table = read_table(text.encode() if kind == "csv" else listed(rows))
    assert table.columns == names
    assert (answer_column(table), features(table)) == ("mood", ["text"])


def test_several_choices_in_a_label_studio_cell_are_no_json() -> None:
    rows = [
        {"text": text, "id": i, "mood": {"choices": ["a", "b"]} if i == 1 else "a",
         "annotator": 1, "lead_time": 1.5}
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    assert list(read_table(listed(rows)).text["mood"][:3]) == ["a", "a; b", "a"]


def argilla(i: int) -> dict[str, Any]:
    return {
        "id": str(i), "status": "completed", "_server_id": f"s{i}",
        "fields": {"text": TEXTS[i]}, "metadata": {"source": "mail"}, "vectors": {},
        "suggestions": {"mood": {"value": "Negative", "score": 0.7, "agent": "m"}},
        "responses": {"mood": [{"value": MOODS[i % 2], "user_id": "u"}]},
    }  # fmt: skip


def test_argilla_records_are_fields_with_responses_as_answers() -> None:
    rows = [argilla(i) for i in range(24)]
    rows[1]["responses"] = {}
    rows[2]["responses"]["mood"] = [{"value": "Negative", "status": "discarded", "user_id": "u"}]
    rows[3]["responses"]["mood"] *= 2
    table = read_table(listed(rows))
    assert list(table.text["mood"][:4]) == ["Positive", "", "", "Negative"]
    assert set(table.text["mood (guess)"]) == {"Negative"}
    assert set(table.text["mood (guess, score)"]) == {"0.7"}
    assert (answer_column(table), features(table)) == ("mood", ["text"])


def test_argilla_records_of_the_server_list_responses_by_person() -> None:
    rows = [argilla(i) for i in range(24)]
    for i, row in enumerate(rows):
        values = {"mood": {"value": MOODS[i % 2]}}
        row["responses"] = [{"values": values, "status": "submitted", "user_id": "u"}]
        row["suggestions"] = [{"question_name": "mood", "value": "Positive", "score": None}]
    table = read_table(lines(rows))
    assert list(table.text["mood"][:2]) == MOODS
    assert set(table.text["mood (guess)"]) == {"Positive"}
    assert answer_column(table) == "mood"


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_flat_argilla_records_are_known_by_their_names(kind: str) -> None:
    rows = [
        {"id": str(i), "status": "completed", "_server_id": f"s{i}", "text": text,
         "mood.responses": [MOODS[i % 2]] if i else [], "mood.responses.users": ["u"],
         "mood.responses.status": ["submitted"], "mood.suggestion": "Positive",
         "mood.suggestion.score": 0.5, "mood.suggestion.agent": "m"}
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    names = list(rows[0])
    text = "\n".join([";".join(names), *(";".join(str(r[n]) for n in names) for r in rows)])
    table = read_table(text.encode() if kind == "csv" else listed(rows))
    assert list(table.text["mood.responses"][:3]) == ["", "Negative", "Positive"]
    assert (answer_column(table), features(table)) == ("mood.responses", ["text"])


def test_older_argilla_records_have_annotation_and_prediction() -> None:
    rows = [
        {"text": None, "inputs": {"text": text}, "annotation": MOODS[i % 2] if i else None,
         "prediction": [{"label": "Positive", "score": 0.2}, {"label": "Negative", "score": 0.8}],
         "prediction_agent": "m", "annotation_agent": "a", "multi_label": False,
         "explanation": None, "id": str(i), "metadata": {}, "status": "Validated", "metrics": {}}
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    table = read_table(lines(rows))
    assert list(table.text["annotation"][:3]) == ["", "Negative", "Positive"]
    assert set(table.text["annotation (guess)"]) == {"Negative"}
    assert (answer_column(table), features(table)) == ("annotation", ["text"])


def test_argilla_feedback_sets_have_answers_of_people_beside_a_suggestion() -> None:
    rows = [
        {"text": text, "mood": [{"user_id": "u", "value": MOODS[i % 2], "status": "submitted"}],
         "mood-suggestion": "Positive", "mood-suggestion-metadata": {"score": 0.5},
         "external_id": str(i), "metadata": "{}"}
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    table = read_table(lines(rows))
    assert list(table.text["mood"][:2]) == MOODS
    assert (answer_column(table), features(table)) == ("mood", ["text"])


@pytest.mark.parametrize("written", [listed, lines], ids=["list", "lines"])
def test_doccano_answers_in_lists_are_answers_and_an_empty_list_is_none(written: Any) -> None:
    rows = [{"id": i, "text": t, "label": [MOODS[i % 2]], "Comments": []}
            for i, t in enumerate(TEXTS)]  # fmt: skip
    rows[1]["label"] = []
    table = read_table(written(rows))
    assert table.columns == ["id", "text", "label"]
    assert list(table.text["label"][:4]) == ["Positive", "", "Positive", "Negative"]
    assert (answer_column(table), features(table)) == ("label", ["text"])


def test_several_answers_to_one_row_are_joined_and_refused_in_words() -> None:
    rows = [{"text": text, "label": [MOODS[i % 2]]} for i, text in enumerate(TEXTS)]
    rows[2]["label"] = ["Positive", "Negative"]
    table = read_table(lines(rows))
    assert table.text["label"][2] == "Positive; Negative"
    with pytest.raises(LabelError, match="several answers in one cell"):
        check_answers(table, "label")


def test_doccano_before_any_answer_is_a_column_that_waits() -> None:
    rows = [{"id": i, "text": text, "label": []} for i, text in enumerate(TEXTS)]
    table = read_table(lines(rows))
    assert set(table.text["label"]) == {""}
    assert features(table) == ["text"]


def test_older_doccano_marks_of_users_are_answers() -> None:
    rows = [{"id": i, "text": t, "meta": {}, "annotation_approver": None,
             "annotations": [{"label": 1 + i % 2, "user": 1}, {"label": 1 + i % 2, "user": 2}]}
            for i, t in enumerate(TEXTS)]  # fmt: skip
    table = read_table(lines(rows))
    assert list(table.text["annotations"][:3]) == ["1", "2", "1"]
    assert answer_column(table) == "annotations"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("label", [0, 3, "DET"]),
        ("entities", {"id": 1, "label": "DET", "start_offset": 0, "end_offset": 3}),
    ],
)
def test_doccano_spans_are_kept_as_text_and_are_no_feature(name: str, part: Any) -> None:
    rows = [{"id": i, "text": text, name: [part] if i % 2 else []} for i, text in enumerate(TEXTS)]
    table = read_table(lines(rows))
    assert json.loads(table.text[name][1]) == [part]
    assert features(table) == ["text"]


def prodigy(i: int, **more: Any) -> dict[str, Any]:
    return {"text": TEXTS[i], "meta": {"source": "mail", "score": 0.4}, "_input_hash": i,
            "_task_hash": -i, "_session_id": "s-ada", "_view_id": "choice", "_timestamp": 1700 + i,
            **more}  # fmt: skip


def test_prodigy_choices_are_answers_and_what_was_ignored_is_blank() -> None:
    options = [{"id": "POS", "text": "Positive"}, {"id": "NEG", "text": "Negative"}]
    rows = [
        prodigy(i, options=options, accept=[["POS", "NEG"][i % 2]], answer="accept")
        for i in range(24)
    ]
    rows[0]["answer"] = "ignore"
    rows[1]["accept"] = []
    rows.append(rows[2] | {"_session_id": "s-bob", "_task_hash": 99})
    table = read_table(lines(rows))
    assert table.n_rows == 24
    assert list(table.text["label"][:4]) == ["", "", "Positive", "Negative"]
    assert (answer_column(table), features(table)) == ("label", ["text"])
    assert "options" not in table.columns
    assert "0.4" in table.text["score (guess)"].to_list()


def test_prodigys_one_label_is_accepted_or_rejected() -> None:
    rows = [prodigy(i, label="SPAM", score=0.3, answer=["accept", "reject"][i % 2], spans=[])
            for i in range(24)]  # fmt: skip
    table = read_table(lines(rows))
    assert list(table.text["SPAM?"][:2]) == ["accept", "reject"]
    assert (answer_column(table), features(table)) == ("SPAM?", ["text"])


def test_prodigys_several_labels_are_those_that_were_accepted() -> None:
    rows = []
    for i in range(24):
        for label in ("economy", "housing"):
            said = "accept" if (label == "economy") == (i % 2 == 0) else "reject"
            rows.append(prodigy(i, label=label, answer=said))
    table = read_table(lines(rows))
    assert table.n_rows == 24
    assert list(table.text["label"][:2]) == ["economy", "housing"]
    assert answer_column(table) == "label"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fasttext_lines_are_texts_with_their_label_and_the_first_is_a_row(end: str) -> None:
    rows = [f"__label__{MOODS[i % 2]} {text}, really" for i, text in enumerate(TEXTS)]
    rows[4] = TEXTS[4]
    rows[5] = "__label__Positive , Written With A Comma"
    table = read_table(end.join(rows).encode(), name="train.txt")
    assert table.columns == ["text", "label"]
    assert table.n_rows == 24
    assert list(table.text.loc[0]) == [f"{TEXTS[0]}, really", "Positive"]
    assert list(table.text.loc[4]) == [TEXTS[4], ""]
    assert list(table.text.loc[5]) == ["Written With A Comma", "Positive"]
    assert (answer_column(table), features(table)) == ("label", ["text"])


def test_a_fasttext_line_may_have_several_labels_also_at_its_end() -> None:
    rows = ["__label__a __label__b both", *(f"{text} __label__a" for text in TEXTS)]
    table = read_table("\n".join(rows).encode())
    assert list(table.text.loc[0]) == ["both", "a; b"]
    assert list(table.text.loc[1]) == [TEXTS[0], "a"]


def test_a_table_whose_cells_hold_such_labels_is_still_a_table() -> None:
    rows = [f'{i},"{text}",__label__{MOODS[i % 2]}' for i, text in enumerate(TEXTS)]
    table = read_table("\n".join(["id,text,mood", *rows]).encode())
    assert table.columns == ["id", "text", "mood"]


def test_mechanical_turk_answers_are_answers_and_its_records_no_features() -> None:
    names = ["HITId", "Title", "WorkerId", "WorkTimeInSeconds", "Input.text", "Answer.mood.label"]
    rows = [f'"H{i}","Sort","W{i % 3}","{i}","{text}","{MOODS[i % 2]}"'
            for i, text in enumerate(TEXTS)]  # fmt: skip
    table = read_table("\n".join([",".join(f'"{n}"' for n in names), *rows]).encode())
    assert table.columns == names
    assert (answer_column(table), features(table)) == ("Answer.mood.label", ["Input.text"])


def test_what_is_known_of_columns_is_kept_with_the_table(tmp_path: Any) -> None:
    table = read_table(listed([task(i) for i in range(24)]))
    save_table(table, tmp_path)
    assert load_table(tmp_path).marks == table.marks == {"mood": "answer"}


@pytest.mark.parametrize(
    "data",
    [
        [{"id": i, "data": text, "tags": ["a", "b"]} for i, text in enumerate(TEXTS)],
        [{"text": text, "label": MOODS[i % 2]} for i, text in enumerate(TEXTS)],
        [{"text": text, "answer": "accept"} for text in TEXTS],
        [{"annotation": "a", "prediction": "b", "text": text} for text in TEXTS],
    ],
    ids=["lists of another name", "plain labels", "accept as a word", "two plain columns"],
)
def test_records_of_no_tool_stay_as_they_are(data: list[dict[str, Any]]) -> None:
    table = read_table(listed(data))
    assert table.columns == list(data[0])
    assert table.marks == {}


RIS = "TY  - JOUR\nAU  - Ada\nTI  - A title\nAB  - Words\nPY  - 2000\nER  - \n\n"
NBIB = "PMID- 123\nOWN - NLM\nSTAT- MEDLINE\nTI  - A title\n      that goes on\nAB  - Words\n\n"
SCIENCE = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Ada\nTI A title\nER\n\nEF\n"
ENDNOTE = "%0 Journal Article\n%A Ada\n%T A title\n%X Words\n\n"
BIBTEX = "@article{ada2000,\n  title = {A title},\n  year = {2000}\n}\n\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RIS, "RIS"),
        ("\n\n" + RIS.replace("\n", "\r\n"), "RIS"),
        ("\ufeff" + RIS, "RIS"),
        ("Provider: A house\nContent: text/plain\n\n" + RIS, "RIS"),
        (NBIB, "NBIB"),
        ("\n" + NBIB, "PubMed"),
        (SCIENCE, "Web of Science"),
        ("\ufeff" + SCIENCE.replace("Clarivate Analytics", "Thomson Reuters"), "Web of Science"),
        (ENDNOTE, "EndNote"),
        (BIBTEX, "BibTeX"),
    ],
)
def test_lists_of_references_are_named_and_it_is_said_what_to_do(text: str, name: str) -> None:
    with pytest.raises(TableError, match=name) as refused:
        read_table((text * 5).encode(), name="references.txt")
    assert "Export as CSV from" in str(refused.value)


def test_a_table_of_references_is_read() -> None:
    rows = [f"J\tAuthor {i}\tTitle {i}\t{2000 + i}" for i in range(20)]
    table = read_table("\n".join(["PT\tAU\tTI\tPY", *rows]).encode())
    assert table.columns == ["PT", "AU", "TI", "PY"]
