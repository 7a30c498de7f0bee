"""The data of each epoch."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pipeline.language.vocabulary import Vocabulary
from pipeline.records import Record
from pipeline.training.augment import join_some, names_of, swap_names
from pipeline.training.batches import IGNORE, LIMIT, Example, batches, example, split
from pipeline.training.corpora import read_raw
from pipeline.training.settings import Settings


class Source:
    """The examples of each epoch: samples (augmented) and raw text."""

    def __init__(self, settings: Settings, samples: list[Record], vocabulary: Vocabulary) -> None:
        self.settings, self.samples, self.vocabulary = settings, samples, vocabulary
        self.names = names_of(samples)
        self.characters = sum(len(r.text) for r in samples)
        self.raw = [text for path in settings.paths.raw for text in read_raw(path, LIMIT // 2)]

    def groups(self, epoch: int) -> list[list[Example]]:
        """Batches of one epoch; the same for the same seed and epoch."""
        options = self.settings.training
        chance = random.Random(f"{options.seed}-{epoch}")
        records = [
            swap_names(r, self.names, chance) if chance.random() < options.swap_share else r for r in self.samples
        ]
        joined = join_some(records, options.join_share, LIMIT, chance)
        examples = [example(part, self.vocabulary) for record in joined for part in split(record)]
        texts = chance.sample(self.raw, len(self.raw)) if options.raw_share else []
        raw = (Record(id=str(n), text=text) for n, text in enumerate(texts))
        unlabelled = [example(part, self.vocabulary) for r in self._until(raw, options.raw_share) for part in split(r)]
        groups = batches(examples, options.batch, chance)
        for group in batches([unlabelled_example(e) for e in unlabelled], options.batch, chance):
            groups.insert(chance.randint(0, len(groups)), group)
        return groups

    def _until(self, records: Iterator[Record], share: float) -> Iterator[Record]:
        wanted = share * self.characters
        for record in records:
            if wanted <= 0:
                return
            wanted -= len(record.text)
            yield record


def unlabelled_example(one: Example) -> Example:
    """The example with every tag ignored, for a teacher to fill."""
    return Example(one.ids, one.places, [IGNORE] * len(one.ids), [], one.pairs, one.targets)
