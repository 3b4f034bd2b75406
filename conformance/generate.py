#!/usr/bin/env python3
"""Writes the vectors of the conformance kit, or checks them.

    python3 generate.py           writes vectors/*.ndjson
    python3 generate.py --check   compares the files with what would be written, and each line with the schema
    python3 generate.py --count   prints the number of vectors by class and severity

Plain Python 3, standard library only, no clock and no randomness: two runs write the same bytes.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from compose import bill, border, emvco, hostile, jpqr, khqr, one_payee, sound, wire

HERE = Path(__file__).resolve().parent
CLASSES = {
    "wire": wire,
    "emvco": emvco,
    "khqr": khqr,
    "jpqr": jpqr,
    "bill": bill,
    "sound": sound,
    "border": border,
    "one-payee": one_payee,
    "hostile": hostile,
}
KEYS = {"id", "class", "tests", "source", "severity", "payload", "payload_hex", "now", "may_refuse", "expect", "harm"}
EXPECT = {"readable", "valid", "scheme", "payee", "amount", "currency", "name", "expires"}
SCHEMES = {"khqr", "jpqr", "jpqr-bill", "network", "emvco"}
PAYEE = {"network", "institution", "account", "sub_account"}
# A "must" names a document and a place in it.
PLACE = re.compile(r"\d\.\d|Table \d|section|paragraph|table of error codes|questions and answers|annex", re.I)


def line_of(vector):
    """JSON of one line; what is not printable is escaped, so that the file has no hidden characters."""
    text = json.dumps(vector, ensure_ascii=False)
    return "".join(ch if ch.isprintable() else escape(ch) for ch in text)


def escape(ch):
    return json.dumps(ch, ensure_ascii=True)[1:-1] if ord(ch) != 0x7F else "\\u007f"


def faults_of(vector):
    """What a line breaks of the schema, in words."""

    def is_text(value):
        return isinstance(value, str) and value != ""

    for key in vector.keys() - KEYS:
        yield f"unknown key {key}"
    for key in ("id", "class", "tests", "source", "harm"):
        if not is_text(vector.get(key)):
            yield f"{key} is no text"
    if not re.fullmatch(r"[a-z0-9-]+", vector.get("id", "")):
        yield "id has other characters than a-z, 0-9 and -"
    if vector.get("class") not in CLASSES or not vector["id"].startswith(vector["class"] + "-"):
        yield "class is unknown, or the id does not begin with it"
    if vector.get("severity") not in ("must", "should", "unconfirmed"):
        yield "severity is unknown"
    if vector.get("severity") == "must" and not PLACE.search(vector["source"]):
        yield "must without a section of a document"
    if ("payload" in vector) == ("payload_hex" in vector):
        yield "not exactly one of payload and payload_hex"
    if not isinstance(vector.get("payload", ""), str) or not re.fullmatch(r"([0-9a-f]{2})*", vector.get("payload_hex", "")):
        yield "payload is no text, or payload_hex no hexadecimal digits"
    if not (isinstance(vector.get("now", 10**12), int) and vector.get("now", 10**12) >= 10**12):
        yield "now is no number of milliseconds"
    if vector.get("may_refuse", True) is not True:
        yield "may_refuse is not true"
    expect = vector.get("expect")
    if not isinstance(expect, dict) or expect.keys() - EXPECT:
        yield "expect has unknown keys"
        return
    for key in ("readable", "valid"):
        if not isinstance(expect.get(key, True), bool):
            yield f"expect.{key} is neither true nor false"
    if expect.get("scheme", "khqr") not in SCHEMES:
        yield "expect.scheme is unknown"
    payee = expect.get("payee")
    if payee is not None and (payee.keys() - PAYEE or not is_text(payee.get("account"))):
        yield "expect.payee has unknown keys or no account"
    if not re.fullmatch(r"\d+(\.\d+)?", expect.get("amount") or "0"):
        yield "expect.amount is no decimal number"
    if not re.fullmatch(r"\d{3}", expect.get("currency") or "000"):
        yield "expect.currency is not three digits"
    if not isinstance(expect.get("expires", 0), (int, type(None))):
        yield "expect.expires is no number of milliseconds"


def main(arguments):
    written, faults, ids = {}, [], Counter()
    for name, module in CLASSES.items():
        vectors = module.vectors()
        written[name] = "".join(line_of(v) + "\n" for v in vectors)
        for vector in vectors:
            ids[vector["id"]] += 1
            faults += [f"{vector['id']}: {fault}" for fault in faults_of(vector)]
    faults += [f"{name}: id twice" for name, n in ids.items() if n > 1]
    if arguments == ["--count"]:
        total = Counter()
        for name, text in written.items():
            count = Counter(json.loads(line)["severity"] for line in text.splitlines())
            total.update(count)
            print(f"{name:10} {sum(count.values()):5}  {dict(count)}")
        print(f"{'all':10} {sum(total.values()):5}  {dict(total)}")
    elif arguments == ["--check"]:
        for name, text in written.items():
            path = HERE / "vectors" / f"{name}.ndjson"
            found = path.read_text(encoding="utf-8") if path.exists() else None
            if found != text:
                faults.append(f"vectors/{name}.ndjson is not what generate.py writes")
        stray = {p.name for p in (HERE / "vectors").iterdir()} - {f"{name}.ndjson" for name in CLASSES}
        faults += [f"vectors/{name} belongs to no class" for name in sorted(stray)]
    elif not arguments:
        if not faults:
            (HERE / "vectors").mkdir(exist_ok=True)
            for name, text in written.items():
                (HERE / "vectors" / f"{name}.ndjson").write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.exit(__doc__)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
