//! Lists from iterators where the bytes of the module count more than the time.
//!
//! [`Iterator::collect`] compiles its loop anew for each iterator, some hundred bytes each time.
//! Here one loop serves all lists of one type of item, at the price of an indirect call an item.
//! For the rows and columns of answers; not for what is done for each of a million orders.

/// What can be listed.
pub trait List: Iterator + Sized {
    /// All items, in their order.
    fn into_list(mut self) -> Vec<Self::Item> {
        fill(&mut || self.next())
    }
}

impl<I: Iterator> List for I {}

#[inline(never)]
fn fill<T>(next: &mut dyn FnMut() -> Option<T>) -> Vec<T> {
    let mut list = Vec::new();
    while let Some(item) = next() {
        list.push(item);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_what_an_iterator_has_in_its_order() {
        let odd = (0..10).filter(|n| n % 2 == 1);
        assert_eq!(odd.into_list(), [1, 3, 5, 7, 9]);
        assert_eq!(std::iter::empty::<u8>().into_list(), []);
    }
}
