//! Codes of networks, built.

use emvqr::encode::BuildError;
use emvqr::network::{Builder, FieldError};
use emvqr::value::{Currency, PointOfInitiation};
use emvqr::{Clock, Code, Encode, Tag};

fn builder<'a>(id: &str, fields: &[(&str, &'a str)]) -> Builder<'a> {
    fields.iter().fold(Builder::of(id).unwrap(), |builder, (key, value)| builder.field(key, value).unwrap())
}

/// Payloads that operators and libraries document (networks.md, section 4), as they are.
#[test]
fn documented_codes_are_built_character_by_character() {
    let documented = [
        (
            builder("th.transfer", &[("bank_account", "0141234567890")]).amount("100.00".parse().unwrap()),
            "00020101021229370016A0000006770101110413014123456789053037645406100.005802TH6304901D",
        ),
        (
            builder("th.transfer-cpm", &[("mobile_number", "+66812345678"), ("one_time_code", "1234567890")])
                .amount("50.00".parse().unwrap()),
            "00020101021229510016A00000067701011401130066812345678051012345678905303764540550.005802TH63048856",
        ),
        (
            builder("th.transfer", &[("e_wallet_id", "140000801111111")]),
            "00020101021129390016A000000677010111031514000080111111153037645802TH63047C0F",
        ),
        (
            builder(
                "vn.napas",
                &[("bank_bin", "970403"), ("account", "9704031101234567"), ("service_code", "QRIBFTTC")],
            ),
            "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52",
        ),
        (
            builder("vn.napas", &[("bank_bin", "970403"), ("account", "0011012345678"), ("service_code", "QRIBFTTA")])
                .amount("180000".parse().unwrap())
                .bill_number("NPS6869")
                .purpose_of_transaction("thanh toan don hang"),
            "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E",
        ),
        (
            builder("my.duitnow", &[("acquirer_id", "501664"), ("qr_id", "123456789")])
                .merchant_category_code("9999".parse().unwrap())
                .amount("10.00".parse().unwrap())
                .method(PointOfInitiation::STATIC)
                .name("QRCSDNBHD")
                .city("BANGI"),
            "00020201021126410014A000000615000101065016640209123456789520499995303458540510.005802MY5909QRCSDNBHD6005BANGI6304343F",
        ),
        (
            builder("hk.fps", &[("fps_id", "0000000")])
                .merchant_category_code("0000".parse().unwrap())
                .name("NA")
                .city("HK"),
            "00020101021126270012hk.com.hkicl020700000005204000053033445802HK5902NA6002HK630408D2",
        ),
        (
            builder(
                "sg.paynow",
                &[("proxy_type", "0"), ("proxy", "00000000"), ("is_amount_editable", "1"), ("expiry", "20991231")],
            )
            .merchant_category_code("0000".parse().unwrap())
            .name("NA")
            .city("Singapore"),
            "00020101021126500009SG.PAYNOW010100211+6500000000030110408209912315204000053037025802SG5902NA6009Singapore630483C2",
        ),
        (
            builder("la.laoqr", &[("member", "00000418"), ("payment_type", "001"), ("receiver_id", "I90BYP17BC295VZ")]),
            "00020101021138580016A00526628466257701080000041802030010315I90BYP17BC295VZ53034185802LA630491B3",
        ),
    ];
    for (builder, expected) in documented {
        let code = builder.build().unwrap();
        assert_eq!(code.as_str(), expected);
        assert!(Code::parse(code.as_str(), Clock::UNKNOWN).is_ok());
    }
}

#[test]
fn a_telephone_number_is_taken_in_three_forms_and_no_other() {
    for number in ["0812345678", "+66812345678", "0066812345678"] {
        let code = builder("th.transfer", &[("mobile_number", number)]).build().unwrap();
        assert!(code.as_str().contains("01130066812345678"), "{number}");
    }
    // A number of the capital, one digit shorter: a zero before it (promptparse writes the same).
    assert!(
        builder("th.transfer", &[("mobile_number", "021234567")])
            .build()
            .unwrap()
            .as_str()
            .contains("01130006621234567")
    );
    let forms = [
        ("hk.fps", "mobile_number", "+852-91234567", ["91234567", "+85291234567"]),
        ("ph.p2p", "mobile_number", "+63-9171234567", ["09171234567", "+639171234567"]),
        ("sg.paynow", "proxy", "+6591234567", ["91234567", "+6591234567"]),
    ];
    for (id, key, own, others) in forms {
        for given in others.into_iter().chain([own]) {
            let text = format!("{:?}", Builder::of(id).unwrap().field(key, given).map(|_| ()));
            assert_eq!(text, "Ok(())", "{id} {given}");
        }
    }
    let wrong = [
        "081-234-5678",
        "081 234 5678",
        "+66 812345678",
        "66812345678",
        "+66812345",
        "0812345678901",
        "+85291234567",
        "+660812345678",
    ];
    for number in wrong {
        let error = Builder::of("th.transfer").unwrap().field("mobile_number", number).unwrap_err();
        assert!(matches!(error, FieldError::Value(field, _) if field.key() == "mobile_number"), "{number}");
    }
}

#[test]
fn what_its_network_does_not_write_is_refused() {
    let unknown = Builder::of("th.transfer").unwrap().field("phone", "0812345678").unwrap_err();
    assert!(
        unknown.to_string().starts_with(
            "th.transfer has no such field; its fields are mobile_number, tax_id, e_wallet_id, bank_account"
        )
    );
    assert!(matches!(Builder::of("th.promptpay"), Err(FieldError::UnknownNetwork)));
    assert!(matches!(Builder::of("khqr"), Err(FieldError::OtherBuilder(_))));
    let twice = builder("vn.napas", &[("account", "1")]).field("account", "2").unwrap_err();
    assert_eq!(twice.to_string(), "account is given twice");
    // The inner template follows from its fields.
    assert!(matches!(
        Builder::of("vn.napas").unwrap().field("beneficiary", "0006970403"),
        Err(FieldError::UnknownField(_))
    ));

    let rule = |builder: Builder<'_>| match builder.build().unwrap_err() {
        BuildError::Rule(violation) => violation.rule().id(),
        other => panic!("{other}"),
    };
    assert_eq!(
        rule(builder("th.transfer", &[("tax_id", "1234567890123"), ("mobile_number", "0812345678")])),
        "network.one-of"
    );
    assert_eq!(rule(builder("th.transfer", &[])), "network.no-payee");
    assert_eq!(rule(builder("th.bill", &[("biller_id", "123456789012345")])), "network.th.bill.reference_1");
    assert_eq!(rule(builder("vn.napas", &[("account", "0011012345678")])), "network.vn.napas.bank_bin");
    assert_eq!(
        rule(builder("th.transfer", &[("mobile_number", "0812345678")]).currency(Currency::USD)),
        "network.currency"
    );
    assert_eq!(
        rule(builder("hk.fps", &[("fps_id", "1234567")])),
        "emv.52.missing",
        "Hong Kong's codes have 52, 59 and 60, if only fillers"
    );
}

/// Two networks in one code, and a member's own identifier: QRIS (networks.md, id.qris and id.qris-acquirer).
#[test]
fn a_code_of_indonesia_has_two_templates() {
    let objects = [(Tag::try_from(51).unwrap(), "0014ID.CO.QRIS.WWW0215ID10200000000010303UMI")];
    let code = builder(
        "id.qris-acquirer",
        &[("merchant_pan", "936000140000000005"), ("merchant_id", "SHOP7"), ("merchant_criteria", "UMI")],
    )
    .identifier("ID.CO.EXAMPLE.WWW")
    .merchant_category_code("5812".parse().unwrap())
    .name("WARUNG")
    .city("JAKARTA")
    .postal_code("10110")
    .objects(&objects)
    .build()
    .unwrap();
    let code = Code::parse(code.as_str(), Clock::UNKNOWN).unwrap();
    assert_eq!(code.networks().map(emvqr::network::Network::id).collect::<Vec<_>>(), ["id.qris-acquirer", "id.qris"]);
    assert_eq!(code.payee().unwrap().account(), "936000140000000005");
}

#[test]
fn pix_has_its_transaction_id_in_62() {
    let pix = |txid| {
        builder("br.pix", &[("key", "123e4567-e12b-12d1-a456-426655440000"), ("txid", txid)])
            .name("Fulano de Tal")
            .city("BRASILIA")
            .merchant_category_code("0000".parse().unwrap())
    };
    // The sample of the central bank's manual (BR Code), whose 01 is absent.
    let built = pix("***").build().unwrap();
    assert!(built.as_str().contains(
        "26580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***6304"
    ));
    let both = pix("A1").reference_label("B2").build().unwrap_err();
    assert!(matches!(both, BuildError::Encode(error) if error.kind() == emvqr::ErrorKind::Duplicate));
    let mut buffer = [0; 64];
    assert!(pix("***").encode_to_slice(&mut buffer).is_err() && buffer == [0; 64]);
}
