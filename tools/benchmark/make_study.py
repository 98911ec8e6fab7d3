#!/usr/bin/env python3
"""Makes a study with ten region masks for the preprocessing benchmark.

  make_study.py CT.nii.gz OUT [--left LUNG_LEFT.nii.gz --right LUNG_RIGHT.nii.gz]

OUT gets ct.nii.gz (int16) and masks/<region>.nii.gz (uint8) on the CT's grid. The lungs are the given outlines where
there are any, else air inside the body; the other nine regions are thresholds and blocks of about the size and place of
the organ. They serve for timing only: nothing about them is anatomy. Needs numpy and nibabel.
"""
import argparse
import os

import nibabel as nib
import numpy as np


def block(shape, x, y, z):
    """True inside an ellipsoid that fills the given shares (from, to) of the three axes."""
    total = np.zeros(shape, np.float32)
    for axis, (low, high) in enumerate((x, y, z)):
        centre, radius = (low + high) / 2, (high - low) / 2
        place = (np.arange(shape[axis]) + 0.5) / shape[axis]
        line = (((place - centre) / radius) ** 2).astype(np.float32)
        total += line.reshape([-1 if a == axis else 1 for a in range(3)])
    return total <= 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ct")
    parser.add_argument("out")
    parser.add_argument("--left")
    parser.add_argument("--right")
    options = parser.parse_args()
    image = nib.load(options.ct)
    hu = np.asarray(image.dataobj).astype(np.float32)
    shape = hu.shape
    if options.left and options.right:
        lung = (np.asarray(nib.load(options.left).dataobj) > 0) | (np.asarray(nib.load(options.right).dataobj) > 0)
    else:
        lung = (hu < -500) & block(shape, (0.15, 0.85), (0.2, 0.8), (0.1, 0.95))
    tissue = (hu > -200) & (hu < 300)
    regions = {
        "abdomen": tissue & block(shape, (0.15, 0.85), (0.2, 0.8), (-0.25, 0.3)),
        "bone": hu > 200,
        "breast": tissue & block(shape, (0.15, 0.85), (0.12, 0.35), (0.2, 0.7)),
        "esophagus": block(shape, (0.48, 0.53), (0.52, 0.56), (0.05, 0.95)),
        "heart": tissue & block(shape, (0.4, 0.68), (0.32, 0.55), (0.2, 0.55)),
        "lung": lung,
        "mediastinum": tissue & block(shape, (0.38, 0.64), (0.3, 0.62), (0.15, 0.95)),
        "pleura": tissue & block(shape, (0.1, 0.9), (0.15, 0.85), (0.1, 0.95)) & ~block(
            shape, (0.16, 0.84), (0.21, 0.79), (0.13, 0.92)),
        "thyroid": tissue & block(shape, (0.43, 0.57), (0.35, 0.45), (0.9, 1.0)),
        "trachea and bronchie": (hu < -800) & block(shape, (0.44, 0.56), (0.42, 0.56), (0.5, 1.0)),
    }
    os.makedirs(os.path.join(options.out, "masks"), exist_ok=True)
    stored = nib.Nifti1Image(np.clip(np.rint(hu), -32768, 32767).astype(np.int16), image.affine)
    nib.save(stored, os.path.join(options.out, "ct.nii.gz"))
    for name, mask in regions.items():
        print(f"{name}: {int(mask.sum())} voxels")
        nib.save(nib.Nifti1Image(mask.astype(np.uint8), image.affine),
                 os.path.join(options.out, "masks", name + ".nii.gz"))


if __name__ == "__main__":
    main()
