"""Class `jpqr`: rules of Japan's JPQR, one fault each.

The association's guideline was not read; its rules come from readers that were written from it. What EMVCo
demands as well is "must", the rest "should", and what only samples show "unconfirmed".
"""

from .parts import *

STORE = "pays another shop"
WRONG = "takes a code that the scheme refuses"


def vectors():
    c = Class("jpqr")

    def bad(slug, tests, source, objects, harm=WRONG, severity="must"):
        c.add(slug, tests, source, severity, text(objects), INVALID, harm)

    def good(slug, tests, source, objects, expect, harm="refuses or misreads a sound code", severity="must"):
        c.add(slug, tests, source, severity, text(objects), {"readable": True, **expect}, harm)

    for tag, name in [("52", "category code"), ("53", "currency"), ("58", "country"), ("59", "name"), ("60", "city")]:
        bad(f"{tag}-absent", f"{name} ({tag}) absent", MPM + "4.2.1.1", drop(JP, tag))
    bad("26-absent", "no account", MPM + "4.2.1.1", drop(JP, "26"))
    bad("61-absent", "postal code absent", GO + "postal code present", drop(JP, "61"), severity="should")
    bad("64-absent", "Japanese name absent", GO + "language template present", drop(JP, "64"), severity="should")
    bad("59-long", "name of 26 characters", MPM + "Table 3.6", put(JP, ("59", "N" * 26)))
    bad("60-long", "city of 16 characters", MPM + "Table 3.6", put(JP, ("60", "C" * 16)))
    bad("61-long", "postal code of 11 characters", MPM + "Table 3.6", put(JP, ("61", "12345678901")))
    bad("59-kanji", "name in kanji in 59", MPM + "Table 3.6 and 4.5.1", put(JP, ("59", JP_NAME)))
    bad("60-kana", "city in kana in 60", MPM + "Table 3.6 and 4.5.1", put(JP, ("60", "コウベ")))

    # Store id
    for i, (name, size) in enumerate([("1", 13), ("2", 4), ("3", 6), ("4", 6)]):
        def level(value, i=i): return put(JP, ("26", jp_template(tuple(value if k == i else v for k, v in enumerate(JP_STORE)))))
        bad(f"level-{name}-short", f"level {name} of {size - 1} digits", GO + "lengths of the levels", level("1" * (size - 1)), STORE, "should")
        bad(f"level-{name}-long", f"level {name} of {size + 1} digits", GO + "lengths of the levels", level("1" * (size + 1)), STORE, "should")
        parts = [("00", JP_ID)] + [(f"0{k + 1}", v) for k, v in enumerate(JP_STORE) if k != i]
        bad(f"level-{name}-absent", f"level {name} absent", GO + "lengths of the levels", put(JP, ("26", run(*parts))), STORE, "should")
        bad(f"level-{name}-letters", f"level {name} with letters", "digits in every public sample", level("A" * size), STORE, "unconfirmed")
        bad(f"level-{name}-wide", f"level {name} in full-width digits", MPM + "4.5.1", level("１" * size), STORE, "should")
    bad("level-moved", "lengths of levels 2 and 3 exchanged", GO + "lengths of the levels",
        put(JP, ("26", jp_template((JP_STORE[0], JP_STORE[2], JP_STORE[1], JP_STORE[3])))), STORE, "should")
    bad("26-no-id", "26 without identifier", MPM + "4.7.11", put(JP,
        ("26", run(("01", JP_STORE[0]), ("02", JP_STORE[1]), ("03", JP_STORE[2]), ("04", JP_STORE[3])))))
    bad("26-cut", "last level longer than what is left", MPM + "4.4.1.1", put(JP, ("26", jp_template()[:-1])), STORE)
    bad("26-stray", "one character after the last level", MPM + "4.3.1.1", put(JP, ("26", jp_template() + "7")), STORE)
    bad("26-level-twice", "level 1 twice", MPM + "4.3.1.2", put(JP, ("26", jp_template() + run(("01", "0000000000072")))), STORE)
    good("26-capitals", "identifier in capitals", "EMVCo gives identifiers no case rule", put(JP, ("26", jp_template(identifier=JP_ID.upper()))),
         {"payee": JP_PAYEE}, "cannot find the store", "should")

    # Country, currency, amount
    for slug, value in [("kh", "KH"), ("us", "US")]:
        bad(f"58-{slug}", f"country {value}", GO + "country", put(JP, ("58", value)), severity="should")
    bad("58-lower", "country in lower case", GO + "country, exact comparison", put(JP, ("58", "jp")), severity="should")
    bad("58-long", "country of three letters", MPM + "4.7.13.1", put(JP, ("58", "JPN")))
    for slug, value in [("usd", "840"), ("khr", "116"), ("eur", "978")]:
        bad(f"53-{slug}", f"currency {value}", GO + "currency", put(JP, ("53", value)), "pays in another currency", "should")
    bad("53-letters", "currency in letters", MPM + "4.7.5.1", put(JP, ("53", "JPY")), "pays in another currency")
    for slug, value in [("zero", "0"), ("comma", "1,500"), ("minus", "-1500"), ("letters", "abc"), ("yen", "¥1500"), ("wide", "１５００"),
                        ("kanji", "千五百"), ("long", "12345678901234"), ("space", "1 500"), ("exponent", "15e2")]:
        bad(f"54-{slug}", f"amount {value!r}", MPM + "4.7.4.1", put(JP_PAID, ("54", value)), "pays another amount")
    bad("54-decimals", "yen with decimals", MPM + "4.7.4.1 (should) and ISO 4217", put(JP_PAID, ("54", "1500.50")), "pays another amount", "should")
    for slug, value in [("one", "1"), ("thousand", "1500"), ("full", "9999999999999")]:
        good(f"54-right-{slug}", f"amount of {value} yen", MPM + "4.7.4.1", put(JP_PAID, ("54", value)),
             {"valid": True, "amount": value, "currency": "392", "payee": JP_PAYEE})
    good("54-point-last", "amount with a point and no decimals", MPM + "4.7.4.1", put(JP_PAID, ("54", "1500.")),
         {"amount": "1500", "payee": JP_PAYEE}, "pays another amount")
    good("12-no-amount", "01 is 12 without amount", "whether the guideline allows it is not known", drop(JP_PAID, "54"),
         {"payee": JP_PAYEE, "amount": None}, severity="unconfirmed")
    for slug, value in [("13", "13"), ("00", "00"), ("letters", "AB")]:
        bad(f"01-{slug}", f"01 is {value}", MPM + "4.7.2.1", put(JP, ("01", value)))
    bad("00-02", "00 is 02", MPM + "4.7.1.1", put(JP, ("00", "02")))
    bad("52-letters", "category code with letters", MPM + "4.7.12.1", put(JP, ("52", "58AB")))
    bad("52-short", "category code of three digits", MPM + "4.7.12.1", put(JP, ("52", "581")))

    # Language
    bad("64-language-absent", "64 without language", MPM + "4.9", put(JP, ("64", run(("01", JP_NAME)))))
    bad("64-name-absent", "64 without name", MPM + "4.9", put(JP, ("64", run(("00", "JA")))))
    for slug, value in [("en", "EN"), ("km", "KM"), ("lower", "ja")]:
        bad(f"64-language-{slug}", f"language {value}", GO + "language", put(JP, ("64", run(("00", value), ("01", JP_NAME)))),
            severity="unconfirmed" if slug == "lower" else "should")
    bad("64-city", "city in 64", GO + "no city in the language template", put(JP, ("64", run(("00", "JA"), ("01", JP_NAME), ("02", "神戸")))),
        severity="should")
    bad("64-name-long", "Japanese name of 26 characters", MPM + "4.9", put(JP, ("64", run(("00", "JA"), ("01", "蕎" * 26)))))
    good("64-name-full", "Japanese name of 25 characters, 75 bytes", MPM + "4.9", put(JP, ("64", run(("00", "JA"), ("01", "蕎" * 25)))),
         {"valid": True, "payee": JP_PAYEE})
    bad("64-bytes", "64 and 64-01 with lengths in bytes", MPM + "4.4.1.1",
        put(JP, ("64", f"0002JA01{len(JP_NAME.encode()):02}{JP_NAME}")))
    bad("64-control", "Japanese name with a line feed", MPM + "4.5.3 does not say", put(JP, ("64", run(("00", "JA"), ("01", "蕎麦\n処")))),
        severity="unconfirmed")
    for slug, value in [("six", "650000"), ("eight", "65000011"), ("hyphen", "650-0001"), ("letters", "ABCDEFG"), ("khmer", "12000")]:
        bad(f"61-{slug}", f"postal code {value!r}", "seven digits in every public sample", put(JP, ("61", value)), severity="unconfirmed")

    # Additional data, fees
    for sub in ("01", "05", "07"):
        bad(f"62-{sub}-long", f"62-{sub} of 26 characters", MPM + "Table 3.7", put(JP, ("62", run((sub, "1" * 26)))))
    bad("62-not-objects", "62 is no run of objects", MPM + "4.8.1.1", put(JP, ("62", "hello")))
    bad("55-02-no-fee", "55 is 02, 56 absent", MPM + "4.7.7", put(JP_PAID, ("55", "02")), "pays another amount")
    bad("55-03-no-fee", "55 is 03, 57 absent", MPM + "4.7.8", put(JP_PAID, ("55", "03")), "pays another amount")
    bad("80-no-id", "80 without identifier", MPM + "4.11", put(JP, ("80", run(("01", "x")))))
    bad("two-stores", "templates of two stores", OWN, put(JP, ("27", jp_template(("0000000000072",) + JP_STORE[1:]))), STORE, "should")
    return c.lines
