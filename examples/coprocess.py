"""Asks the program about one code after the other: python3 examples/coprocess.py [PROGRAM] < codes.txt"""
import json, subprocess, sys

program = sys.argv[1] if len(sys.argv) > 1 else "emvqr"
emvqr = subprocess.Popen([program, "decode", "--json-lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def decode(number, payload):
    """One line out, one line back: the program answers each line before it waits for the next."""
    emvqr.stdin.write(json.dumps({"id": number, "payload": payload}) + "\n")
    emvqr.stdin.flush()
    return json.loads(emvqr.stdout.readline())


for number, line in enumerate(sys.stdin, 1):
    answer = decode(number, line.rstrip("\n"))
    summary = answer["summary"]
    print(answer["id"], answer["level"], summary["scheme"], summary["account"], summary["amount"], summary["currency"])
emvqr.stdin.close()
emvqr.wait()
