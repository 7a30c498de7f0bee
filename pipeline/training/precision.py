"""In which precision a network computes while it learns."""

from __future__ import annotations

from functools import cache

import torch


@cache
def has_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 matrices itself; emulated they cost ten times as long as float32."""
    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(capabilities.get(name) for name in ("amx_bf16", "avx512_bf16"))


def mixed_precision() -> torch.autocast:
    """bfloat16 where it is faster, float32 elsewhere."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16())
