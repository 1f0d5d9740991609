//! `okaeri`: the server and the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    okaeri_host::cli::main()
}
