//! Why the program cannot go on.

use std::fmt::{self, Display, Formatter};
use std::io;

/// A file or stream that cannot be read or written.
pub(crate) struct Failure {
    what: String,
    error: io::Error,
}

/// Says which file or stream an error is about.
pub(crate) fn failed(what: &str) -> impl FnOnce(io::Error) -> Failure {
    let what = what.to_owned();
    move |error| Failure { what, error }
}

impl Failure {
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.error.kind() == io::ErrorKind::BrokenPipe
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.error)
    }
}
