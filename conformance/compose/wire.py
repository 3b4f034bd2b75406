"""Class `wire`: faults of the text as a run of data objects, one by one, and what is no fault."""

from .parts import *

CRC = MPM + "4.7.3"
LENGTH = MPM + "4.4.1.1 and 4.4.1.2"
SHAPE = MPM + "4.3.1.1"
ONCE = MPM + "4.3.1.2"
UTF8 = MPM + "1.4.3 and 4.5.3"
CHANGED = "takes a code that was changed or damaged"
OTHER = "reads values that nobody wrote"


def body(objects):
    return run(*objects) + "6304"


def reflected(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0x8408 if value & 1 else value >> 1
    return value


def crc_faults(c, base, objects, note):
    """Wrong CRCs of a sound code."""
    start, sound = body(objects), text(objects)
    right = sound[-4:]
    for i in range(4):
        digit = "0123456789ABCDEF"[(int(right[i], 16) + 1) % 16]
        c.add(f"{base}-crc-digit-{i + 1}", f"CRC with digit {i + 1} changed, {note}", CRC, "must",
              start + right[:i] + digit + right[i + 1:], REFUSED, CHANGED)
    data = start.encode()
    wrong = {
        "zeros": ("CRC 0000, a filler", "0000"),
        "ones": ("CRC FFFF, a filler", "FFFF"),
        "letters": ("CRC of letters that are no hexadecimal digits", "ZZZZ"),
        "sign": ("CRC with a sign", "+" + right[1:]),
        "blank": ("CRC with a leading space", " " + right[1:]),
        "swapped": ("CRC with its two bytes exchanged", right[2:] + right[:2]),
        "start-0000": ("CRC computed with start value 0000", f"{crc_of(data, 0):04X}"),
        "reflected": ("CRC of the reflected kind", f"{reflected(data):04X}"),
        "without-header": ("CRC computed without `6304`", f"{crc_of(data[:-4]):04X}"),
        "utf-16": ("CRC computed over UTF-16 bytes", f"{crc_of(start.encode('utf-16-le')):04X}"),
    }
    for slug, (tests, value) in wrong.items():
        assert value != right or slug == "swapped"
        c.add(f"{base}-crc-{slug}", f"{tests}, {note}", CRC, "must", start + value, REFUSED, CHANGED)
    if not start.isascii():
        low = bytes(ord(ch) & 0xFF for ch in start)
        c.add(f"{base}-crc-low-bytes", f"CRC computed over the low byte of each character, {note}", CRC, "must",
              start + f"{crc_of(low):04X}", REFUSED, "takes codes of a faulty writer only, or of both")
    c.add(f"{base}-crc-wide", f"CRC in full-width digits, {note}", CRC, "must",
          start + "".join(chr(ord(d) + 0xFEE0) for d in right), REFUSED, CHANGED)
    c.add(f"{base}-crc-absent", f"object 63 absent, {note}", MPM + "4.2.1.1", "must", start[:-4], REFUSED,
          CHANGED)
    c.add(f"{base}-crc-empty", f"object 63 of length 00, {note}", LENGTH, "must", start[:-2] + "00", REFUSED,
          CHANGED)
    c.add(f"{base}-crc-header-only", f"text cut after `6304`, {note}", LENGTH, "must", start, REFUSED, CHANGED)
    for cut in (1, 2, 3):
        c.add(f"{base}-crc-cut-{cut}", f"last {cut} characters of the CRC lost, {note}", LENGTH, "must",
              sound[:-cut], REFUSED, CHANGED)
    longer = start[:-2] + "05"
    c.add(f"{base}-crc-five", f"object 63 of length 05, {note}", CRC, "must",
          longer + f"0{crc_of(longer.encode()):04X}", REFUSED, CHANGED)


def shape_faults(c, base, objects, tag, note):
    """Faults of headers; `tag` is an object in the middle whose length is spoilt. The CRC is right."""
    value = get(objects, tag)

    def spoilt(header, content=value):
        return seal("".join(header + content if t == tag else obj(t, v) for t, v in objects))

    n = len(value)
    for slug, tests, header in [
        ("one-more", "length one too large", f"{tag}{n + 1:02}"),
        ("one-less", "length one too small", f"{tag}{n - 1:02}"),
        ("99", "length 99 of a shorter value", f"{tag}99"),
        ("plus", "length with a sign", f"{tag}+{n % 10}"),
        ("minus", "negative length", f"{tag}-1"),
        ("blank", "length with a leading space", f"{tag} {n % 10}"),
        ("letter", "length with a letter", f"{tag}{n // 10}A"),
        ("hex", "length as a hexadecimal number", f"{tag}0{'ABCDEF'[n % 6]}"),
        ("one-digit", "length of one digit", f"{tag}{n % 10}"),
        ("three-digits", "length of three digits", f"{tag}{n:03}"),
        ("wide-digits", "length in full-width digits", f"{tag}{chr(0xFF10 + n // 10)}{chr(0xFF10 + n % 10)}"),
        ("arabic-digits", "length in Arabic-Indic digits", f"{tag}{chr(0x660 + n // 10)}{chr(0x660 + n % 10)}"),
        ("id-letter", "ID with a letter", f"{tag[0]}A{n:02}"),
        ("id-blank", "ID with a space", f"{tag[0]} {n:02}"),
        ("id-wide", "ID in full-width digits", f"{chr(0xFF10 + int(tag[0]))}{chr(0xFF10 + int(tag[1]))}{n:02}"),
    ]:
        c.add(f"{base}-length-{slug}" if not slug.startswith("id") else f"{base}-{slug}",
              f"{tests}, object {tag}, {note}", LENGTH if not slug.startswith("id") else SHAPE, "must",
              spoilt(header), REFUSED, OTHER)
    c.add(f"{base}-length-zero", f"length 00 and no value, object {tag}, {note}", LENGTH, "must",
          spoilt(f"{tag}00", ""), REFUSED, OTHER)
    c.add(f"{base}-stray-before-63", f"one character between the last object and 63, {note}", SHAPE, "must",
          seal(run(*objects) + "x"), REFUSED, OTHER)
    c.add(f"{base}-half-header", f"three characters of a header before 63, {note}", SHAPE, "must",
          seal(run(*objects) + "970"), REFUSED, OTHER)


def order_faults(c, base, objects, note):
    first, last, once = MPM + "4.6.1.1", MPM + "4.6.1.2", ONCE
    c.add(f"{base}-00-absent", f"object 00 absent, {note}", MPM + "4.2.1.1", "must", text(objects[1:]),
          REFUSED, OTHER)
    c.add(f"{base}-00-second", f"object 00 after 01, {note}", first, "must",
          text([objects[1], objects[0], *objects[2:]]), REFUSED, OTHER)
    c.add(f"{base}-00-late", f"object 00 before 63, {note}", first, "must", text(objects[1:] + objects[:1]),
          REFUSED, OTHER)
    sound = text(objects)
    c.add(f"{base}-after-63", f"object 80 after 63, {note}", last, "must",
          sound + run(("80", "0011com.example")), REFUSED, CHANGED)
    c.add(f"{base}-63-twice", f"object 63 with a right CRC in the middle and at the end, {note}", once, "must",
          seal(text(objects[:5]) + run(*objects[5:])), REFUSED, CHANGED)
    for tag in ("00", "52", "58"):
        twice = [o for o in objects for _ in range(2 if o[0] == tag else 1)]
        c.add(f"{base}-twice-{tag}", f"object {tag} twice with one value, {note}", once, "must", text(twice),
              REFUSED, "takes a code of which another reader takes the other half")
    for slug, tests, payload in [
        ("space-after", "space after the text", sound + " "), ("space-before", "space before the text", " " + sound),
        ("newline-inside", "line feed before 63", sound[:-8] + "\n" + sound[-8:]),
        ("nul-after", "NUL after the text", sound + "\0"), ("mark-before", "byte order mark before the text", "\ufeff" + sound),
        ("twice", "whole text twice", sound + sound), ("link", "text in a link", "https://pay.example/?q=" + sound),
        ("first-lost", "first character lost", sound[1:]), ("half", "second half lost", sound[:len(sound) // 2]),
        ("upper-half", "first half lost", sound[len(sound) // 2:]),
    ]:
        c.add(f"{base}-{slug}", f"{tests}, {note}", SHAPE, "should" if "space" in slug or slug == "mark-before" else "must",
              payload, REFUSED, CHANGED)
    at = 0
    for tag, value in objects[:-1]:
        at += 4 + len(value)
        if tag in ("01", "53", "59"):
            c.add(f"{base}-cut-after-{tag}", f"text ends after object {tag}, {note}", MPM + "4.2.1.1", "must",
                  sound[:at], REFUSED, CHANGED)


def unit_faults(c):
    """Writers that count something else than characters; the CRC is right."""
    def counted(objects, unit):
        def one(tag, value):
            return f"{tag}{unit(value):02}{value}"
        parts = []
        for tag, value in objects:
            if tag == "64":
                value = "0002JA" + one("01", JP_NAME if "😀" not in value else "そば😀")
            parts.append(one(tag, value))
        return seal("".join(parts))

    def utf8(s): return len(s.encode())
    def utf16(s): return len(s.encode("utf-16-le")) // 2

    def clusters(s):
        return sum(1 for ch in s if not ("\u17b4" <= ch <= "\u17d3" or ch in "\uff9e\uff9f"))

    emoji_jp = put(JP, ("64", run(("00", "JA"), ("01", "そば😀"))))
    for slug, tests, payload in [
        ("khqr-bytes", "lengths in bytes, Khmer name", counted(KH_KHMER, utf8)),
        ("jpqr-bytes", "lengths in bytes, Japanese name", counted(JP, utf8)),
        ("khqr-utf16", "lengths in UTF-16 units, name with an emoji", counted(put(KH, ("59", "Noodle 😀😀")), utf16)),
        ("jpqr-utf16", "lengths in UTF-16 units, name with an emoji", counted(emoji_jp, utf16)),
        ("khqr-clusters", "lengths in user-perceived characters, Khmer name with marks", counted(KH_KHMER, clusters)),
        ("jpqr-clusters", "lengths in user-perceived characters, half-width kana with voiced marks",
         counted(put(JP, ("59", "ｶﾞｶﾞ HANA"), ), clusters)),
    ]:
        c.add(f"unit-{slug}", f"{tests}: the text is no run of objects in characters", MPM + "4.4.1.1", "must",
              payload, REFUSED, "reads values that nobody wrote, or pays what others cannot read")
    for slug, name in [("khmer", KHMER), ("marks", "ភ្នំពេញ"), ("thai", "ร้านน้ำชา"), ("kanji", "茶館"),
                       ("latin", "Café Müller"), ("hangul", "국수집"), ("burmese", "ဆိုင်"), ("hindi", "चाय की दुकान")]:
        objects = put(KH, ("64", run(("00", "km"), ("01", name))))
        c.add(f"unit-right-{slug}", f"alternate name of {len(name)} characters and {len(name.encode())} bytes", MPM + "4.4.1.1", "must",
              text(objects), {"readable": True, "payee": KH_PAYEE, "name": "Lotus Noodle", "currency": "116"},
              "cannot read codes with a name in the country's script")
    c.add("unit-right-emoji", "alternate name with a character beyond U+FFFF, length in characters",
          MPM + "4.4.1.1 and 1.4.3", "should",
          text(put(EMV, ("64", run(("00", "ja"), ("01", "寿司🍣")), ))), {"readable": True, "name": "Test Cafe"},
          "cannot read a legal code")


def encoding_faults(c):
    """Bytes that are not UTF-8; lengths count the characters of the other encoding, the CRC is right."""
    def with_name(data, n):
        head = run(*put(drop(KH, "59", "60"), ("60", "Phnom Penh"))).encode()
        return seal_bytes(head + b"59" + f"{n:02}".encode() + data)

    for slug, tests, data, n in [
        ("shift-jis", "name in Shift_JIS", "蕎麦".encode("shift_jis"), 2),
        ("shift-jis-bytes", "name in Shift_JIS, length in its bytes", "蕎麦".encode("shift_jis"), 4),
        ("gbk", "name in GBK", "面馆".encode("gbk"), 2), ("latin-1", "name in Latin-1", "Café".encode("latin-1"), 4),
        ("windows-874", "name in Windows-874", "ชา".encode("cp874"), 2),
        ("overlong", "slash as an overlong form", b"A\xc0\xafB", 3), ("surrogate", "surrogate as three bytes", b"A\xed\xa0\x80B", 3),
        ("lone", "continuation byte by itself", b"A\x80B", 3), ("cut", "character cut after its first byte", b"AB\xe1", 3),
        ("beyond", "value beyond U+10FFFF", b"A\xf4\x90\x80\x80", 2), ("ff", "bytes FE and FF", b"A\xfe\xff", 3),
    ]:
        c.add(f"encoding-{slug}", f"{tests}: not UTF-8", UTF8, "must", with_name(data, n), REFUSED,
              "guesses an encoding, so two readers show two names")
    sound = text(KH)
    c.add("encoding-utf-16", "whole text in UTF-16", UTF8, "must", sound.encode("utf-16-le"), REFUSED, OTHER)
    c.add("encoding-utf-16-mark", "whole text in UTF-16 after a byte order mark", UTF8, "must",
          sound.encode("utf-16"), REFUSED, OTHER)


def crc_search(objects, wanted):
    """The objects with a bill number that gives a CRC as wanted."""
    head = run(*objects)
    start = crc_of(head.encode())
    for n in range(1_000_000):
        number = f"{n * 7919 % 1_000_003:06X}"
        end = obj("62", run(("01", number))) + "6304"
        if wanted(crc_of(end.encode(), start)):
            return put(objects, ("62", run(("01", number))))
    raise AssertionError


def no_faults(c):
    """What a reader takes."""
    want = {"readable": True, "payee": KH_PAYEE, "currency": "116", "name": "Lotus Noodle"}
    for slug, bits, digits in [("one-zero", 0x1000, "0"), ("two-zeros", 0x100, "00"), ("three-zeros", 0x10, "000")]:
        objects = crc_search(KH, lambda v: bits >> 4 <= v < bits)
        c.add(f"right-crc-{slug}", f"CRC that begins with {digits}", CRC, "must", text(objects), want,
              "refuses one sound code in 16, 256 or 4096")
        c.add(f"crc-{slug}-lost", f"CRC written without its leading {digits}", CRC, "must",
              text(objects)[:-4] + text(objects)[-4 + len(digits):], REFUSED, CHANGED)
    zero = crc_search(KH, lambda v: v == 0)
    c.add("right-crc-0000", "code whose right CRC is 0000", CRC, "must", text(zero), want, "refuses or misreads a sound code")
    c.add("crc-0000-letters", "letters as CRC where the right one is 0000", CRC, "must", text(zero)[:-4] + "ZZZZ",
          REFUSED, "a parse error of the CRC counts as 0000")
    lower = text(crc_search(KH, lambda v: f"{v:04X}".isalpha()))
    c.add("right-crc-lower", "CRC in lower-case digits", "observed in seven public codes; bakong-khqr 1.0.20 takes it", "should",
          lower[:-4] + lower[-4:].lower(), {"readable": True, "payee": KH_PAYEE}, "refuses codes that are in use")
    for slug, objects, payee in [("khqr", KH_PAID, KH_PAYEE), ("jpqr", JP_PAID, JP_PAYEE)]:
        amount = get(objects, "54")
        c.add(f"right-reversed-{slug}", "objects in reverse order between 00 and 63", MPM + "4.6.1", "must",
              text(objects[:1] + objects[:0:-1]), {"readable": True, "payee": payee, "amount": amount}, "refuses or misreads a sound code",
              now=NOW)
    inner = put(JP, ("26", run(("04", JP_STORE[3]), ("03", JP_STORE[2]), ("00", JP_ID), ("02", JP_STORE[1]), ("01", JP_STORE[0]))))
    c.add("right-order-inside-jpqr", "objects inside template 26 in another order", MPM + "4.6.1", "must", text(inner),
          {"readable": True, "payee": JP_PAYEE}, "pays another shop, or refuses a sound code")
    inner = put(KH_SHOP, ("30", run(("02", "Test Bank"), ("01", "KT0012345"), ("00", "settle@tkbk"))))
    c.add("right-order-inside-khqr", "objects inside template 30 in another order", MPM + "4.6.1", "must", text(inner),
          {"readable": True, "payee": KH_SHOP_PAYEE}, "pays another shop, or refuses a sound code")
    full = put(EMV, ("80", run(("00", "com.example"), ("01", "x" * 80))))
    c.add("right-length-99", "object of 99 characters", LENGTH, "must", text(full), {"readable": True, "name": "Test Cafe"}, "refuses or misreads a sound code")


def vectors():
    c = Class("wire")
    for base, objects, tag, note in [("khqr", KH, "59", "KHQR"), ("jpqr", JP, "60", "JPQR")]:
        crc_faults(c, base, objects, note)
        shape_faults(c, base, objects, tag, note)
        order_faults(c, base, objects, note)
    unit_faults(c)
    encoding_faults(c)
    no_faults(c)
    for slug, payload in [("empty", ""), ("short", "6304"), ("word", "hello"), ("digits", "123456789012"), ("crc-only", "63041D0F")]:
        c.add(f"no-code-{slug}", f"text that is no code: {slug}", MPM + "4.2.1.1", "must", payload, REFUSED, OTHER)
    c.add("only-00", "nothing but 00 and a right CRC", MPM + "4.2.1.1", "must", text([("00", "01")]), INVALID, OTHER)
    return c.lines
