//! Putting the ledger in order after a load that scattered orders or replaced many.

use super::Ledger;
use super::columns::{Lines, OrderRow, Orders};
use super::destinations::{Destinations, Places};
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
        let mut destinations = Destinations::default();
        let mut places = Places::default();
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
            let mut take_over = |from: u32, part: &OrderRow, to: usize| {
                let to = (new, to as u32);
                destinations.take_over(&mut places, &self.destinations, (from, part), to);
            };
            take_over(row, order, lines.len());
            self.move_lines(order, &mut lines);
            while let Some((_, fragment)) = fragments.next_if(|(head, _)| *head == row) {
                if let Some(part) = self.orders.rows.get(fragment as usize) {
                    take_over(fragment, part, lines.len());
                    self.move_lines(part, &mut lines);
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
            orders.details.copy(new, &self.orders.details, row);
        }
        self.latest = Latest::default();
        for (row, order) in (0u32..).zip(&orders.rows) {
            self.latest.set(order.id, row);
        }
        self.orders = orders;
        self.lines = lines;
        self.destinations = destinations;
    }

    fn move_lines(&self, order: &OrderRow, lines: &mut Lines) {
        let has_details = !self.lines.details.is_empty();
        for (line, from) in self.lines_of(order).zip(order.line_start..) {
            let to = lines.len() as u32;
            lines.push(line);
            if has_details {
                lines.details.set(to, self.lines.details.get(from));
            }
        }
    }
}
