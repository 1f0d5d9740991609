//! Reads a template from a TOML file or a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, ensure};
use okaeri_protocol::plan::Template;

/// Reads the template at `path`.
pub fn read(path: &Path) -> anyhow::Result<Template> {
    let template = if path.is_dir() {
        folder(path)
    } else {
        file(path)
    };
    let template =
        template.with_context(|| format!("cannot read the template `{}`", path.display()))?;
    ensure!(
        !template.subject.trim().is_empty(),
        "the template's subject is empty"
    );
    ensure!(
        !template.text.trim().is_empty(),
        "the template's text is empty"
    );
    Ok(template)
}

fn file(path: &Path) -> anyhow::Result<Template> {
    let text = fs::read_to_string(path)?;
    Ok(toml::from_str(&text)?)
}

fn folder(path: &Path) -> anyhow::Result<Template> {
    let part = |name: &str| fs::read_to_string(path.join(name)).context(name.to_owned());
    let html = match fs::read_to_string(path.join("html.html")) {
        Ok(html) => Some(html),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).context("html.html"),
    };
    let subject = part("subject.txt")?.trim().to_owned();
    Ok(Template {
        subject,
        text: part("text.txt")?,
        html,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_a_folder_say_the_same() {
        let at = tempfile::tempdir().unwrap();
        let file = at.path().join("t.toml");
        fs::write(
            &file,
            "subject = \"春 {{ customer.name }}\"\ntext = '''\nhi\n'''\n",
        )
        .unwrap();
        let folder = at.path().join("t");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("subject.txt"), "春 {{ customer.name }}\n").unwrap();
        fs::write(folder.join("text.txt"), "hi\n").unwrap();
        assert_eq!(read(&file).unwrap(), read(&folder).unwrap());
        fs::write(folder.join("html.html"), "<p>").unwrap();
        assert_eq!(read(&folder).unwrap().html.as_deref(), Some("<p>"));
        fs::write(folder.join("text.txt"), "\n").unwrap();
        assert!(read(&folder).is_err(), "an empty text");
        fs::write(&file, "subject = 'x'\nbody = 'y'\n").unwrap();
        assert!(read(&file).is_err(), "an unknown part");
        assert!(read(&at.path().join("none")).is_err());
    }
}
