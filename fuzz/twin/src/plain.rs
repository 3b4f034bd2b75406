//! Answers and forms as plain data, which both versions share.

use std::fmt::Display;

/// An error or a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The id of a rule, or the kind of an error.
    pub(crate) what: String,
    /// The number of a rule. `None` for an error that is no finding.
    pub(crate) number: Option<u16>,
    pub(crate) severity: String,
    pub(crate) path: String,
    pub(crate) offset: usize,
    pub(crate) length: usize,
    /// The official toolkit's code.
    pub(crate) code: Option<u16>,
    pub(crate) detail: String,
}

/// One answer of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Text(String),
    Faults(Vec<Fault>),
    Built(Result<String, Fault>),
}

/// Answers about one input, each with the name of the comparison and what distinguishes it from others of that name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers(pub(crate) Vec<(&'static str, &'static str, Answer)>);

impl Answers {
    pub(crate) fn text(&mut self, name: &'static str, about: &'static str, text: impl Display) {
        self.0.push((name, about, Answer::Text(text.to_string())));
    }

    pub(crate) fn faults(&mut self, name: &'static str, about: &'static str, faults: impl IntoIterator<Item = Fault>) {
        self.0.push((name, about, Answer::Faults(faults.into_iter().collect())));
    }

    pub(crate) fn built(&mut self, name: &'static str, about: &'static str, built: Result<String, Fault>) {
        self.0.push((name, about, Answer::Built(built)));
    }
}

/// Objects by ID, in any order.
pub(crate) type Objects = Vec<(u8, String)>;

/// Values for a builder, and the size of a second buffer that it writes to.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) values: Values,
    pub(crate) room: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Values {
    Khqr(Khqr),
    Jpqr(Jpqr),
    Mpm(Mpm),
    Run(Objects),
    Template(Objects),
}

#[derive(Clone, Debug)]
pub(crate) struct Khqr {
    pub(crate) is_merchant: bool,
    pub(crate) account: String,
    pub(crate) information: String,
    pub(crate) bank: String,
    pub(crate) name: String,
    pub(crate) city: Option<String>,
    pub(crate) category: u16,
    pub(crate) currency: u16,
    /// The amount, the time of creation and the time of expiry.
    pub(crate) amount: Option<(String, u64, u64)>,
    pub(crate) union_pay: String,
    pub(crate) labels: [String; 5],
    pub(crate) local_name: Option<String>,
    pub(crate) local_city: String,
    pub(crate) clock: Option<u64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Jpqr {
    pub(crate) store: String,
    pub(crate) category: u16,
    pub(crate) name: String,
    pub(crate) city: String,
    pub(crate) postal_code: String,
    pub(crate) local_name: String,
    /// Of a dynamic code, in yen.
    pub(crate) amount: Option<u64>,
    pub(crate) store_template: Option<u8>,
    pub(crate) further: Objects,
}

#[derive(Clone, Debug)]
pub(crate) struct Mpm {
    pub(crate) account: (u8, String),
    pub(crate) category: u16,
    pub(crate) currency: u16,
    pub(crate) country: &'static str,
    pub(crate) name: String,
    pub(crate) city: String,
    pub(crate) is_dynamic: Option<bool>,
    pub(crate) amount: Option<String>,
    /// None, a prompt, a fixed fee, a percentage.
    pub(crate) tip: u8,
    pub(crate) fee: String,
    pub(crate) further: Objects,
}
