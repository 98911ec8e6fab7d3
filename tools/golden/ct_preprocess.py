#!/usr/bin/env python3
"""Golden files of NIfTI reading, preprocessing and the model's grid.

  ct_preprocess.py OUT        (OUT = src/test/resources/org/reg2rg/ct/golden)

Writes a small made-up study and what nibabel and monai make of it, so that a clone alone proves that ours is the same:
- study/ct.nii.gz and study/masks/<region>.nii.gz: 43 x 37 x 21 voxels, oddly spaced, slope and intercept in the header;
- nifti/*: one small volume in many forms (byte order, version, type, qform only, header and image apart), as nibabel
  writes them; expected.json has the affine and the values that nibabel reads back;
- expected.safetensors: texture.<region>, mask.<region>, image as the published transforms make them (monai crop and area
  resize, to 12 x 16 x 10 instead of 256 x 256 x 64), and grid: the CT with axes to L, P, S at 3 x 3 x 4 mm (monai
  Orientation, trilinear Resize);
- expected.json: crop boxes, affines, values.
Needs numpy < 2, nibabel, torch, monai 1.3.0, safetensors. Seeded: running it again gives the same numbers.
"""
import json
import os
import sys

import monai.transforms as mt
import nibabel as nib
import numpy as np
import torch
from monai.data import MetaTensor
from safetensors.numpy import save_file

SIZE = (12, 16, 10)
SHAPE = (43, 37, 21)
SPACING = (3.0, 3.0, 4.0)
AFFINE = np.array([[0, -1.7, 0, 30], [2.3, 0, 0, -40], [0, 0, -3.1, 12], [0, 0, 0, 1]], float)


def foreground(x):
    return x > -1000


def place(axis, low, high):
    i = np.arange(SHAPE[axis]).reshape([-1 if a == axis else 1 for a in range(3)])
    return (i >= low) & (i < high)


def box(x, y, z):
    return place(0, *x) & place(1, *y) & place(2, *z)


def make_study(out, random):
    """Air, a block of tissue and a block of lung, as int16 with slope 0.5 and intercept -1024."""
    hu = random.normal(-1010, 15, SHAPE)
    body = box((4, 40), (5, 33), (0, 21))
    hu[body] = random.normal(40, 60, SHAPE)[body]
    lung = box((8, 20), (9, 28), (2, 18))
    hu[lung] = random.normal(-800, 90, SHAPE)[lung]
    stored = np.clip(np.rint((hu + 1024) / 0.5), -32768, 32767)
    image = nib.Nifti1Image(stored.astype(np.int16), AFFINE)
    image.header.set_slope_inter(0.5, -1024)  # nibabel writes the integers as they are, then
    nib.save(image, os.path.join(out, "ct.nii.gz"))
    fraction = np.zeros(SHAPE, np.float32)
    fraction[box((10, 30), (8, 20), (3, 9))] = 1
    fraction[box((30, 33), (8, 20), (3, 9))] = 0.5
    fraction[box((10, 30), (20, 22), (3, 9))] = 0.25
    masks = {
        "lung": lung.astype(np.uint8),
        "heart": fraction,
        "bone": (box((20, 24), (0, 37), (0, 21)) * 255).astype(np.int16),
        "thyroid": box((25, 26), (12, 13), (19, 20)).astype(np.uint8),
        "pleura": np.zeros(SHAPE, np.uint8),
        "abdomen": box((0, 43), (0, 37), (0, 3)).astype(np.uint8),
    }
    os.makedirs(os.path.join(out, "masks"), exist_ok=True)
    for name, mask in masks.items():
        nib.save(nib.Nifti1Image(mask, AFFINE), os.path.join(out, "masks", name + ".nii.gz"))


def crop_box(volume):
    where = np.argwhere(volume > -1000)
    return {"start": where.min(0).tolist(), "end": (where.max(0) + 1).tolist()}


def preprocess(out):
    ct = torch.from_numpy(nib.load(os.path.join(out, "ct.nii.gz")).get_fdata(dtype=np.float32))
    one = mt.Compose([mt.CropForeground(select_fn=foreground, allow_smaller=True), mt.Resize(SIZE)])
    both = mt.Compose([
        mt.CropForegroundd(keys=["img", "seg"], source_key="img", select_fn=foreground, allow_smaller=True),
        mt.Resized(keys=["img", "seg"], spatial_size=SIZE),
    ])
    tensors, boxes, masks, names = {}, {"image": crop_box(ct.numpy())}, [], []
    for file in sorted(os.listdir(os.path.join(out, "masks"))):
        name = file.removesuffix(".nii.gz")
        mask = torch.from_numpy(nib.load(os.path.join(out, "masks", file)).get_fdata(dtype=np.float32))
        if mask.sum() == 0:
            continue
        mask = torch.where(mask > 1, 1.0, mask)  # ours reads 0 and one other value as 0 and 1
        masked = ct * mask
        masked[mask == 0] = -1024
        boxes[name] = crop_box(masked.numpy())
        texture = one(masked.unsqueeze(0))[0]
        tensors["texture." + name] = (torch.clamp(texture, -1000, 200) + 400) / 600
        masks.append(mask)
        names.append(name)
    result = both({"img": ct.unsqueeze(0), "seg": torch.stack(masks)})
    tensors["image"] = (torch.clamp(result["img"][0], -1000, 200) + 400) / 600
    for i, name in enumerate(names):
        tensors["mask." + name] = result["seg"][i]
    return {k: np.ascontiguousarray(torch.as_tensor(v).numpy().astype(np.float32)) for k, v in tensors.items()}, boxes


def grid(out):
    image = nib.load(os.path.join(out, "ct.nii.gz"))
    volume = MetaTensor(torch.from_numpy(image.get_fdata(dtype=np.float32))[None], affine=torch.from_numpy(image.affine))
    lps = mt.Orientation("LPS")(volume)
    spacing = np.sqrt((np.asarray(lps.affine)[:3, :3] ** 2).sum(0))
    size = [int(n * s / t + 1e-3) for n, s, t in zip(lps.shape[1:], spacing, SPACING)]
    resized = mt.Resize(size, mode="trilinear", align_corners=False)(lps)
    return np.ascontiguousarray(resized[0].numpy().astype(np.float32))


def nifti_forms(out, random):
    os.makedirs(out, exist_ok=True)
    expected = {}
    for kind in ("uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"):
        values = random.integers(0, 100, (4, 3, 2)).astype(kind)
        form = nib.Nifti2Image if kind.endswith("64") else nib.Nifti1Image
        image = form(values, AFFINE, dtype=kind)
        nib.save(image, os.path.join(out, kind + ".nii"))
    small = random.integers(-1000, 1000, (4, 3, 2)).astype(np.int16)
    big = nib.Nifti1Image(small, AFFINE, nib.Nifti1Header(endianness=">"))
    nib.save(big, os.path.join(out, "big_endian.nii.gz"))
    big2 = nib.Nifti2Image(small, AFFINE, nib.Nifti2Header(endianness=">"))
    nib.save(big2, os.path.join(out, "big_endian_2.nii"))
    rotated = np.eye(4)
    c, s = np.cos(0.4), np.sin(0.4)
    rotated[:3, :3] = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ np.diag([1.5, -2.5, 3.5])
    rotated[:3, 3] = [7, -8, 9]
    quaternion = nib.Nifti1Image(small, rotated)
    quaternion.set_qform(rotated, 1)
    quaternion.set_sform(None, 0)
    nib.save(quaternion, os.path.join(out, "qform_only.nii"))
    nib.save(nib.Nifti1Pair(small, AFFINE), os.path.join(out, "apart.hdr"))
    four = nib.Nifti1Image(small[..., None], AFFINE)
    nib.save(four, os.path.join(out, "four_axes.nii"))
    for file in sorted(os.listdir(out)):
        if not file.endswith(".img"):
            image = nib.load(os.path.join(out, file))
            expected[file] = {
                "affine": image.affine[:3].ravel().tolist(),
                "values": image.get_fdata().ravel(order="F").tolist(),
            }
    return expected


def main():
    out = sys.argv[1]
    random = np.random.default_rng(20)
    study = os.path.join(out, "study")
    os.makedirs(study, exist_ok=True)
    make_study(study, random)
    tensors, boxes = preprocess(study)
    tensors["grid"] = grid(study)
    save_file(tensors, os.path.join(out, "expected.safetensors"))
    expected = {"boxes": boxes, "nifti": nifti_forms(os.path.join(out, "nifti"), random)}
    with open(os.path.join(out, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
