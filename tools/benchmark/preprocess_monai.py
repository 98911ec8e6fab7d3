#!/usr/bin/env python3
"""The published preprocessing of one study with monai, timed: what `reg2rg benchmark preprocess` is compared with.

  preprocess_monai.py CT.nii.gz MASKS [--repeat 3] [--threads 2] [--json FILE]

The same transforms with the same arguments and in the same order as the published inference data set
(zhi-xuan-chen/Reg2RG, src/Dataset/radgenome_dataset_test.py): read with nibabel, float32; per region CT * mask, -1024
outside, crop to voxels above -1000, area resize to 256x256x64, clamp, scale, three channels; then the whole CT with the
stack of all masks. Prints seconds per run and the peak resident memory of the process.
Needs torch, monai 1.3.0, nibabel, numpy < 2. Run it in a fresh process: the peak never falls.
"""
import argparse
import json
import os
import platform
import resource
import time

import monai
import monai.transforms as mt
import nibabel as nib
import numpy as np
import torch

SIZE = (256, 256, 64)
REGIONS = ["abdomen", "bone", "breast", "esophagus", "heart", "lung", "mediastinum", "pleura", "thyroid",
           "trachea and bronchie"]


def foreground(x):
    return x > -1000


ONE = mt.Compose([mt.CropForeground(select_fn=foreground), mt.Resize(spatial_size=SIZE), mt.ToTensor()])
BOTH = mt.Compose([
    mt.CropForegroundd(keys=["img", "seg"], source_key="img", select_fn=foreground),
    mt.Resized(keys=["img", "seg"], spatial_size=SIZE),
    mt.ToTensord(keys=["img", "seg"]),
])


def read(path):
    return torch.from_numpy(np.asarray(nib.load(path, mmap=True).dataobj)).float()


def windowed(volume):
    """[1, x, y, z] in HU -> [1, 3, x, y, z] in [-1, 1]."""
    return ((torch.clamp(volume, -1000, 200) + 400) / 600).float().repeat(3, 1, 1, 1).unsqueeze(0)


def study(ct_path, folder):
    started, cpu = time.perf_counter(), time.process_time()
    ct = read(ct_path)
    reading = time.perf_counter() - started
    textures, masks, names = {}, [], []
    for name in REGIONS:
        path = os.path.join(folder, name + ".nii.gz")
        if not os.path.exists(path):
            continue
        began = time.perf_counter()
        mask = read(path)
        reading += time.perf_counter() - began
        masks.append(mask)
        names.append(name)
        if mask.sum() == 0:
            continue
        masked = ct * mask
        masked[mask == 0] = -1024
        textures[name] = windowed(ONE(masked.unsqueeze(0)))
    both = BOTH({"img": ct.unsqueeze(0), "seg": torch.stack(masks, dim=0)})
    textures["image"] = windowed(both["img"])
    coverage = {name: both["seg"][i].unsqueeze(0) for i, name in enumerate(names)}
    return textures, coverage, time.perf_counter() - started, reading, time.process_time() - cpu


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ct")
    parser.add_argument("masks")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    totals, transforms, processor = [], [], []
    for _ in range(options.repeat):
        *_, total, reading, cpu = study(options.ct, options.masks)
        totals.append(total)
        transforms.append(total - reading)
        processor.append(cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "program": f"monai {monai.__version__} on torch {torch.__version__}",
        "machine": platform.processor() or platform.machine(),
        "threads": options.threads,
        "load": os.getloadavg()[0],
        "seconds_with_reading": totals,
        "seconds_without_reading": transforms,
        "processor_seconds_with_reading": processor,
        "peak_resident_mb": round(peak),
    }
    print(json.dumps(result, indent=2))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(result, out, indent=2)


if __name__ == "__main__":
    main()
