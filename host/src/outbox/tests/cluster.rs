//! A throwaway PostgreSQL server on a socket of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub struct Cluster {
    bin: PathBuf,
    folder: TempDir,
}

impl Cluster {
    /// Starts one. `PG_BIN` names the folder of PostgreSQL's programs where they are elsewhere.
    pub fn start() -> Cluster {
        let cluster = Cluster {
            bin: bin(),
            folder: tempfile::tempdir().unwrap(),
        };
        if is_root() {
            run(Command::new("chown")
                .arg("postgres")
                .arg(cluster.folder.path()));
        }
        let at = cluster.data();
        run(cluster
            .program("initdb")
            .args(["-A", "trust", "-U", "okaeri", "-N", "-D"])
            .arg(&at));
        cluster.begin();
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn begin(&self) {
        let socket = self.folder.path().display();
        let options = format!("-c listen_addresses= -c unix_socket_directories={socket}");
        let mut start = self.program("pg_ctl");
        start
            .args(["-w", "-o", &options, "-l"])
            .arg(self.folder.path().join("log"));
        run(start.arg("-D").arg(self.data()).arg("start"));
    }

    /// Ends it as a crash would, and starts it again.
    pub fn restart(&self) {
        run(&mut self.end());
        self.begin();
    }

    fn end(&self) -> Command {
        let mut stop = self.program("pg_ctl");
        stop.args(["-m", "immediate", "-D"])
            .arg(self.data())
            .arg("stop");
        stop
    }

    pub fn url(&self) -> String {
        format!(
            "postgres://okaeri@localhost/postgres?host={}",
            self.folder.path().display()
        )
    }

    fn program(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        if !is_root() {
            return Command::new(program);
        }
        // The server refuses to run as root. Root's own programs are not always on its path.
        let there = Path::new("/usr/sbin/runuser");
        let there = if there.is_file() {
            there
        } else {
            Path::new("runuser")
        };
        let mut command = Command::new(there);
        command
            .args(["-u", "postgres", "--"])
            .arg(program)
            .current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Where it never started, there is nothing to end; what failed has been said.
        let _ = self.end().stdout(std::process::Stdio::null()).status();
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").unwrap().uid() == 0
}

fn bin() -> PathBuf {
    if let Some(named) = std::env::var_os("PG_BIN") {
        return named.into();
    }
    let installed = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    installed
        .map(|version| version.path().join("bin"))
        .find(|folder: &PathBuf| Path::new(folder).join("initdb").is_file())
        .expect("PostgreSQL's programs: install it, or name their folder in PG_BIN")
}

fn run(command: &mut Command) {
    // Not captured through a pipe: the server would keep it open.
    let done = command
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(done.success(), "{command:?}");
}
