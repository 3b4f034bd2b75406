#!/usr/bin/env python3
"""Writes an entry for every function of the public interface (api.txt, by cargo public-api) to src/entries.rs.

An entry calls the function with what `Make` makes of a text. What needs more than that is in src/lib.rs; a function that
is in neither and not excused below ends this program, so that none is forgotten.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Types whose last name is not unique; the others go by it.
AMBIGUOUS = {"Builder", "Field", "Format", "Kind", "Required"}
# Of generic types, one that stands for all.
ALIASES = {"RootRun": "RootRunOf", "references_Field": "FieldOf"}
# Functions that are generic in what they take, and the entry of src/lib.rs that calls them.
BY_HAND = {

    "Payload::view": "view_khqr",
    "Change::set": "edit",
    "Change::remove": "edit",
    "Edit::encode_checked_to_slice": "edit",
    "RootRun::encode_checked_to_slice": "encode_checked_run",
    "RootRunOf::encode_checked_to_slice": "encode_checked_run",
    "Payload::find": "find",
    "TagSet::from_iter": "tag_set",
    "TagSet::into_iter": "tag_set",
    "Each::report": "list_mpm",
    "Each::visit": "list_mpm",
    "Each::wants_warnings": "list_mpm",
    "Each::fmt": "list_mpm",
    "FilterMap::new": "filter",
    "FilterMap::report": "filter",
    "FilterMap::visit": "filter",
    "FilterMap::wants_warnings": "filter",
    "FilterMap::fmt": "filter",
}
# Owners whose functions are declarations: what implements them has entries of its own.
DECLARATIONS = {"Profile", "Encode", "Visitor", "&T"}
# Types that nobody outside the library can make.
UNMADE = {"Output"}
NEEDS = {
    "&mut core::fmt::Formatter<'_>": None,
    "&mut dyn core::fmt::Write": "&mut Ring::new()",
    "&mut dyn core::ops::function::FnMut(emvqr::Path)": "&mut |path| { black_box(path); }",
    "&mut dyn emvqr::rule::Visitor": "&mut Everything",
    "&'v mut dyn emvqr::rule::Visitor": "&mut Everything",
    "&'b mut [u8]": "&mut [0_u8; 700]",
    "&[&'static emvqr::network::Network]": "network::TABLE.first().as_slice()",
    "&'p [&'static emvqr::network::Network]": "network::TABLE.first().as_slice()",
    "&'a [(emvqr::tag::Tag, &'a str)]": "&[(make!(), make!()), (make!(), make!())]",
    "fn(char) -> bool": "char::is_control",
    "&mut H": "&mut Sum(0)",
    "&mut __H": "&mut Sum(0)",
    "()": "()",
}
# Borrowed things that are made as they are.
PLAIN = ("&str", "&'a str", "&'c str", "&'static str", "&[u8]", "&'a [u8]", "&'static [", "&'static emvqr::rule::Rule")


def split(arguments):
    parts, depth, part = [], 0, ""
    for char in arguments:
        depth += (char in "<([") - (char in ">)]")
        if char == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += char
    return parts + [part.strip()] if part.strip() else parts


def last_name(path):
    """The name of a type, generics aside, with its module in front if others have the same."""
    segments = re.sub(r"<.*", "", path).split("::")
    return "_".join(segments[-2:]) if segments[-1] in AMBIGUOUS else segments[-1]


def argument(kind):
    if kind in NEEDS:
        return NEEDS[kind]
    if re.fullmatch(r"&('\w+ )?mut self", kind):
        return "&mut make!(Own)"
    if re.fullmatch(r"&('\w+ )?(self|Self)", kind):
        return "&make!(Own)"
    if kind in ("self", "Self"):
        return "make!(Own)"
    if kind == "Self::Context":
        return "make!()"
    if kind == "&'p [emvqr::edit::Change<'p>]":
        return "&[make!(), make!()]"
    if kind.startswith("&") and not kind.startswith(PLAIN):
        return "&" + argument(re.sub(r"^&('\w+ )?", "", kind)) if kind.startswith("&&") else "&make!()"
    return "make!()"


def entry(line, trait):
    """Name and body of the entry of a function, or None if it needs none."""
    declaration = re.match(r"pub (?:const )?fn (.*)$", line).group(1)
    segments, depth, start, at = [], 0, 0, 0
    while depth or declaration[at] != "(":
        depth += (declaration[at] == "<") - (declaration[at] == ">")
        if depth == 0 and declaration.startswith("::", at):
            segments.append(declaration[start:at])
            start, at = at + 2, at + 1
        at += 1
    segments = [re.sub(r"<.*", "", segment) for segment in [*segments, declaration[start:at]]]
    owner_path, name = "::".join(segments[:-1]), segments[-1]
    rest = declaration[at + 1:]
    depth, end = 1, 0
    while depth:
        depth += (rest[end] == "(") - (rest[end] == ")")
        end += 1
    arguments, returns = split(rest[: end - 1]), rest[end:].removeprefix(" -> ")
    is_type = bool(re.search(r"::[A-Z]\w*$", owner_path)) or owner_path == "&T"
    owner = last_name(owner_path) if is_type else owner_path
    owner = ALIASES.get(owner, owner)
    if owner in DECLARATIONS | UNMADE:
        return None
    key = f"{owner}::{name}"
    if key in BY_HAND:
        return key, None
    if name == "fmt":
        kind = "debug" if trait and trait.endswith("Debug") else "show"
        return f"{owner}_{kind}", f"{kind}(&make!({owner}))"
    arguments = [argument(kind) for kind in arguments]
    arguments = [text.replace("Own", owner) for text in arguments]
    function = f"{owner}::{name}" if is_type else f"{owner_path}::{name}"
    if trait and is_type:
        short = re.sub(r"<.*", "", trait).split("::")[-1]
        generics = re.search(r"<(.*)>", trait)
        kinds = ""
        if short in ("From", "TryFrom", "PartialEq", "AsRef") and generics:
            inner = re.sub(r"emvqr::[\w:]*?(\w+)(<'?\w+>)?$", lambda m: m.group(1), generics.group(1))
            kinds = "<" + inner.replace("&'a ", "&") + ">"
            function = f"<{owner} as {short}{kinds}>::{name}"
            arguments = [a if a != "make!()" else f"make!({inner.replace(chr(39) + 'a ', chr(39) + 'static ')})" for a in arguments]
            if short == "PartialEq" and inner.startswith("&"):
                arguments[1] = "&make!(&str)"
            if short == "PartialEq" and inner == "str":
                arguments[1] = "make!(&str)"
        elif short == "IntoIterator":
            function, arguments = f"<&'static {owner} as IntoIterator>::{name}", [f"keep(make!({owner}))"]
        elif short == "PartialEq":
            function = f"<{owner} as PartialEq>::{name}"
    call = f"{function}({', '.join(arguments)})"
    if "impl core::iter" in returns or "impl Iterator" in returns:
        call = f"for item in {call} {{ black_box(item); }}"
    else:
        call = f"black_box({call});"
    suffix = ""
    if trait and re.search(r"From<", trait):
        suffix = "_" + re.sub(r"\W+", "_", re.search(r"<(.*)>", trait).group(1)).strip("_").lower()
    if trait and "PartialEq<" in trait:
        suffix = "_" + re.sub(r"\W+", "_", re.search(r"<(.*)>", trait).group(1)).strip("_") + str(trait.count("&"))
    return re.sub(r"\W+", "_", f"{owner}_{name}{suffix}"), call


def main():
    entries, unknown, trait = {}, [], None
    by_hand = set(re.findall(r"^    (\w+): \|_?text\|", (HERE / "src/lib.rs").read_text(), re.M))
    for line in (HERE / "api.txt").read_text().splitlines():
        implements = re.match(r"impl(?:<.*?>)? (.*?) for ", line)
        if line.startswith(("impl", "pub struct", "pub enum", "pub trait", "pub mod", "#[")):
            trait = implements.group(1) if implements else None
        if not re.match(r"pub (const )?fn ", line):
            if " fn " in line and not line.startswith("pub type"):
                unknown.append(line)
            continue
        made = entry(line, trait)
        if made is None:
            continue
        name, body = made
        if body is None:
            if BY_HAND[name] not in by_hand:
                unknown.append(f"{name}: no entry {BY_HAND[name]} in src/lib.rs")
            continue
        entries[name] = body
    if unknown:
        sys.exit("no entry for:\n" + "\n".join(unknown))
    lines = [f"    {name}: {{ {body} }}" for name, body in sorted(entries.items())]
    header = "// Written by entries.py from api.txt.\n\ncalls! {\n"
    (HERE / "src/entries.rs").write_text(header + "\n".join(lines) + "\n}\n")
    print(f"{len(entries)} functions, {len(by_hand)} entries by hand")


main()
