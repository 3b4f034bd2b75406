//! What is read of an account, at the edges of each rule: shapes, persons, times, and how personal a value is.
//!
//! Expected values are those of the networks' own descriptions; times were computed with another library.

use emvqr::mask::Class;
use emvqr::network::{self, Format};
use emvqr::{Payload, mask};

use crate::common::{Object, payload, run};

/// A code of these account objects, of a country.
fn code(accounts: &[Object<'_>], country: &str, more: &[Object<'_>]) -> String {
    let mut objects = vec![("00", "01"), ("01", "11")];
    objects.extend(accounts);
    objects.extend([("52", "5812"), ("58", country), ("59", "TEST SHOP"), ("60", "CITY")]);
    objects.retain(|(id, _)| !more.iter().any(|(other, _)| other == id));
    objects.extend(more);
    payload(&objects)
}

fn networks(text: &str) -> Vec<&'static str> {
    let payload = Payload::parse(text).unwrap();
    network::accounts(&payload).map(|account| account.network().id()).collect()
}

/// Whether the code's first account is of this network.
fn is_of(network: &str, accounts: &[Object<'_>], country: &str) -> bool {
    networks(&code(accounts, country, &[])).contains(&network)
}

#[test]
fn unionpay_has_31_characters() {
    let digits = "0123456789012345678901234567890123456789";
    for id in ["15", "16"] {
        for length in [30, 31, 32] {
            assert_eq!(is_of("unionpay", &[(id, &digits[..length])], "SG"), length == 31, "{id} {length}");
        }
        assert!(is_of("unionpay", &[(id, &"宁".repeat(31))], "SG"), "characters, not bytes");
        assert!(is_of("unionpay", &[(id, &"𠮷".repeat(31))], "SG"));
        assert!(!is_of("unionpay", &[(id, &"宁".repeat(30))], "SG"));
        assert!(!is_of("unionpay", &[(id, &format!("{}a", "宁".repeat(10)))], "SG"), "31 bytes are not 31 characters");
    }
    assert!(!is_of("unionpay", &[("04", &digits[..31])], "SG"));
}

#[test]
fn lankaqr_has_28_digits() {
    let digits = "0123456789012345678901234567";
    let account = |guid: &str| run(&[("00", guid), ("01", "1")]);
    assert!(is_of("lk.lankaqr", &[("26", &account(digits))], "LK"));
    assert!(is_of("lk.lankaqr", &[("26", &account(digits))], "lk"));
    assert!(!is_of("lk.lankaqr", &[("26", &account(digits))], "IN"));
    assert!(!is_of("lk.lankaqr", &[("26", &account(&digits[1..]))], "LK"));
    assert!(!is_of("lk.lankaqr", &[("26", &account(&format!("{}x", &digits[1..])))], "LK"));
}

#[test]
fn nepalpay_stands_beside_a_uuid() {
    let uuid = "0123456789abcdef0123456789ABCDEF";
    let account = run(&[("00", "NCHL0001"), ("01", "1")]);
    let beside = |guid: &str| run(&[("00", guid), ("01", "1")]);
    assert!(is_of("np.nchl", &[("27", &beside(uuid)), ("29", &account)], "NP"));
    assert!(!is_of("np.nchl", &[("29", &account)], "NP"), "nothing beside");
    assert!(!is_of("np.nchl", &[("27", &beside(&uuid[1..])), ("29", &account)], "NP"));
    assert!(!is_of("np.nchl", &[("27", &beside(&format!("{}g", &uuid[1..]))), ("29", &account)], "NP"));
    assert!(!is_of("np.nchl", &[("27", &beside(uuid)), ("29", &beside("XCHL0001"))], "NP"));
}

#[test]
fn identifiers_with_a_place_for_a_name_have_a_name() {
    let account = |guid: &str| run(&[("00", guid), ("01", "936000000000000000"), ("02", "1"), ("03", "UMI")]);
    for (guid, is_one) in [
        ("ID.X.WWW", true),
        ("id.co.x.www", true),
        ("COM.X.WWW", true),
        ("ID..WWW", false),
        ("COM..WWW", false),
        ("ID.WWW", false),
        ("COM.WWW", false),
        ("NET.X.WWW", false),
        ("ID.CO.X", false),
    ] {
        assert_eq!(is_of("id.qris-acquirer", &[("26", &account(guid))], "ID"), is_one, "{guid}");
    }
    // In a code of another country only beside the national repository.
    let repository = run(&[("00", "ID.CO.QRIS.WWW"), ("02", "ID0123456789012")]);
    let other = run(&[("00", "SG.SGQR")]);
    assert!(!is_of("id.qris-acquirer", &[("26", &account("COM.X.WWW"))], "SG"));
    assert!(is_of("id.qris-acquirer", &[("26", &account("COM.X.WWW")), ("51", &repository)], "SG"));
    assert!(!is_of("id.qris-acquirer", &[("26", &account("COM.X.WWW")), ("51", &other)], "SG"));
    for (guid, is_one) in
        [("CO.COM.X.LLA", true), ("co.com.x.lla", true), ("CO.COM.LLA", false), ("CO.COM..LLA", false)]
    {
        assert_eq!(is_of("co.breb", &[("26", &account(guid))], "CO"), is_one, "{guid}");
    }
    for guid in ["CO.COM.RBM.TRXID", "XX.COM.X.LLA"] {
        assert!(!is_of("co.breb", &[("26", &account(guid))], "CO"), "{guid}");
    }
}

/// A code of Pix with this key.
fn pix(key: &str) -> String {
    let account = run(&[("00", "br.gov.bcb.pix"), ("01", key)]);
    code(&[("26", &account)], "BR", &[("52", "0000"), ("53", "986"), ("62", "0503***")])
}

#[test]
fn a_key_of_pix_tells_whose_it_is() {
    for (key, person, class) in [
        ("12345678909", Some(true), Class::NationalId),
        ("1234567890x", None, Class::NationalId),
        ("12345678000195", Some(false), Class::Clear),
        ("1234567800019x", None, Class::NationalId),
        ("+5511987654321", Some(true), Class::Phone),
        ("fulano@example.com", Some(true), Class::Email),
        ("ab@c", Some(true), Class::Email),
        ("123e4567-e12b-12d1-a456-426655440000", None, Class::Clear),
        ("123e4567e12b12d1a456426655440000abcd", None, Class::NationalId),
        ("123e4567-e12b-12d1-a456-42665544000", None, Class::NationalId),
    ] {
        let text = pix(key);
        let payload = Payload::parse(&text).unwrap();
        let account = network::accounts(&payload).next().unwrap();
        assert_eq!(account.is_person(), person, "{key}");
        let field = account.fields().find(|field| field.field().key() == "key").unwrap();
        assert_eq!(field.class(), class, "{key}");
        assert_eq!(mask::class_of(&payload, &payload.leaves().find(|leaf| leaf.value() == key).unwrap()), class);
    }
}

#[test]
fn a_merchants_account_is_no_secret() {
    // A payee of whom the code says that it is a merchant, and one of whom it does not.
    let account = |kind, proxy| run(&[("00", "SG.PAYNOW"), ("01", kind), ("02", proxy), ("03", "0")]);
    for (account, class) in [(account("2", "201403121W"), Class::Clear), (account("0", "+6581234567"), Class::Phone)] {
        let text = code(&[("26", &account)], "SG", &[]);
        let payload = Payload::parse(&text).unwrap();
        let account = network::accounts(&payload).next().unwrap();
        let proxy = account.fields().find(|field| field.field().key() == "proxy").unwrap();
        assert_eq!(proxy.class(), class);
        // What is not the key stays what it is.
        assert!(account.fields().filter(|field| field.field().key() != "proxy").all(|f| f.class() == Class::Clear));
    }
}

#[test]
fn a_number_like_a_cards_is_masked_where_little_is_known() {
    // Check digits by ISO/IEC 7812-1: numbers that card networks publish for tests.
    for (number, is_card) in [
        ("4111111111111111", true),
        ("4111111111111112", false),
        ("4222222222222", true),
        ("378282246310005", true),
        ("6304000000000000", true),
        ("411111111111111x", false),
        ("0000000000000", true),
        ("000000000000", false),
    ] {
        let account = run(&[("00", "A000000775"), ("01", number)]);
        let text = code(&[("26", &account)], "VN", &[]);
        let payload = Payload::parse(&text).unwrap();
        let field = network::accounts(&payload).next().unwrap().fields().next().unwrap();
        let expected = if is_card { Class::Account } else { Class::Clear };
        assert_eq!(field.class(), expected, "{number}");
        // Where the format of a field is digits of this length it is what it is; where it is text it is a card's.
        let account = run(&[("00", "fonepay.com"), ("01", number)]);
        let text = code(&[("26", &account)], "NP", &[]);
        let payload = Payload::parse(&text).unwrap();
        let field = network::accounts(&payload).next().unwrap().fields().next().unwrap();
        let fits = (13..=16).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        assert_eq!(field.class(), if fits { Class::Clear } else { Class::Text }, "{number}");
        let account = run(&[("00", "SG.COM.NETS"), ("01", &format!("pay {number}!")), ("02", "M-1")]);
        let text = code(&[("26", &account)], "SG", &[]);
        let payload = Payload::parse(&text).unwrap();
        let field = network::accounts(&payload).next().unwrap().fields().next().unwrap();
        assert_eq!(field.class(), if is_card { Class::Text } else { Class::Clear }, "{number}");
        // Outside accounts, too, also in a merchant's name.
        let account = run(&[("00", "SG.COM.NETS"), ("02", "M-1")]);
        let merchant = [("00", "01"), ("26", &account), ("52", "5812"), ("58", "SG"), ("59", number), ("60", "X")];
        let text = crate::common::payload(&merchant);
        let payload = Payload::parse(&text).unwrap();
        let name = payload.leaves().find(|leaf| leaf.path() == "59").unwrap();
        let class = mask::class_of(&payload, &name);
        assert_eq!(class, if is_card { Class::Account } else { Class::Text }, "{number}");
    }
    // 20 digits are no card's, whatever their check digit.
    let account = run(&[("00", "SG.COM.NETS"), ("01", "00000000000000000000")]);
    let text = code(&[("26", &account)], "SG", &[]);
    let payload = Payload::parse(&text).unwrap();
    assert_eq!(network::accounts(&payload).next().unwrap().fields().next().unwrap().class(), Class::Clear);
}

#[test]
fn who_is_a_person() {
    let napas = |service: &str| {
        let beneficiary = run(&[("00", "970436"), ("01", "1017595600")]);
        run(&[("00", "A000000727"), ("01", &beneficiary), ("02", service)])
    };
    let lao = |kind: &str| run(&[("00", "A005266284662577"), ("01", "27710418"), ("02", kind), ("03", "1")]);
    let unknown = |guid: &str| run(&[("00", guid), ("01", "1")]);
    for (account, category, person) in [
        (napas("QRPUSH"), Some("0000"), Some(false)),
        (napas("QRIBFTTA"), Some("0000"), Some(true)),
        (napas("QRIBFTTA"), Some("5812"), None),
        (napas("QRIBFTTA"), None, Some(true)),
        (lao("001"), Some("5812"), Some(true)),
        (lao("002"), Some("5812"), Some(false)),
        (lao("003"), Some("5812"), None),
        // Transfers between persons have a category of their own.
        (lao("003"), Some("6016"), Some(true)),
        (unknown("A0000006150001"), Some("0000"), Some(true)),
        (unknown("A0000006150001"), Some("5812"), Some(false)),
    ] {
        let category: Vec<Object<'_>> = category.map(|code| ("52", code)).into_iter().collect();
        let mut objects = vec![("00", "01"), ("38", account.as_str()), ("58", "VN"), ("59", "A"), ("60", "B")];
        objects.extend(category);
        let text = payload(&objects);
        let payload = Payload::parse(&text).unwrap();
        assert_eq!(network::accounts(&payload).next().unwrap().is_person(), person, "{text}");
    }
}

#[test]
fn what_is_paid_once() {
    let promptpay = run(&[("00", "A000000677010111"), ("01", "0066812345678")]);
    let presented = run(&[("00", "A000000677010114"), ("01", "0066812345678"), ("05", "ABCDEFGHIJ")]);
    for (account, method, once) in
        [(&promptpay, "11", false), (&promptpay, "12", true), (&presented, "11", true), (&presented, "12", true)]
    {
        let text = code(&[("29", account)], "TH", &[("01", method)]);
        let payload = Payload::parse(&text).unwrap();
        assert_eq!(network::accounts(&payload).next().unwrap().is_one_time(), once, "{method} {account}");
    }
}

#[test]
fn times_of_paynow() {
    for (time, expected) in [
        // The last moment of the day in Singapore, eight hours before UTC.
        ("20261231", Ok(Some(1_798_732_799_999))),
        ("20240229", Ok(Some(1_709_222_399_999))),
        ("20000229", Ok(Some(951_839_999_999))),
        ("20261231235959", Ok(Some(1_798_732_799_000))),
        ("20260101000000", Ok(Some(1_767_196_800_000))),
        ("20260630103015", Ok(Some(1_782_786_615_000))),
        ("00000000", Ok(None)),
        ("00000000000000", Ok(None)),
        ("20230229", Err("26-04")),
        ("21000229", Err("26-04")),
        ("20261301", Err("26-04")),
        ("20260001", Err("26-04")),
        ("20260100", Err("26-04")),
        ("20260132", Err("26-04")),
        ("19691231", Err("26-04")),
        ("20260101240000", Err("26-04")),
        ("20260101006000", Err("26-04")),
        ("20260101000060", Err("26-04")),
        ("20260101009900", Err("26-04")),
        ("20260101000099", Err("26-04")),
        ("2026010", Err("26-04")),
        ("2026010x", Err("26-04")),
        ("202601010000", Err("26-04")),
        ("202601010000001", Err("26-04")),
        ("20260101000000x", Err("26-04")),
    ] {
        let account = run(&[("00", "SG.PAYNOW"), ("01", "2"), ("02", "201403121W"), ("03", "0"), ("04", time)]);
        let text = code(&[("26", &account)], "SG", &[]);
        let payload = Payload::parse(&text).unwrap();
        let found = network::accounts(&payload).next().unwrap().expires_at_ms().map_err(|path| path.to_string());
        assert_eq!(found.as_ref().map_err(String::as_str), expected.as_ref().map_err(|path| *path), "{time}");
    }
}

#[test]
fn formats_at_their_edges() {
    for (format, value, fits) in [
        (Format::HexText, "00480069", true),
        (Format::HexText, "0048006", false),
        (Format::HexText, "0048006g", false),
        (Format::Fisc, "V1158abcdefghijkl", true),
        (Format::Fisc, "V2158abcdefghijkl", false),
        (Format::Fisc, "V115xabcdefghijkl", false),
        (Format::Hex, "0aF", true),
        (Format::Hex, "0aG", false),
    ] {
        assert_eq!(format.fits(value), fits, "{format:?} {value}");
    }
    let misfit = |value: &str| {
        let account = run(&[("00", "SG.COM.NETS"), ("03", value)]);
        let text = code(&[("26", &account)], "SG", &[]);
        let payload = Payload::parse(&text).unwrap();
        let field = network::accounts(&payload).next().unwrap().fields().next().unwrap();
        field.fit().err().map(|misfit| misfit.to_string())
    };
    assert_eq!(misfit("12345678"), None);
    let long = misfit("123456789").unwrap();
    assert!(long.contains('9') && long.contains('8'), "{long}");
}

#[test]
fn networks_are_guessed_of_what_cannot_be_read() {
    for (text, expected) in [
        ("00020129190015coffee@devb_x5802KH", Some("khqr")),
        ("00020129190015coffee@devb_x5303116", Some("khqr")),
        ("00020129190015coffee@devb_x5303392", None),
        ("00020129190015coffee.devb_x5802KH5303116", None),
        ("0002012937A000000677010111", Some("th.transfer")),
    ] {
        assert_eq!(network::guess(text).map(network::Network::id), expected, "{text}");
    }
}
