//! Numbers that follow one another, and their ids.

use super::mix;

/// Ids of the numbers of each page, for numbers that follow one another: a walk through memory
/// costs a tenth of a leap, and a third of a table's memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    /// Page + 1 by the hash of its number; 0 is free. A power of two long, half full at most.
    slots: Vec<u32>,
    /// Which numbers each page holds: those that give this when divided by the page's length.
    numbers: Vec<u64>,
    /// Id + 1 of the page's numbers, 0 for those that are not known.
    ids: Vec<[u32; PAGE as usize]>,
}

/// Numbers of a page.
const PAGE: u64 = 256;
/// Pages that may be all but empty.
const PAGES_SPARE: usize = 32;

impl Pages {
    /// The slot of a page, or the free one where it belongs.
    #[inline]
    fn slot(&self, number: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = mix(number) as usize & mask;
        while let Some(page) = self.slots.get(slot)
            && *page != 0
            && self.numbers.get(*page as usize - 1) != Some(&number)
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    pub fn get(&self, value: u64) -> Option<u32> {
        let page = *self.slots.get(self.slot(value / PAGE))?;
        let ids = self.ids.get((page as usize).checked_sub(1)?)?;
        ids.get((value % PAGE) as usize)?.checked_sub(1)
    }

    /// Where the id of `value` stands, on a new page if need be.
    #[inline]
    pub fn place(&mut self, value: u64) -> Option<&mut u32> {
        let number = value / PAGE;
        let known = self.slots.get(self.slot(number)).copied().unwrap_or(0);
        let page = match known.checked_sub(1) {
            Some(page) => page as usize,
            None => self.add(number),
        };
        self.ids.get_mut(page)?.get_mut((value % PAGE) as usize)
    }

    fn add(&mut self, number: u64) -> usize {
        self.numbers.push(number);
        if self.ids.len() == self.ids.capacity() {
            // Not twice as many: of a large shop that is more than there is.
            self.ids.reserve_exact((self.ids.len() / 4).max(8));
        }
        self.ids.push([0; PAGE as usize]);
        let pages = self.numbers.len();
        if pages * 2 > self.slots.len() {
            self.slots = vec![0; (self.slots.len() * 2).max(16)];
            for (page, number) in (1u32..).zip(&self.numbers) {
                let slot = self.slot(*number);
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = page;
                }
            }
        } else {
            let slot = self.slot(number);
            if let Some(place) = self.slots.get_mut(slot) {
                *place = pages as u32;
            }
        }
        pages - 1
    }

    /// Whether a quarter of the places would be more than `keys`.
    #[inline]
    pub fn are_sparse(&self, keys: usize) -> bool {
        let full = keys / (PAGE as usize / 4);
        self.numbers.len() > full + PAGES_SPARE
    }
}
