"""Class `hostile`: texts that make readers hang, crash, or run what they read."""

from .parts import *

HANGS = "the reader hangs: one sticker stops the app or the server"
LOOPS = "the reader hangs or ends, or takes a broken template"
CRASH = "the reader ends: one sticker stops the server"
RUNS = "text of a code is run or formatted"


def vectors():
    c = Class("hostile")

    # Sub-objects whose length is no number: the known endless loops
    places = {"29": (KH, run(("00", KH_ACCOUNT))), "62": (KH, run(("01", "INV1"))),
              "64": (KH, run(("00", "km"), ("01", KHMER))), "99": (KH_PAID, KH_TIMES), "26": (JP, jp_template())}
    tails = [("stray", "0"), ("id-only", "07"), ("half-length", "070"), ("letters", "07xx"), ("minus", "07-4"), ("minus-one", "07-1"),
             ("blank", "07  "), ("zero", "0700"), ("plus", "07+0"), ("long", "0799")]
    for tag, (objects, inside) in places.items():
        for slug, tail in tails:
            c.add(f"loop-{tag}-{slug}", f"{tag} ends in {tail!r}, right CRC", MPM + "4.4.1.1 and 4.4.1.2", "must",
                  text(put(objects, (tag, inside + tail))), INVALID, LOOPS, now=NOW)
    for slug, header in [("minus", "59-4"), ("minus-big", "59-9"), ("letters", "59xx"), ("zero", "5900"), ("minus-zero", "59-0")]:
        c.add(f"loop-root-{slug}", f"root header {header!r}, right CRC", MPM + "4.4.1.1", "must",
              seal(run(*drop(KH, "59", "60")) + header + obj("60", "Phnom Penh")), REFUSED, LOOPS)
    c.add("loop-long-template", "template length of three digits, as the official generator writes it for long fields", MPM + "4.4.1.2", "must",
          seal(run(*KH[:2]) + "29108" + run(("00", "x" * 27 + "@tkbk"), ("01", "1" * 32), ("02", "B" * 32)) + run(*KH[3:])), REFUSED, LOOPS)

    # Size
    largest = [("00", "01")] + [(f"{n:02}", "𝄞" * 99) for n in range(1, 100) if n != 63]
    c.add("size-largest", "largest text that can be: each ID once, 99 characters of four bytes, 39,194 bytes", MPM + "4.1 (512 is advice)",
          "should", text(largest), {}, HANGS)
    ascii_ = [("00", "01")] + [(f"{n:02}", "0" * 99) for n in range(1, 100) if n != 63]
    c.add("size-ascii", "each ID once with 99 zeros", MPM + "4.1", "should", text(ascii_), {}, HANGS)
    for slug, payload in [("zeros", "0" * 12_000), ("headers", "6304" * 3_000), ("objects", "000201" * 2_000), ("empty-objects", "2600" * 3_000),
                          ("at", "@" * 12_000),
                          ("spaces", "000201" + " " * 12_000), ("marks", "0002015999" + "\u0301" * 6_000), ("joiners", "👩\u200d" * 1_500),
                          ("points", "1." * 6_000),
                          ("nested-braces", "[" * 12_000), ("percent", "%25" * 4_000), ("almost", text(KH)[:-4] + "0" * 12_000)]:
        c.add(f"size-{slug}", f"{len(payload.encode())} bytes that are no code: {slug}", MPM + "4.3.1.1", "must", payload, REFUSED, HANGS)
    many = text([("00", "01")] + [("26", jp_template())] * 400 + JP[3:])
    c.add("size-many-26", "template 26 four hundred times", MPM + "4.3.1.2", "must", many, REFUSED, HANGS)
    inside = "x"
    for depth in range(40):
        if len(inside) + 4 > 99:
            break
        inside = obj("01" if depth % 2 else "26", inside)
    c.add("nested-26", "objects inside each other as deep as 99 characters allow, in 26", MPM + "4.7.11", "should",
          text(put(EMV, ("26", run(("00", "com.x")) + obj("01", inside[:80])))), {}, CRASH)
    for tag in ("62", "80"):
        deep = "x"
        while len(deep) + 4 <= 85:
            deep = obj("50", deep)
        c.add(f"nested-{tag}", f"objects inside each other as deep as 85 characters allow, in {tag}", MPM + "4.4.1.2", "should",
              text(put(EMV, (tag, (run(("00", "com.x")) if tag == "80" else "") + deep))), {}, CRASH)

    # Names of the host language
    for slug, word in [("proto", "__proto__"), ("constructor", "constructor"), ("prototype", "prototype"), ("to-string", "toString"),
                       ("has-own", "hasOwnProperty"), ("null", "null"),
                       ("undefined", "undefined"), ("nan", "NaN"), ("true", "true"), ("none", "None"), ("dunder", "__class__")]:
        c.add(f"name-{slug}", f"name {word!r}", MPM + "Table 3.6", "must", text(put(KH, ("59", word))),
              {"readable": True, "payee": KH_PAYEE, "name": word}, RUNS)
    for slug, account in [("proto", "__proto__@tkbk"), ("constructor", "constructor@tkbk"), ("null", "null@tkbk")]:
        c.add(f"account-{slug}", f"account {account!r}", MPM + "4.7.11", "must", text(put(KH, ("29", run(("00", account))))),
              {"readable": True, "payee": {"network": "khqr", "account": account}}, RUNS)
    for slug, identifier in [("proto", "__proto__"), ("constructor", "constructor"), ("has-own", "hasOwnProperty")]:
        c.add(f"identifier-{slug}", f"identifier {identifier!r} in 27 beside the store", MPM + "4.7.11", "must",
              text(put(JP, ("27", run(("00", identifier), ("01", "0000000000072"))))),
              {"payee": JP_PAYEE}, RUNS, may_refuse=True)
    for slug, word in [("html", "<img src=x onerror=a>"), ("script", "<script>a()</script>"), ("sql", "'; DROP TABLE shops;--"),
                       ("shell", "$(reboot)`id`"), ("format", "%s%n%x%d"), ("template", "{{7*7}}${7*7}"),
                       ("log4j", "${jndi:ldap://x.test/a}"), ("path", "../../../etc/passwd"), ("cell", "=1+1"), ("json", '"},{"id":2,"x":"'),
                       ("backslash", "\\u0000\\n\\"), ("url", "javascript:a()")]:
        assert len(word) <= 25
        c.add(f"text-{slug}", f"name {word!r}, sound by every rule: shown as text", MPM + "Table 3.6 and 4.5.1", "must",
              text(put(KH, ("59", word))), {"readable": True, "payee": KH_PAYEE, "name": word}, RUNS)
    for slug, word, tests in [("escape", "\x1b]0;x\x07Shop", "terminal escape sequence"), ("bell", "Shop\x07", "bell"),
                              ("return", "Shop\rOther", "carriage return"), ("newline", 'Shop\n{"id":2}', "line feed and JSON"),
                              ("nul", "Shop\0", "NUL"), ("backspace", "Shop\b\b\b\bOther", "backspaces"), ("c1", "Shop\x9b31m", "C1 control")]:
        c.add(f"control-{slug}", f"name with {tests}", MPM + "4.5.1", "must", text(put(KH, ("59", word))), INVALID,
              "the name deceives the payer or the log")
    for slug, word, tests in [("override", "\u202epohS\u202c", "right-to-left override"), ("isolate", "\u2067Shop\u2069", "isolates"),
                              ("separator", "Shop\u2028Other", "line separator"), ("mark", "\ufeffShop", "byte order mark"), ("tags", "Shop\U000e0041", "tag characters")]:
        c.add(f"invisible-{slug}", f"name with {tests}: payee and amount do not change", MPM + "4.5.3", "should", text(put(KH_PAID, ("59", word))),
              {"payee": KH_PAYEE, "amount": "1.50"}, "the name deceives the payer", now=NOW, may_refuse=True)

    # Bytes
    for slug, data in [("random", bytes((n * 167 + n * n * 31) % 256 for n in range(400))), ("zeros", bytes(300)), ("ff", b"\xff" * 300),
                       ("gzip", b"\x1f\x8b\x08" + bytes(60)), ("png", b"\x89PNG\r\n\x1a\n" + bytes(60)),
                       ("utf-8-cut", text(KH_KHMER).encode()[:-20] + b"\xe1\x9e"),
                       ("latin-code", seal_bytes(run(*put(EMV, ("59", "x"))).encode()[:-10] + b"\xe9")), ("cpm", b"hQVDUFYwMWEHTwWgAAAABQ=="),
                       ("huge", b"\xe1" * 70_000)]:
        c.add(f"bytes-{slug}", f"bytes that are no code: {slug}", MPM + "4.5.3 and 4.3.1.1", "must", data, REFUSED, CRASH)
    for slug, digits in [("many", "9" * 99), ("exponent", "1e999999999"), ("nan", "NaN"), ("big", "9" * 20)]:
        c.add(f"number-expiry-{slug}", f"expiry {digits[:24]!r}", TOOLKIT + "error code 49", "should",
              text(put(KH_PAID, ("99", run(("00", "1"), ("01", digits[:90]))))), INVALID, "pays an offer that has ended", now=NOW)
        c.add(f"number-amount-{slug}", f"amount {digits[:24]!r} of {len(digits)} characters", MPM + "4.7.4.1", "must",
              text(put(EMV_PAID, ("54", digits))), INVALID, "pays another amount, or ends")
    return c.lines
