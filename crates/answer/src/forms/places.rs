//! Names of the data objects that people change.

use emvqr::Path;

use super::{FormError, nearest};

/// Names, as the forms and answers have them, and the paths that they stand for.
pub const PLACES: [(&str, &str); 19] = [
    ("method", "01"),
    ("merchant_category_code", "52"),
    ("currency", "53"),
    ("amount", "54"),
    ("country", "58"),
    ("name", "59"),
    ("city", "60"),
    ("postal_code", "61"),
    ("bill_number", "62-01"),
    ("mobile_number", "62-02"),
    ("store_label", "62-03"),
    ("loyalty_number", "62-04"),
    ("reference_label", "62-05"),
    ("customer_label", "62-06"),
    ("terminal_label", "62-07"),
    ("purpose_of_transaction", "62-08"),
    ("language", "64-00"),
    ("alternate_name", "64-01"),
    ("alternate_city", "64-02"),
];

/// The data object that a text means: a path (`62-01`), or a name of [`PLACES`].
///
/// ```
/// use emvqr_answer::forms::place;
///
/// assert_eq!(place("name").unwrap(), place("59").unwrap());
/// assert_eq!(place("amuont").unwrap_err().to_string(), "amuont is no field; did you mean amount?");
/// ```
///
/// # Errors
///
/// [`FormError::Unknown`].
pub fn place(text: &str) -> Result<Path, FormError> {
    let known = PLACES.iter().find(|(name, _)| *name == text);
    let path = known.map_or(text, |(_, path)| path);
    match path.parse() {
        Ok(path) if path != Path::ROOT => Ok(path),
        _ => {
            let names: Vec<_> = PLACES.iter().map(|(name, _)| *name).collect();
            Err(FormError::Unknown(text.to_owned(), nearest(text, &names)))
        }
    }
}
