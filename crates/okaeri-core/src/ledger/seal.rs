//! Putting the ledger in order after a load that scattered orders or replaced many.

use super::Ledger;
use super::columns::{Lines, Orders};
use super::latest::Latest;
use crate::keys::NONE;
use crate::order::sort_numbers;

impl Ledger {
    /// Drops replaced versions, and puts lines of one order together that came apart.
    pub(super) fn seal(&mut self) {
        let mut fragments: Vec<(u32, u32)> = (0..self.orders.rows.len() as u32)
            .map(|row| (self.orders.head.get(row), row))
            .filter(|(head, _)| *head != NONE)
            .collect();
        sort_numbers(&mut fragments, |(head, _)| head.into());
        let mut orders = Orders::default();
        let mut lines = Lines::default();
        let mut fragments = fragments.into_iter().peekable();
        for (row, order) in self.orders.rows.iter().enumerate() {
            let row = row as u32;
            if !self.is_latest(row, order) {
                while fragments.next_if(|(head, _)| *head == row).is_some() {}
                continue;
            }
            let new = orders.rows.len() as u32;
            let line_start = lines.len() as u32;
            let mut shipments = self.orders.shipments.get(row);
            let mut is_gift = self.orders.is_gift.get(row);
            self.lines_of(order).for_each(|line| lines.push(line));
            while let Some((_, fragment)) = fragments.next_if(|(head, _)| *head == row) {
                if let Some(part) = self.orders.rows.get(fragment as usize) {
                    self.lines_of(part).for_each(|line| lines.push(line));
                }
                shipments = shipments.saturating_add(self.orders.shipments.get(fragment));
                is_gift |= self.orders.is_gift.get(fragment);
            }
            let mut order = *order;
            order.line_start = line_start;
            order.set_line_count(lines.len() as u32 - line_start);
            orders.rows.push(order);
            orders.updated_at.set(new, self.orders.updated_at.get(row));
            orders.discount.set(new, self.orders.discount.get(row));
            orders.shipments.set(new, shipments);
            orders.is_gift.set(new, is_gift);
        }
        self.latest = Latest::default();
        for (row, order) in (0u32..).zip(&orders.rows) {
            self.latest.set(order.id, row);
        }
        self.orders = orders;
        self.lines = lines;
    }
}
