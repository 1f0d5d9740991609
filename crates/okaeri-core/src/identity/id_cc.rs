//! How e-mails and phones hang together over orders: a measure of what 名寄せ has to do.

use super::forest::Forest;
use super::records::NONE;

/// Component sizes from this on are shown together.
const SIZE_MAX: usize = 5;

/// Joins e-mails and phones that occur on one order, and counts the components by their numbers
/// of keys.
///
/// One entry an order: the ids of its keys, below `emails` and `phones`, or [`NONE`]; the slices
/// are equally long, and orders with neither key are left out. Rows ascending: e-mails (5 is five
/// or more), phones (likewise), components, orders.
pub fn id_cc(email: &[u32], phone: &[u32], emails: usize, phones: usize) -> Vec<[i64; 4]> {
    let total = emails.saturating_add(phones);
    if total >= NONE as usize {
        return Vec::new();
    }
    // E-mails are nodes from 0, phones behind them.
    let node = |email: u32, phone: u32| {
        let email = ((email as usize) < emails).then_some(email);
        let phone = ((phone as usize) < phones).then(|| emails as u32 + phone);
        (email, phone)
    };
    let mut forest = Forest::new(total as u32);
    for (email, phone) in email.iter().zip(phone) {
        if let (Some(email), Some(phone)) = node(*email, *phone) {
            forest.join(email, phone);
        }
    }
    let mut orders = vec![0u32; total];
    let mut occurs = vec![false; total];
    for (email, phone) in email.iter().zip(phone) {
        let (email, phone) = node(*email, *phone);
        for key in [email, phone].into_iter().flatten() {
            if let Some(place) = occurs.get_mut(key as usize) {
                *place = true;
            }
        }
        let Some(key) = email.or(phone) else { continue };
        if let Some(place) = orders.get_mut(forest.root(key) as usize) {
            *place += 1;
        }
    }
    let mut sizes = vec![[0u8; 2]; total];
    for (key, occurs) in (0u32..).zip(occurs) {
        let kind = usize::from(key as usize >= emails);
        let size = sizes
            .get_mut(forest.root(key) as usize)
            .and_then(|size| size.get_mut(kind));
        if let (true, Some(size)) = (occurs, size) {
            *size = size.saturating_add(1);
        }
    }
    let mut cells = [[[0i64; 2]; SIZE_MAX + 1]; SIZE_MAX + 1];
    for ([emails, phones], orders) in sizes
        .into_iter()
        .zip(orders)
        .filter(|(_, orders)| *orders > 0)
    {
        let cell = cells
            .get_mut(usize::from(emails).min(SIZE_MAX))
            .and_then(|row| row.get_mut(usize::from(phones).min(SIZE_MAX)));
        if let Some([components, sum]) = cell {
            *components += 1;
            *sum += i64::from(orders);
        }
    }
    let rows = cells.into_iter().enumerate().flat_map(|(emails, row)| {
        row.into_iter()
            .enumerate()
            .map(move |(phones, [components, orders])| {
                [emails as i64, phones as i64, components, orders]
            })
    });
    rows.filter(|[_, _, components, _]| *components > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::NONE;

    #[test]
    fn components_by_their_numbers_of_keys() {
        // One mail alone twice; two mails on a phone; a phone alone; six mails on a phone; no key.
        let email = [0, 0, 1, 2, NONE, 3, 4, 5, 6, 7, 8, NONE];
        let phone = [NONE, NONE, 0, 0, 1, 2, 2, 2, 2, 2, 2, NONE];
        let rows = id_cc(&email, &phone, 10, 4);
        assert_eq!(
            rows,
            [[0, 1, 1, 1], [1, 0, 1, 2], [2, 1, 1, 2], [5, 1, 1, 6]]
        );
        assert_eq!(id_cc(&[], &[], 0, 0), Vec::<[i64; 4]>::new());
        assert_eq!(id_cc(&[5], &[NONE], 5, 0), Vec::<[i64; 4]>::new());
        // Two phones that one mail joins.
        assert_eq!(id_cc(&[0, 0], &[0, 1], 1, 2), [[1, 2, 1, 2]]);
    }
}
