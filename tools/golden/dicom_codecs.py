"""Makes the small compressed DICOM files of src/test/resources/org/reg2rg/ct/dicom.

Needs pydicom 3 and numpy, and on the PATH dcmtk 3.6.7 (dcmcjpeg, dcmcjpls, dcmcrle) and gdcm 3.0.21 (gdcmconv).
Run from the root of the project:  python tools/golden/dicom_codecs.py

Images are 33 by 21 pixels: a ramp, a flat part (runs), a noisy part, and the extreme values. Each is compressed by
every lossless codec; `<kind>.raw.dcm` is the uncompressed original that the others must equal. `frames` are three
frames of 16 bits, whose pixels lie in several fragments and have an offset table.
"""

import pathlib
import subprocess
import tempfile

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.uid import ExplicitVRLittleEndian

OUT = pathlib.Path("src/test/resources/org/reg2rg/ct/dicom")
ROWS, COLUMNS = 21, 33


def image(low, high, seed):
    random = np.random.default_rng(seed)
    span = high - low
    pixels = np.full((ROWS, COLUMNS), low + span // 3, dtype=np.int64)
    pixels[:, :8] = low + np.arange(ROWS)[:, None] * span // 64 + np.arange(8) * span // 90
    pixels[:, 20:] = random.normal(low + span / 2, span / 40, (ROWS, COLUMNS - 20)).astype(np.int64)
    pixels[10:, 20:] = random.integers(low, high + 1, (ROWS - 10, COLUMNS - 20))
    pixels[0, 0], pixels[-1, -1], pixels[5, 12] = low, high, high
    return np.clip(pixels, low, high)


def dataset(frames, bits, signed):
    allocated = 8 if bits <= 8 else 16
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "1.2.3.4"
    ds.Modality, ds.SeriesInstanceUID, ds.StudyInstanceUID = "CT", "1.2.3", "1.2"
    ds.PatientName, ds.PatientID = "", ""
    ds.ImagePositionPatient, ds.ImageOrientationPatient = [0, 0, 0], [1, 0, 0, 0, 1, 0]
    ds.PixelSpacing, ds.SliceThickness = [1, 1], 1
    ds.RescaleSlope, ds.RescaleIntercept = 1, 0
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = ROWS, COLUMNS
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = allocated, bits, bits - 1, int(signed)
    if len(frames) > 1:
        ds.NumberOfFrames = len(frames)
    kind = ("<i" if signed else "<u") + str(allocated // 8)
    data = np.stack(frames).astype(kind).tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OW" if allocated == 16 else "OB"
    return ds


def run(*command):
    subprocess.run([str(c) for c in command], check=True)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    kinds = {
        "u8": dataset([image(0, 255, 1)], 8, False),
        "u12": dataset([image(0, 4095, 2)], 12, False),
        "s16": dataset([image(-32768, 32767, 3)], 16, True),
    }
    for name, ds in kinds.items():
        raw = OUT / f"{name}.raw.dcm"
        ds.save_as(raw, enforce_file_format=True)
        run("dcmcrle", raw, OUT / f"{name}.rle.dcm")
        run("dcmcjpls", raw, OUT / f"{name}.jpegls.dcm")
        run("gdcmconv", "--j2k", raw, OUT / f"{name}.j2k.dcm")
        for predictor in range(1, 8) if name == "u12" else (1, 4):
            run("dcmcjpeg", "+el", "+sv", predictor, raw, OUT / f"{name}.jpeg{predictor}.dcm")
    frames = dataset([image(0, 4095, seed) for seed in (4, 5, 6)], 12, False)
    frames.save_as(OUT / "frames.raw.dcm", enforce_file_format=True)
    with tempfile.TemporaryDirectory() as folder:
        packed = pathlib.Path(folder) / "packed.dcm"
        run("dcmcjpeg", "+e1", OUT / "frames.raw.dcm", packed)
        ds = pydicom.dcmread(packed)
        parts = list(generate_frames(ds.PixelData, number_of_frames=3))
        ds.PixelData = encapsulate(parts, fragments_per_frame=3, has_bot=True)
        ds.save_as(OUT / "frames.table.dcm")
        ds.PixelData = encapsulate(parts, fragments_per_frame=3, has_bot=False)
        ds.save_as(OUT / "frames.notable.dcm")


if __name__ == "__main__":
    main()
