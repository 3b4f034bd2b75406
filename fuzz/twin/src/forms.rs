//! Random forms for the builders.

use crate::plain::{Form, Jpqr, Khqr, Mpm, Objects, Values};
use crate::rng::Rng;
use crate::texts::word;

pub(crate) fn drawn(rng: &mut Rng) -> Form {
    let values = match rng.below(8) {
        0..=2 => Values::Khqr(khqr(rng)),
        3 | 4 => Values::Jpqr(jpqr(rng)),
        5 => Values::Mpm(mpm(rng)),
        6 => {
            let first = if rng.one_in(8) { None } else { Some((0, "01".to_owned())) };
            Values::Run(first.into_iter().chain(objects(rng, &[1, 2, 26, 52, 58, 59, 62, 63, 64, 80, 99])).collect())
        }
        _ => Values::Template(objects(rng, &[0, 1, 2, 3, 50])),
    };
    Form { values, room: rng.below(260) }
}

fn objects(rng: &mut Rng, ids: &[u8]) -> Objects {
    (0..rng.below(6)).map(|_| (ids[rng.below(ids.len())], word(rng))).collect()
}

/// Root objects that a builder does not write itself, mostly with a fit value, and seldom one that it does write.
fn further(rng: &mut Rng, own: &[u8]) -> Objects {
    let ids = [2, 15, 27, 31, 40, 51, 61, 62, 62, 64, 64, 65, 80, 99];
    let mut objects: Objects = Vec::new();
    for _ in 0..rng.below(4) {
        let clashes = rng.one_in(12);
        let id = if clashes { u8::try_from(rng.below(100)).expect("below 100") } else { ids[rng.below(ids.len())] };
        let value = match id {
            26..=51 | 80..=99 if !rng.one_in(6) => "0011com.example0106shop-7".to_owned(),
            62 if !rng.one_in(6) => "0105INV-10303***".to_owned(),
            64 if !rng.one_in(6) => "0002JA0104そば屋a".to_owned(),
            _ => word(rng),
        };
        // In the baseline an empty value takes an object out that the builder writes itself.
        let is_taken = own.contains(&id) || objects.iter().any(|(before, _)| *before == id);
        if !is_taken || clashes && !value.is_empty() {
            objects.push((id, value));
        }
    }
    objects
}

/// Mostly a text that is sound in its place.
fn sound(rng: &mut Rng, text: &str) -> String {
    if rng.one_in(5) { word(rng) } else { text.to_owned() }
}

fn optional(rng: &mut Rng) -> String {
    if rng.one_in(3) { word(rng) } else { String::new() }
}

fn amount(rng: &mut Rng) -> String {
    rng.choose(&["1", "98.50", "0", "0.01", "99.999", "5.", ".5", "41000", "1234567890123", "12345678901.5"]).to_owned()
}

fn time(rng: &mut Rng) -> u64 {
    [1_750_000_000_000, 1_750_000_060_000, 0, 1, 999_999_999_999, 9_999_999_999_999, u64::MAX][rng.below(7)]
}

fn currency(rng: &mut Rng) -> u16 {
    [116, 840, 116, 840, 392, 764, 0, 999][rng.below(8)]
}

fn category(rng: &mut Rng) -> u16 {
    [5999, 5812, 0, 9999][rng.below(4)]
}

fn khqr(rng: &mut Rng) -> Khqr {
    Khqr {
        is_merchant: rng.one_in(2),
        account: sound(rng, "shop@bank"),
        information: sound(rng, "85512345678"),
        bank: sound(rng, "Bank"),
        name: sound(rng, "Cafe 7"),
        city: rng.one_in(2).then(|| sound(rng, "Siem Reap")),
        category: category(rng),
        currency: currency(rng),
        amount: rng.one_in(2).then(|| (amount(rng), time(rng), time(rng))),
        union_pay: if rng.one_in(4) { word(rng) } else { String::new() },
        labels: std::array::from_fn(|_| optional(rng)),
        local_name: rng.one_in(3).then(|| sound(rng, "ហាងកាហ្វេ")),
        local_city: if rng.one_in(4) { sound(rng, "ភ្នំពេញ") } else { String::new() },
        clock: rng.one_in(2).then(|| time(rng)),
    }
}

fn jpqr(rng: &mut Rng) -> Jpqr {
    let store_template = rng.one_in(4).then(|| [26, 27, 51, 2, 64][rng.below(5)]);
    let own = [0, 1, 52, 53, 54, 58, 59, 60, 61, store_template.unwrap_or(26)];
    Jpqr {
        store: rng.choose(&["99999999999990001000002000003", "ABCDEFGHIJKLM0001000002000003"]).to_owned(),
        category: category(rng),
        name: sound(rng, "SOBA"),
        city: sound(rng, "TOKYO"),
        postal_code: sound(rng, "1000001"),
        local_name: sound(rng, "そば"),
        amount: rng.one_in(2).then(|| [1, 1500, 0, 9_999_999_999_999, 99_999_999_999_999, u64::MAX][rng.below(6)]),
        store_template,
        further: further(rng, &own),
    }
}

fn mpm(rng: &mut Rng) -> Mpm {
    let id = [26, 51, 2, 15, 40][rng.below(5)];
    Mpm {
        account: (id, sound(rng, if id > 25 { "0011com.example0106shop-7" } else { "4000123456789012" })),
        category: category(rng),
        currency: currency(rng),
        country: rng.choose(&["KH", "JP", "TH", "kh", "ZZ"]),
        name: sound(rng, "SOBA"),
        city: sound(rng, "TOKYO"),
        is_dynamic: rng.one_in(2).then(|| rng.one_in(2)),
        amount: rng.one_in(2).then(|| amount(rng)),
        tip: u8::try_from(rng.below(8)).expect("below 8"),
        fee: amount(rng),
        further: further(rng, &[0, 1, 52, 53, 54, 55, 56, 57, 58, 59, 60, id]),
    }
}
