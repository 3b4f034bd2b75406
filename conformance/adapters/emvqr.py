#!/usr/bin/env python3
"""Adapter of the conformance kit for the program emvqr, run as a foreign process: `emvqr decode --json-lines`.

The program is looked for at $EMVQR, then on the PATH. Its questions have the kit's form already; only the
answers are put into the kit's words.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime

SCHEMES = {"khqr": "khqr", "jpqr": "jpqr", "jpqr-bill": "jpqr-bill", "network": "network", "emv": "emvco"}


def milliseconds(time):
    """RFC 3339 as milliseconds since 1970, in whole numbers."""
    if time is None:
        return None
    moment = datetime.fromisoformat(time.replace("Z", "+00:00"))
    return int(moment.replace(microsecond=0).timestamp()) * 1000 + moment.microsecond // 1000


def answer(number, found):
    """Answer of the kit for one object that the program wrote. A line that the program refuses has no id there."""
    scheme = SCHEMES.get(found["profile"])
    readable = found["wire"] or (scheme == "jpqr-bill" and found["level"] != "unreadable")
    if not readable:
        return {"id": number, "readable": False, "valid": False}
    summary, payee = found["summary"], found["payee"]
    parts = ("network", "institution", "account", "sub_account")
    return {
        "id": number,
        "readable": True,
        "valid": found["valid"],
        "scheme": scheme,
        "payee": payee and {key: payee[key] for key in parts},
        "amount": summary["amount"],
        "currency": found["fields"].get("transaction_currency"),
        "name": summary["name"],
        "expires": milliseconds(summary["expires"]),
    }


def main():
    program = shutil.which(os.environ.get("EMVQR", "emvqr"))
    if program is None:
        sys.exit("the program emvqr is neither at $EMVQR nor on the PATH")
    with subprocess.Popen([program, "decode", "--json-lines", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for question in sys.stdin.buffer:
            process.stdin.write(question)
            process.stdin.flush()
            found = process.stdout.readline()
            if not found:
                sys.exit("emvqr has ended")
            print(json.dumps(answer(json.loads(question)["id"], json.loads(found))), flush=True)
        process.stdin.close()


if __name__ == "__main__":
    main()
