//! How types are serialized with the feature `serde`. Without it these macros expand to nothing.

/// Types whose `Display` is how they are written.
macro_rules! as_displayed {
    ($($name:ty),* $(,)?) => {
        $(#[cfg(feature = "serde")]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        })*
    };
}
pub(crate) use as_displayed;

/// A run of objects, written as a sequence.
#[cfg(feature = "serde")]
pub(crate) struct Sequence<I>(pub(crate) I);

#[cfg(feature = "serde")]
impl<I: Iterator<Item: ::serde::Serialize> + Clone> ::serde::Serialize for Sequence<I> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// Writes what is there, and leaves out what is not.
#[cfg(feature = "serde")]
macro_rules! entries {
    ($map:ident, $view:ident: $($name:ident),* $(,)?) => {
        $(if let Some(value) = $view.$name() {
            $map.serialize_entry(stringify!($name), &value)?;
        })*
    };
}
#[cfg(feature = "serde")]
pub(crate) use entries;

/// Writes what is there, as it is in the text if it cannot be read, and leaves out what is not.
#[cfg(feature = "serde")]
macro_rules! readings {
    ($map:ident, $view:ident: $($name:ident = $tag:ident),* $(,)?) => {
        $(match ($view.$name(), $view.payload().get($crate::Tag::$tag)) {
            (Ok(Some(value)), _) => $map.serialize_entry(stringify!($name), &value)?,
            (Err(_), Some(object)) => $map.serialize_entry(stringify!($name), object.value())?,
            _ => {}
        })*
    };
}
#[cfg(feature = "serde")]
pub(crate) use readings;
