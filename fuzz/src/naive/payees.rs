//! Which scheme a payload belongs to, and whether it names more than one payee.

use super::{Object, Text};

/// The identifier of JPQR's template.
pub const GUID: &str = "jp.or.paymentsjapan";

/// The first object with this ID.
#[must_use]
pub fn find(objects: &[Object], id: u8) -> Option<&Object> {
    objects.iter().find(|object| object.id() == id)
}

/// The value of the first object with this ID.
#[must_use]
pub fn value(objects: &[Object], id: u8) -> Option<&str> {
    find(objects, id).map(|object| object.value.as_str())
}

/// The objects of a template; nothing where its value is no run of data objects.
#[must_use]
pub fn sound(text: &Text, template: &Object) -> Option<Vec<Object>> {
    match template.run(text) {
        (objects, None) => Some(objects),
        (_, Some(_)) => None,
    }
}

/// Whether this object of the root is a sound template whose first 00 has an "@".
fn has_account(text: &Text, root: &[Object], id: u8) -> bool {
    let objects = find(root, id).and_then(|template| sound(text, template));
    objects.is_some_and(|objects| value(&objects, 0).is_some_and(|account| account.contains('@')))
}

/// Whether it is a code of Cambodia: an account with "@" in 29 or 30, and a country or a currency that fits.
#[must_use]
pub fn is_khqr(text: &Text, root: &[Object]) -> bool {
    let country = value(root, 58);
    let currency = value(root, 53);
    let is_of_cambodia = country.is_some_and(|country| country.eq_ignore_ascii_case("KH"))
        || currency == Some("116")
        || (country.is_none() && currency == Some("840"));
    is_of_cambodia && (has_account(text, root, 29) || has_account(text, root, 30))
}

/// Whether it is a code of Japan: some template of it.
#[must_use]
pub fn is_jpqr(text: &Text, root: &[Object]) -> bool {
    !jpqr_templates(text, root).is_empty()
}

/// The templates of 26 to 51 with JPQR's identifier in the first 00 before the first fault, by ID.
#[must_use]
pub fn jpqr_templates<'r>(text: &Text, root: &'r [Object]) -> Vec<&'r Object> {
    let has_guid = |template: &Object| {
        let (objects, _) = template.run(text);
        value(&objects, 0).is_some_and(|guid| guid.eq_ignore_ascii_case(GUID))
    };
    let mut templates: Vec<&Object> =
        root.iter().filter(|object| (26..=51).contains(&object.id()) && has_guid(object)).collect();
    templates.sort_by_key(|template| template.id());
    templates
}

/// The same, and the values of the card networks' IDs that look like one: a reader in Go takes the first from 02 on. Since no
/// rule keeps them from having 00 twice, any will do.
fn jpqr_values<'r>(text: &Text, root: &'r [Object]) -> Vec<&'r Object> {
    let is_hidden = |object: &&Object| {
        let (objects, _) = object.run(text);
        let is_guid = |sub: &Object| sub.id() == 0 && sub.value.eq_ignore_ascii_case(GUID);
        (2..=25).contains(&object.id()) && objects.iter().any(is_guid)
    };
    let mut values: Vec<&Object> = root.iter().filter(is_hidden).collect();
    values.sort_by_key(|value| value.id());
    values.extend(jpqr_templates(text, root));
    values
}

/// Whether it is a code of Cambodia, and some reader finds a store of Japan in it.
#[must_use]
pub fn is_of_two(text: &Text, root: &[Object]) -> bool {
    is_khqr(text, root) && !jpqr_values(text, root).is_empty()
}

/// The four levels that name a store, in a sound template that repeats nothing.
#[must_use]
pub fn store(text: &Text, template: &Object) -> Option<[String; 4]> {
    let objects = sound(text, template)?;
    for object in &objects {
        if objects.iter().filter(|other| other.id() == object.id()).count() > 1 {
            return None;
        }
    }
    let level = |id, length| {
        let level = value(&objects, id)?;
        let is_printable = level.chars().all(|c| (' '..='~').contains(&c));
        (is_printable && level.len() == length).then(|| level.to_owned())
    };
    Some([level(1, 13)?, level(2, 4)?, level(3, 6)?, level(4, 6)?])
}

/// Whether two templates name the same store; one that names none is like no other.
#[must_use]
pub fn is_same_store(text: &Text, one: &Object, other: &Object) -> bool {
    match (store(text, one), store(text, other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// Whether two of JPQR's templates do not name the same store.
#[must_use]
pub fn has_two_stores(text: &Text, root: &[Object]) -> bool {
    are_several(text, &jpqr_values(text, root))
}

/// Whether these templates do not all name the same store.
#[must_use]
pub fn are_several(text: &Text, templates: &[&Object]) -> bool {
    templates.iter().skip(1).any(|template| !is_same_store(text, templates[0], template))
}

/// Whether both of KHQR's templates are there.
#[must_use]
pub fn has_both(root: &[Object]) -> bool {
    find(root, 29).is_some() && find(root, 30).is_some()
}

/// Whether Cambodia's wallets find two accounts: 29 beside 30 in a KHQR, or an "@" in both.
#[must_use]
pub fn has_two_accounts(text: &Text, root: &[Object]) -> bool {
    (is_khqr(text, root) && has_both(root)) || (has_account(text, root, 29) && has_account(text, root, 30))
}
