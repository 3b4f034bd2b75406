"""Class `border`: what the foreign wallet takes from a code.

Phase 1: a Bakong wallet reads JPQR. Phase 2: a wallet of Japan reads KHQR. The schemes publish that the wallet
reads the foreign code itself and a switch moves a message; the fields of that message are not public, so
these vectors ask for what any such message needs: who, how much, in which currency, under which name, how long.
"""

from .parts import *


def vectors():
    c = Class("border")

    def good(slug, tests, section, objects, expect, harm, now=None, severity="must"):
        c.add(slug, tests, section if section.startswith("EMVCo") else MPM + section, severity, text(objects), {"readable": True, **expect}, harm,
              now=now)

    # Phase 1: JPQR under a Cambodian reader
    jp = {"scheme": "jpqr", "payee": JP_PAYEE, "currency": "392", "name": "SOBA HANA"}
    good("jpqr-key", "store key of four levels, 29 digits, zeros kept", "4.7.11", JP, {**jp, "amount": None}, "pays another shop")
    for i, store in enumerate([("1234567890123", "4567", "890123", "456789"), ("0000000000000", "0000", "000000", "000001"),
                               ("9999999999999", "9999", "999999", "999999")]):
        good(f"jpqr-key-{i + 1}", "store key of other digits", "4.7.11", put(JP, ("26", jp_template(store))),
             {"payee": {"network": "jpqr", "account": "".join(store)}}, "pays another shop")
    good("jpqr-amount", "yen have no decimals: 1500 is 1,500 yen", "4.7.4.1", JP_PAID, {**jp, "amount": "1500"}, "pays a hundredth")
    good("jpqr-no-amount", "payer enters the amount, in yen", "4.7.4.2", JP, {"amount": None, "currency": "392"},
         "asks for an amount in another currency")
    good("jpqr-name", "59 is shown to who does not read Japanese", "EMVCo Guidance 1.0, section 3.6", JP, {"name": "SOBA HANA"},
         "shows a name that the payer cannot compare", severity="should")
    good("jpqr-no-expiry", "JPQR has no expiry", "Table 3.6", JP_PAID, {"payee": JP_PAYEE, "expires": None}, "refuses or misreads a sound code")
    good("jpqr-99", "99 of a Japanese code is no KHQR time", "4.11", put(JP_PAID, ("99", run(("00", "com.example"), ("01", "1000000000000")))),
         {"payee": JP_PAYEE, "expires": None, "valid": True}, "takes a sound code for expired", NOW)
    good("jpqr-29", "29 of a Japanese code is no Bakong account", "4.7.11", put(JP, ("29", run(("00", "com.example.pay"), ("01", "someone@tkbk")))),
         {**jp}, "pays a Cambodian account")
    good("jpqr-30", "30 of a Japanese code is no Bakong account", "4.7.11", put(JP, ("30", run(("00", "com.example.pay"), ("01", "X")))), {**jp},
         "pays a Cambodian account")
    good("jpqr-tip", "55 in a Japanese code: amount without the tip", "Table 3.4", put(JP_PAID, ("55", "01")),
         {"amount": "1500", "payee": JP_PAYEE}, "pays another amount")
    good("jpqr-unionpay", "15 beside the store: the store is paid over the link", "EMVCo Guidance 1.0, section 4.3",
         put(JP, ("15", "0000000000000000TESTSHOP0000001")), {**jp}, "routes to a card network", severity="should")

    # Phase 2: KHQR under a Japanese reader
    kh = {"scheme": "khqr", "payee": KH_PAYEE, "name": "Lotus Noodle"}
    good("khqr-riel", "riel have no decimals in KHQR: 4000 is 4,000 riel", "4.7.4.1", KH_SHOP_PAID,
         {"scheme": "khqr", "payee": KH_SHOP_PAYEE, "amount": "4000", "currency": "116"}, "pays a hundredth", NOW)
    good("khqr-dollar", "1.50 dollars", "4.7.4.1", KH_PAID, {**kh, "amount": "1.50", "currency": "840"}, "pays another amount or currency", NOW)
    good("khqr-dollar-one", "1.5 dollars with one decimal", "4.7.4.1", put(KH_PAID, ("54", "1.5")), {**kh, "amount": "1.5", "currency": "840"},
         "pays 1.05 or 15 dollars", NOW)
    good("khqr-dollar-whole", "100 dollars without decimals", "4.7.4.1", put(KH_PAID, ("54", "100")), {**kh, "amount": "100", "currency": "840"},
         "pays one dollar", NOW)
    good("khqr-no-amount", "payer enters the amount, in riel", "4.7.4.2", KH, {**kh, "amount": None, "currency": "116"},
         "asks for an amount in another currency")
    good("khqr-no-amount-dollar", "payer enters the amount, in dollars although the country is Cambodia", "4.7.5", put(KH, ("53", "840")),
         {**kh, "amount": None, "currency": "840"}, "asks for an amount in another currency")
    c.add("khqr-sub-account", "29-01 goes with 29-00: without it the bank's own wallet is paid", GUIDE, "must",
          text(put(KH, ("29", run(("00", "settle@tkbk"), ("01", "012345678"), ("02", "Test Bank"))))),
          {"payee": {"network": "khqr", "account": "settle@tkbk", "sub_account": "012345678"}}, "money for a customer stays at the bank")
    c.add("khqr-merchant-id", "30-01 goes with 30-00", GUIDE, "must", text(KH_SHOP), {"payee": KH_SHOP_PAYEE}, "money for a shop stays at the bank")
    c.add("khqr-expiry", "expiry in milliseconds, as it stands in 99-01", TOOLKIT + "tag 99", "should", text(KH_PAID), {"expires": NOW + HOUR},
          "pays an offer that has ended", now=NOW)
    c.add("khqr-expired", "expired code across the border", TOOLKIT + "error code 46", "should", text(KH_PAID), INVALID,
          "pays an offer that has ended", now=NOW + 2 * HOUR)
    good("khqr-khmer-name", "Khmer name in 59", "4.5.3", KH_KHMER, {"payee": KH_PAYEE, "name": KHMER}, "shows no name", severity="should")
    good("khqr-ja-name", "Japanese name in 64 does not make a code of Japan", "4.9", put(KH, ("64", run(("00", "JA"), ("01", "蓮の麺")))),
         {**kh, "currency": "116"}, "sends the payment to the wrong country")
    good("khqr-26", "26 of a Cambodian code without Japan's identifier", "4.7.11",
         put(KH, ("26", run(("00", "com.example.pay"), ("01", "0000000000072")))), {**kh}, "pays a Japanese store")

    # Neither
    thai = put(KH, ("29", run(("00", "A000000677010111"), ("01", "0066000000001"))), ("53", "764"), ("58", "TH"))
    good("thai-29", "29 of Thailand is no Bakong account", "4.7.11", thai,
         {"scheme": "network", "payee": {"network": "th.transfer", "account": "0066000000001"}, "currency": "764"},
         "sends the payment to the wrong country")
    good("dollar-elsewhere", "dollars by themselves do not make a Cambodian code", "4.7.5", put(EMV_PAID, ("53", "840"), ("58", "US")),
         {"scheme": "emvco", "currency": "840"}, "takes a foreign code for Cambodian", severity="should")
    good("japan-other", "code of Japan without JPQR's identifier", "4.7.11", put(JP, ("26", run(("00", "com.example.pay"), ("01", "1")))),
         {"scheme": "emvco"}, "pays a store that is not in the code", severity="should")
    return c.lines
