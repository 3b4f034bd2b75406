//! Data objects and runs of them: the only place that knows how a length is counted.
//!
//! A data object is an ID of two digits, a length of two digits and a value of that many **characters**, which are
//! Unicode scalar values, not bytes (MPM 1.1, 4.4.1.1). A payload is a run of data objects, and so is the value of a
//! template.
//!
//! | item | for |
//! |---|---|
//! | [`Payload`](crate::Payload) | a whole payload, strictly |
//! | [`read`] | reading laxly: every data object up to the first fault of shape, then that fault |
//! | [`leaves`] | the same with EMVCo's templates opened |
//! | [`Template`] | the value of a template, with look-up by ID |
//! | [`length_unit`] | the diagnosis of texts whose writer counted bytes or UTF-16 units |

#![expect(
    clippy::inline_always,
    reason = "the walks of a run must be one loop with their callers, so that the compiler sees each bound once"
)]

mod cursor;
mod index;
mod object;
mod pieces;
mod run;
mod template;
mod unit;

pub(crate) use cursor::header;
pub(crate) use index::Index;
pub use object::DataObject;
pub(crate) use pieces::{Piece, pieces};
pub(crate) use run::leaves_of;
pub use run::{DataObjects, Iter, Leaves, is_template, leaves, read};
pub(crate) use template::InOrder;
pub use template::{ByTag, Template};
pub use unit::{LengthUnit, length_unit};
