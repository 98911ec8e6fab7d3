#!/usr/bin/env python3
"""One step of the published training in Python, timed: what `reg2rg benchmark train` is compared with.

    train_step.py CLONE [--size tiny|full] [--layers N] [--repeat 6] [--threads 2] [--pad] [--json FILE]

CLONE is a clone of zhi-xuan-chen/Reg2RG; tools/published_model.py names the packages. The same shapes as the Java step: one study
of ten regions, 544 tokens of prompt and 480 of answer, generated weights, gradient checkpointing of the decoder, dropout,
clipping, AdamW; float32 at size tiny, bfloat16 with float32 masters at size full. The published collator fills every text up to
2,048 tokens; --pad does so, too. Prints seconds per step, processor time and the peak resident memory of the process, which never
falls: run it in a fresh process.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from published_model import MasterAdamW, Published  # noqa: E402

REGIONS = ["abdomen", "bone", "breast", "esophagus", "heart", "lung", "mediastinum", "pleura", "thyroid",
           "trachea and bronchie"]
LANGUAGE = dict(vocab_size=32000, num_hidden_layers=32, rms_norm_eps=1e-5, max_position_embeddings=4096)
SIZES = {
    "tiny": dict(
        volume=(64, 64, 16), dtype=torch.float32,
        embedding=dict(embedding_dim=32, vis_dim=24, patch_size=16),
        language=dict(LANGUAGE, hidden_size=32, intermediate_size=88, num_attention_heads=4)),
    "full": dict(
        volume=(256, 256, 64), dtype=torch.bfloat16, embedding=dict(),
        language=dict(LANGUAGE, hidden_size=4096, intermediate_size=11008, num_attention_heads=32)),
}
WORDS = 32000
ANSWER = 480
PADDED = 2048


def words(count):
    return [3 + i % 400 for i in range(count)]


def text(pad):
    """Ids, labels and attention mask of prompt and answer."""
    prompt = words(11) + [WORDS, *range(WORDS + 4, WORDS + 36), WORDS + 1]
    for slot in range(len(REGIONS)):
        first = WORDS + 36 + 33 * slot
        prompt += words(7) + [WORDS + 2, *range(first, first + 33), WORDS + 3]
    prompt += words(79)
    answer = words(ANSWER)
    rest = PADDED - len(prompt) - ANSWER if pad else 0
    ids = torch.tensor([prompt + answer + [0] * rest])
    labels = torch.tensor([[-100] * len(prompt) + answer + [-100] * rest])
    attention = torch.ones_like(ids)
    attention[0, len(prompt) + ANSWER:] = 0
    return dict(ids=ids, labels=labels, attention=attention)


def study(volume, dtype):
    wave = torch.sin(torch.arange(volume[0] * volume[1] * volume[2]) * 0.001).reshape(volume)
    half = (torch.arange(wave.numel()) % 2).reshape(volume)
    textures = {name: wave.repeat(1, 1, 3, 1, 1, 1).to(dtype) for name in [*REGIONS, "image"]}
    masks = {name: half[None, None].to(dtype) for name in REGIONS}
    return dict(textures=textures, masks=masks, slots=[dict(enumerate(REGIONS))])


def model(clone, size, layers):
    torch.manual_seed(1)
    torch.set_default_dtype(size["dtype"])  # weights are made in this format, or 7B would not fit
    published = Published(clone, size["embedding"], dict(size["language"], num_hidden_layers=layers))
    torch.set_default_dtype(torch.float32)
    return published.train()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clone", type=Path)
    parser.add_argument("--size", choices=list(SIZES), default="tiny")
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--repeat", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pad", action="store_true")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    size = SIZES[args.size]
    published = model(args.clone, size, args.layers)
    adam = MasterAdamW(published.trained().values(), 5e-5)
    batch = study(size["volume"], size["dtype"]) | text(args.pad)
    seconds, processor = [], []
    for _ in range(args.repeat):
        began, cpu = time.perf_counter(), time.process_time()
        published(**batch).backward()
        adam.step(5e-5)
        seconds.append(time.perf_counter() - began)
        processor.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    load = os.getloadavg()[0]
    tokens = batch["ids"].shape[1]
    print(f"torch {torch.__version__}, {args.threads} threads, load {load:.2f}; step, {tokens} tokens, {size['dtype']}, "
          f"{args.layers} layers")
    for what, runs in (("seconds", seconds), ("processor seconds", processor)):
        print(f"{what:18} {statistics.median(runs):.3f} ({min(runs):.3f} to {max(runs):.3f} in {len(runs)} runs)")
    print(f"peak resident MB   {peak:.0f}")
    if args.json:
        args.json.write_text(json.dumps(dict(
            torch=torch.__version__, threads=args.threads, load=load, size=args.size, layers=args.layers, tokens=tokens,
            seconds=seconds, processor_seconds=processor, peak_mb=peak)))


if __name__ == "__main__":
    main()
