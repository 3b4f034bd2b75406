"""Class `sound`: codes of KHQR, JPQR and the networks around them that every reader of them must take."""

from .parts import *

REFUSES = "refuses or misreads a sound code"
SHOP = "pays another account"


def networks():
    """(slug, source, severity, objects, payee) of each network: the payee is institution and account."""
    shop = [("52", "5812"), ("59", "TEST SHOP"), ("60", "TESTVILLE")]

    def code(tag, sub, where, *more):
        country, currency = where.split()
        return put([("00", "01"), ("01", "11")], (tag, run(*sub)), ("53", currency), ("58", country), *more)

    def payee(network, account, institution=None):
        return {"network": network, "account": account, **({"institution": institution} if institution else {})}

    source = "Bank of Thailand guideline of 2019-04-17 on Thai QR, as restated by implementers"
    for slug, sub, value in [("mobile", "01", "0066000000001"), ("national", "02", "0000000000001"),
                             ("wallet", "03", "000000000000001"), ("account", "04", "0140000000001")]:
        sub = [("00", "A000000677010111"), (sub, value)]
        yield f"th-{slug}", source, "should", code("29", sub, "TH 764", ("54", "30.00")), payee("th.transfer", value)
    for slug, network, identifier in [("bill", "th.bill", "A000000677010112"), ("bill-xborder", "th.bill-xborder", "A000000677012006")]:
        sub = [("00", identifier), ("01", "010000000000001"), ("02", "INV0001")]
        yield f"th-{slug}", source, "should", code("30", sub, "TH 764", ("54", "250.50")), payee(network, "010000000000001")

    source = "NAPAS format of VietQR 1.0, section 6.1"
    for slug, account, service, severity in [("account", "0000000000001", "QRIBFTTA", "must"), ("card", "9704000000000001", "QRIBFTTC", "must"),
                                             ("lower-crc", "0000000000002", "QRIBFTTA", "should")]:
        sub = [("00", "A000000727"), ("01", run(("00", "970400"), ("01", account))), ("02", service)]
        more = [("54", "180000"), ("62", run(("08", "thanh toan")))]
        yield f"vn-{slug}", source, severity, code("38", sub, "VN 704", *more), payee("vn.napas", account, "970400")

    source = "Bank of Laos Decision 96 of 2025-02-04, annex 8, as restated by implementers"
    sub = [("00", "A005266284662577"), ("01", "00000418"), ("02", "002"), ("03", "TESTSHOP00000001")]
    yield "la-merchant", source, "should", code("38", sub, "LA 418", *shop), payee("la.laoqr", "TESTSHOP00000001", "00000418")

    source = "QRIS samples and implementers; the technical text is not public"
    sub = [("00", "ID.CO.EXAMPLE.WWW"), ("01", "936000000000000000"), ("02", "TEST0001"), ("03", "UMI")]
    more = [("51", run(("00", "ID.CO.QRIS.WWW"), ("02", "ID0000000000000"), ("03", "UMI"))), ("61", "10110")]
    yield "id-qris", source, "should", code("26", sub, "ID 360", *shop, *more), payee("id.qris-acquirer", "936000000000000000")

    source = "PayNet portal, QR data object 1.5, examples (00 is 02)"
    sub = [("00", "A0000006150001"), ("01", "501664"), ("02", "000000000001")]
    yield "my-duitnow", source, "should", code("26", sub, "MY 458", *shop, ("00", "02")), payee("my.duitnow", "000000000001", "501664")

    source = "SGQR 1.7, annex A"
    identity = ("51", run(("00", "SG.SGQR"), ("01", "200101000001"), ("02", "01.0001"), ("03", "000000"), ("07", "20200101")))
    for slug, kind, proxy, more in [("paynow-uen", "2", "200000000T", [("54", "40.99")]), ("paynow-mobile", "0", "+6500000000", []),
                                    ("sgqr", "2", "200000000T", [identity])]:
        sub = [("00", "SG.PAYNOW"), ("01", kind), ("02", proxy), ("03", "1")]
        yield f"sg-{slug}", source, "must", code("26", sub, "SG 702", *shop, *more), payee("sg.paynow", proxy)

    source = "pattern of public codes; the central bank's text was not read"
    sub = [("00", "com.p2pqrpay"), ("01", "TESTPHMMXXX"), ("02", "99964403"), ("04", "000000000001")]
    yield "ph-p2p", source, "should", code("27", sub, "PH 608", *shop), payee("ph.p2p", "000000000001", "TESTPHMMXXX")
    sub = [("00", "ph.ppmi.p2m"), ("01", "TESTPHM2XXX"), ("03", "TESTSHOP-0001"), ("05", "000")]
    more = [("62", run(("00", "ph.ppmi.qrph"), ("03", "TEST")))]
    yield "ph-p2m", source, "should", code("28", sub, "PH 608", *shop, *more), payee("ph.p2m", "TESTSHOP-0001", "TESTPHM2XXX")
    sub = [("00", "321d06bcb1a9b1487aa6c4962d6dbd62"), ("01", "TESTPKKA"), ("02", "PK00TEST0000000000000001")]
    yield "pk-raast", source, "should", code("28", sub, "PK 586", *shop), payee("pk.raast", "PK00TEST0000000000000001", "TESTPKKA")

    source = "Bharat QR 4.0.1, as restated by an implementer"
    sub = [("00", "A000000524"), ("01", "testshop@testbank")]
    yield "in-upi", source, "should", code("26", sub, "IN 356", *shop, ("61", "600000")), payee("in.upi", "testshop@testbank")

    source = "implementers of the FPS QR specification 1.2; both cases of the identifier are in use"
    for slug, identifier in [("fps", "hk.com.hkicl"), ("fps-capitals", "HK.COM.HKICL")]:
        yield f"hk-{slug}", source, "should", code("26", [("00", identifier), ("02", "0000001")], "HK 344", *shop), payee("hk.fps", "0000001")

    source = "Manual de Padroes para Iniciacao do Pix, section on static codes"
    for slug, identifier, key, txid, severity in [("pix", "br.gov.bcb.pix", "00000000-0000-4000-8000-000000000001", "***", "must"),
                                                  ("pix-capitals", "BR.GOV.BCB.PIX", "shop@example.com", "TX0001", "should")]:
        more = [("54", "10.00"), ("62", run(("05", txid)))]
        yield f"br-{slug}", source, severity, code("26", [("00", identifier), ("01", key)], "BR 986", *shop, *more), payee("br.pix", key)

    source = "MyanmarPay specification of May 2023, as restated by implementers"
    sub = [("00", "com.mmqrpay.www"), ("01", "000000000000001"), ("02", "000000")]
    more = [("64", run(("00", "MY"), ("01", "ဆိုင်")))]
    yield "mm-mmqr", source, "should", code("26", sub, "MM 104", *shop, *more), payee("mm.mmqr", "000000000000001")

    source = "public samples and fixtures"
    more = [("64", run(("00", "ko"), ("01", "시험상점")))]
    yield "kr-bccard", source, "should", code("26", [("00", "D4100000014010"), ("05", "000000001")], "KR 410", *shop, *more), payee("kr.bccard", "000000001")
    block = "0028000000000000000000000001"
    yield "lk-lankaqr", source, "should", code("26", [("00", block)], "LK 144", *shop, ("62", run(("01", "1"), ("05", "1")))), payee("lk.lankaqr", block)
    yield "np-fonepay", source, "should", code("26", [("00", "fonepay.com"), ("01", "0000000000001")], "NP 524", *shop), payee("np.fonepay", "0000000000001")
    yield "uemoa", source, "should", code("36", [("00", "int.bceao.pi"), ("01", "test-shop-1")], "CI 952", *shop), payee("uemoa", "test-shop-1")


def vectors():
    c = Class("sound")

    def good(slug, tests, source, severity, objects, expect, harm=REFUSES, now=None):
        c.add(slug, tests, source, severity, text(objects), {"readable": True, "valid": True, **expect}, harm, now=now)

    # KHQR
    kh = {"scheme": "khqr", "payee": KH_PAYEE, "currency": "116", "name": "Lotus Noodle", "amount": None}
    shop = {**kh, "payee": KH_SHOP_PAYEE}
    good("khqr-person", "account of a person, riel, payer enters the amount", GUIDE, "must", KH, kh)
    good("khqr-dollar", "the same in dollars", GUIDE, "must", put(KH, ("53", "840")), {**kh, "currency": "840"})
    good("khqr-shop", "merchant's code", GUIDE, "must", KH_SHOP, shop)
    remittance = {**kh, "payee": {"network": "khqr", "account": "settle@tkbk", "sub_account": "012345678"}}
    good("khqr-remittance", "bank's settlement wallet with the customer's number in 29-01: both say who is paid", GUIDE, "must",
         put(KH, ("29", run(("00", "settle@tkbk"), ("01", "012345678"), ("02", "Test Bank")))), remittance, "pays the bank's wallet and no customer")
    good("khqr-paid", "amount in dollars with times", GUIDE, "must", KH_PAID,
         {**kh, "currency": "840", "amount": "1.50", "expires": NOW + HOUR}, now=NOW)
    good("khqr-shop-paid", "merchant's code with amount in riel and times", GUIDE, "must", KH_SHOP_PAID,
         {**shop, "amount": "4000", "expires": NOW + HOUR}, now=NOW)
    good("khqr-khmer", "Khmer name and city in 59 and 60, as Cambodian banks write them", TOOLKIT + "its own tests", "should", KH_KHMER,
         {**kh, "name": KHMER})
    good("khqr-khmer-zwsp", "Khmer name with zero-width spaces between words", MPM + "4.5.3", "should", put(KH, ("59", "ហាង\u200bកាហ្វេ")),
         {**kh, "name": "ហាង\u200bកាហ្វេ"})
    good("khqr-64", "Khmer name and city in 64", MPM + "4.9", "must", put(KH, ("64", run(("00", "km"), ("01", KHMER), ("02", "ភ្នំពេញ")))), kh)
    good("khqr-64-capitals", "language KM in capitals, as one bank writes it", MPM + "4.9", "must",
         put(KH, ("64", run(("00", "KM"), ("01", KHMER)))), kh)
    good("khqr-64-ja", "Japanese name in 64", MPM + "4.9", "must", put(KH, ("64", run(("00", "ja"), ("01", "蓮の麺")))), kh)
    five = run(("01", "INV-1"), ("02", "85500000000"), ("03", "Store 1"), ("07", "Till 2"))
    good("khqr-62", "bill number, mobile number, store and terminal", SDKDOC + "codes 10 to 12 and 34", "must", put(KH, ("62", five)), kh)
    good("khqr-62-purpose", "purpose in 62-08", TOOLKIT + "error code 42", "should", put(KH, ("62", run(("08", "Lunch")))), kh)
    good("khqr-62-khmer", "store label in Khmer", MPM + "4.8", "must", put(KH, ("62", run(("03", KHMER)))), kh)
    good("khqr-62-unknown", "reference and customer label, which the toolkit drops", MPM + "Table 3.7", "must",
         put(KH, ("62", run(("05", "REF1"), ("06", "CUST1")))), kh)
    good("khqr-15", "UnionPay account in 15", MPM + "Table 4.1", "must", put(KH, ("15", "0000000000000000TESTSHOP0000001")), kh, SHOP)
    good("khqr-card", "card schemes' accounts in 02 and 04", MPM + "Table 4.1", "must",
         put(KH_SHOP, ("02", "4000123456789012"), ("04", "5000123456789012")), shop)
    good("khqr-mcc-0000", "category code 0000", SDKDOC + "code 18", "must", put(KH, ("52", "0000")), kh)
    good("khqr-no-01", "without 01", MPM + "Table 3.6", "must", drop(KH, "01"), kh)
    good("khqr-own-template", "bank's own template in 40 beside 29", MPM + "4.7.11", "must",
         put(KH, ("29", run(("00", "settle@tkbk"), ("01", "012345678"), ("02", "Test Bank"))),
             ("40", run(("00", "com.example.kh"), ("01", "012345678")))), remittance, SHOP)
    good("khqr-62-68", "bank's own template in 62-68", MPM + "4.8.1.5", "must",
         put(KH_SHOP, ("62", run(("68", run(("00", "com.example.kh"), ("01", "1")))))), shop)
    good("khqr-static-times", "times without an amount", TOOLKIT + "verify takes it", "should", put(KH, ("99", KH_TIMES)),
         {"scheme": "khqr", "payee": KH_PAYEE, "amount": None}, now=NOW)
    good("khqr-11-paid", "01 is 11, amount and times", TOOLKIT + "verify takes it", "should", put(KH_PAID, ("01", "11")),
         {"scheme": "khqr", "payee": KH_PAYEE, "amount": "1.50"}, now=NOW)
    good("khqr-order", "99 before 29, 64 before 52", MPM + "4.6.1", "must",
         [KH_PAID[0], KH_PAID[-1], KH_PAID[1], ("64", run(("00", "km"), ("01", KHMER))), *KH_PAID[2:-1]],
         {**kh, "currency": "840", "amount": "1.50"}, now=NOW)
    good("khqr-case", "account with capitals stays as written", GUIDE, "must", put(KH, ("29", run(("00", "Lotus_Noodle@TKBK")))),
         {**kh, "payee": {"network": "khqr", "account": "Lotus_Noodle@TKBK"}}, SHOP)
    good("khqr-digits", "account that begins with zeros", GUIDE, "must", put(KH, ("29", run(("00", "0012345678@tkbk")))),
         {**kh, "payee": {"network": "khqr", "account": "0012345678@tkbk"}}, SHOP)
    good("khqr-shop-zeros", "merchant id that begins with zeros", GUIDE, "must",
         put(KH_SHOP, ("30", run(("00", "settle@tkbk"), ("01", "000123"), ("02", "Test Bank")))),
         {**kh, "payee": {"network": "khqr", "account": "settle@tkbk", "sub_account": "000123"}}, SHOP)

    # JPQR
    jp = {"scheme": "jpqr", "payee": JP_PAYEE, "currency": "392", "name": "SOBA HANA", "amount": None}
    jpsrc = GO + "package's own positive cases"
    good("jpqr-static", "static code of a store", jpsrc, "should", JP, jp)
    good("jpqr-paid", "dynamic code of 1,500 yen", jpsrc, "should", JP_PAID, {**jp, "amount": "1500"})
    good("jpqr-no-01", "without 01", MPM + "Table 3.6", "must", drop(JP, "01"), jp)
    for tag in ("27", "35", "51"):
        good(f"jpqr-at-{tag}", f"store template under {tag}: the identifier decides", "EMVCo Guidance 1.0, section 4.3", "must",
             put(drop(JP, "26"), (tag, jp_template())), jp, "cannot find the store")
    good("jpqr-neighbours", "templates of other networks before and after", MPM + "4.7.11", "must",
         put(drop(JP, "26"), ("26", run(("00", "D123000000"), ("01", "A1"))), ("28", jp_template()),
             ("31", run(("00", "D123000001"), ("03", "12345678")))), jp, "pays another shop")
    good("jpqr-cards", "card schemes' accounts in 02 and 04, which are no templates", MPM + "4.7.10.1", "must",
         put(JP, ("02", "4000123456789012"), ("04", "MASTER1234567890")), jp)
    good("jpqr-62", "bill number, store and terminal label, reference", MPM + "4.8", "must",
         put(JP, ("62", run(("01", "INV1"), ("03", "HONTEN"), ("05", "REF1"), ("07", "POS1")))), jp)
    for slug, name in [("katakana", "メルカフェ・ハナ"), ("long-vowel", "ラーメンー"), ("half-width", "ｶﾌｪ ﾊﾅ"), ("mixed", "ABC食堂２号店"), ("voiced", "がぎぐげご")]:
        good(f"jpqr-name-{slug}", f"Japanese name: {slug}", MPM + "4.9", "must", put(JP, ("64", run(("00", "JA"), ("01", name)))), jp)
    good("jpqr-name-beyond", "name with a rare kanji beyond U+FFFF, one character", MPM + "4.4.1.1", "should",
         put(JP, ("64", run(("00", "JA"), ("01", "𠮷野家")))), jp, "cannot read shops with a rare kanji")
    good("jpqr-zeros", "store code that begins with zeros", jpsrc, "should",
         put(JP, ("26", jp_template(("0000000000001", "0000", "000000", "000001")))),
         {**jp, "payee": {"network": "jpqr", "account": "00000000000010000000000000001"}}, "pays another shop")
    good("jpqr-80", "template of another provider in 80", MPM + "4.11", "must", put(JP, ("80", run(("00", "com.example"), ("01", "1")))), jp)
    good("jpqr-order", "64 first, 26 last", MPM + "4.6.1", "must", [JP[0], JP[-1], *[o for o in JP[1:-1] if o[0] != "26"], JP[2]], jp)
    good("jpqr-space", "name with an ideographic space", MPM + "4.9", "must", put(JP, ("64", run(("00", "JA"), ("01", "蕎麦　はな")))), jp)

    # Networks
    for slug, source, severity, objects, payee in networks():
        payload = text(objects)
        if slug == "vn-lower-crc":
            payload = payload[:-4] + payload[-4:].lower()
        amount = dict(objects).get("54")
        c.add(f"network-{slug}", f"code of {payee['network']}", source, severity, payload,
              {"readable": True, "valid": True, "scheme": "network", "payee": payee, "amount": amount, "currency": dict(objects)["53"]}, SHOP)
    several = put(KH, ("15", "0000000000000000TESTSHOP0000001"))
    c.add("network-with-unionpay", "Bakong and UnionPay in one code: Bakong's account for a Bakong reader", MPM + "4.7.9.1", "must", text(several),
          {"readable": True, "payee": KH_PAYEE}, SHOP)
    return c.lines
