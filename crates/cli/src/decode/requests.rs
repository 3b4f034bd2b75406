//! Requests of a co-process: one JSON object a line.

use emvqr_answer::{ProfileChoice, Question, moment};
use serde_json::{Map, Value};

/// A text, what is asked about it, and the id of the answer.
pub(crate) struct Request {
    pub(crate) id: Value,
    pub(crate) payload: Vec<u8>,
    pub(crate) question: Question,
}

/// Reads a line: `{"id": any, "payload": "..", "now": ms or RFC 3339, "profile": ".."}`, in which all but the payload may be absent, and
/// `payload_hex` takes bytes.
///
/// # Errors
///
/// A sentence: the line is no such object.
pub(crate) fn read(line: &[u8], question: Question) -> Result<Request, String> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|_| String::from("the line is not a JSON object"))?;
    let mut request = Request { id: Value::Null, payload: Vec::new(), question };
    let mut is_given = false;
    for (key, value) in object {
        let text = || value.as_str().ok_or_else(|| format!("{key} is not a string"));
        match key.as_str() {
            "id" => request.id = value,
            "payload" | "payload_hex" if is_given => return Err("there are two payloads".into()),
            "payload" => (request.payload, is_given) = (text()?.as_bytes().to_vec(), true),
            "payload_hex" => {
                let bytes = bytes_of_hex(text()?).ok_or("payload_hex is not an even number of hexadecimal digits")?;
                (request.payload, is_given) = (bytes, true);
            }
            "now" => {
                let now = value.as_u64().map_or_else(|| text().map(str::to_owned), |now| Ok(now.to_string()))?;
                request.question.now_ms = moment(&now).map_err(|why| format!("now: {why}"))?;
            }
            "profile" => {
                let profile: ProfileChoice = text()?.parse().map_err(|why| format!("profile: {why}"))?;
                request.question.profile = profile;
            }
            _ => return Err(format!("{key:?} is no key of a request: id, payload, payload_hex, now, profile")),
        }
    }
    if is_given { Ok(request) } else { Err("there is no payload".into()) }
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(*high)? * 16 + digit(*low)?)).collect()
}
