//! `emvqr completions` and `emvqr man`: what a shell needs to complete the program's options, and the manual.

use std::path::PathBuf;

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::generate;
use clap_mangen::Man;

use crate::Program;
use crate::failure::{Failure, failed};
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

#[derive(Args)]
#[command(after_long_help = "\
Examples:
  emvqr man | man -l -
  emvqr man --out ~/.local/share/man/man1")]
pub(crate) struct Manual {
    /// Write the pages of the program and of each command into this folder, instead of printing the first
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(crate) fn manual(options: &Manual) -> Result<bool, Failure> {
    if let Some(folder) = &options.out {
        clap_mangen::generate_to(Program::command(), folder).map_err(failed(&folder.display().to_string()))?;
    } else {
        let mut page = Vec::new();
        Man::new(Program::command()).render(&mut page).map_err(failed("the manual"))?;
        output::print(&page)?;
    }
    Ok(true)
}
