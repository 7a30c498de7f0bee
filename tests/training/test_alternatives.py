"""The other decoders of docs/examples/alternatives compute what their papers say."""

import itertools
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from transformers import BertConfig, BertModel  # noqa: E402

from pipeline.entities.tags import TAGS, transitions  # noqa: E402
from pipeline.language.vocabulary import SPECIALS, Vocabulary  # noqa: E402
from pipeline.records import LABELS  # noqa: E402
from pipeline.training.batches import collate, example  # noqa: E402
from pipeline.training.formats import load_samples  # noqa: E402
from pipeline.training.losses import arc_loss  # noqa: E402
from pipeline.training.network import Encoder  # noqa: E402

sys.path.insert(0, str(Path(__file__).parents[2] / "docs" / "examples" / "alternatives"))

from variants import VARIANTS, Crf, Ensemble, Softmax  # noqa: E402


def small(kind, words=100):
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=words, hidden_size=48, num_hidden_layers=1, num_attention_heads=4, intermediate_size=64
    )  # fmt: skip
    return kind(Encoder(BertModel(config, add_pooling_layer=False)))


@pytest.fixture
def crf():
    network = small(Crf).eval()
    torch.nn.init.normal_(network.follow)
    return network


def readings(network, logits):
    """Every legal reading with its score."""
    legal, opening, closed = transitions(len(LABELS))
    for path in itertools.product(range(len(TAGS)), repeat=len(logits)):
        steps = list(itertools.pairwise(path))
        if opening[path[0]] and closed[path[-1]] and all(legal[step] for step in steps):
            score = sum(float(logits[at, tag]) for at, tag in enumerate(path))
            yield path, score + sum(float(network.follow[step]) for step in steps)


def test_the_crf_weighs_the_annotated_reading_against_all_legal_ones(crf):
    logits, tags = torch.randn(1, 3, len(TAGS)), torch.tensor([[1, 3, 0]])
    scores = dict(readings(crf, logits[0].detach()))
    inside = torch.ones(1, 3, dtype=torch.bool)
    assert float(crf._one(logits, tags, inside)) == pytest.approx(scores[1, 3, 0], abs=1e-4)
    everything = torch.logsumexp(torch.tensor(list(scores.values())), dim=0)
    assert float(crf._all(logits, inside).detach()) == pytest.approx(float(everything), abs=1e-3)


def test_the_crf_reads_the_likeliest_legal_reading(crf):
    vectors = torch.randn(3, 48)
    with torch.no_grad():
        best, _ = max(readings(crf, crf.tagger(vectors)), key=lambda pair: pair[1])
        spans = crf.read(vectors)
    covered = {at: label for label, start, end, _ in spans for at in range(start, end)}
    assert [covered.get(at) for at in range(3)] == [TAGS[tag][2:] or None for tag in best]


def test_an_ensemble_of_one_network_twice_reads_as_the_network():
    one = small(Softmax).eval()
    both = Ensemble([one, one]).eval()
    ids, places = torch.randint(6, 100, (1, 20)), torch.zeros((1, 20), dtype=torch.long)
    head, tail = torch.tensor([0, 1]), torch.tensor([1, 0])
    rest = torch.tensor([0, 1]), head, tail, torch.zeros(2, 5, dtype=torch.long)
    with torch.no_grad():
        alone, together = one.encoder(ids, places)[0], both.encoder(ids, places)[0]
        torch.testing.assert_close(both.tagger(together), one.tagger(alone))
        borders = [torch.cat([vectors[:2], vectors[5:7]], dim=-1) for vectors in (alone, together)]
        torch.testing.assert_close(both.arcs(borders[1], *rest), one.arcs(borders[0], *rest))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_learns_the_mentions_of_a_passage(variant, sample_file):
    record = min(load_samples([sample_file]), key=lambda one: len(one.text))
    vocabulary = Vocabulary([*SPECIALS, *sorted(set(record.text))])
    network = small(VARIANTS[variant], 200)
    batch = collate([example(record, vocabulary)])
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3)
    for _ in range(150):
        hidden = network.encoder(batch.ids, batch.places)
        (network.mention_loss(hidden, batch) + arc_loss(network, hidden, batch)).backward()
        optimiser.step()
        optimiser.zero_grad()
    network.eval()
    with torch.no_grad():
        found = network.read(network.encoder(batch.ids, batch.places)[0, 1:-1])
    assert {span[:3] for span in found} == {(e.label, e.start, e.end) for e in record.entities}
