"""Class `emvco`: the rules of EMVCo's merchant-presented specification 1.1, one fault each.

The code is one of no known scheme, so nothing but EMVCo's own rules holds. R1 to R48 number the rules as the
project does. R1, R2, R5, R6 and R36 are in class `wire`, R3 in `hostile` (a template beyond 99 characters), R4 also in
`one-payee`; R37, R38, R41 to R44, R46 and R48 speak of symbols and screens, which the protocol does not observe.
"""

from .parts import *

WRONG = "takes a code that the specification forbids"
MISPAYS = "pays another amount"


def fault(c, slug, rule, tests, section, objects, harm=WRONG, severity="must", expect=INVALID):
    c.add(slug, f"{rule}: {tests}", MPM + section, severity, text(objects), expect, harm)


def presence(c):
    for tag, name in [("52", "category code"), ("53", "currency"), ("58", "country"), ("59", "name"), ("60", "city"),
                      ("26", "account")]:
        fault(c, f"r8-{tag}-absent", "R8", f"{name} ({tag}) absent", "4.2.1.1", drop(EMV, tag))
    fault(c, "r8-two-absent", "R8", "name and city absent", "4.2.1.1", drop(EMV, "59", "60"))


def formats(c):
    for slug, value in [("02", "02"), ("00", "00"), ("10", "10"), ("letters", "AB")]:
        fault(c, f"r9-{slug}", "R9", f"00 is {value}", "4.7.1.1", put(EMV, ("00", value)))
    for slug, value in [("13", "13"), ("10", "10"), ("1", "1"), ("letters", "st"), ("21", "21"), ("111", "111")]:
        fault(c, f"r10-{slug}", "R10", f"01 is {value}", "4.7.2.1", put(EMV, ("01", value)))
    for slug, value in [("three", "581"), ("five", "58120"), ("letters", "58AB"), ("sign", "-581"), ("blank", "581 ")]:
        fault(c, f"r12-{slug}", "R12", f"category code {value!r}", "4.7.12.1", put(EMV, ("52", value)))
    for slug, value in [("letters", "EUR"), ("two", "97"), ("four", "0978"), ("sign", "+97"), ("unassigned", "987"), ("zero", "000")]:
        fault(c, f"r13-{slug}", "R13", f"currency {value!r}", "4.7.5.1", put(EMV, ("53", value)), "pays in another currency")
    for slug, value in [("three", "DEU"), ("one", "D"), ("digits", "49"), ("unassigned", "QQ")]:
        fault(c, f"r21-{slug}", "R21", f"country {value!r}", "4.7.13.1", put(EMV, ("58", value)))
    fault(c, "r21-lower", "R21", "country in lower case", "4.7.13.1", put(EMV, ("58", "de")), severity="unconfirmed")
    for tag, limit, name in [("59", 25, "name"), ("60", 15, "city"), ("61", 10, "postal code")]:
        fault(c, f"r22-{tag}-long", "R22", f"{name} of {limit + 1} characters", "Table 3.6", put(EMV, (tag, "1" * (limit + 1))))
        c.add(f"r22-{tag}-full", f"R22: {name} of {limit} characters", MPM + "Table 3.6", "must",
              text(put(EMV, (tag, "1" * limit))), {"valid": True}, "refuses or misreads a sound code")
    for tag, value, name in [("59", "Café Berlin", "name"), ("60", "Köln", "city"), ("61", "１０１１５", "postal code")]:
        fault(c, f"r34-{tag}-ans", "R34", f"{name} outside the common character set", "4.5.1 and Table 3.6", put(EMV, (tag, value)))
    fault(c, "r34-59-control", "R34", "name with a line feed", "4.5.1", put(EMV, ("59", "Test\nCafe")), "shows a name of two lines")
    fault(c, "r34-59-nul", "R34", "name with NUL", "4.5.1", put(EMV, ("59", "Test\0Cafe")), "cuts the name")
    fault(c, "r34-59-del", "R34", "name with U+007F", "4.5.1", put(EMV, ("59", "Test\x7fCafe")))
    fault(c, "r34-62-ans", "R34", "bill number outside the common character set", "4.5.1 and Table 3.7",
          put(EMV, ("62", run(("01", "№1")))))


def amounts(c):
    for slug, value, why in [
        ("zero", "0", "zero"), ("zeros", "0.00", "zero with decimals"), ("comma", "12,50", "comma"), ("group", "1,250.00", "group separator"),
        ("space-in", "1 250", "space inside"), ("space-before", " 12.50", "space before"), ("space-after", "12.50 ", "space after"),
        ("minus", "-12.50", "minus sign"), ("plus", "+12.50", "plus sign"), ("two-dots", "12.5.0", "two points"),
        ("exponent", "1e3", "exponent"), ("hex", "0x10", "hexadecimal"), ("letters", "free", "letters"), ("currency", "12.50EUR", "currency in it"),
        ("dot", ".", "point only"), ("long", "12345678901.50", "14 characters"), ("infinity", "Infinity", "word for infinity"),
        ("nan", "NaN", "word for no number"), ("wide", "１２.５０", "full-width digits"), ("arabic", "١٢", "Arabic-Indic digits"),
        ("khmer", "១២", "Khmer digits"), ("underscore", "1_000", "underscore"), ("quote", "1'000", "apostrophe"),
    ]:
        fault(c, f"r14-{slug}", "R14", f"amount with {why}: {value!r}" if why not in ("zero", "letters") else f"amount {value!r}", "4.7.4.1",
              put(EMV_PAID, ("54", value)), MISPAYS)
    for slug, value, amount in [("whole", "98", "98"), ("decimals", "98.73", "98.73"), ("dot-last", "98.", "98"),
                                ("full", "9999999999.99", "9999999999.99"), ("thirteen", "1234567890123", "1234567890123"),
                                ("cent", "0.01", "0.01"), ("tenth", "1.5", "1.5")]:
        c.add(f"r14-right-{slug}", f"R14: amount {value!r}", MPM + "4.7.4.1", "must", text(put(EMV_PAID, ("54", value))),
              {"valid": True, "amount": amount, "currency": "978"}, MISPAYS)
    c.add("r14-leading-zero", "R14: amount with leading zeros, which the text leaves open", MPM + "4.7.4.1", "should",
          text(put(EMV_PAID, ("54", "0023.72"))), {"readable": True, "amount": "23.72"}, MISPAYS)
    c.add("r15-absent", "R15: no amount, the payer enters it", MPM + "4.7.4.2", "must", text(EMV), {"valid": True, "amount": None}, MISPAYS)


def fees(c):
    def with_fee(*pairs): return put(EMV_PAID, *pairs)
    for slug, value in [("00", "00"), ("04", "04"), ("1", "1"), ("letters", "NO")]:
        fault(c, f"r18-{slug}", "R18", f"55 is {value}", "4.7.6.1", with_fee(("55", value)), MISPAYS)
    fault(c, "r19-absent", "R19", "55 is 02, 56 absent", "4.7.7", with_fee(("55", "02")), MISPAYS)
    fault(c, "r19-alone", "R19", "56 without 55", "4.7.7", with_fee(("56", "1.00")), MISPAYS)
    fault(c, "r19-other", "R19", "56 beside 55 of 03", "4.7.7", with_fee(("55", "03"), ("56", "1.00"), ("57", "5")), MISPAYS)
    fault(c, "r19-zero", "R19", "fee of zero", "4.7.7", with_fee(("55", "02"), ("56", "0.00")), MISPAYS)
    fault(c, "r19-form", "R19", "fee with a comma", "4.7.7", with_fee(("55", "02"), ("56", "1,00")), MISPAYS)
    fault(c, "r20-absent", "R20", "55 is 03, 57 absent", "4.7.8", with_fee(("55", "03")), MISPAYS)
    fault(c, "r20-alone", "R20", "57 without 55", "4.7.8", with_fee(("57", "5")), MISPAYS)
    for slug, value in [("zero", "00.00"), ("hundred", "100"), ("percent", "5%"), ("comma", "5,0"), ("long", "05.000")]:
        fault(c, f"r20-{slug}", "R20", f"percentage {value!r}", "4.7.8", with_fee(("55", "03"), ("57", value)), MISPAYS)
    for slug, pairs in [("tip", [("55", "01")]), ("fixed", [("55", "02"), ("56", "0.50")]), ("percent", [("55", "03"), ("57", "12.5")])]:
        c.add(f"r17-{slug}", f"R17: amount beside a tip or fee ({slug}): object 54 without it", MPM + "Table 3.4", "must",
              text(with_fee(*pairs)), {"valid": True, "amount": "12.50"}, MISPAYS)


def templates(c):
    def account(value): return put(EMV, ("26", value))
    fault(c, "r24-no-id", "R24", "26 without 00", "4.7.11", account(run(("01", "TESTSHOP0001"))))
    fault(c, "r24-not-objects", "R24", "26 is no run of objects", "4.7.11", account("TESTSHOP0001"))
    fault(c, "r24-long-id", "R24", "00 of 33 characters in 26", "4.7.11", account(run(("00", "com." + "x" * 29), ("01", "1"))))
    fault(c, "r24-cut", "R24", "last object in 26 longer than what is left", "4.7.11", account("0015com.example.pay0120TESTSHOP0001"))
    fault(c, "r24-stray", "R24", "one character after the last object in 26", "4.7.11", account(run(("00", "com.example.pay"), ("01", "T1")) + "x"))
    fault(c, "r24-zero", "R24", "object of length 00 in 26", "4.4.1.2", account("0015com.example.pay0100"))
    fault(c, "r4-twice-inside", "R4", "01 twice in 26", "4.3.1.2", account(run(("00", "com.example.pay"), ("01", "SHOP1"), ("01", "SHOP2"))),
          "pays another shop")
    for slug, identifier in [("aid", "D840000000"), ("uuid", "581b314e257f41bfbbdc6384daa31d16"), ("domain", "com.example.pay")]:
        c.add(f"r24-{slug}", f"R24: identifier of the form {slug}", MPM + "4.7.11", "must",
              text(account(run(("00", identifier), ("01", "1")))), {"valid": True}, "refuses or misreads a sound code")
    fault(c, "r25-not-objects", "R25", "62 is no run of objects", "4.8.1.1", put(EMV, ("62", "hello")))
    for sub in ("01", "02", "03", "04", "05", "06", "07", "08"):
        fault(c, f"r26-{sub}-long", "R26", f"62-{sub} of 26 characters", "Table 3.7", put(EMV, ("62", run((sub, "1" * 26)))))
    c.add("r26-prompt", "R26: `***` in 62-01, the payer is asked", MPM + "4.8.1.2", "must", text(put(EMV, ("62", run(("01", "***"))))),
          {"valid": True}, "refuses or misreads a sound code")
    for slug, value in [("other", "B"), ("twice", "AA"), ("lower", "ame"), ("long", "AMEA"), ("digit", "0")]:
        fault(c, f"r27-{slug}", "R27", f"62-09 is {value}", "4.8.1.3", put(EMV, ("62", run(("09", value)))))
    c.add("r27-right", "R27: 62-09 is EMA", MPM + "4.8.1.3", "must", text(put(EMV, ("62", run(("09", "EMA"))))), {"valid": True},
          "refuses or misreads a sound code")
    fault(c, "r28-10-long", "R28", "62-10 of 21 characters", "Table 3.7", put(EMV, ("62", run(("10", "1" * 21)))))
    for slug, value in [("short", "40"), ("long", "4000"), ("media", "900"), ("place", "440"), ("presence", "404"), ("letters", "POS")]:
        fault(c, f"r28-11-{slug}", "R28", f"62-11 is {value}", "4.8.1.6", put(EMV, ("62", run(("11", value)))))
    c.add("r28-right", "R28: 62-10 and 62-11 of version 1.1", MPM + "4.8.1.6", "must",
          text(put(EMV, ("62", run(("10", "DE000000000"), ("11", "400"))))), {"valid": True}, "refuses or misreads a sound code")
    fault(c, "r29-no-id", "R29", "62-50 without 00", "4.8.1.5", put(EMV, ("62", run(("50", run(("01", "x")))))))
    fault(c, "r29-not-objects", "R29", "62-50 is no run of objects", "4.8.1.5", put(EMV, ("62", run(("50", "raw text")))))
    c.add("r29-right", "R29: 62-50 with an identifier", MPM + "4.8.1.5", "must",
          text(put(EMV, ("62", run(("50", run(("00", "com.example"), ("01", "x"))))))), {"valid": True}, "refuses or misreads a sound code")
    language = run(("00", "de"), ("01", "Testküche"))
    for slug, tests, value in [
        ("no-language", "64 without 00", run(("01", "Testküche"))), ("no-name", "64 without 01", run(("00", "de"))),
        ("language-long", "64-00 of three letters", run(("00", "deu"), ("01", "Testküche"))),
        ("language-digits", "64-00 of digits", run(("00", "12"), ("01", "Testküche"))),
        ("name-long", "64-01 of 26 characters", run(("00", "de"), ("01", "ü" * 26))),
        ("city-long", "64-02 of 16 characters", language + run(("02", "ö" * 16))), ("not-objects", "64 is no run of objects", "Testküche"),
    ]:
        fault(c, f"r30-{slug}", "R30", tests, "4.9", put(EMV, ("64", value)))
    c.add("r30-right", "R30: 64 with name and city at their limits", MPM + "4.9", "must",
          text(put(EMV, ("64", run(("00", "de"), ("01", "ü" * 25), ("02", "ö" * 15))))), {"valid": True, "name": "Test Cafe"}, "refuses or misreads a sound code")
    fault(c, "r31-no-id", "R31", "80 without 00", "4.11", put(EMV, ("80", run(("01", "x")))))
    fault(c, "r31-not-objects", "R31", "80 is no run of objects", "4.11", put(EMV, ("80", "raw text")))


def readers(c):
    """What a reader does with what it does not know."""
    for tag in ("65", "71", "79"):
        c.add(f"r33-{tag}", f"R33: reserved object {tag} is ignored", MPM + "1.4.4", "must", text(put(EMV_PAID, (tag, "later"))),
              {"readable": True, "amount": "12.50", "currency": "978", "name": "Test Cafe"}, "cannot read tomorrow's codes")
    c.add("r33-62-12", "R33: reserved object 62-12 is ignored", MPM + "1.4.4", "must",
          text(put(EMV_PAID, ("62", run(("12", "later"))))), {"readable": True, "amount": "12.50"}, "cannot read tomorrow's codes")
    c.add("r33-64-03", "R33: reserved object 64-03 is ignored", MPM + "1.4.4", "must",
          text(put(EMV_PAID, ("64", run(("00", "de"), ("01", "Küche"), ("03", "later"))))), {"readable": True, "amount": "12.50"},
          "cannot read tomorrow's codes")
    c.add("r33-reserved-digits", "R33: a reserved object that looks like an amount and an account", MPM + "1.4.4", "must",
          text(put(EMV_PAID, ("66", "540599.9926330015com.example.pay"))), {"readable": True, "amount": "12.50"}, MISPAYS)
    c.add("r23-card", "R23: 02 holds a card scheme's own value, which is no template", MPM + "4.7.10.1", "must",
          text(put(EMV, ("02", "4000123456789012"))), {"readable": True, "name": "Test Cafe"}, "refuses a code with a card account in it")
    c.add("r23-card-runs", "R23: 04 holds a value whose first digits look like an object", MPM + "4.7.10.1", "must",
          text(put(EMV, ("04", "0015com.other.pay"))), {"readable": True, "name": "Test Cafe"}, "takes a card number for a template")
    c.add("r45-other-tag", "R45: the account is known by its identifier, not by its tag", "EMVCo Guidance 1.0, section 4.3", "must",
          text(put(drop(JP, "26"), ("45", jp_template()))), {"readable": True, "payee": JP_PAYEE}, "cannot find the account")
    c.add("r47-unknown-sub", "R47: unknown object under a known identifier", MPM + "4.7.11", "should",
          text(put(KH, ("29", run(("00", KH_ACCOUNT), ("77", "later"))))), {"readable": True, "payee": KH_PAYEE}, "refuses or misreads a sound code")
    c.add("r40-currency", "R40: the code's currency counts, not the app's", "EMVCo Guidance 1.0, section 3.1", "must",
          text(put(EMV_PAID, ("53", "702"))), {"readable": True, "currency": "702", "amount": "12.50"}, "pays in another currency")
    c.add("r7-order", "R7: any order between 00 and 63", MPM + "4.6.1", "must", text(EMV_PAID[:1] + EMV_PAID[:0:-1]),
          {"valid": True, "amount": "12.50", "currency": "978", "name": "Test Cafe"}, "refuses or misreads a sound code")
    long = put(EMV_PAID, *[(f"{n}", run(("00", "com.example"), ("01", "x" * 76))) for n in range(80, 85)])
    c.add("r35-long", "R35: 600 characters; 512 is advice", MPM + "4.1", "must", text(long), {"readable": True, "amount": "12.50"},
          "refuses or misreads a sound code")
    c.add("r16-decimals", "R16: three decimals of a currency with two", MPM + "4.7.4.1", "should", text(put(EMV_PAID, ("54", "12.505"))),
          {"readable": True, "amount": "12.505"}, MISPAYS)
    c.add("r11-static-amount", "R11: amount in a code for many payments", MPM + "4.7.2", "should", text(put(EMV_PAID, ("01", "11"))),
          {"readable": True, "amount": "12.50"}, "refuses or forgets the amount")
    c.add("r8-01-absent", "01 is optional", MPM + "Table 3.6", "must", text(drop(EMV_PAID, "01")), {"valid": True, "amount": "12.50"},
          "refuses or misreads a sound code")
    for tag, value in [("61", "10115"), ("62", run(("03", "Store 1"), ("07", "Till 2"))), ("80", run(("00", "com.example"), ("01", "1")))]:
        c.add(f"right-{tag}", f"optional object {tag}", MPM + "Table 3.6", "must", text(put(EMV_PAID, (tag, value))),
              {"valid": True, "amount": "12.50"}, "refuses or misreads a sound code")
    for slug, country, currency in [("kw", "KW", "414"), ("jp", "JP", "392"), ("us", "US", "840"), ("kh", "KH", "116")]:
        c.add(f"right-country-{slug}", f"plain code of {country} in {currency}: no scheme's account in it", MPM + "4.7.13.1", "must",
              text(put(EMV_PAID, ("58", country), ("53", currency), ("54", "12"))), {"readable": True, "currency": currency, "amount": "12"},
              "takes the country for the scheme")


def vectors():
    c = Class("emvco")
    for part in (presence, formats, amounts, fees, templates, readers):
        part(c)
    return c.lines
