"""How far bfloat16 moves six training steps of the published code, and how much of that is chance.

    python tools/golden/training_bfloat16.py CLONE PARITY [--runs 12] [--out FILE]

CLONE is a clone of zhi-xuan-chen/Reg2RG (see tools/published_model.py for packages), PARITY the folder parity/tiny with the
small model and the float32 steps of the published code. The same steps are made here

- in float32, which must give the stored numbers again;
- in bfloat16 as DeepSpeed's bf16 mode has it: all weights, buffers and volumes in bfloat16, float32 masters of what is trained;
- the same with a nudge: every master moved by up to one unit of the last bfloat16 place before the first step, which says
  nothing about the model, so that what it changes is chance;
- "taught": each step begins at the float32 weights of that step, so that rounding cannot add up over steps.

Writes losses and gradient norms of all steps and prints their distances from float32.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from published_model import MasterAdamW, Published  # noqa: E402

SIZE = (64, 64, 16)
LAST_PLACE = 2.0**-8
EMBEDDING = dict(embedding_dim=32, vis_dim=24, patch_size=16)
LANGUAGE = dict(vocab_size=32000, hidden_size=32, intermediate_size=88, num_hidden_layers=32, num_attention_heads=4,
                rms_norm_eps=1e-5, max_position_embeddings=4096)


def formula(name):
    """Volume of this name: see the parity folder's README."""
    h = np.uint64(0xCBF29CE484222325)
    prime = np.uint64(0x100000001B3)
    with np.errstate(over="ignore"):
        for byte in name.encode():
            h = (h ^ np.uint64(byte)) * prime
        i = np.arange(1, np.prod(SIZE) + 1, dtype=np.uint64)
        z = h + np.uint64(0x9E3779B97F4A7C15) + i * np.uint64(0xD1B54A32D192ED03)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    u = (z >> np.uint64(40)).astype(np.float64) * 2.0**-24
    values = u if ".mask" in name else 2 * u - 1
    return torch.from_numpy(values.astype(np.float32).reshape(SIZE))


def item(micro, dtype):
    name, slots = micro["item"], {int(k): v for k, v in micro["region2area"].items()}
    def texture(volume):
        return formula(volume).repeat(1, 1, 3, 1, 1, 1).to(dtype)
    textures = {r: texture(f"input.{name}.region.{r}") for r in sorted(slots.values())}
    textures["image"] = texture(f"input.{name}.image")
    masks = {r: formula(f"input.{name}.mask.{r}")[None, None].to(dtype) for r in sorted(slots.values())}
    ids, labels = torch.tensor([micro["lang_x"]]), torch.tensor([micro["labels"]])
    end = int((labels[0] != -100).nonzero().max())
    attention = torch.zeros_like(ids)
    attention[0, :end] = 1
    return dict(textures=textures, masks=masks, ids=ids, slots=[slots], attention=attention, labels=labels)


class Run:
    def __init__(self, clone, parity, dtype):
        torch.manual_seed(1)
        self.dtype = dtype
        self.model = Published(clone, EMBEDDING, LANGUAGE)
        state = torch.load(parity / "pytorch_model.bin", map_location="cpu")
        self.model.load_state_dict({k: v.float() for k, v in state.items() if "inv_freq" not in k}, strict=False)
        self.model.to(dtype).eval()
        for layer in self.model.lang_model.base_model.model.model.layers:
            layer.training = True  # only this switches gradient checkpointing on; what drops stays in eval mode
        self.model.lang_model.base_model.model.model.training = True
        self.adam = MasterAdamW(self.model.trained().values(), 1e-3)

    def nudge(self, seed):
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for parameter, master in zip(self.adam.parameters, self.adam.masters):
                factor = 1 + LAST_PLACE * (2 * torch.rand(master.shape, generator=generator) - 1)
                master.mul_(factor)
                parameter.copy_(master)

    def masters(self):
        return [m.detach().clone() for m in self.adam.masters]

    def begin_at(self, masters):
        with torch.no_grad():
            for parameter, master, value in zip(self.adam.parameters, self.adam.masters, masters):
                master.copy_(value)
                parameter.copy_(value)

    def steps(self, steps, taught=None):
        """Losses of both micro-batches and gradient norm of each step; taught: the masters to begin each step with."""
        made, began = [], []
        for number, step in enumerate(steps):
            if taught:
                self.begin_at(taught[number])
            began.append(self.masters())
            losses = []
            for micro in step["micro"]:
                loss = self.model(**item(micro, self.dtype))
                (loss / len(step["micro"])).backward()
                losses.append(float(loss))
            made.append(dict(losses=losses, gradient_norm=self.adam.step(step["lr"])))
        return made, began


def distances(steps, reference):
    def of(a, b):
        return abs(a - b) / abs(b)
    losses = [max(of(x, y) for x, y in zip(a["losses"], b["losses"])) for a, b in zip(steps, reference)]
    return losses, [of(a["gradient_norm"], b["gradient_norm"]) for a, b in zip(steps, reference)]


def show(title, steps, reference):
    losses, norms = distances(steps, reference)
    print(f"{title:24} loss " + " ".join(f"{x:8.1e}" for x in losses)
          + "   norm " + " ".join(f"{x:8.1e}" for x in norms), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clone", type=Path)
    parser.add_argument("parity", type=Path)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)  # the tensors are too small to share
    steps = json.loads((args.parity / "expected.json").read_text())["steps"]["steps"]
    stored = [dict(losses=[m["loss"] for m in s["micro"]], gradient_norm=s["grad_norm"]) for s in steps]

    exact, taught = Run(args.clone, args.parity, torch.float32).steps(steps)
    show("float32, stored", exact, stored)

    def nudged_runs(name, dtype):
        runs = []
        for seed in range(args.runs):
            run = Run(args.clone, args.parity, dtype)
            run.nudge(seed)
            runs.append(run.steps(steps)[0])
            show(f"{name}, nudged {seed}", runs[-1], exact)
        return runs

    nudged32 = nudged_runs("float32", torch.float32)
    half, _ = Run(args.clone, args.parity, torch.bfloat16).steps(steps)
    show("bfloat16", half, exact)
    nudged = nudged_runs("bfloat16", torch.bfloat16)
    guided, _ = Run(args.clone, args.parity, torch.bfloat16).steps(steps, taught)
    show("bfloat16, taught", guided, exact)
    if args.out:
        args.out.write_text(json.dumps(dict(
            float32=exact, bfloat16=half, bfloat16_nudged=nudged, float32_nudged=nudged32, bfloat16_taught=guided)))


if __name__ == "__main__":
    main()
