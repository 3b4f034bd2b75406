"""Class `bill`: eL-QR, the form in which Japan's local taxes are billed.

The text has 255 digits and looks like an EMVCo code, but its 63 has length 05 and a decimal CRC, and 62 and 80
are no templates. The layout comes from a program that was written from the association's guideline; its two
pairs of check digits follow no public rule, so the bills here carry zeros there and no vector depends on them.
"""

from .parts import *

SOURCE = ELQR
AMOUNT = "pays another amount"


def bill(amount="00000012300", inside=None, institution="13800", due="20251031", last="20251130", first="01", method="12",
         levy="2025", year="2025", period="02", case="12345678901234567890"):
    payment = ("00" "12345678901" + (inside or amount) + "1" "38123" "0" "010" "00000" "00" + case + "654321" "0" "13102" "001" "0000000")
    assert len(payment) == 83
    body = run(("00", first), ("01", method), ("27", run(("00", institution), ("01", payment))), ("54", amount),
               ("62", levy + year + period + due + last), ("80", "0" * 85)) + "6305"
    return body


def sealed(body):
    return f"{body}{crc_of(body.encode()):05}"


def vectors():
    c = Class("bill")
    sound = sealed(bill())
    want = {"readable": True, "valid": True, "scheme": "jpqr-bill", "amount": "12300"}

    def good(slug, tests, payload, expect=want, now=NOW, severity="should"):
        c.add(slug, tests, SOURCE, severity, payload, expect, "cannot read a tax bill, or reads another amount", now=now)

    def bad(slug, tests, payload, harm="takes a bill that was changed", severity="should", source=SOURCE, now=NOW):
        c.add(slug, tests, source, severity, payload, INVALID, harm, now=now)

    good("right", "bill of 12,300 yen", sound)
    good("right-one-yen", "bill of one yen", sealed(bill("00000000001")), {**want, "amount": "1"})
    good("right-large", "bill of eleven digits", sealed(bill("98765432109")), {**want, "amount": "98765432109"})
    good("right-due-passed", "due date passed, last day of payment not", sound, now=NOW + 24 * 24 * HOUR)
    good("right-last-day", "noon in Japan of the last day", sound, now=1764471600000, severity="unconfirmed")
    for digits in (4, 3):
        key = next(f"{n:020}" for n in range(400_000) if len(str(crc_of(bill(case=f"{n:020}").encode()))) <= digits)
        good(f"right-crc-{5 - digits}-zeros", f"CRC of {digits} digits, written with leading zeros", sealed(bill(case=key)))
    good("month-end", "last day of February in a leap year", sealed(bill(due="20280229", last="20280229")), now=NOW)

    for i in range(5):
        digit = str((int(sound[250 + i]) + 1) % 10)
        bad(f"crc-digit-{i + 1}", f"CRC with digit {i + 1} changed", sound[:250 + i] + digit + sound[251 + i:])
    bad("crc-hex", "hexadecimal CRC with length 04, as in other codes", seal(bill()[:-4]))
    bad("crc-99999", "CRC beyond 65535", sound[:250] + "99999")
    bad("crc-plus", "CRC plus 65536 in five digits, or another number", sound[:250] + f"{(crc_of(bill().encode()) + 65536) % 100000:05}")
    bad("amount-changed", "amount changed without a new CRC", sound.replace("541100000012300", "541100000092300"), AMOUNT)
    bad("amount-two", "54 and the amount inside 27-01 differ", sealed(bill(inside="00000092300")), "one reader pays 12,300 yen, another 92,300")
    bad("amount-zero", "amount zero", sealed(bill("00000000000")), AMOUNT)
    bad("digit-lost", "one digit lost in the middle", sound[:120] + sound[121:])
    bad("digit-more", "one digit too many in the middle", sound[:120] + "0" + sound[120:])
    bad("swapped", "two neighbouring digits of the case key exchanged", sound.replace("1234567890123456", "1234567890213456"),
        "pays another person's tax")
    bad("first-lost", "leading zero lost", sound[1:])
    bad("last-lost", "last digit lost", sound[:-1])
    bad("letter", "letter in the case key, right CRC", sealed(bill(case="1234567890123456789A")))
    bad("wide", "full-width digit in the case key, right CRC", sealed(bill(case="1234567890123456789０")))
    bad("due-month", "due date in month 13", sealed(bill(due="20251331")))
    bad("last-day", "last day of payment 31 November", sealed(bill(last="20251131")), severity="unconfirmed")
    bad("00-02", "00 is 02", sealed(bill(first="02")), severity="unconfirmed")
    bad("01-11", "01 is 11", sealed(bill(method="11")), severity="unconfirmed")
    bad("after-last-day", "one month after the last day of payment", sound, "pays a bill that has ended", "unconfirmed", now=NOW + 90 * 24 * HOUR)
    bad("twice", "bill twice in one text", sound + sound)
    bad("with-khqr", "bill followed by a merchant's code", sound + text(KH), "pays somebody else")
    c.add("27-not-jpqr", "merchant's code whose 27 begins with digits is no bill", MPM + "4.7.11", "should",
          text(put(JP, ("27", run(("00", "13800.example"), ("01", "1"))))), {"readable": True, "scheme": "jpqr", "payee": JP_PAYEE},
          "takes a shop's code for a bill")
    c.add("as-emvco", "a bill is no code with name, country and currency: a reader names none", SOURCE, "should", sound,
          {"payee": None}, "pays a shop that does not exist", now=NOW, may_refuse=True)
    return c.lines
