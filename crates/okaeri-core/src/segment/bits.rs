//! A set of customers: a bit for each, 64 to a word.

/// See the module. Bits past the last customer are zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// No customer of `len`.
    pub fn none(len: usize) -> Self {
        Bits {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// All of `len` customers.
    pub fn all(len: usize) -> Self {
        let mut bits = Bits::none(len);
        bits.invert();
        bits
    }

    /// Those of `items`, one a customer, for which `holds` does.
    #[inline]
    pub fn of<T>(items: &[T], holds: impl Fn(&T) -> bool) -> Self {
        // From the last to the first, so that each is shifted to its place on the way.
        let word = |items: &[T]| {
            let bits = items.iter().rev().map(|item| u64::from(holds(item)));
            bits.fold(0, |word, bit| word << 1 | bit)
        };
        Bits {
            words: items.chunks(64).map(word).collect(),
            len: items.len(),
        }
    }

    /// Of how many customers.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nobody is in.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many are in.
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Puts a customer in; one who does not exist is nobody.
    #[inline]
    pub fn insert(&mut self, index: usize) {
        if index < self.len
            && let Some(word) = self.words.get_mut(index / 64)
        {
            *word |= 1 << (index % 64);
        }
    }

    /// Whether a customer is in.
    #[inline]
    pub fn has(&self, index: usize) -> bool {
        let word = self.words.get(index / 64).copied().unwrap_or_default();
        word >> (index % 64) & 1 == 1
    }

    /// Leaves those who are in `other` too.
    pub fn keep(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Leaves those who are not in `other`.
    pub fn leave_out(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Puts in all who are in `other`.
    pub fn join(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Puts in who is out, and out who is in.
    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        let past = self.words.len() * 64 - self.len;
        if let Some(last) = self.words.last_mut() {
            *last &= u64::MAX >> past;
        }
    }

    /// How many are in both: the size of an overlap.
    pub fn count_with(&self, other: &Bits) -> usize {
        let words = self.words.iter().zip(&other.words);
        words.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Who is in, ascending.
    pub fn indexes(&self) -> impl Iterator<Item = usize> {
        (0..).step_by(64).zip(&self.words).flat_map(|(base, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let place = rest.trailing_zeros() as usize;
                rest &= rest.checked_sub(1)?;
                Some(base + place)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_what_lists_say() {
        for len in [0usize, 1, 63, 64, 65, 200] {
            let items: Vec<usize> = (0..len).collect();
            let (twos, threes) = (
                Bits::of(&items, |i| i % 2 == 0),
                Bits::of(&items, |i| i % 3 == 0),
            );
            let list = |of: fn(usize) -> bool| (0..len).filter(|i| of(*i)).collect::<Vec<_>>();
            let shown = |bits: &Bits| {
                let list: Vec<usize> = bits.indexes().collect();
                assert_eq!(list.len(), bits.count());
                assert_eq!(bits.is_empty(), list.is_empty());
                assert!((0..len + 70).all(|i| bits.has(i) == list.contains(&i)));
                list
            };
            let (mut both, mut either, mut odd) = (twos.clone(), twos.clone(), twos.clone());
            both.keep(&threes);
            either.join(&threes);
            odd.invert();
            assert_eq!(shown(&both), list(|i| i % 6 == 0));
            assert_eq!(shown(&either), list(|i| i % 2 == 0 || i % 3 == 0));
            assert_eq!(shown(&odd), list(|i| i % 2 == 1));
            assert_eq!(twos.count_with(&threes), both.count());
            assert_eq!(Bits::all(len).count(), len);
            let mut none = Bits::none(len);
            none.insert(len);
            assert!(none.is_empty());
        }
    }
}
