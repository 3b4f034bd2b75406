//! Editing as a tree: open what a change leads into, set, then remove, then write everything anew.

use super::{Text, data_object, lax};

/// A data object of the tree.
#[derive(Clone, Debug)]
struct Node {
    id: u8,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Value(String),
    Children(Vec<Node>),
}

/// A change: where, and the new value or nothing for a removal.
#[derive(Clone, Debug)]
pub struct Change {
    /// The IDs of the templates around, and the object's own; empty for the payload as a whole.
    pub path: Vec<u8>,
    /// The new value.
    pub value: Option<String>,
}

/// The payload with all changes made, without its CRC object.
///
/// # Errors
///
/// Every reason that the changes cannot be made, by the names of the kinds of error.
pub fn edit(payload: &str, changes: &[Change]) -> Result<String, Vec<&'static str>> {
    let mut root = open(payload).expect("a payload is a run of data objects");
    let mut reasons: Vec<_> = changes.iter().flat_map(|change| reasons(&root, change)).collect();
    if changes
        .iter()
        .enumerate()
        .any(|(n, change)| changes[..n].iter().any(|other| conflict(&change.path, &other.path)))
    {
        reasons.push("change_conflict");
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    // An object that will be removed still shows where new ones go.
    for change in changes {
        if let Some(value) = &change.value {
            set(&mut root, &change.path, value, true);
        }
    }
    for change in changes.iter().filter(|change| change.value.is_none()) {
        remove(&mut root, &change.path);
    }
    root.retain(|node| node.id != 63);
    let text = write(&root).ok_or(vec!["value_too_long"])?;
    // 00 may have lost its content, not only been removed by name.
    if text.starts_with("00") { Ok(text) } else { Err(vec!["fixed"]) }
}

/// Why a change cannot be made, the others aside.
fn reasons(root: &[Node], change: &Change) -> Vec<&'static str> {
    let mut reasons = Vec::new();
    let removes_first = change.path == [0] && change.value.is_none();
    if change.path.is_empty() || change.path[0] == 63 || removes_first {
        reasons.push("fixed");
    }
    match change.value.as_ref().map(|value| value.chars().count()) {
        Some(0) => reasons.push("value_empty"),
        Some(100..) => reasons.push("value_too_long"),
        _ => {}
    }
    obstacles(root, &change.path, &mut reasons);
    reasons
}

/// What stands in the way to a path. Of an ID that occurs twice, the first one is followed.
fn obstacles(run: &[Node], path: &[u8], reasons: &mut Vec<&'static str>) {
    let Some((id, inside)) = path.split_first() else { return };
    let mut found = run.iter().filter(|node| node.id == *id);
    let Some(node) = found.next() else { return };
    if found.next().is_some() {
        reasons.push("duplicate");
    }
    if !inside.is_empty() {
        match children(&mut node.clone()) {
            Some(run) => obstacles(run, inside, reasons),
            None => reasons.push("not_template"),
        }
    }
}

/// Whether one path is the other, or leads through it.
fn conflict(a: &[u8], b: &[u8]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// The objects of a run, closed.
fn open(value: &str) -> Option<Vec<Node>> {
    let (objects, fault) = lax(&Text::new(value));
    let node = |object: super::Object| Node { id: object.id(), content: Content::Value(object.value) };
    fault.is_none().then(|| objects.into_iter().map(node).collect())
}

/// Opens an object, if its value is a run of data objects.
fn children(node: &mut Node) -> Option<&mut Vec<Node>> {
    if let Content::Value(value) = &node.content {
        node.content = Content::Children(open(value)?);
    }
    match &mut node.content {
        Content::Children(run) => Some(run),
        Content::Value(_) => None,
    }
}

/// Sets a value, with the templates around it that are missing: each before its first sibling with a higher ID, and in
/// the root before 63 anyway.
fn set(run: &mut Vec<Node>, path: &[u8], value: &str, is_root: bool) {
    let (id, inside) = path.split_first().expect("the payload as a whole was refused");
    let position = run.iter().position(|node| node.id == *id).unwrap_or_else(|| {
        let higher = run.iter().position(|node| node.id > *id || (is_root && node.id == 63));
        let position = higher.unwrap_or(run.len());
        run.insert(position, Node { id: *id, content: Content::Children(Vec::new()) });
        position
    });
    let node = &mut run[position];
    if inside.is_empty() {
        node.content = Content::Value(value.to_owned());
    } else {
        set(children(node).expect("another way was refused"), inside, value, false);
    }
}

fn remove(run: &mut Vec<Node>, path: &[u8]) {
    let (id, inside) = path.split_first().expect("the payload as a whole was refused");
    if inside.is_empty() {
        run.retain(|node| node.id != *id);
    } else if let Some(node) = run.iter_mut().find(|node| node.id == *id) {
        remove(children(node).expect("another way was refused"), inside);
    }
}

/// Writes a run, without templates that hold nothing; nothing where one holds more than two digits can say.
fn write(run: &[Node]) -> Option<String> {
    let mut text = String::new();
    for node in run {
        let value = match &node.content {
            Content::Value(value) => value.clone(),
            Content::Children(run) => write(run)?,
        };
        match value.chars().count() {
            0 => {}
            1..=99 => text += &data_object(node.id, &value),
            _ => return None,
        }
    }
    Some(text)
}
