//! `build` and `run`: the module, the widget, the server.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::root::{self, Root};
use crate::{module, setup, shell, snapshot};

/// Builds everything that has changed.
pub fn everything(root: &Root) -> Result<()> {
    setup::to_build(root)?;
    module::build(root)?;
    web(root)?;
    host(root)?;
    let sizes = snapshot::sizes(root)?;
    eprintln!("dist/okaeri.wasm             {sizes}");
    Ok(())
}

/// The widget, its worker and the demo page, with the module beside them.
pub fn web(root: &Root) -> Result<()> {
    let out = root.at("dist/web");
    let index = out.join("index.html");
    shell::step("web: vite", || {
        let inputs = root::hash_tree(&root.at("web"), &["node_modules", "test-results", "shots"])?;
        root.once("web", &inputs, std::slice::from_ref(&index), || {
            shell::output(shell::program("npm", &root.at("web")).args(["run", "--silent", "build"]))
                .map(|_| ())
        })
    })?;
    let mut beside = module::glue(root).to_vec();
    beside.push(module::path(root));
    for file in beside {
        let name = file.file_name().context("a file has a name")?;
        fs::copy(&file, out.join(name))?;
    }
    Ok(())
}

/// The server.
pub fn host(root: &Root) -> Result<()> {
    shell::step("host: compile", || {
        shell::open(&mut shell::cargo(
            &root.top,
            &["build", "--release", "-p", "okaeri-host"],
        ))?;
        Ok(true)
    })
}

/// Builds everything and becomes the server.
pub fn run(root: &Root, args: &[String]) -> Result<()> {
    everything(root)?;
    let mut server = shell::program(root.target.join("release/okaeri"), &root.top);
    server.args(["serve", "--demo"]).args(args);
    let status = server.status().context("cannot start the server")?;
    if !status.success() {
        bail!("the server ended ({status})");
    }
    Ok(())
}
