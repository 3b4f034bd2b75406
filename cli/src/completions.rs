//! `emvqr completions`: what a shell needs to complete the program's options.

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::generate;

use crate::Program;
use crate::failure::Failure;
use crate::output;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    /// The shell that will read them
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  emvqr completions bash > ~/.local/share/bash-completion/completions/emvqr
  emvqr completions zsh > \"${fpath[1]}/_emvqr\"
  emvqr completions fish > ~/.config/fish/completions/emvqr.fish";

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let shell = match options.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    // Written to memory first: the generator panics if its writer fails.
    let mut script = Vec::new();
    generate(shell, &mut Program::command(), "emvqr", &mut script);
    output::print(&script)?;
    Ok(true)
}
