//! A shop with a campaign in its outbox, and a relay that writes down what it takes.

#![allow(dead_code, reason = "each test uses its own part")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::path::PathBuf;
use std::process::{Child, Command, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// A mail that the relay took.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub message_id: String,
}

/// A relay. What it writes down it has taken, whether or not its reply is read.
pub struct Sink {
    pub url: String,
    taken: Arc<Mutex<Vec<Mail>>>,
}

impl Sink {
    /// It takes so long to answer after it has taken a mail.
    pub async fn start(answers_after: Duration) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let taken: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let sink = Sink {
            url,
            taken: Arc::clone(&taken),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let taken = Arc::clone(&taken);
                // A killed client ends the conversation.
                tokio::spawn(async move { converse(stream, &taken, answers_after).await.ok() });
            }
        });
        sink
    }

    pub fn received(&self) -> Vec<Mail> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until so many more mails have arrived from `running`.
    pub async fn wait_for_more(&self, mails: usize, running: &mut Child) {
        let enough = self.taken.lock().unwrap().len() + mails;
        while self.taken.lock().unwrap().len() < enough {
            assert!(
                running.try_wait().unwrap().is_none(),
                "it ended before it had sent them"
            );
            sleep(Duration::from_millis(1)).await;
        }
    }
}

/// The program ended well.
pub fn succeeds(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

async fn converse(
    stream: TcpStream,
    taken: &Mutex<Vec<Mail>>,
    answers_after: Duration,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(b"220 sink\r\n").await?;
    let (mut line, mut to) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let reply = match line.split([' ', '\r']).next() {
            Some("RCPT") => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok"
            }
            Some("DATA") => {
                stream.get_mut().write_all(b"354 go on\r\n").await?;
                let mut message_id = String::new();
                loop {
                    line.clear();
                    if stream.read_line(&mut line).await? == 0 {
                        return Ok(());
                    }
                    if let Some(id) = line.strip_prefix("Message-ID: <") {
                        message_id = id.trim_end().trim_end_matches('>').to_owned();
                    }
                    if line == ".\r\n" {
                        break;
                    }
                }
                taken.lock().unwrap().push(Mail {
                    to: to.clone(),
                    message_id,
                });
                sleep(answers_after).await;
                "250 2.0.0 taken"
            }
            Some("QUIT") => return stream.get_mut().write_all(b"221 bye\r\n").await,
            _ => "250 ok",
        };
        stream
            .get_mut()
            .write_all(format!("{reply}\r\n").as_bytes())
            .await?;
    }
}

/// The shop `sato` in a database of its own.
pub struct Shop {
    pub folder: TempDir,
    pool: SqlitePool,
}

impl Shop {
    /// With so many mails in the outbox, all due.
    pub async fn with_campaign(campaign: &str, mails: usize) -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("okaeri.db");
        let shop = Shop {
            pool: SqlitePool::connect_lazy(&format!("sqlite://{}", db.display())).unwrap(),
            folder,
        };
        // Any command makes the tables; the shop is not there yet.
        let refused = shop
            .okaeri(&["send", "status", "--shop", "sato"])
            .output()
            .unwrap();
        assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no shop `sato`"));
        sqlx::query(
            "INSERT INTO shop (id, name, settings, version, last_seq, created_at)
             VALUES ('sato', '佐藤', '{}', 1, 0, 0)",
        )
        .execute(&shop.pool)
        .await
        .unwrap();
        shop.enqueue(campaign, mails).await;
        shop
    }

    async fn enqueue(&self, campaign: &str, mails: usize) {
        let mut tx = self.pool.begin().await.unwrap();
        for n in 0..mails {
            let id = format!("{n:032x}");
            let payload = format!(
                "From: news@shop.example\r\nTo: p{n}@x.jp\r\nSubject: =?utf-8?b?5pil?=\r\n\
                 Message-ID: <{id}@shop.example>\r\n\r\n{}\r\n",
                "haru\r\n".repeat(100)
            );
            sqlx::query(
                "INSERT INTO delivery (id, shop, campaign, customer, channel, dedupe_key, address,
                    message_id, state, attempt, tries, lost, not_before, expires_at, created_at, told)
                 VALUES ($1, 'sato', $2, $3, 'mail', $4, $3, $5, 'queued', 0, 0, 0, 0, $6, 0, 0)",
            )
            .bind(&id)
            .bind(campaign)
            .bind(format!("p{n}@x.jp"))
            .bind(format!("{campaign}/{n}"))
            .bind(format!("{id}@shop.example"))
            .bind(i64::MAX - 1)
            .execute(&mut *tx)
            .await
            .unwrap();
            sqlx::query(
                "INSERT INTO delivery_content
                 (id, envelope_from, envelope_to, payload, payload_hash)
                 VALUES ($1, 'news@shop.example', $2, $3, $4)",
            )
            .bind(&id)
            .bind(format!("p{n}@x.jp"))
            .bind(payload.as_bytes())
            .bind(Sha256::digest(payload.as_bytes()).to_vec())
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// The program over this shop's database.
    pub fn okaeri(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_okaeri")));
        command
            .args(args)
            .arg("--db")
            .arg(self.folder.path().join("okaeri.db"))
            // Before it sends, it asks the module who has withdrawn.
            .arg("--module")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist/okaeri.wasm"))
            .arg("--cache")
            .arg(self.folder.path().join("cache"));
        command
    }

    /// Deliveries in one state.
    pub async fn count(&self, state: &str) -> usize {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM delivery WHERE state = $1")
            .bind(state)
            .fetch_one(&self.pool)
            .await
            .unwrap();
        usize::try_from(count).unwrap()
    }

    /// Message-IDs that the program lists as unknown.
    pub fn unknown(&self, campaign: &str) -> Vec<String> {
        let listed = self
            .okaeri(&["send", "unknown", "--shop", "sato", "--campaign", campaign])
            .output()
            .unwrap();
        assert!(
            listed.status.success(),
            "{}",
            String::from_utf8_lossy(&listed.stderr)
        );
        let text = String::from_utf8(listed.stdout).unwrap();
        let id = |line: &str| line.split(['<', '>']).nth(1).map(str::to_owned);
        text.lines().filter_map(id).collect()
    }
}
