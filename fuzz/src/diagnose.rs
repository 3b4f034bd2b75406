//! The laws of diagnosis: what a hint claims holds, and it is cheap to find.

use emvqr::Payload;
use emvqr::diagnose::{Hint, MAX_LEN, Remedy, diagnose};
use emvqr::elqr::Bill;

use crate::naive::{self, Object, Text};
use crate::parse::is_unsafe;
use crate::text;

/// What is valid by a hint is valid, places lie inside the text, and no sentence repeats it.
pub fn diagnosis(data: &[u8]) {
    check(data);
    for text in text::variants(data) {
        check(text.as_bytes());
        // The commonest things that happen to a text.
        if text.len() <= MAX_LEN && Payload::parse(&text).is_ok() {
            for changed in [
                format!("{text}\n"),
                format!("\u{feff}{text}"),
                text[..text.len() - 4].to_owned(),
                text.replace(' ', "\u{a0}"),
            ] {
                check(changed.as_bytes());
                let is_same = Payload::parse(&changed).is_ok();
                assert!(is_same || !diagnose(&changed).is_empty(), "no hint for {changed:?}");
            }
        }
    }
}

fn check(bytes: &[u8]) {
    let hints = diagnose(bytes);
    for hint in &hints {
        let (start, end) = (hint.offset(), hint.offset() + hint.length());
        assert!(end <= bytes.len(), "{hint:?}");
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{hint:?}");
        }
        assert!(!hint.message().is_empty());
        claim(bytes, hint);
    }
}

fn claim(bytes: &[u8], hint: &Hint) {
    assert!(!hint.message().contains(is_unsafe), "{:?}", hint.message());
    match hint.remedy() {
        None => {}
        Some(Remedy::Range(range)) => {
            let text = std::str::from_utf8(&bytes[range.clone()]).expect("a payload is UTF-8");
            assert!(naive::strict(text.as_bytes()).is_ok() || Bill::read(text).is_some(), "{hint:?}");
        }
        Some(Remedy::Text(text)) => assert!(naive::strict(text.as_bytes()).is_ok(), "{hint:?}"),
        Some(Remedy::Length(length)) => {
            let text = std::str::from_utf8(bytes).expect("lengths are of characters");
            let at = hint.offset() + 2;
            let behind = hint.offset() + hint.length();
            let text = Text::new(&format!("{}{length:02}{}", &text[..at], &text[behind..]));
            let (objects, fault) = naive::lax(&text);
            assert_eq!(fault, None, "{hint:?}");
            match hint.path().root() {
                Some(root) if hint.path().depth() > 1 => {
                    let is_it = |object: &&Object| object.id() == root.get();
                    let template = objects.iter().find(is_it).expect("the template of the hint");
                    assert_eq!(template.run(&text).1, None, "{hint:?}");
                }
                _ => assert_eq!(objects.last().map(Object::id), Some(63), "{hint:?}"),
            }
        }
        Some(other) => panic!("no law for {other:?}"),
    }
}
