"""The data of each epoch."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.language.vocabulary import Vocabulary
from pipeline.records import Record
from pipeline.training.augment import join_some, names_of, swap_names
from pipeline.training.batches import IGNORE, LIMIT, Example, batches, example, split
from pipeline.training.corpora import read_raw
from pipeline.training.generator import generate
from pipeline.training.settings import Settings


class Source:
    """The examples of each epoch: samples (augmented), raw text and composed passages."""

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
        labelled = [*joined, *self._composed(epoch, "gold", options.generated_share)]
        texts = chance.sample(self.raw, len(self.raw)) if options.raw_share else []
        raw = (Record(id=str(n), text=text) for n, text in enumerate(texts))
        rehearsed = self._composed(epoch, "teacher", options.rehearsed_share)
        unlabelled = [*self._until(raw, options.raw_share), *map(bare, rehearsed)]
        groups = batches(self._examples(labelled), options.batch, chance)
        for group in batches([unlabelled_example(e) for e in self._examples(unlabelled)], options.batch, chance):
            groups.insert(chance.randint(0, len(groups)), group)
        return groups

    def _examples(self, records: Iterable[Record]) -> list[Example]:
        return [example(part, self.vocabulary) for record in records for part in split(record)]

    def _composed(self, epoch: int, use: str, share: float) -> Iterator[Record]:
        """New passages of the generator in every epoch."""
        if share:
            yield from self._until(generate(f"{self.settings.training.seed}-{use}-{epoch}"), share)

    def _until(self, records: Iterator[Record], share: float) -> Iterator[Record]:
        wanted = share * self.characters
        for record in records:
            if wanted <= 0:
                return
            wanted -= len(record.text)
            yield record


def bare(record: Record) -> Record:
    """The record's text alone."""
    return Record(id=record.id, text=record.text)


def unlabelled_example(one: Example) -> Example:
    """The example of a bare text with every tag ignored, for a teacher to fill."""
    return replace(one, tags=[IGNORE] * len(one.ids))
