//! Merging lists of several shards: whose turn it is, told by places that compare as bytes.

use std::ops::Range;

use anyhow::{Context, anyhow};

use super::Frame;
use crate::failure::Failure;

/// The places in an answer's payload: each with its length before it.
pub(super) fn places(frame: &Frame) -> Result<Vec<&[u8]>, Failure> {
    let mut places = Vec::new();
    let mut rest = frame.payload();
    while !rest.is_empty() {
        let (length, after) = rest
            .split_first_chunk::<4>()
            .context("a place is cut off")?;
        let length = u32::from_le_bytes(*length) as usize;
        let split = after.split_at_checked(length);
        let (place, after) = split.context("a place is cut off")?;
        places.push(place);
        rest = after;
    }
    Ok(places)
}

/// One page of a merged list.
pub(super) struct Turns {
    /// Where the page begins in each shard's list.
    starts: Vec<u32>,
    /// The shard of each row of the page.
    shards: Vec<usize>,
}

impl Turns {
    /// The rows of `page`, out of the first places of each shard, up to the page's end or all.
    pub(super) fn of(places: &[Vec<&[u8]>], page: Range<u32>) -> Turns {
        let mut heads: Vec<_> = places
            .iter()
            .map(|of_shard| of_shard.iter().peekable())
            .collect();
        let mut starts = vec![0; places.len()];
        let mut shards = Vec::new();
        for row in 0..page.end {
            let first = heads
                .iter_mut()
                .enumerate()
                .filter_map(|(shard, head)| Some((*head.peek()?, shard)))
                .min();
            let Some((_, shard)) = first else { break };
            heads[shard].next();
            if row < page.start {
                starts[shard] += 1;
            } else {
                shards.push(shard);
            }
        }
        Turns { starts, shards }
    }

    /// The page's rows of one shard: where they begin in its list, and how many.
    pub(super) fn of_shard(&self, shard: usize) -> (u32, u32) {
        let count = self.shards.iter().filter(|of| **of == shard).count();
        let start = self.starts.get(shard).copied().unwrap_or_default();
        (start, count as u32)
    }

    /// The rows of all shards, in turn.
    pub(super) fn merge<T>(&self, rows: Vec<Vec<T>>) -> Result<Vec<T>, Failure> {
        let mut rows: Vec<_> = rows.into_iter().map(Vec::into_iter).collect();
        let mut next = |shard: &usize| rows.get_mut(*shard)?.next();
        let merged: Option<Vec<T>> = self.shards.iter().map(&mut next).collect();
        merged.ok_or_else(|| Failure::Broken(anyhow!("a shard listed less than it said")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_those_of_the_whole_list() -> Result<(), Failure> {
        let lists: [&[&[u8]]; 3] = [&[b"a", b"d", b"e"], &[], &[b"b", b"c", b"cc", b"f"]];
        let all = [b"a", b"b", b"c", &b"cc"[..], b"d", b"e", b"f"];
        for start in 0..9u32 {
            for end in start..9 {
                let places: Vec<Vec<&[u8]>> = lists
                    .iter()
                    .map(|list| list.iter().take(end as usize).copied().collect())
                    .collect();
                let turns = Turns::of(&places, start..end);
                let rows = (0..3).map(|shard| {
                    let (start, count) = turns.of_shard(shard);
                    lists[shard][start as usize..][..count as usize].to_vec()
                });
                let page = all.iter().take(end as usize).skip(start as usize);
                assert_eq!(
                    turns.merge(rows.collect())?,
                    page.copied().collect::<Vec<_>>()
                );
            }
        }
        Ok(())
    }
}
