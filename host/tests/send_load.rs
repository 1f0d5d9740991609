//! Mails into postfix's `smtp-sink`, as many as go.
//!
//! Debian's package of postfix is unpacked into a temporary folder, not installed. `SMTP_SINK`
//! names the program where it is elsewhere.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod send_support;

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use send_support::{Shop, succeeds};
use tempfile::TempDir;

const MAILS: usize = 2000;

struct Postfix {
    program: PathBuf,
    libraries: PathBuf,
    _folder: Option<TempDir>,
}

impl Postfix {
    fn find() -> Postfix {
        let installed = ["/usr/sbin/smtp-sink".into()];
        let named = std::env::var_os("SMTP_SINK").map(PathBuf::from);
        let libraries = PathBuf::from("/usr/lib/postfix");
        if let Some(program) = named
            .into_iter()
            .chain(installed)
            .find(|program| program.is_file())
        {
            return Postfix {
                program,
                libraries,
                _folder: None,
            };
        }
        let folder = tempfile::tempdir().unwrap();
        let script = "apt-get -qq download postfix && dpkg -x postfix_*.deb .";
        let unpacked = Command::new("sh")
            .args(["-c", script])
            .current_dir(folder.path())
            .output();
        assert!(
            unpacked.is_ok_and(|done| done.status.success()),
            "this test needs postfix's smtp-sink: install postfix, or name the program in SMTP_SINK"
        );
        Postfix {
            program: folder.path().join("usr/sbin/smtp-sink"),
            libraries: folder.path().join("usr/lib/postfix"),
            _folder: Some(folder),
        }
    }

    /// On a free port; each mail is written down in `dump`.
    fn sink(&self, dump: &Path) -> (Running, u16) {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut sink = Command::new(&self.program);
        if is_root() {
            // It refuses to stay root.
            sink.args(["-u", "nobody"]);
        }
        let sink = sink
            .env("LD_LIBRARY_PATH", &self.libraries)
            .args([
                "-D",
                dump.to_str().unwrap(),
                &format!("127.0.0.1:{port}"),
                "64",
            ])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let running = Running(sink);
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(10),
                "smtp-sink does not listen"
            );
            std::thread::yield_now();
        }
        (running, port)
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It ended by itself: there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn two_thousand_mails_go_into_a_real_server() {
    let postfix = Postfix::find();
    let shop = Shop::with_campaign("spring", MAILS).await;
    let dumps = tempfile::tempdir().unwrap();
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(dumps.path(), open).unwrap();
    let (_sink, port) = postfix.sink(&dumps.path().join("mails"));
    let begun = Instant::now();
    let sent = shop
        .okaeri(&["send", "--shop", "sato", "--campaign", "spring", "--resume"])
        .args(["--smtp", &format!("smtp://127.0.0.1:{port}")])
        .output()
        .unwrap();
    let took = begun.elapsed().as_secs_f64();
    succeeds(&sent);
    println!(
        "{MAILS} mails in {took:.1} s: {:.0} a second",
        MAILS as f64 / took
    );
    assert_eq!(shop.count("done").await, MAILS);

    let written: String = std::fs::read_dir(dumps.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let mut taken: Vec<&str> = written
        .lines()
        .filter_map(|line| line.strip_prefix("Message-ID: "))
        .collect();
    assert_eq!(taken.len(), MAILS);
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), MAILS, "each once");
}
