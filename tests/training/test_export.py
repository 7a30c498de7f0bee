"""What is exported computes what was trained."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from transformers import BertConfig, BertModel  # noqa: E402

from pipeline.language.encoder import CharacterEncoder  # noqa: E402
from pipeline.language.vocabulary import Vocabulary  # noqa: E402
from pipeline.training.export import to_onnx  # noqa: E402
from pipeline.training.network import Encoder  # noqa: E402


@pytest.mark.parametrize("length", [1, 7, 200])
def test_onnx_gives_the_vectors_of_torch_for_texts_of_any_length(tmp_path, length):
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=100, hidden_size=48, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=256,
    )  # fmt: skip
    encoder = Encoder(BertModel(config, add_pooling_layer=False)).eval()
    to_onnx(encoder, tmp_path / "encoder.onnx")
    shipped = CharacterEncoder("guanxi_encoder", lambda text: np.zeros(len(text), np.int64), 256, 32)
    shipped.load((tmp_path / "encoder.onnx").read_bytes(), Vocabulary([]))
    ids, places = torch.randint(6, 100, (1, length)), torch.zeros((1, length), dtype=torch.long)
    with torch.no_grad():
        expected = encoder(ids, places).numpy()
    assert shipped.run is not None
    np.testing.assert_allclose(shipped.run(ids.numpy(), places.numpy()), expected, atol=1e-5)
