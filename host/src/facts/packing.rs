//! A batch as it lies in the log: compressed, with a sum that shows whether it is whole.

use std::io::Read;

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use super::Batch;
use crate::store::Packed;

/// Fast, and a tenth of the size for order lines.
const LEVEL: i32 = 3;
/// What a batch may be at most when unpacked: what a 32-bit instance could ever take in.
const UNPACKED_MAX: u64 = 1 << 30;

impl Batch {
    /// For the log.
    ///
    /// # Errors
    /// When there is no memory to compress it.
    pub fn pack(&self) -> anyhow::Result<Packed> {
        let body = zstd::bulk::compress(&self.body, LEVEL).context("cannot compress a batch")?;
        Ok(Packed {
            kind: self.kind,
            rows: self.rows,
            orders: self.orders,
            sha256: Sha256::digest(&body).to_vec(),
            body,
        })
    }
}

impl Packed {
    /// From the log.
    ///
    /// # Errors
    /// When it is not what was put there.
    pub fn unpack(&self) -> anyhow::Result<Batch> {
        ensure!(
            Sha256::digest(&self.body).as_slice() == self.sha256,
            "the database is damaged: a batch of facts is not what was stored; restore a backup"
        );
        let mut body = Vec::new();
        zstd::Decoder::new(self.body.as_slice())?
            .take(UNPACKED_MAX)
            .read_to_end(&mut body)?;
        Ok(Batch {
            kind: self.kind,
            body,
            rows: self.rows,
            orders: self.orders,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Kind;

    #[test]
    fn a_damaged_batch_is_noticed() -> anyhow::Result<()> {
        let body = b"{}\n".repeat(1000);
        let batch = Batch {
            kind: Kind::Ndjson,
            body: body.clone(),
            rows: 1000,
            orders: 0,
        };
        let mut packed = batch.pack()?;
        assert!(packed.body.len() < body.len() / 10);
        assert_eq!(packed.unpack()?.body, body);
        *packed.body.last_mut().context("not empty")? ^= 1;
        assert!(packed.unpack().is_err());
        Ok(())
    }
}
