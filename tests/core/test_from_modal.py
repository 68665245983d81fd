"""What modAL's documentation tells, topic by topic, in our words: with the import swapped it runs.

The topics are the pages of its documentation (models, query strategies, examples); the code is our
own and takes nothing from there but names and the order of arguments.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.datasets import load_iris, make_multilabel_classification
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, Matern, WhiteKernel
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from al_core.learning import (
    ActiveLearner,
    BayesianOptimizer,
    Committee,
    CommitteeRegressor,
    KL_max_disagreement,
    SVM_binary_minimum,
    avg_confidence,
    avg_score,
    classifier_entropy,
    classifier_margin,
    classifier_uncertainty,
    consensus_entropy,
    consensus_entropy_sampling,
    entropy_sampling,
    expected_error_reduction,
    information_density,
    margin_sampling,
    max_disagreement_sampling,
    max_EI,
    max_loss,
    max_PI,
    max_score,
    max_std_sampling,
    max_UCB,
    mean_max_loss,
    min_confidence,
    optimizer_EI,
    optimizer_PI,
    optimizer_UCB,
    uncertainty_batch_sampling,
    uncertainty_sampling,
    vote_entropy,
    vote_entropy_sampling,
)

X, y = load_iris(return_X_y=True)
START = [0, 60, 120]


def flowers(strategy: Any = uncertainty_sampling, **more: Any) -> ActiveLearner:
    return ActiveLearner(
        estimator=LogisticRegression(max_iter=500),
        query_strategy=strategy,
        X_training=X[START],
        y_training=y[START],
        **more,
    )


# -- Overview: in a nutshell, and extending it.


def test_a_learner_a_query_and_a_teach_are_the_whole_of_it() -> None:
    learner = ActiveLearner(
        estimator=RandomForestClassifier(random_state=0), X_training=X[START], y_training=y[START]
    )
    for _ in range(5):
        query_idx, query_inst = learner.query(X)
        assert query_inst.shape == (1, 4)
        learner.teach(X[query_idx], y[query_idx])
    assert len(learner.X_training) == 8


def test_a_strategy_is_put_together_from_measures() -> None:
    def half_each(classifier: Any, pool: Any, n_instances: int = 1) -> Any:
        utility = 0.5 * classifier_uncertainty(classifier, pool)
        utility += 0.5 * (1 - classifier_margin(classifier, pool))
        picks = np.argsort(-utility)[:n_instances]
        return picks, pool[picks]

    query_idx, query_inst = flowers(half_each).query(X, n_instances=4)
    assert query_inst.tolist() == X[query_idx].tolist()


def test_a_bare_index_is_an_answer_of_a_strategy() -> None:
    learner = flowers(lambda classifier, pool: np.argmax(classifier_entropy(classifier, pool)))
    query_idx, query_inst = learner.query(X)
    assert query_idx.shape == (1,)
    learner.teach(query_inst, y[query_idx])


# -- Models.


def test_a_learner_forgets_what_it_knew_where_only_the_new_counts() -> None:
    learner = flowers()
    learner.teach(X[[1, 61, 121]], y[[1, 61, 121]], only_new=True)
    assert len(learner.X_training) == 6
    learner.fit(X[::3], y[::3])
    assert len(learner.X_training) == 50


def test_a_committee_votes_and_agrees_on_probabilities() -> None:
    members = [
        ActiveLearner(estimator, X_training=X[i::30], y_training=y[i::30])
        for i, estimator in enumerate([GaussianNB(), KNeighborsClassifier(2)])
    ]
    committee = Committee(learner_list=members)
    assert committee.vote(X).shape == (150, 2)
    assert committee.vote_proba(X).shape == (150, 2, 3)
    assert committee.predict_proba(X).sum(axis=1) == pytest.approx(1.0)
    committee.teach(X[:1], y[:1])


def test_a_committee_grows_a_class_that_one_member_has_not_seen() -> None:
    two, three = y < 2, y >= 0
    members = [
        ActiveLearner(GaussianNB(), X_training=X[of][::10], y_training=y[of][::10])
        for of in (two, three)
    ]
    committee = Committee(learner_list=members, query_strategy=vote_entropy_sampling)
    assert committee.classes_.tolist() == [0, 1, 2]
    assert committee.vote_proba(X)[:, 0, 2].tolist() == [0.0] * 150
    assert committee.vote_proba(X)[-3:, 1, 2].max() > 0.9


def test_an_ensemble_of_regressors_gives_mean_and_deviation() -> None:
    line = np.linspace(0, 10, 60).reshape(-1, 1)
    wave = np.sin(line)
    process = GaussianProcessRegressor(RBF(1.0) + WhiteKernel(0.1), optimizer=None)
    members = [
        ActiveLearner(process, X_training=line[i::20], y_training=wave[i::20]) for i in range(3)
    ]
    ensemble = CommitteeRegressor(learner_list=members, query_strategy=max_std_sampling)
    _, before = ensemble.predict(line, return_std=True)
    for _ in range(5):
        query_idx, query_inst = ensemble.query(line)
        ensemble.teach(query_inst.reshape(-1, 1), wave[query_idx].reshape(-1, 1))
    _, after = ensemble.predict(line, return_std=True)
    assert after.mean() < before.mean()


@pytest.mark.parametrize("strategy", [max_EI, max_PI, max_UCB])
def test_an_optimiser_climbs(strategy: Any) -> None:
    line = np.linspace(0, 10, 100).reshape(-1, 1)
    height = -((line - 6.3) ** 2)
    optimizer = BayesianOptimizer(
        estimator=GaussianProcessRegressor(Matern(1.0), optimizer=None, normalize_y=True),
        query_strategy=strategy,
        X_training=line[[10]],
        y_training=height[[10]],
    )
    for _ in range(15):
        query_idx, query_inst = optimizer.query(line)
        optimizer.teach(query_inst, height[query_idx])
    place, value = optimizer.get_max()
    assert value == optimizer.y_training.max() == -((float(np.ravel(place)[0]) - 6.3) ** 2)
    assert value > height[10, 0]
    assert strategy is max_PI or value > -0.1  # one that only wants better, however little, crawls


def test_an_optimiser_of_two_inputs_is_used_alike() -> None:
    grid = np.stack(np.meshgrid(np.linspace(0, 1, 15), np.linspace(0, 1, 15)), -1).reshape(-1, 2)
    height = -((grid - [0.3, 0.8]) ** 2).sum(axis=1)
    optimizer = BayesianOptimizer(
        GaussianProcessRegressor(RBF(0.5), optimizer=None), max_EI, grid[:1], height[:1]
    )
    for _ in range(20):
        query_idx, query_inst = optimizer.query(grid)
        optimizer.teach(query_inst, height[query_idx])
    assert optimizer.get_max()[1] > height.max() - 0.01


# -- Query strategies.


@pytest.mark.parametrize(
    ("strategy", "measure", "widest"),
    [(uncertainty_sampling, classifier_uncertainty, np.max),
     (margin_sampling, classifier_margin, np.min), (entropy_sampling, classifier_entropy, np.max)],
)  # fmt: skip
def test_doubt_is_measured_and_the_most_doubtful_row_asked(
    strategy: Any, measure: Any, widest: Any
) -> None:
    learner = flowers(strategy)
    doubt = measure(learner, X)
    assert doubt.shape == (150,)
    assert doubt[learner.query(X)[0][0]] == widest(doubt)


@pytest.mark.parametrize(
    ("strategy", "measure"),
    [(vote_entropy_sampling, vote_entropy), (consensus_entropy_sampling, consensus_entropy),
     (max_disagreement_sampling, KL_max_disagreement)],
)  # fmt: skip
def test_disagreement_is_measured_and_the_most_disputed_row_asked(
    strategy: Any, measure: Any
) -> None:
    members = [
        ActiveLearner(LogisticRegression(C=10.0**i), X_training=X[i::25], y_training=y[i::25])
        for i in range(3)
    ]
    committee = Committee(learner_list=members, query_strategy=strategy)
    dispute = measure(committee, X)
    assert dispute[committee.query(X)[0][0]] == dispute.max()


@pytest.mark.parametrize("measure", [optimizer_EI, optimizer_PI, optimizer_UCB])
def test_acquisition_is_measured_for_every_row(measure: Any) -> None:
    line = np.linspace(0, 1, 20).reshape(-1, 1)
    optimizer = BayesianOptimizer(
        GaussianProcessRegressor(), X_training=line[:3], y_training=line[:3] ** 2
    )
    assert np.isfinite(measure(optimizer, line)).all()


def test_a_ranked_batch_is_spread_out() -> None:
    batch, _ = flowers(uncertainty_batch_sampling).query(X, n_instances=10)
    greedy, _ = flowers(uncertainty_sampling).query(X, n_instances=10)
    near = [
        np.linalg.norm(X[rows][:, None] - X[rows][None], axis=2).mean() for rows in (batch, greedy)
    ]
    assert near[0] > near[1]


def test_a_density_is_high_where_rows_are_many() -> None:
    rng = np.random.default_rng(0)
    crowd, alone = rng.normal(0, 0.1, (40, 2)), np.array([[5.0, 5.0]])
    for metric in ("euclidean", "cosine"):
        density = information_density(np.vstack([crowd + 1, -alone]), metric)
        assert density[-1] == density.min()


def test_density_weighs_doubt_in_a_strategy_of_ones_own() -> None:
    density = information_density(X, "euclidean")
    learner = flowers(lambda c, pool: np.argmax(classifier_uncertainty(c, pool) * density))
    assert learner.query(X)[0].shape == (1,)


@pytest.mark.parametrize("loss", ["binary", "log"])
def test_the_expected_error_is_reduced(loss: str) -> None:
    pool = np.vstack([X[:6], X[70:76], X[110:116]])
    query_idx = expected_error_reduction(flowers(), pool, loss=loss)
    assert np.size(query_idx) == 1


@pytest.mark.parametrize(
    "strategy",
    [
        SVM_binary_minimum,
        max_loss,
        mean_max_loss,
        min_confidence,
        avg_confidence,
        max_score,
        avg_score,
    ],
)
def test_several_tags_a_row_are_asked_of_one_model_a_tag(strategy: Any) -> None:
    rows, tags = make_multilabel_classification(60, n_classes=3, random_state=0)
    model = OneVsRestClassifier(SVC(probability=False))
    if strategy in (min_confidence, avg_confidence, max_score, avg_score):
        model = OneVsRestClassifier(LogisticRegression(max_iter=500))
    learner = ActiveLearner(model, strategy, rows[:20], tags[:20])
    query_idx, query_inst = learner.query(rows[20:], n_instances=2)
    learner.teach(query_inst, tags[20:][query_idx])
    assert learner.predict(rows).shape == (60, 3)


# -- Examples.


def test_rows_are_taken_from_a_pool_until_it_is_used_up() -> None:
    learner, pool, truth = flowers(), np.delete(X, START, 0)[:20], np.delete(y, START)[:20]
    while len(pool):
        query_idx, query_inst = learner.query(pool)
        learner.teach(query_inst, truth[query_idx])
        pool, truth = np.delete(pool, query_idx, 0), np.delete(truth, query_idx)
    assert len(learner.X_training) == 23


def test_a_stream_is_asked_where_the_model_doubts() -> None:
    learner, asked = flowers(), 0
    for row in np.random.default_rng(0).permutation(150):
        if classifier_uncertainty(learner, X[row].reshape(1, -1))[0] >= 0.4:
            learner.teach(X[row].reshape(1, -1), y[row].reshape(-1))
            asked += 1
    assert 0 < asked < 150
    assert learner.score(X, y) > 0.8


def test_pictures_are_learned_dot_by_dot() -> None:
    place = np.stack(np.meshgrid(np.arange(12), np.arange(12)), -1).reshape(-1, 2)
    square = ((place >= 3) & (place < 9)).all(axis=1).astype(int)
    learner = ActiveLearner(
        RandomForestClassifier(n_estimators=10, random_state=0),
        X_training=place[::20],
        y_training=square[::20],
    )
    before = learner.score(place, square)
    for _ in range(25):
        query_idx, query_inst = learner.query(place)
        learner.teach(query_inst, square[query_idx])
    assert learner.score(place, square) > before


def test_samples_with_replacement_teach_a_learner_and_a_committee() -> None:
    members = [
        ActiveLearner(
            KNeighborsClassifier(5), X_training=X[::5], y_training=y[::5], bootstrap_init=True
        )
        for _ in range(2)
    ]
    committee = Committee(members)
    committee.bag(X[::3], y[::3])
    committee.rebag()
    members[0].teach(X[1:4], y[1:4], bootstrap=True)
    assert committee.score(X, y) > 0.7


def test_a_regressor_is_taught_where_it_is_least_sure() -> None:
    rng = np.random.default_rng(1)
    line = rng.uniform(0, 20, (80, 1))
    wave = np.sin(line) + rng.normal(scale=0.1, size=line.shape)

    def least_sure(regressor: Any, pool: Any) -> Any:
        _, std = regressor.predict(pool, return_std=True)
        query_idx = np.argmax(std)
        return query_idx, pool[query_idx]

    regressor = ActiveLearner(
        GaussianProcessRegressor(RBF(1.0) + WhiteKernel(0.1), optimizer=None),
        query_strategy=least_sure,
        X_training=line[:5],
        y_training=wave[:5],
    )
    before = regressor.predict(line, return_std=True)[1].mean()
    for _ in range(10):
        query_idx, query_inst = regressor.query(line)
        regressor.teach(query_inst.reshape(1, -1), wave[query_idx].reshape(1, -1))
    assert regressor.predict(line, return_std=True)[1].mean() < before


def test_rows_are_labelled_by_hand_between_query_and_teach() -> None:
    learner = flowers()
    _, query_inst = learner.query(X)
    learner.teach(query_inst.reshape(1, -1), np.array([int("1")], dtype=int))
    assert learner.y_training[-1] == 1


def test_a_pipeline_over_a_frame_is_an_estimator() -> None:
    frame = pd.DataFrame(X, columns=["a", "b", "c", "d"])
    learner = ActiveLearner(
        make_pipeline(StandardScaler(), PCA(2), GaussianProcessClassifier(optimizer=None)),
        uncertainty_batch_sampling,
        frame.iloc[START],
        y[START],
        on_transformed=True,
    )
    query_idx, query_inst = learner.query(frame, n_instances=3)
    learner.teach(query_inst, y[query_idx])
    assert learner.X_training.shape == (6, 4)


def test_texts_are_learned_from_sparse_rows() -> None:
    texts = ["good film", "a good play", "bad film", "a bad play", "good", "bad", "good bad"]
    rows = TfidfVectorizer().fit_transform(texts)
    learner = ActiveLearner(
        LogisticRegression(), X_training=rows[[0, 2]], y_training=np.array(["yes", "no"])
    )
    query_idx, query_inst = learner.query(rows)
    assert sparse.issparse(query_inst)
    assert query_idx.tolist() == [6]
    learner.teach(query_inst, ["no"])


def test_a_network_of_another_library_is_any_object_with_fit_and_predict_proba() -> None:
    class Network:
        """Epochs and batch size reach ``fit``, as a wrapped network of another library wants."""

        def fit(self, X: Any, y: Any, epochs: int = 1, verbose: int = 1) -> Network:
            self.epochs, self.inner = epochs, GaussianNB().fit(X, y)
            self.classes_ = self.inner.classes_
            return self

        def predict(self, X: Any) -> Any:
            return self.inner.predict(X)

        def predict_proba(self, X: Any) -> Any:
            return self.inner.predict_proba(X)

    learner = ActiveLearner(Network(), X_training=X[::10], y_training=y[::10], epochs=2)
    assert learner.estimator.epochs == 2
    query_idx, query_inst = learner.query(X, n_instances=5)
    learner.teach(query_inst, y[query_idx], only_new=False, epochs=3, verbose=0)
    assert learner.estimator.epochs == 3
    assert learner.score(X, y) > 0.8


def test_a_setting_that_is_misspelt_is_no_keyword_of_fit() -> None:
    with pytest.raises(TypeError, match="no setting named 'random_sate'"):
        ActiveLearner(GaussianNB(), random_sate=3)
    with pytest.raises(TypeError, match="random_sate"):
        flowers(random_sate=3)
