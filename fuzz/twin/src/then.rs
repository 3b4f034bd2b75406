//! The baseline: calls that differ between the versions are here and in `now.rs`.

use baseline as lib;

#[path = "answers.rs"]
mod answers;

pub(crate) use answers::{of_form, of_text};

use lib::encode::{BuildError, Encode};
use lib::{Clock, Payload, Profile, Tag, Violation, jpqr, mpm};

/// All findings of a profile.
fn findings<'a, P: Profile<'a>>(payload: &Payload<'a>, context: P::Context) -> Vec<Violation> {
    payload.violations_at::<P>(context)
}

/// The error for which a profile gives no view.
fn refusal<'a, P: Profile<'a>>(payload: &Payload<'a>, context: P::Context) -> Option<Violation> {
    payload.view_at::<P>(context).err()
}

/// Writes into a buffer with `room` bytes, or without a limit.
fn written<E: Encode<Error: Into<BuildError>>>(encoder: &E, room: Option<usize>) -> Result<String, BuildError> {
    match room {
        None => encoder.encode_to_string().map_err(Into::into),
        Some(room) => encoder.encode_to_slice(&mut vec![0; room]).map(ToOwned::to_owned).map_err(Into::into),
    }
}

/// Adds root objects to a code.
fn add_to_jpqr<'a>(builder: jpqr::Builder<'a>, objects: &'a [(Tag, &'a str)]) -> jpqr::Builder<'a> {
    builder.objects(objects)
}

/// Adds root objects to a code.
fn add_to_mpm<'a>(builder: mpm::Builder<'a>, objects: &'a [(Tag, &'a str)]) -> mpm::Builder<'a> {
    builder.objects(objects)
}
