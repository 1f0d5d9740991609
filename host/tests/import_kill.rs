//! The real program, killed in the middle of an import.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sqlx::SqlitePool;

const HEADER: &str = "order_id,ordered_at,email,product,quantity,unit_price\n";

fn okaeri(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okaeri"));
    command
        .args(args)
        .env("OKAERI_DB", folder.join("okaeri.db"));
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/okaeri.wasm");
    if std::env::var_os("OKAERI_MODULE").is_none() {
        command.env("OKAERI_MODULE", module);
    }
    command
        .env("OKAERI_LOAD_SECONDS", "300")
        .env("OKAERI_ASK_SECONDS", "300");
    command
}

fn rows(from: usize, to: usize) -> String {
    let row = |n| {
        format!(
            "o{n},2025-01-01 10:00:00,c{}@example.jp,tea,1,500\n",
            n % 1000
        )
    };
    (from..to).map(row).collect()
}

fn orders(folder: &Path) -> String {
    let args = [
        "ask",
        "--shop",
        "a",
        "--as-of",
        "2025-02-01",
        "summary",
        "--format",
        "csv",
    ];
    let answer = okaeri(folder, &args).output().unwrap();
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let text = String::from_utf8(answer.stdout).unwrap();
    let (titles, values) = text.trim().split_once('\n').unwrap();
    let at = titles
        .split(',')
        .position(|title| title == "orders")
        .unwrap();
    values.split(',').nth(at).unwrap().to_owned()
}

#[tokio::test]
async fn a_killed_import_leaves_nothing_and_an_acknowledged_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let import = ["import", "--shop", "a", "/dev/stdin"];
    let feed = |rows: &str| {
        let mut running = okaeri(folder, &import)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = running.stdin.take().unwrap();
        input.write_all(HEADER.as_bytes()).unwrap();
        input.write_all(rows.as_bytes()).unwrap();
        (running, input)
    };
    let (first, input) = feed(&rows(0, 10));
    drop(input);
    let told = first.wait_with_output().unwrap();
    assert!(told.status.success());
    assert!(String::from_utf8_lossy(&told.stdout).contains("10 orders"));
    assert_eq!(orders(folder), "10");

    let file = folder.join("okaeri.db");
    let db = SqlitePool::connect(file.to_str().unwrap()).await.unwrap();
    for staged in 1..=2 {
        // More is read than is kept: the import waits for the rest of the file when it is killed.
        let (mut running, input) = feed(&rows(10, 250_000));
        loop {
            let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM fact_batch")
                .fetch_one(&db)
                .await
                .unwrap();
            if count > staged {
                break;
            }
            assert!(
                running.try_wait().unwrap().is_none(),
                "the import ended by itself"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        running.kill().unwrap();
        running.wait().unwrap();
        drop(input);
        assert_eq!(orders(folder), "10", "half an import is to be seen");
    }

    let (last, input) = feed(&rows(5, 20));
    drop(input);
    assert!(last.wait_with_output().unwrap().status.success());
    assert_eq!(orders(folder), "20");
}
