"""Class `khqr`: rules of Cambodia's KHQR, one fault each, and what is no fault."""

from .parts import *

WRONG = "takes a code that Bakong refuses"
SHOP = "pays another account"
AMOUNT = "pays another amount"
IOS = "KHQR toolkit for iOS 1.0.0.17 (NBC), "


def code(number):
    return f"{SDKDOC}code {number}"


def toolkit(number):
    return f"{TOOLKIT}error code {number}"


def times(*pairs):
    return put(KH_PAID, ("99", run(*pairs)))


def vectors():
    c = Class("khqr")

    def bad(slug, tests, source, objects, harm=WRONG, severity="must", now=None):
        c.add(slug, tests, source, severity, text(objects), INVALID, harm, now=now)

    def good(slug, tests, source, objects, expect, harm="refuses or misreads a sound code", severity="must", now=None):
        c.add(slug, tests, source, severity, text(objects), {"readable": True, **expect}, harm, now=now)

    # Presence
    for tag, name, number in [("29", "account", 5), ("52", "category code", 25), ("53", "currency", 9), ("58", "country", 26),
                              ("59", "name", 2), ("60", "city", 27)]:
        bad(f"{tag}-absent", f"{name} ({tag}) absent", code(number), drop(KH, tag))
        if tag != "29":
            bad(f"shop-{tag}-absent", f"{name} ({tag}) absent in a merchant's code", code(number), drop(KH_SHOP, tag))

    # Accounts
    bad("29-00-absent", "29 without account", code(1), put(KH, ("29", run(("01", "012345678")))))
    c.add("29-00-no-at", "account without @: no Bakong account, so nobody is named", code(3), "must",
          text(put(KH, ("29", run(("00", "lotus_noodle"))))), {"payee": None},
          SHOP, may_refuse=True)
    bad("29-00-long", "account of 33 characters", code(6), put(KH, ("29", run(("00", "x" * 28 + "@tkbk")))))
    good("29-00-full", "account of 32 characters", code(6), put(KH, ("29", run(("00", "x" * 27 + "@tkbk")))),
         {"payee": {"network": "khqr", "account": "x" * 27 + "@tkbk"}})
    for slug, account in [("two-at", "lotus@noodle@tkbk"), ("no-user", "@tkbk"), ("no-bank", "lotus_noodle@"), ("only-at", "@")]:
        bad(f"29-00-{slug}", f"account {account!r}", IOS + "one @ with text on both sides", put(KH, ("29", run(("00", account)))),
            SHOP, "should")
    for slug, account in [("cyrillic", "lotus_n\u043eodle@tkbk"), ("wide-at", "lotus_noodle\uff20tkbk"), ("zero-width", "lotus\u200b_noodle@tkbk"),
                          ("nul", "lotus\0_noodle@tkbk")]:
        bad(f"29-00-{slug}", f"account with a character outside ASCII or a control ({slug})", MPM + "4.5.1 and 4.7.11",
            put(KH, ("29", run(("00", account)))), SHOP)
    bad("29-01-long", "account information of 33 characters", code(36), put(KH, ("29", run(("00", KH_ACCOUNT), ("01", "1" * 33)))))
    bad("29-02-long", "bank of 33 characters", code(33), put(KH, ("29", run(("00", KH_ACCOUNT), ("02", "B" * 33)))))
    bad("29-02-empty", "bank of length 00", code(31), put(KH, ("29", run(("00", KH_ACCOUNT)) + "0200")))
    bad("29-01-empty", "account information of length 00", MPM + "4.4.1.2", put(KH, ("29", run(("00", KH_ACCOUNT)) + "0100")))
    bad("29-cut", "value inside 29 longer than what is left", MPM + "4.4.1.1", put(KH, ("29", run(("00", KH_ACCOUNT)) + "0120012345678")), SHOP)
    bad("29-not-objects", "account as plain text in 29", MPM + "4.7.11", put(KH, ("29", KH_ACCOUNT)))
    bad("30-00-absent", "30 without account", code(1), put(KH_SHOP, ("30", run(("01", "KT0012345"), ("02", "Test Bank")))))
    bad("30-01-absent", "30 without merchant id: nothing says whose money the bank's wallet holds", IOS + "error code 30; the JavaScript toolkit takes it",
        put(KH_SHOP, ("30", run(("00", "settle@tkbk"), ("02", "Test Bank")))),
        "money for a shop stays at the bank", "unconfirmed")
    bad("30-02-absent", "30 without bank", IOS + "error code 31; the JavaScript toolkit takes it",
        put(KH_SHOP, ("30", run(("00", "settle@tkbk"), ("01", "KT0012345")))), severity="unconfirmed")
    bad("30-01-long", "merchant id of 33 characters", code(32),
        put(KH_SHOP, ("30", run(("00", "settle@tkbk"), ("01", "1" * 33), ("02", "Test Bank")))))
    bad("30-02-long", "bank of 33 characters in 30", code(33),
        put(KH_SHOP, ("30", run(("00", "settle@tkbk"), ("01", "KT0012345"), ("02", "B" * 33)))))

    # Fixed forms
    bad("00-long", "00 of three characters", code(16), put(KH, ("00", "001")))
    bad("01-long", "01 of three characters", code(17), put(KH, ("01", "111")))
    bad("01-13", "01 is 13", toolkit(48), put(KH, ("01", "13")), severity="should")
    bad("52-long", "category code of five digits", code(18), put(KH, ("52", "58120")))
    bad("52-letters", "category code with letters", toolkit(51), put(KH, ("52", "58AB")), severity="should")
    bad("53-long", "currency of four digits", code(19), put(KH, ("53", "0116")))
    for slug, value in [("euro", "978"), ("yen", "392"), ("baht", "764"), ("letters", "KHR"), ("zero", "000")]:
        bad(f"53-{slug}", f"currency {value}: neither riel nor dollar", code(28), put(KH, ("53", value)), "pays in another currency")
    bad("58-long", "country of four letters", code(20), put(KH, ("58", "KHMR")))
    for slug, value in [("lower", "kh"), ("mixed", "Kh")]:
        bad(f"58-{slug}", f"country {value!r}", MPM + "4.7.13.1 gives no case; ISO 3166-1 has capitals", put(KH, ("58", value)),
            severity="unconfirmed")
    bad("58-vn", "country VN of a Bakong account in riel", MPM + "4.7.13.1", put(KH, ("58", "VN")), severity="should")
    bad("59-long", "name of 26 characters", code(7), put(KH, ("59", "N" * 26)))
    bad("60-long", "city of 16 characters", code(21), put(KH, ("60", "C" * 16)))
    bad("59-khmer-long", "Khmer name of 26 characters", code(7), put(KH, ("59", "ក" * 26)))
    good("59-khmer-full", "Khmer name of 25 characters, 75 bytes", code(7), put(KH, ("59", "ក" * 25)), {"payee": KH_PAYEE, "name": "ក" * 25},
         severity="should")
    good("60-khmer-full", "Khmer city of 15 characters", code(21), put(KH, ("60", "ក" * 15)), {"payee": KH_PAYEE}, severity="should")
    bad("59-emoji", "name beyond U+FFFF: the toolkit counts it twice, others once", OWN, put(KH, ("59", "Noodle 😀")),
        "some wallets read another text", "should")
    bad("59-control", "name with a tab", MPM + "4.5.1", put(KH, ("59", "Lotus\tNoodle")))

    # Additional data and language
    for sub, name, number in [("01", "bill number", 10), ("02", "mobile number", 34), ("03", "store label", 11), ("07", "terminal label", 12)]:
        bad(f"62-{sub}-long", f"{name} of 26 characters", code(number), put(KH, ("62", run((sub, "1" * 26)))))
        good(f"62-{sub}-full", f"{name} of 25 characters", code(number), put(KH, ("62", run((sub, "1" * 25)))), {"valid": True, "payee": KH_PAYEE})
        bad(f"62-{sub}-empty", f"{name} of length 00", code(number), put(KH, ("62", f"{sub}00")))
    bad("62-08-long", "purpose of 26 characters", toolkit(42), put(KH, ("62", run(("08", "1" * 26)))), severity="should")
    bad("62-not-objects", "62 is no run of objects", MPM + "4.8.1.1", put(KH, ("62", "hello")))
    bad("64-no-name", "64 without name", toolkit(39), put(KH, ("64", run(("00", "km")))), severity="should")
    bad("64-language-long", "language of three letters", toolkit(38), put(KH, ("64", run(("00", "khm"), ("01", KHMER)))), severity="should")
    bad("64-name-long", "alternate name of 26 characters", toolkit(40), put(KH, ("64", run(("00", "km"), ("01", "ក" * 26)))), severity="should")
    bad("64-city-long", "alternate city of 16 characters", toolkit(41), put(KH, ("64", run(("00", "km"), ("01", KHMER), ("02", "ក" * 16)))),
        severity="should")

    # Amounts
    for slug, value in [("minus", "-1.50"), ("letters", "abc"), ("comma", "1,000"), ("exponent", "1e3"), ("space", " 5"), ("nan", "NaN"),
                        ("infinity", "Infinity"), ("zero", "0"), ("long", "12345678901.50"), ("two-dots", "1.5.0"), ("plus", "+5")]:
        bad(f"54-{slug}", f"amount {value!r}", code(4) if slug in ("minus", "long") else MPM + "4.7.4.1", put(KH_PAID, ("54", value)), AMOUNT,
            now=NOW)
    bad("54-usd-three", "dollars with three decimals", code(4), put(KH_PAID, ("54", "1.234")), AMOUNT, "should", NOW)
    bad("54-khr-decimals", "riel with decimals", code(4), put(KH_PAID, ("53", "116"), ("54", "100.50")), AMOUNT, "should", NOW)
    for slug, currency, value in [("usd-whole", "840", "100"), ("usd-two", "840", "100.50"), ("usd-one", "840", "100.5"), ("usd-cent", "840", "0.01"),
                                  ("khr", "116", "100"), ("khr-full", "116", "9999999999999"), ("usd-full", "840", "9999999999.99")]:
        good(f"54-right-{slug}", f"amount {value} in {currency}", MPM + "4.7.4.1", put(KH_PAID, ("53", currency), ("54", value)),
             {"valid": True, "payee": KH_PAYEE, "amount": value, "currency": currency}, AMOUNT, now=NOW)
    bad("12-no-amount", "01 is 12 without amount", toolkit(47), drop(KH_PAID, "54"), severity="should", now=NOW)
    bad("12-no-times", "01 is 12 without 99", toolkit(45), drop(KH_PAID, "99"), severity="should", now=NOW)
    bad("11-amount-no-times", "01 is 11 with amount, without 99", toolkit(45), put(drop(KH_PAID, "99"), ("01", "11")), severity="should", now=NOW)

    # Times
    created, expires = NOW - HOUR, NOW + HOUR
    want = {"valid": True, "payee": KH_PAYEE, "amount": "1.50", "expires": expires}
    good("99-before", "one hour before the expiry", toolkit(46), KH_PAID, want, severity="should", now=NOW)
    good("99-last", "one millisecond before the expiry", toolkit(46), KH_PAID, want, severity="should", now=expires - 1)
    good("99-equal", "at the expiry", toolkit(46), KH_PAID, want, severity="should", now=expires)
    late = "pays an offer that has ended"
    bad("99-after", "one millisecond after the expiry", toolkit(46), KH_PAID, late, "should", expires + 1)
    bad("99-day-after", "one day after the expiry", toolkit(46), KH_PAID, late, "should", expires + 24 * HOUR)
    bad("99-shop-after", "merchant's code one minute after the expiry", toolkit(46), KH_SHOP_PAID, late, "should", expires + 60_000)
    bad("99-01-absent", "99 without expiry", toolkit(45), times(("00", str(created))), late, "should", NOW)
    bad("99-raw", "99 holds 13 digits and no objects", toolkit(45), put(KH_PAID, ("99", str(expires))), late, "should", NOW)
    for slug, value in [("seconds", str(expires)[:10]), ("short", str(expires)[:12]), ("long", str(expires) + "0"), ("letters", "tomorrow12345"),
                        ("exponent", "1.7600036e+12"), ("minus", "-760003600000"), ("blank", " 760003600000"), ("hex", "0x199C82CC000")]:
        bad(f"99-01-{slug}", f"expiry {value!r}", toolkit(49), times(("00", str(created)), ("01", value)), late, "should", NOW)
    bad("99-order", "expiry before creation", toolkit(50), times(("00", str(expires + 2 * HOUR)), ("01", str(expires))), late, "should", NOW)
    good("99-far", "expiry in the year 2286, 13 digits", toolkit(49), times(("00", str(created)), ("01", "9999999999999")),
         {"valid": True, "payee": KH_PAYEE, "expires": 9999999999999}, severity="should", now=NOW)
    first = [KH_PAID[0], KH_PAID[-1], *KH_PAID[1:-1]]
    bad("99-first-after", "expired, with 99 before 01", toolkit(46) + "; " + MPM + "4.6.1", first, late, "should", expires + 1)
    good("99-first-before", "99 before 01, not expired", MPM + "4.6.1", first, {"payee": KH_PAYEE, "amount": "1.50", "expires": expires}, now=NOW)
    bad("no-01-expired", "expired, without 01, with amount", OWN, drop(KH_PAID, "01"), late, "should", expires + 1)

    # Two of one
    bad("29-and-30", "accounts in 29 and in 30", OWN, put(KH_SHOP, ("29", run(("00", KH_ACCOUNT)))), SHOP, "should")
    return c.lines
