//! What every command has: help with examples, a version, and a status that scripts can rely on.

use crate::run::run;

#[test]
fn every_command_has_help_with_examples() {
    let commands: [&[&str]; 10] = [
        &["--help"],
        &["decode", "--help"],
        &["encode", "--help"],
        &["edit", "--help"],
        &["cross-border", "--help"],
        &["draw", "--help"],
        &["scan", "--help"],
        &["rules", "--help"],
        &["map", "--help"],
        &["completions", "--help"],
    ];
    for command in commands {
        let answer = run(command[0], &command[1..], b"");
        assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{command:?}");
        assert!(answer.stdout.contains("Examples:\n  emvqr "), "{}", answer.stdout);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let answer = run("--version", &[""; 0], b"");
    assert_eq!((answer.status, answer.stdout), (0, format!("emvqr {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn no_command_and_an_unknown_one_are_unusable() {
    for (command, arguments) in [("no-such-command", &[] as &[&str]), ("encode", &[]), ("completions", &["tcsh"])] {
        let answer = run(command, arguments, b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{command}");
        assert!(!answer.stderr.is_empty());
    }
}

/// The commands and an option of each stand in the script.
#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let answer = run("completions", &[shell], b"");
        assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{shell}");
        for word in ["decode", "profile", "encode", "khqr", "cross-border", "supplement"] {
            assert!(answer.stdout.contains(word), "no {word} for {shell}");
        }
    }
}
