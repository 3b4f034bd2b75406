//! The JPQR profile: Japan's codes for payment at a store.
//!
//! A JPQR code is an EMVCo code with the template of the unified store identification code, which all operators
//! recognise: no operator is named in it, and which of them the store takes is for their servers to say.
//!
//! | ID | JPQR's name | format, characters | |
//! |---|---|---|---|
//! | 00 | 仕様バージョン | N 2 | mandatory, first, `01` |
//! | 01 | 静的/動的フラグ | N 2 | `11` static, `12` dynamic |
//! | 02-25 | card networks | ans 1-99 | bare values |
//! | 26 | 契約店情報 | 68 | mandatory; any of 26-51 with the GUID `jp.or.paymentsjapan` is read |
//! | 26-01 to 26-04 | 管理レベル1 to 4 | 13, 4, 6, 6 | the [`StoreId`] |
//! | 27-51 | other networks | 1-99 | templates with a GUID |
//! | 52 | 業種 | N 4 | mandatory |
//! | 53 | 取引通貨 | N 3 | mandatory, `392` |
//! | 54 | 取引金額 | ans 1-13 | whole yen; absent: the payer enters it |
//! | 58 | 国コード | ans 2 | mandatory, `JP` |
//! | 59 | 契約店名 | ans 1-25 | mandatory, in Latin letters |
//! | 60 | 契約店所在地 | ans 1-15 | mandatory, in Latin letters |
//! | 61 | 契約店郵便番号 | ans 1-10 | mandatory; seven digits in all public codes |
//! | 62 | additional data | 1-99 | as EMVCo |
//! | 63 | CRC | ans 4 | mandatory, last |
//! | 64-00 | 契約店情報(Localized) | ans 2 | mandatory, `JA` |
//! | 64-01 | | S 1-25 | mandatory: the store's name in Japanese |
//!
//! [`rules`] says of each rule where it comes from and how sure that is. Lengths count characters: 𠮷 is one, a
//! half-width ｶ with its voicing mark ﾞ is two. The code of a local-tax bill is another thing: see [`elqr`](crate::elqr).
//!
//! ```
//! use emvqr::jpqr::Jpqr;
//! use emvqr::{Payload, Profile};
//!
//! let text = "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600000104060000015204581253033925802\
//!             JP5909TEST SHOP6005TOKYO6107106003264150002JA0105テスト商店630487E2";
//! let payload = Payload::parse(text)?;
//! assert!(Jpqr::recognises(&payload));
//! let code = payload.view::<Jpqr>(())?;
//! assert_eq!(code.store_id().unwrap().as_str(), "00000000000010001000001000001");
//! assert_eq!(code.alternate_name(), Some("テスト商店"));
//! assert_eq!(code.amount_minor()?, None); // the payer enters it
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod builder;
mod check;
mod objects;
pub mod rules;
mod view;

use core::ops::ControlFlow;

pub use builder::{Builder, Required};
pub use objects::OBJECTS;
pub use store_id::{GUID, StoreId};
pub use view::Jpqr;

use crate::dictionary;
use crate::path::Path;
use crate::payee::{Doubts, store_id};
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::Visitor;
use crate::tag::Tag;

/// The ID that the template has in every public code.
pub(crate) const USUAL: Tag = Tag::of_digits(26);

impl<'a> Jpqr<'a> {
    /// Whether a template of 26 to 51 has JPQR's [`GUID`], in any ASCII case and whatever else is wrong with it.
    #[must_use]
    pub fn recognises(payload: &Payload<'a>) -> bool {
        !store_id::templates(payload).is_empty()
    }

    /// Reads what is there, whether or not it conforms.
    #[must_use]
    #[inline]
    pub fn of(payload: &Payload<'a>) -> Self {
        Self::of_doubts(payload, &Doubts::of(payload))
    }

    fn of_doubts(payload: &Payload<'a>, doubts: &Doubts) -> Self {
        Self::of_payee(payload, doubts.store(payload, store_id::templates(payload)), doubts)
    }
}

/// The rules, for whoever has read already who is paid.
pub(crate) fn check_with(payload: &Payload<'_>, doubts: &Doubts, visitor: &mut dyn Visitor) -> ControlFlow<()> {
    // On a small target the rules are compiled once: a visitor drops the warnings that it does not want.
    if cfg!(feature = "small") || visitor.wants_warnings() {
        check::check::<true>(payload, doubts, visitor)
    } else {
        check::check::<false>(payload, doubts, visitor)
    }
}

impl<'a> Profile<'a> for Jpqr<'a> {
    type Context = ();

    const NAME: &'static str = "jpqr";

    fn recognises(payload: &Payload<'a>) -> bool {
        Self::recognises(payload)
    }

    fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        check_with(payload, &Doubts::of(payload), visitor)
    }

    #[inline]
    fn read_checked(payload: &Payload<'a>, (): (), visitor: &mut dyn Visitor) -> Self {
        let doubts = Doubts::of(payload);
        let _ = check_with(payload, &doubts, visitor);
        Self::of_doubts(payload, &doubts)
    }

    #[inline]
    fn of(payload: &Payload<'a>) -> Self {
        Self::of(payload)
    }

    /// The objects of the store template are known by its identifier, whatever its ID.
    fn object_name(&self, path: Path) -> Option<&'static str> {
        let is_store = path.root().is_some_and(|root| store_id::templates(self.payload()).contains(root));
        let entry =
            dictionary::find(OBJECTS, dictionary::path(USUAL, path.sub())).filter(|_| is_store && path.depth() <= 2);
        entry.map_or_else(|| path.name(), |entry| Some(entry.name))
    }
}
