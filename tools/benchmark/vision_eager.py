#!/usr/bin/env python3
"""The 3-D vision transformer of the published model in eager PyTorch, timed: what `reg2rg benchmark vision` is compared with.

  vision_eager.py [--threads 2] [--repeat 5]

The published sizes (12 blocks, width 768, 8 heads of 64, patch 32x32x4 of three channels, volume 256x256x64) with random weights,
without the perceiver. Prints the clock's and the processors' seconds for float32 and bfloat16, the best and the median run.
Needs torch.
"""
import argparse
import time

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(768)
        self.qkv = nn.Linear(768, 1536, bias=False)
        self.out = nn.Linear(512, 768)

    def forward(self, x):
        b, n, _ = x.shape
        q, k, v = [t.view(b, n, 8, 64).transpose(1, 2) for t in self.qkv(self.norm(x)).chunk(3, -1)]
        seen = (q @ k.transpose(-1, -2) * 0.125).softmax(-1) @ v
        return self.out(seen.transpose(1, 2).reshape(b, n, 512))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Sequential(nn.LayerNorm(12288), nn.Linear(12288, 768), nn.LayerNorm(768))
        self.positions = nn.Parameter(torch.randn(1024, 768))
        self.attention = nn.ModuleList([Attention() for _ in range(12)])
        self.feed = nn.ModuleList([
            nn.Sequential(nn.LayerNorm(768), nn.Linear(768, 2048), nn.GELU(), nn.Linear(2048, 768)) for _ in range(12)
        ])

    def forward(self, volume):
        patches = volume.view(1, 3, 8, 32, 8, 32, 16, 4).permute(0, 2, 4, 6, 3, 5, 7, 1).reshape(1, 1024, 12288)
        x = self.embed(patches) + self.positions
        for attention, feed in zip(self.attention, self.feed):
            x = x + attention(x)
            x = x + feed(x)
        return x


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    for dtype in (torch.float32, torch.bfloat16):
        model, volume = Transformer().eval().to(dtype), torch.randn(1, 3, 256, 256, 64).to(dtype)
        clock, processors = [], []
        with torch.no_grad():
            for _ in range(options.repeat):
                start, cpu = time.perf_counter(), time.process_time()
                model(volume)
                clock.append(time.perf_counter() - start)
                processors.append(time.process_time() - cpu)
        middle = options.repeat // 2
        print(f"{dtype}, torch {torch.__version__}, {options.threads} threads: clock {min(clock):.3f} s (median"
              f" {sorted(clock)[middle]:.3f}), processors {min(processors):.3f} s (median {sorted(processors)[middle]:.3f})",
              flush=True)


if __name__ == "__main__":
    main()
