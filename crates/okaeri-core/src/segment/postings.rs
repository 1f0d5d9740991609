//! What belongs to each of some kinds, kind after kind.

/// Items by kind: 32 bits an item, and 32 a kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// Where each kind's items begin in `items`, and one past the last.
    starts: Vec<u32>,
    items: Vec<u32>,
}

/// Takes a kind and an item that belongs to it.
pub(super) type Meet<'a> = dyn FnMut(u32, u32) + 'a;

impl Postings {
    /// What `each` tells of the kinds below `kinds`, in that order for each of them. It is asked
    /// twice, and tells the same both times.
    pub fn of(kinds: usize, each: &dyn Fn(&mut Meet<'_>)) -> Self {
        let mut starts = vec![0u32; kinds + 1];
        each(&mut |kind, _| {
            if let Some(count) = starts.get_mut(kind as usize + 1) {
                *count += 1;
            }
        });
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let (mut items, mut ends) = (vec![0; total as usize], starts.clone());
        each(&mut |kind, item| {
            if let Some(end) = ends.get_mut(kind as usize)
                && let Some(place) = items.get_mut(*end as usize)
            {
                *place = item;
                *end += 1;
            }
        });
        Postings { starts, items }
    }

    /// What belongs to a kind.
    pub fn get(&self, kind: u32) -> &[u32] {
        let start = |kind: usize| self.starts.get(kind).copied();
        let range = start(kind as usize).zip(start(kind as usize + 1));
        let items = range.and_then(|(start, end)| self.items.get(start as usize..end as usize));
        items.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_by_their_kind() {
        let pairs = [(2, 7), (0, 1), (2, 3), (9, 9), (2, 8)];
        let postings = Postings::of(4, &|meet| pairs.iter().for_each(|(k, i)| meet(*k, *i)));
        let all: Vec<&[u32]> = (0..6).map(|kind| postings.get(kind)).collect();
        assert_eq!(all, [&[1][..], &[], &[7, 3, 8], &[], &[], &[]]);
    }
}
