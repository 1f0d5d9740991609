//! What ranks a customer among all of the shop, whatever part of them is at hand.
//!
//! RFM's fifths and the deciles depend on everybody. A shard is told the rankings of the whole
//! shop and then says the same of its customers as one instance would.

use super::decile;
use super::people::Figures;
use super::rfm::Bounds;
use super::wire::{Malformed, Reader, begun};
use crate::people::Tie;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rankings {
    /// The day that they hold for.
    pub as_of_day: i32,
    /// Bounds of RFM in quantile mode.
    pub quantiles: Bounds,
    /// First customers of the deciles from 2.
    pub edges: Vec<(i64, Tie)>,
    /// Least and greatest amount of each decile.
    pub amounts: Vec<(i64, i64)>,
}

impl Rankings {
    /// The rankings of all `people` on a day.
    pub fn of(people: &[Figures], as_of_day: i32, tie: impl Fn(u32) -> Tie) -> Self {
        let edges = decile::edges(people, &tie);
        let mut amounts = vec![(i64::MAX, i64::MIN); 10];
        for figures in people {
            let group = usize::from(decile::decile(&edges, figures, &tie));
            if let Some((least, greatest)) = amounts.get_mut(group.wrapping_sub(1)) {
                *least = (*least).min(figures.amount);
                *greatest = (*greatest).max(figures.amount);
            }
        }
        Rankings {
            as_of_day,
            quantiles: Bounds::quantiles(people, as_of_day),
            edges,
            amounts,
        }
    }

    /// The decile of a customer.
    #[inline]
    pub fn decile(&self, figures: &Figures, tie: impl Fn(u32) -> Tie) -> u8 {
        decile::decile(&self.edges, figures, tie)
    }

    /// Least and greatest amount in a decile that has customers.
    pub fn amounts_of(&self, decile: u8) -> Option<(i64, i64)> {
        let amounts = self.amounts.get(usize::from(decile).wrapping_sub(1))?;
        (amounts.0 <= amounts.1).then_some(*amounts)
    }

    /// As bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = begun(self.as_of_day);
        for bound in self.quantiles.recency_days {
            out.signed(bound);
        }
        for bound in self.quantiles.orders {
            out.unsigned(u64::from(bound));
        }
        for bound in self.quantiles.amount {
            out.signed(bound);
        }
        out.unsigned(self.edges.len() as u64);
        for (amount, Tie(kind, is_text, number, place)) in &self.edges {
            out.signed(*amount);
            out.unsigned(u64::from(*kind) << 1 | u64::from(*is_text));
            out.unsigned(*number);
            out.unsigned(u64::from(*place));
        }
        for (least, greatest) in &self.amounts {
            out.signed(*least);
            out.signed(*greatest);
        }
        out.bytes
    }

    /// From what [`Rankings::encode`] wrote behind the day.
    ///
    /// # Errors
    /// When it is something else.
    pub fn decode(as_of_day: i32, mut input: Reader<'_>) -> Result<Self, Malformed> {
        let mut quantiles = Bounds {
            recency_days: [0; 4],
            orders: [0; 4],
            amount: [0; 4],
        };
        for bound in &mut quantiles.recency_days {
            *bound = input.signed()?;
        }
        for bound in &mut quantiles.orders {
            *bound = small(input.unsigned()?)?;
        }
        for bound in &mut quantiles.amount {
            *bound = input.signed()?;
        }
        let count = input.count()?;
        if count > 9 {
            return Err(Malformed);
        }
        let mut edges = Vec::with_capacity(count);
        for _ in 0..count {
            let amount = input.signed()?;
            let kind: u16 = small(input.unsigned()?)?;
            let number = input.unsigned()?;
            let place = small(input.unsigned()?)?;
            edges.push((amount, Tie(small(kind >> 1)?, kind & 1 == 1, number, place)));
        }
        let mut amounts = Vec::with_capacity(10);
        for _ in 0..10 {
            amounts.push((input.signed()?, input.signed()?));
        }
        if !input.bytes.is_empty() {
            return Err(Malformed);
        }
        Ok(Rankings {
            as_of_day,
            quantiles,
            edges,
            amounts,
        })
    }
}

fn small<T, N: TryInto<T>>(number: N) -> Result<T, Malformed> {
    number.try_into().map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::wire::opened;

    #[test]
    fn bytes_come_back_and_cut_ones_are_refused() {
        for count in [0u32, 1, 9, 10, 1003] {
            let people: Vec<Figures> = (0..count)
                .map(|i| Figures {
                    amount: i64::from(i * 7919 % 13),
                    orders: 1,
                    last_day: (i % 400) as i32,
                    person: i,
                    ..Figures::default()
                })
                .collect();
            let tie = |person: u32| Tie(1, true, u64::from(person), person % 2);
            let rankings = Rankings::of(&people, 500, tie);
            let bytes = rankings.encode();
            let decoded = |bytes| {
                let (day, input) = opened(bytes)?;
                Rankings::decode(day, input)
            };
            assert_eq!(decoded(&bytes).as_ref(), Ok(&rankings));
            for end in 0..bytes.len() {
                let cut = bytes.get(..end).unwrap_or_default();
                assert_eq!(decoded(cut), Err(Malformed));
            }
        }
    }
}
