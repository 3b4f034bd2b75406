#!/usr/bin/env python3
"""Draws payloads with `emvqr draw`, spoils the pictures, and reads them with two readers of other families: the program's own
(rqrr) and zxing-cpp. Prints how many came back by reader, script, level and treatment; fails if a clean picture did not.

    .ci/pictures.py PROGRAM PAYLOADS [EVERY]

PAYLOADS: a file with one payload per line, or a folder of NDJSON files. EVERY: take each so-manieth payload of a file."""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import zxingcpp
from PIL import Image, ImageFilter

LEVELS = ["l", "m", "q", "h"]


def payloads(path, every):
    path = pathlib.Path(path)
    files = sorted(path.glob("*.ndjson")) if path.is_dir() else [path]
    seen = []
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()[::every]
        for line in lines:
            text = json.loads(line).get("payload") if file.suffix == ".ndjson" else line
            if text and text not in seen:
                seen.append(text)
    return seen


def script(text):
    names = {"khmer": (0x1780, 0x17FF), "thai": (0x0E00, 0x0E7F), "japanese": (0x3040, 0x30FF), "han": (0x4E00, 0x9FFF)}
    for name, (first, last) in names.items():
        if any(first <= ord(c) <= last for c in text):
            return name
    return "ascii" if text.isascii() else "other"


def treatments(picture):
    yield "clean", picture
    yield "rotated by 7 degrees", picture.rotate(7, expand=True, fillcolor=255, resample=Image.BICUBIC)
    yield "upside down", picture.rotate(180)
    yield "blurred", picture.filter(ImageFilter.GaussianBlur(1.5))
    width, height = picture.size
    yield "3 pixels a module", picture.resize((width * 3 // 8, height * 3 // 8), Image.LANCZOS)


def main():
    program, source = sys.argv[1], sys.argv[2]
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    counts = collections.Counter()
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(payloads(source, every)):
            level = LEVELS[number % 4]
            drawn = pathlib.Path(folder) / "drawn.png"
            command = [program, "draw", "--ecc", level, "--out", str(drawn), "--", text]
            if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode != 0:
                continue
            original = Image.open(drawn).convert("L")
            for treatment, picture in treatments(original):
                path = pathlib.Path(folder) / "spoilt.png"
                picture.save(path)
                found = [code.bytes.decode("utf-8", "replace") for code in zxingcpp.read_barcodes(numpy.array(picture))]
                shown = [code.text for code in zxingcpp.read_barcodes(numpy.array(picture))]
                scanned = subprocess.run([program, "scan", str(path)], capture_output=True, check=False).stdout.decode("utf-8", "replace")
                results = {"emvqr": text in scanned.splitlines(), "zxing-cpp, bytes": text in found, "zxing-cpp, text": text in shown}
                for reader, is_right in results.items():
                    counts[reader, treatment, script(text), is_right] += 1
                    counts[reader, treatment, "level " + level, is_right] += 1
                    if not is_right and treatment == "clean":
                        failed.append((reader, level, text))
    rows = sorted({key[:2] for key in counts})
    columns = sorted({key[2] for key in counts})
    print("| reader | picture | " + " | ".join(columns) + " |\n|" + "---|" * (2 + len(columns)))
    for row in rows:
        cells = [(counts[(*row, column, True)], counts[(*row, column, False)]) for column in columns]
        print("| " + " | ".join(row) + " | " + " | ".join(f"{right} of {right + wrong}" for right, wrong in cells) + " |")
    for reader, level, text in failed:
        print(f"not read by {reader} at {level}: {text}", file=sys.stderr)
    if not rows:
        sys.exit("nothing was drawn")
    sys.exit(bool(failed))


main()
