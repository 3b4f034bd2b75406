"""Class `one-payee`: texts that two readers in use would pay differently.

Two vectors belong to most texts. `..-payee` ("must"): by the specification lengths count characters, so a reader
names the payee that was written in characters, or refuses. `..-verdict` ("should"): nobody should call such
a text valid, because the reader at the next counter pays somebody else.
"""

from .parts import *

UNIT = MPM + "4.4.1.1"
ONCE = MPM + "4.3.1.2"
SHOP = "pays another account"
AMOUNT = "pays another amount"

EVIL_STORE = ("0000000000072", "0009", "000099", "000999")
EVIL = {"khqr": ("29", run(("00", "other_shop@tkbk"))), "jpqr": ("26", jp_template(EVIL_STORE)),
        "th": ("29", run(("00", "A000000677010111"), ("01", "0066999999999"))),
        "br": ("26", run(("00", "br.gov.bcb.pix"), ("01", "other@example.com")))}
TH = [("00", "01"), ("01", "11"), ("29", run(("00", "A000000677010111"), ("01", "0066000000001"))), ("52", "5812"), ("53", "764"),
      ("58", "TH"), ("59", "TEST SHOP"), ("60", "BANGKOK")]
BR = [("00", "01"), ("01", "11"), ("26", run(("00", "br.gov.bcb.pix"), ("01", "shop@example.com"))), ("52", "5812"), ("53", "986"),
      ("58", "BR"), ("59", "LOJA TESTE"), ("60", "RECIFE"), ("62", run(("05", "***")))]
# Base, payee, language of 64, other amount, other currency, name of the base
BASES = {
    "khqr": (KH, KH_PAYEE, "km", "95.00", "840", "KHQR"), "jpqr": (JP, JP_PAYEE, "JA", "95000", "840", "JPQR"),
    "th": (TH, {"network": "th.transfer", "account": "0066000000001"}, "th", "950.00", "840", "Thai QR"),
    "br": (BR, {"network": "br.pix", "account": "shop@example.com"}, "pt", "950.00", "840", "Pix"),
}
# Text of which the unit counts more than characters: (characters, surplus). Clusters count fewer: marks.
WIDE = {"bytes": {"khqr": ("កផ", 4), "jpqr": ("麺処", 4), "th": ("ชา", 4), "br": ("éãçõ", 4)},
        "utf-16": {"khqr": None, "jpqr": ("🍜🍜🍜🍜", 4), "th": ("🍜🍜🍜🍜", 4), "br": ("🍜🍜🍜🍜", 4)}}
MARKS = {"khqr": ("ក", "\u17c6"), "jpqr": ("ｶ", "\uff9e"), "th": ("ก", "\u0e49"), "br": ("a", "\u0301")}
UNITS = {"bytes": "bytes", "utf-16": "UTF-16 units", "clusters": "user-perceived characters"}


def hiding(objects, language, unit, scheme, hidden, whole):
    """The base with `hidden` objects that only readers in `unit` reach: behind the name in 64, inside a
    template 81 that belongs to nobody. `whole`: the reading in the unit ends with 63; else in a fault."""
    inside = run(*hidden) + ("" if whole else "x")
    opener = "00" "05com.x" + f"05{len(inside):02}"
    carrier = obj("81", opener + inside)
    if unit == "clusters":
        letter, mark = MARKS[scheme]
        swallowed = len(carrier) - len(inside)
        name = letter + mark * swallowed
        if len(name) > 25:
            raise AssertionError(name)
    else:
        letters, surplus = WIDE[unit][scheme]
        name = letters + f"82{len(carrier) - len(inside):02}"
        assert surplus == 4
    body = run(*drop(objects, "64")) + obj("64", run(("00", language), ("01", name))) + carrier
    return seal(body)


def exchanging(objects, language, unit, scheme, real, other):
    """Text in which each side reads one object of the tag: `real` in characters, `other` in the unit. A header at
    the end of the name swallows the real one there; what follows is alike for both, so both read to the end."""
    letters, _ = WIDE[unit][scheme]
    inside = obj(*other)
    carrier = obj("81", "00" "05com.x" + f"05{len(inside):02}" + inside)
    swallowed = len(obj(*real)) + len(carrier) - len(inside)
    rest = [o for o in objects if o[0] not in ("00", "01", "64", real[0])]
    return seal(run(*objects[:2]) + obj("64", run(("00", language), ("01", letters + f"82{swallowed:02}"))) + obj(*real) + carrier + run(*rest))


def first_value(payload, unit, tag):
    """Root object that a reader in this unit finds last, up to its first fault; a check of the composition."""
    if unit == "bytes":
        units = [bytes([b]) for b in payload.encode()]
    elif unit == "utf-16":
        data = payload.encode("utf-16-le")
        units = [data[i:i + 2] for i in range(0, len(data), 2)]
    else:
        units = []
        for ch in payload:
            if units and (ch in "\u17c6\uff9e\u0e49\u0301"):
                units[-1] += ch.encode()
            else:
                units.append(ch.encode())
    at, found = 0, None
    plain = [u.replace(b"\0", b"") if unit == "utf-16" else u for u in units]
    while at + 4 <= len(units):
        header = b"".join(plain[at:at + 4])
        if len(header) != 4 or not header.isdigit() or at + 4 + int(header[2:]) > len(units):
            break
        value = b"".join(plain[at + 4:at + 4 + int(header[2:])])
        if header[:2] == tag.encode():
            found = value
        at += 4 + int(header[2:])
    return found


def units(c):
    for scheme, (objects, payee, language, amount, currency, name) in BASES.items():
        for unit, words in UNITS.items():
            if unit != "clusters" and WIDE[unit][scheme] is None:
                continue
            for what, hidden in [("payee", [EVIL[scheme]]), ("amount", [("54", amount)]), ("currency", [("53", currency), ("54", amount)])]:
                if what == "currency" and scheme in ("th", "br"):
                    continue
                for whole in (True, False) if what == "payee" else (False,):
                    payload = hiding(objects, language, unit, scheme, hidden, whole)
                    tag, value = hidden[0]
                    assert first_value(payload, unit, tag) == value.encode(), (scheme, unit, what)
                    slug = f"unit-{scheme}-{unit}-{what}-{'whole' if whole else 'stop'}"
                    tests = f"{name}: readers that count {words} find another {what}" + ("" if whole else "; their reading ends in a fault after it")
                    expect = {"payee": payee, "amount": None, "currency": get(objects, "53")}
                    c.add(slug + "-payee", tests, UNIT, "must", payload, expect, SHOP if what == "payee" else AMOUNT, may_refuse=True)
                    warned = scheme == "khqr" and unit == "clusters" and what != "payee"
                    c.add(slug + "-verdict", tests, OWN, "unconfirmed" if warned else "should", payload, INVALID,
                          "two readers pay two " + ("people" if what == "payee" else "amounts"))
    # Nothing twice in either reading
    for scheme, (objects, payee, language, amount, currency, name) in BASES.items():
        for unit in ("bytes", "utf-16"):
            if WIDE[unit][scheme] is None:
                continue
            other = EVIL[scheme]
            paid = {"khqr": KH_PAID, "jpqr": JP_PAID}.get(scheme)
            for what, code, pair in [("payee", objects, other)] + ([("amount", paid, ("54", amount))] if paid else []):
                payload = exchanging(code, language, unit, scheme, (pair[0], get(code, pair[0])), pair)
                assert first_value(payload, unit, pair[0]) == pair[1].encode() and first_value(payload, unit, "63") is not None
                tests = f"{name}: readers that count {UNITS[unit]} read the whole text, nothing twice, and find another {what}"
                now = NOW if code is KH_PAID else None
                c.add(f"unit-{scheme}-{unit}-{what}-exchanged-payee", tests, UNIT, "must", payload,
                      {"payee": payee, "amount": dict(code).get("54")}, SHOP if what == "payee" else AMOUNT, now=now, may_refuse=True)
                c.add(f"unit-{scheme}-{unit}-{what}-exchanged-verdict", tests, OWN, "should", payload, INVALID,
                      "two readers pay two " + ("people" if what == "payee" else "amounts"), now=now)
    # Inside the account's own template
    for unit, text_, surplus in [("bytes", "éãçõ", 4), ("utf-16", "🍜🍜🍜🍜", 4)]:
        hidden = obj("01", "other@example.com")
        inside = run(("00", "br.gov.bcb.pix"), ("02", text_ + f"03{len('0421'):02}"), ("04", hidden), ("01", "shop@example.com"))
        c.add(f"unit-inside-{unit}", f"Pix: readers that count {UNITS[unit]} find another key inside template 26", OWN, "should",
              text(put(BR, ("26", inside))), INVALID, SHOP)
    # The amount of a code that has one
    payload = hiding(JP_PAID, "JA", "utf-16", "jpqr", [("54", "95000")], False)
    c.add("unit-jpqr-two-amounts-payee", "JPQR of 1,500 yen: readers that count UTF-16 units find 95,000 yen", UNIT, "must", payload,
          {"payee": JP_PAYEE, "amount": "1500"}, AMOUNT, may_refuse=True)
    payload = hiding(KH_PAID[:-1] + [KH_PAID[-1]], "km", "bytes", "khqr", [("99", run(("00", str(NOW)), ("01", "9999999999999")))], False)
    c.add("unit-khqr-expiry-payee", "KHQR: readers that count bytes find a later expiry", UNIT, "must", payload,
          {"payee": KH_PAYEE, "amount": "1.50", "expires": NOW + HOUR}, "pays an offer that has ended", now=NOW, may_refuse=True)


def repeated(c):
    """One ID twice: readers take the first, the last, or stop."""
    for base, objects, pairs in [
        ("khqr", KH_PAID, [("29", EVIL["khqr"][1]), ("53", "116"), ("54", "95.00"), ("58", "JP"), ("59", "Other Shop"), ("01", "11"),
                           ("99", run(("00", str(NOW)), ("01", "9999999999999")))]),
        ("jpqr", JP_PAID, [("26", EVIL["jpqr"][1]), ("53", "840"), ("54", "95000"), ("58", "KH"), ("59", "OTHER SHOP"),
                           ("64", run(("00", "JA"), ("01", "他店")))]),
    ]:
        for tag, value in pairs:
            at = next(i for i, o in enumerate(objects) if o[0] == tag)
            for slug, payload in [("after", text(objects[:at + 1] + [(tag, value)] + objects[at + 1:])), ("last", text(objects + [(tag, value)]))]:
                if slug == "last" and at == len(objects) - 1:
                    continue
                c.add(f"twice-{base}-{tag}-{slug}", f"{base.upper()}: object {tag} twice with two values, the second one {'at the end' if slug == 'last' else 'after the first'}",
                      ONCE, "must", payload, REFUSED, "first-wins and last-wins readers pay differently", now=NOW)
    inner = [
        ("khqr-29-00", KH, "29", run(("00", KH_ACCOUNT), ("00", "other_shop@tkbk")), "accounts"),
        ("khqr-29-00-apart", KH, "29", run(("00", KH_ACCOUNT), ("02", "Test Bank"), ("00", "other_shop@tkbk")), "accounts"),
        ("khqr-29-01", KH, "29", run(("00", "settle@tkbk"), ("01", "000000001"), ("01", "000000002")), "customers"),
        ("khqr-30-01", KH_SHOP, "30", run(("00", "settle@tkbk"), ("01", "KT0012345"), ("02", "Test Bank"), ("01", "KT0099999")), "merchant ids"),
        ("khqr-30-00", KH_SHOP, "30", run(("00", "settle@tkbk"), ("01", "KT0012345"), ("02", "Test Bank"), ("00", "other@tkbk")), "accounts"),
        ("khqr-99-01", KH_PAID, "99", KH_TIMES + run(("01", "9999999999999")), "expiries"),
        ("jpqr-26-00", JP, "26", jp_template() + run(("00", "com.example.pay")), "identifiers"),
        ("jpqr-26-01", JP, "26", jp_template() + run(("01", "0000000000072")), "stores"),
        ("jpqr-26-04", JP, "26", jp_template() + run(("04", "000999")), "terminals"),
        ("th-29-01", TH, "29", run(("00", "A000000677010111"), ("01", "0066000000001"), ("01", "0066999999999")), "numbers"),
        ("br-26-01", BR, "26", run(("00", "br.gov.bcb.pix"), ("01", "shop@example.com"), ("01", "other@example.com")), "keys"),
    ]
    for slug, objects, tag, value, what in inner:
        c.add(f"twice-{slug}", f"two {what} in one template {tag}", ONCE, "must", text(put(objects, (tag, value))),
              {"valid": False} if what == "expiries" else {"valid": False, "payee": None},
              "first-wins and last-wins readers pay differently", now=NOW if what == "expiries" else None)


def two_accounts(c):
    napas = lambda bank, account: run(("00", "A000000727"), ("01", run(("00", bank), ("01", account))), ("02", "QRIBFTTA"))
    vn = put(drop(TH, "29"), ("38", napas("970400", "0000000000001")), ("53", "704"), ("58", "VN"))
    hk = put(drop(TH, "29"), ("26", run(("00", "hk.com.hkicl"), ("02", "0000001"))), ("53", "344"), ("58", "HK"))
    for slug, tests, objects in [
        ("khqr-29-30", "Bakong accounts in 29 and in 30", put(KH, ("30", run(("00", "other_shop@tkbk"), ("01", "X1"), ("02", "Test Bank"))))),
        ("khqr-29-30-same", "one Bakong account in 29 and in 30, with a merchant id in one",
            put(KH, ("30", run(("00", KH_ACCOUNT), ("01", "X1"), ("02", "Test Bank"))))),
        ("khqr-30-29", "30 before 29", KH_SHOP[:2] + [KH_SHOP[2], ("29", run(("00", "other_shop@tkbk")))] + KH_SHOP[3:]),
        ("jpqr-26-27", "stores in 26 and in 27", put(JP, ("27", jp_template(EVIL_STORE)))),
        ("jpqr-27-26", "stores in 27 and then in 26", drop(JP, "26")[:2] + [("27", jp_template(EVIL_STORE)), ("26", jp_template())] + drop(JP,
                                                                                                                                           "26")[2:]),
        ("jpqr-terminal", "one store with two terminals in 26 and in 51", put(JP, ("51", jp_template(JP_STORE[:3] + ("000999",))))),
        ("jpqr-capitals", "store in 26 and another under the identifier in capitals in 27", put(JP, ("27", jp_template(EVIL_STORE, JP_ID.upper())))),
        ("both-kh", "Bakong account and Japanese store, country KH", put(KH, ("26", jp_template()))),
        ("both-jp", "Japanese store and Bakong account, country JP, in yen", put(JP, ("29", run(("00", KH_ACCOUNT))))),
        ("th-two", "PromptPay numbers in 29 and in 31", put(TH, ("31", run(("00", "A000000677010111"), ("01", "0066999999999"))))),
        ("th-two-forms", "PromptPay number and national id in one template",
            put(TH, ("29", run(("00", "A000000677010111"), ("01", "0066000000001"), ("02", "0000000000002"))))),
        ("br-two", "Pix keys in 26 and in 27", put(BR, ("27", EVIL["br"][1]))),
        ("br-key-url", "Pix key and URL in one template", put(BR,
                                                              ("26", run(("00", "br.gov.bcb.pix"), ("01", "shop@example.com"), ("25", "pix.example.com/1"))))),
        ("br-capitals", "Pix key in 26 and another under the identifier in capitals in 27",
            put(BR, ("27", run(("00", "BR.GOV.BCB.PIX"), ("01", "other@example.com"))))),
        ("vn-banks", "one account number at two banks in 38 and 39", put(vn, ("39", napas("970401", "0000000000001")))),
        ("vn-accounts", "two accounts of one bank in 38 and 39", put(vn, ("39", napas("970400", "0000000000009")))),
        ("hk-two-forms", "FPS id and mobile number in one template",
            put(hk, ("26", run(("00", "hk.com.hkicl"), ("02", "0000001"), ("03", "+852-00000000"))))),
    ]:
        payload = text(objects)
        if slug == "both-jp":
            # KHQR knows its codes by country or currency: yen in Japan is none of them, so this one is a store.
            c.add("two-both-jp", tests + ": not recognised as KHQR", OWN, "unconfirmed", payload, {"payee": JP_PAYEE}, "pays a Bakong account",
                  may_refuse=True)
            continue
        c.add(f"two-{slug}", tests, OWN, "should", payload, {"valid": False, "payee": None}, "two readers pay two people")
    c.add("two-same-store", "one store in 26 and in 27: one payee", OWN, "unconfirmed", text(put(JP, ("27", jp_template()))), {"payee": JP_PAYEE},
          SHOP, may_refuse=True)


def forms(c):
    """Readers that trim, fold case or take look-alikes."""
    def one(slug, tests, objects, payee, severity="should", source=OWN, **more):
        c.add(slug, tests, source, severity, text(objects), {"payee": payee, **more}, SHOP, may_refuse=True)

    def kh(account): return put(KH, ("29", run(("00", account)))), {"network": "khqr", "account": account}

    for slug, account, tests in [
        ("trim-before", " lotus_noodle@tkbk", "account with a leading space"), ("trim-after", "lotus_noodle@tkbk ", "account with a trailing space"),
        ("trim-tab", "lotus_noodle@tkbk\t", "account with a trailing tab"),
        ("trim-nbsp", "lotus_noodle@tkbk\u00a0", "account with a trailing no-break space"),
        ("trim-nul", "lotus_noodle@tkbk\0x", "account with NUL in it"), ("trim-mark", "\ufefflotus_noodle@tkbk", "account after a byte order mark"),
        ("case-account", "LOTUS_noodle@TKBK", "account in mixed case"), ("case-turkish", "L\u0130N_shop@tkbk", "account with a dotted capital I"),
        ("case-kelvin", "\u212ahmer_shop@tkbk", "account with the Kelvin sign"),
        ("look-cyrillic", "l\u043etus_noodle@tkbk", "account with a Cyrillic letter"),
        ("look-wide", "ｌotus_noodle@tkbk", "account with a full-width letter"),
        ("look-compose", "cafe\u0301@tkbk", "account with a combining accent"),
        ("look-joiner", "lotus\u200d_noodle@tkbk", "account with a zero-width joiner"),
        ("percent", "lotus%5fnoodle@tkbk", "account with a percent sign"),
        ("plus", "lotus+noodle@tkbk", "account with a plus sign"), ("quote", "lotus'noodle@tkbk", "account with an apostrophe"),
    ]:
        objects, payee = kh(account)
        one(slug, f"{tests}: the account as written, or a refusal", objects, payee,
            source=MPM + "4.7.11" if slug in ("case-account", "plus") else OWN,
            severity="must" if slug in ("case-account", "plus") else "should")
    shop = {"network": "khqr", "account": "settle@tkbk"}
    for slug, number in [("zeros", "0000123"), ("trim", " KT00123"), ("case", "kt0012345"), ("exponent", "1E5"), ("point", "12345.0"),
                         ("big", "90071992547409931")]:
        one(f"sub-{slug}", f"merchant id {number!r} as written, or a refusal",
            put(KH_SHOP, ("30", run(("00", "settle@tkbk"), ("01", number), ("02", "Test Bank")))),
            {**shop, "sub_account": number}, "must", MPM + "4.7.11")
    for slug, identifier in [("trailing-space", JP_ID + " "), ("leading-space", " " + JP_ID), ("trailing-point", JP_ID + "."),
                             ("nul", JP_ID + "\0"), ("zero-width", JP_ID + "\u200b"),
                             ("wide", "ｊp.or.paymentsjapan"), ("long-s", "jp.or.payment\u017fjapan"), ("prefix", "jp.or.paymentsjapan.test"),
                             ("short", "jp.or.payments")]:
        one(f"identifier-{slug}", f"another store under a template whose identifier only resembles JPQR's ({slug}), before the real one",
            JP[:2] + [("26", jp_template(EVIL_STORE, identifier)), ("27", jp_template())] + JP[3:], JP_PAYEE, "must", MPM + "4.7.11")
        c.add(f"identifier-only-{slug}", f"store under a template whose identifier only resembles JPQR's ({slug}): no store is named",
              MPM + "4.7.11", "must",
              text(put(JP, ("26", jp_template(identifier=identifier)))), {"payee": None}, "pays a store that other readers do not find",
              may_refuse=True)
    one("outside-02", "JPQR's template in 02, a card scheme's primitive, before the real one", put(JP, ("02", jp_template(EVIL_STORE))), JP_PAYEE,
        "must", MPM + "4.7.10.1")
    one("outside-80", "JPQR's template in 80, after the real one", put(JP, ("80", jp_template(EVIL_STORE))), JP_PAYEE, "must", MPM + "4.11")
    one("outside-62-50", "JPQR's template in 62-50", put(JP, ("62", run(("50", jp_template(EVIL_STORE))))), JP_PAYEE, "must", MPM + "4.8.1.5")
    one("outside-65", "JPQR's template in 65, reserved", put(JP, ("65", jp_template(EVIL_STORE))), JP_PAYEE, "must", MPM + "1.4.4")
    one("outside-kh-62", "Bakong account in 62-50", put(KH, ("62", run(("50", run(("00", "other_shop@tkbk")))))), KH_PAYEE, "must", MPM + "4.8.1.5")
    one("outside-kh-40", "Bakong account in 40, which is neither 29 nor 30", put(KH, ("40", run(("00", "other_shop@tkbk")))), KH_PAYEE, "should")
    one("nested-kh", "another account nested in 29-01", put(KH, ("29", run(("00", KH_ACCOUNT), ("01", run(("00", "other_shop@tkbk")))))), KH_PAYEE,
        "must", MPM + "4.7.11")
    c.add("name-amount", "name that looks like an amount object", UNIT, "must", text(put(KH_PAID, ("59", "540595.00"))),
          {"payee": KH_PAYEE, "amount": "1.50"},
          AMOUNT, now=NOW, may_refuse=True)
    one("name-account", "name that looks like an account object", put(KH, ("59", "29130009evil@bank")), KH_PAYEE, "must", UNIT)
    one("bill-number-crc", "bill number that looks like the CRC object", put(KH, ("62", run(("01", "63041D0F")))), KH_PAYEE, "must", UNIT)
    one("city-text", "city that holds a whole code of another shop in digits", put(KH, ("60", "2913000")), KH_PAYEE, "must", UNIT)
    for slug, value, amount in [("zeros", "001.50", "1.50"), ("point-last", "15.", "15"), ("big", "9007199254740", "9007199254740"),
                                ("cents", "0.10", "0.10"), ("float", "70368744177.6", "70368744177.6"), ("single", "16777217", "16777217"),
                                ("single-cents", "131072.01", "131072.01"), ("octal", "010", "10")]:
        c.add(f"amount-{slug}", f"amount {value!r} as a decimal number, or a refusal", MPM + "4.7.4.1", "must", text(put(EMV_PAID, ("54", value))),
              {"amount": amount, "currency": "978"}, AMOUNT, may_refuse=True)
    for slug, value in [("group", "1,500"), ("space", "1 500"), ("exponent", "15e2"), ("apostrophe", "1'500"), ("decimal-comma", "1500,00"),
                        ("sign", "+1500"), ("tail", "1500x"), ("hex", "0x5DC")]:
        c.add(f"amount-lax-{slug}", f"amount {value!r}: lax parsers read different numbers", MPM + "4.7.4.1", "must",
              text(put(EMV_PAID, ("54", value))),
              {"valid": False, "amount": None}, AMOUNT, may_refuse=True)


def vectors():
    c = Class("one-payee")
    for part in (units, repeated, two_accounts, forms):
        part(c)
    return c.lines
