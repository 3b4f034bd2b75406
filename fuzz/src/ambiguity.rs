//! The law of other units: a code has a finding exactly where a reader in another unit could pay somebody else.

use std::iter;

use arbitrary::{Arbitrary, Unstructured};
use emvqr::khqr::Khqr;
use emvqr::{Clock, Mpm, Payload, Severity};

use crate::naive::data_object as object;
use crate::naive::other_readers::{Hit, Unit, decides, law};
use crate::text;

/// Readers in other units find no other payee, amount or currency without a finding, and there is no finding without such
/// an object.
///
/// Input that begins with 00 is a text, all other input says how to hide an object in a code.
pub fn ambiguity(data: &[u8]) {
    let texts = if data.starts_with(b"00") {
        text::variants(data)
    } else {
        Recipe::arbitrary_take_rest(Unstructured::new(data)).map(|recipe| recipe.text()).into_iter().collect()
    };
    for text in texts {
        let Ok(payload) = Payload::parse(&text) else { continue };
        let hits = decides(&text);
        law(&text, !hits.is_empty());
        agrees(&payload, &hits);
    }
}

/// The library's finding and its severity are the judge's.
fn agrees(payload: &Payload<'_>, hits: &[Hit]) {
    let is_meant = |found: &&emvqr::Violation| found.rule().id() == "emv.length.ambiguous";
    let severity = |found: Vec<emvqr::Violation>| found.iter().find(is_meant).map(emvqr::Violation::severity);
    let base = severity(payload.validate::<Mpm<'_>>(()).into_violations());
    assert_eq!(base, (!hits.is_empty()).then_some(Severity::Error), "{hits:?} in {payload}");
    let khqr = severity(payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations());
    let worst = if hits.iter().all(Hit::is_warning_under_khqr) { Severity::Warning } else { Severity::Error };
    assert_eq!(khqr, (!hits.is_empty()).then_some(worst), "KHQR: {hits:?} in {payload}");
}

/// An honest code, a text that is longer or shorter in another unit, and an object to which that leads.
#[derive(Arbitrary, Debug)]
struct Recipe {
    code: Code,
    unit: Unit5,
    place: Place,
    script: u8,
    hidden: Hidden,
    /// Number of characters between the text and the hidden object.
    gap: u8,
    tail: Tail,
    /// Units by which the text misses the hidden object, in few inputs.
    miss: Miss,
    between: bool,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Code {
    Khqr,
    Jpqr,
    PromptPay,
    Pix,
}

/// A unit of [`Unit::ALL`].
#[derive(Arbitrary, Clone, Copy, Debug)]
struct Unit5(u8);

/// Where the text stands that is cut differently.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Place {
    Name,
    City,
    Label,
    OtherLanguage,
    Account,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Hidden {
    Account { id: u8, is_own: bool },
    Store,
    Amount(u8),
    Currency,
    Tip,
    Fee,
    Times,
    Harmless(u8),
}

/// The text behind the hidden object, in its hiding place.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Tail {
    Nothing,
    Letter,
    Crc,
    Header(u8),
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Miss {
    None,
    AlsoNone,
    By(i8),
}

/// A letter or a cluster of several characters, and what makes one unit of difference for each unit of length.
const WIDE: [&str; 8] = ["\u{1780}", "\u{6F22}", "\u{E9}", "\u{1F35C}", "\u{E2A}", "\u{20000}", "\u{FF76}", "\u{44F}"];
const DEEP: [&str; 9] = [
    "e\u{301}",
    "\u{FF76}\u{FF9E}",
    "\u{1780}\u{17B7}\u{17C6}",
    "\u{915}\u{94D}\u{937}",
    "\u{1781}\u{17D2}\u{1798}",
    "\u{1000}\u{1039}\u{1000}",
    "\u{1F1F0}\u{1F1ED}",
    "\u{1F468}\u{200D}\u{1F469}",
    "\u{1100}\u{1161}\u{11A8}",
];

impl Recipe {
    fn unit(&self) -> Unit {
        Unit::ALL[usize::from(self.unit.0) % Unit::ALL.len()]
    }

    /// The code, with a right CRC. Many recipes make lengths above 99 and so no payload.
    fn text(&self) -> String {
        let mut root = vec![object(0, "01"), object(1, "11"), self.account(), object(52, "5812")];
        let (currency, country) = match self.code {
            Code::Khqr => ("116", "KH"),
            Code::Jpqr => ("392", "JP"),
            Code::PromptPay => ("764", "TH"),
            Code::Pix => ("986", "BR"),
        };
        root.push(object(53, currency));
        if let Hidden::Tip | Hidden::Amount(_) = self.hidden {
            root.push(object(54, "15.00"));
        }
        if let Hidden::Fee = self.hidden {
            root.push(object(55, "02") + &object(56, "1"));
        }
        root.push(object(58, country));
        let hiding = self.hiding();
        let step = if self.between { object(61, "12000") } else { String::new() };
        // Characters from the end of the text to the hidden object.
        let way = step.chars().count() + 4 + self.hiding_before().chars().count();
        let text = self.carrier(way);
        root.push(match self.place {
            Place::Name => object(60, "CITY") + &object(59, &text),
            Place::City => object(59, "SHOP") + &object(60, &text),
            Place::Label => object(59, "SHOP") + &object(60, "CITY") + &object(62, &object(3, &text)),
            Place::OtherLanguage => {
                object(59, "SHOP") + &object(60, "CITY") + &object(64, &(object(0, "KM") + &object(1, &text)))
            }
            Place::Account => object(59, "SHOP") + &object(60, "CITY"),
        });
        if !matches!(self.place, Place::Account) {
            root.push(step + &object(85, &hiding));
        }
        text::sealed(&root.concat())
    }

    /// The account template; with the text and the hidden sub-object in it, if that is the place.
    fn account(&self) -> String {
        let (id, named, key) = match self.code {
            Code::Khqr => (29, object(0, "shop@devb"), object(1, "000111222")),
            Code::Jpqr => (26, object(0, "jp.or.paymentsjapan"), JPQR_STORE.to_owned()),
            Code::PromptPay => (29, object(0, "A000000677010111"), object(1, "0066811111111")),
            Code::Pix => (26, object(0, "br.gov.bcb.pix"), object(1, "pix@shop.example")),
        };
        if !matches!(self.place, Place::Account) {
            return object(id, &(named + &key));
        }
        let junk = "x".repeat(usize::from(self.gap % 8));
        let text = self.carrier(4 + junk.len());
        let hidden = junk + &object(1, "evil@bank") + &self.tail();
        object(id, &(named + &object(7, &text) + &object(8, &hidden) + &key))
    }

    /// A text after which a reader in the unit goes on `way` characters after its end.
    fn carrier(&self, way: usize) -> String {
        let miss = match self.miss {
            Miss::None | Miss::AlsoNone => 0,
            Miss::By(miss) => isize::from(miss % 4),
        };
        let unit = self.unit();
        if unit.is_clusters() {
            // It counts fewer and takes what follows.
            return self.filled(&DEEP, way.saturating_add_signed(miss), "e\u{301}");
        }
        // It counts more and stops before the end: the last characters are a header whose value ends at the object.
        let wide = self.filled(
            &WIDE,
            4_usize.saturating_add_signed(miss),
            if unit == Unit::Utf16 { "\u{1F35C}" } else { "\u{E9}" },
        );
        format!("{wide}82{way:02}")
    }

    /// Letters of a script as long as they fit, then the smallest ones, until the unit's count differs by so much.
    fn filled(&self, scripts: &[&str], difference: usize, smallest: &str) -> String {
        let unit = self.unit();
        let letter = scripts[usize::from(self.script) % scripts.len()];
        let of = |text: &str| unit.count(text).abs_diff(text.chars().count());
        let mut text = String::new();
        for part in iter::repeat_n(letter, difference).chain(iter::repeat_n(smallest, difference)) {
            let longer = format!("{text}{part}");
            if of(&longer) <= difference && of(&longer) > of(&text) {
                text = longer;
            }
        }
        text
    }

    /// The value of the object in which the hidden one lies.
    fn hiding(&self) -> String {
        let hidden = self.hidden.text() + &self.tail();
        format!("{}{hidden}", self.hiding_before())
    }

    /// Its beginning, a template of its own that ends with the header of the sub-object.
    fn hiding_before(&self) -> String {
        let hidden = self.hidden.text() + &self.tail();
        let name = format!("com.x{}", "y".repeat(usize::from(self.gap % 16)));
        format!("{}05{:02}", object(0, &name), hidden.chars().count())
    }

    fn tail(&self) -> String {
        match self.tail {
            Tail::Nothing => String::new(),
            Tail::Letter => "x".to_owned(),
            Tail::Crc => "63040000".to_owned(),
            Tail::Header(length) => format!("83{:02}", length % 100),
        }
    }
}

const JPQR_STORE: &str = "011300000000000770204000703060000770406000777";

impl Hidden {
    fn text(self) -> String {
        match self {
            Hidden::Account { id, is_own } => {
                let id = if is_own { 29 } else { 26 + id % 26 };
                object(id, &(object(0, "evil@bank") + &object(1, "999")))
            }
            Hidden::Store => object(26, &(object(0, "jp.or.paymentsjapan") + &JPQR_STORE.replace('7', "2"))),
            Hidden::Amount(which) => {
                let amounts = ["9500", "0", "0.01", "1000000000", ".5", "9500x", " 95", "1.2.3", "15.00"];
                object(54, amounts[usize::from(which) % amounts.len()])
            }
            Hidden::Currency => object(53, "840"),
            Hidden::Tip => object(55, "02") + &object(56, "500"),
            Hidden::Fee => object(56, "500"),
            Hidden::Times => object(99, &(object(0, "1700000000000") + &object(1, "1800000000000"))),
            Hidden::Harmless(id) => object(60 + id % 20, "00"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All combinations of a few choices.
    fn recipes() -> Vec<Recipe> {
        let codes = [Code::Khqr, Code::Jpqr, Code::PromptPay, Code::Pix];
        let places = [Place::Name, Place::City, Place::Label, Place::OtherLanguage, Place::Account];
        let hidden = [
            Hidden::Account { id: 3, is_own: false },
            Hidden::Amount(0),
            Hidden::Currency,
            Hidden::Tip,
            Hidden::Fee,
            Hidden::Times,
            Hidden::Harmless(0),
        ];
        let mut recipes = Vec::new();
        for unit in 0..5 {
            for place in places {
                for script in 0..9 {
                    for hidden in hidden {
                        let code = codes[usize::from(script) % codes.len()];
                        let (tail, miss, between) = (Tail::Letter, Miss::None, script % 2 == 1);
                        let unit = Unit5(unit);
                        recipes.push(Recipe { code, unit, place, script, hidden, gap: script, tail, miss, between });
                    }
                }
            }
        }
        recipes
    }

    /// Recipes lead where they are meant to lead: the unit finds what is hidden, if it decides.
    #[test]
    fn recipes_hide_what_decides() {
        let (mut meant, mut found) = (0, 0);
        for recipe in recipes() {
            let text = recipe.text();
            if Payload::parse(&text).is_err() {
                continue;
            }
            let hits = decides(&text);
            law(&text, !hits.is_empty());
            let is_harmless = matches!(recipe.hidden, Hidden::Harmless(_)) && !matches!(recipe.place, Place::Account);
            if is_harmless {
                assert!(hits.is_empty(), "{hits:?} in {text}");
            } else {
                meant += 1;
                found += usize::from(hits.iter().any(|hit| hit.unit == recipe.unit()));
            }
        }
        assert!(meant > 1000 && found == meant, "{found} of {meant}");
    }

    #[test]
    fn library_agrees_where_nothing_is_hidden() {
        for name in ["honest-khmer", "honest-halfwidth-kana", "honest-emoji-jpqr", "honest-thai-64", "honest-bengali"] {
            let path = format!("{}/seeds/ambiguity/{name}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).expect("a seed");
            let payload = Payload::parse(&text).expect("a payload");
            agrees(&payload, &decides(&text));
        }
    }
}
