"""Parts of payment codes, and the form of a vector.

Nothing here reads a code: a text is put together from objects whose values are known, so the
expectation of a vector follows from what was put in.
"""

import binascii

NOW = 1_760_000_000_000         # clock of the vectors, milliseconds since 1970: 2025-10-09
HOUR = 3_600_000

MPM = "EMVCo MPM 1.1, "
SDKDOC = "NBC KHQR SDK Documentation 2.3, table of error codes, "
TOOLKIT = "bakong-khqr 1.0.20 (NBC), "
GUIDE = "NBC KHQR Content Guideline 1.4, questions and answers on tags 29 and 30"
GO = "mercari/go-emv-code, package mpm/jpqr (written from PJA MPM Guideline 1.0), "
ELQR = "newpos_test_okica, el_qr (written from PJA MPM Guideline 3.0 and the ministry's layout of eL-QR)"
OWN = "judgement of the kit: one text, one payee"


# Text of data objects

def obj(tag, value):
    """Data object; its length counts characters (EMVCo 4.4.1.1), which Python's len does."""
    assert len(tag) == 2 and 1 <= len(value) <= 99, (tag, len(value))
    return f"{tag}{len(value):02}{value}"


def run(*pairs):
    """Run of data objects: the value of a template."""
    return "".join(obj(tag, value) for tag, value in pairs)


def crc_of(data, start=0xFFFF):
    """CRC-16/CCITT-FALSE of bytes, as a number."""
    return binascii.crc_hqx(data, start)


def seal(body):
    """Text with its CRC; `body` is everything before object 63."""
    body += "6304"
    return f"{body}{crc_of(body.encode()):04X}"


def seal_bytes(body):
    """The same for bytes that need not be UTF-8."""
    body += b"6304"
    return body + f"{crc_of(body):04X}".encode()


def text(objects):
    return seal(run(*objects))


# Lists of root objects: [(tag, value), ..]

def put(objects, *pairs):
    """Copy with these values; a new tag goes to its place in numeric order."""
    result = list(objects)
    for tag, value in pairs:
        at = next((i for i, (t, _) in enumerate(result) if t == tag), None)
        if at is not None:
            result[at] = (tag, value)
        else:
            at = sum(1 for t, _ in result if t < tag)
            result.insert(at, (tag, value))
    return result


def drop(objects, *tags):
    return [(t, v) for t, v in objects if t not in tags]


def get(objects, tag):
    return next(v for t, v in objects if t == tag)


# Sound codes that the faults start from; every name and account is invented

KH_ACCOUNT = "lotus_noodle@tkbk"
KH_PAYEE = {"network": "khqr", "account": KH_ACCOUNT}
KH = [("00", "01"), ("01", "11"), ("29", run(("00", KH_ACCOUNT))), ("52", "5812"), ("53", "116"),
      ("58", "KH"), ("59", "Lotus Noodle"), ("60", "Phnom Penh")]
KH_TIMES = run(("00", str(NOW - HOUR)), ("01", str(NOW + HOUR)))
KH_PAID = put(KH, ("01", "12"), ("53", "840"), ("54", "1.50"), ("99", KH_TIMES))
KH_SHOP_PAYEE = {"network": "khqr", "account": "settle@tkbk", "sub_account": "KT0012345"}
KH_SHOP = put(drop(KH, "29"), ("30", run(("00", "settle@tkbk"), ("01", "KT0012345"), ("02", "Test Bank"))))
KH_SHOP_PAID = put(KH_SHOP, ("01", "12"), ("54", "4000"), ("99", KH_TIMES))
KHMER = "ហាងកាហ្វេ"          # "coffee shop", 9 characters
KH_KHMER = put(KH, ("59", KHMER), ("60", "សៀមរាប"))

JP_ID = "jp.or.paymentsjapan"
JP_STORE = ("0000000000077", "0001", "000012", "000345")
JP_KEY = "".join(JP_STORE)


def jp_template(store=JP_STORE, identifier=JP_ID):
    return run(("00", identifier), *zip(("01", "02", "03", "04"), store))


JP_PAYEE = {"network": "jpqr", "account": JP_KEY}
JP_NAME = "蕎麦処はな"
JP = [("00", "01"), ("01", "11"), ("26", jp_template()), ("52", "5812"), ("53", "392"), ("58", "JP"),
      ("59", "SOBA HANA"), ("60", "KOBE"), ("61", "6500001"), ("64", run(("00", "JA"), ("01", JP_NAME)))]
JP_PAID = put(JP, ("01", "12"), ("54", "1500"))

EMV = [("00", "01"), ("01", "11"), ("26", run(("00", "com.example.pay"), ("01", "TESTSHOP0001"))),
       ("52", "5812"), ("53", "978"), ("58", "DE"), ("59", "Test Cafe"), ("60", "Berlin")]
EMV_PAID = put(EMV, ("01", "12"), ("54", "12.50"))


# Vectors

class Class:
    """Vectors of one class, in the order of their making."""

    def __init__(self, name):
        self.name, self.lines = name, []

    def add(self, slug, tests, source, severity, payload, expect, harm, now=None, may_refuse=False):
        # An expectation that depends on the clock needs one.
        assert now is not None or not isinstance(payload, str) or str(NOW + HOUR) not in payload, slug
        line = {"id": f"{self.name}-{slug}", "class": self.name, "tests": tests, "source": source,
                "severity": severity}
        if isinstance(payload, bytes):
            line["payload_hex"] = payload.hex()
        else:
            line["payload"] = payload
        if now is not None:
            line["now"] = now
        if may_refuse:
            line["may_refuse"] = True
        line["expect"] = expect
        line["harm"] = harm
        self.lines.append(line)


REFUSED = {"readable": False}
INVALID = {"valid": False}
