//! What orders and lines are told of beside what every shop tells: costs, media, coupons, 定期.
//!
//! A shop that lacks a column pays nothing for it.

use super::Ledger;
use super::batch::LineBatch;
use super::columns::Sparse;
use super::gift_words::gift_word;
use super::heads::intern_at;
use super::words::{intern_word, with_text};
use crate::keys::{Key, NONE};

/// An amount that nobody told; zero is one that somebody did.
pub const UNKNOWN: i64 = i64::MIN;

/// Of an order's row. Amounts are in minor units or [`UNKNOWN`].
#[derive(Clone, Debug)]
pub struct OrderDetails {
    /// Postage.
    pub postage: Sparse<i64>,
    /// Fees of payment and cash on delivery.
    pub fee: Sparse<i64>,
    /// Points paid with.
    pub points: Sparse<i64>,
    /// What was paid back.
    pub refunded: Sparse<i64>,
    /// Advertising code or medium: an id of the ledger's words, or NONE.
    pub media: Sparse<u32>,
    /// How the buyer paid, likewise.
    pub payment: Sparse<u32>,
    /// The first gift word of the buyer's note, likewise.
    pub gift_word: Sparse<u32>,
    /// Coupon codes: an id of the ledger's lists, or NONE.
    pub coupons: Sparse<u32>,
    /// The shop's labels, likewise.
    pub tags: Sparse<u32>,
}

impl Default for OrderDetails {
    fn default() -> Self {
        OrderDetails {
            postage: Sparse::new(UNKNOWN),
            fee: Sparse::new(UNKNOWN),
            points: Sparse::new(UNKNOWN),
            refunded: Sparse::new(UNKNOWN),
            media: Sparse::new(NONE),
            payment: Sparse::new(NONE),
            gift_word: Sparse::new(NONE),
            coupons: Sparse::new(NONE),
            tags: Sparse::new(NONE),
        }
    }
}

impl OrderDetails {
    fn amounts(&self) -> [&Sparse<i64>; 4] {
        [&self.postage, &self.fee, &self.points, &self.refunded]
    }

    fn ids(&self) -> [&Sparse<u32>; 5] {
        [
            &self.media,
            &self.payment,
            &self.gift_word,
            &self.coupons,
            &self.tags,
        ]
    }

    fn columns(&mut self) -> ([&mut Sparse<i64>; 4], [&mut Sparse<u32>; 5]) {
        (
            [
                &mut self.postage,
                &mut self.fee,
                &mut self.points,
                &mut self.refunded,
            ],
            [
                &mut self.media,
                &mut self.payment,
                &mut self.gift_word,
                &mut self.coupons,
                &mut self.tags,
            ],
        )
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.amounts().into_iter().all(Sparse::is_empty)
            && self.ids().into_iter().all(Sparse::is_empty)
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        let (amounts, ids) = self.columns();
        amounts.into_iter().for_each(|column| column.truncate(rows));
        ids.into_iter().for_each(|column| column.truncate(rows));
    }

    /// Sets what `from` holds of a row.
    pub(super) fn copy(&mut self, to: u32, from: &OrderDetails, row: u32) {
        let (amounts, ids) = self.columns();
        for (column, from) in amounts.into_iter().zip(from.amounts()) {
            column.set(to, from.get(row));
        }
        for (column, from) in ids.into_iter().zip(from.ids()) {
            column.set(to, from.get(row));
        }
    }
}

/// What is told of a line beside its product and its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineDetail {
    /// Cost of one piece in minor units, or [`UNKNOWN`].
    pub unit_cost: i64,
    /// The contract that made it: an id of the ledger's `contracts`, or NONE.
    pub contract: u32,
    /// 1 for the contract's first delivery; 0 when unknown.
    pub contract_count: u32,
}

/// Details by line.
#[derive(Clone, Debug)]
pub struct LineDetails {
    unit_cost: Sparse<i64>,
    contract: Sparse<u32>,
    contract_count: Sparse<u32>,
}

impl Default for LineDetails {
    fn default() -> Self {
        LineDetails {
            unit_cost: Sparse::new(UNKNOWN),
            contract: Sparse::new(NONE),
            contract_count: Sparse::new(0),
        }
    }
}

impl LineDetails {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.unit_cost.is_empty() && self.contract.is_empty() && self.contract_count.is_empty()
    }

    /// The details of a line, counted from the ledger's first.
    #[inline]
    pub fn get(&self, line: u32) -> LineDetail {
        LineDetail {
            unit_cost: self.unit_cost.get(line),
            contract: self.contract.get(line),
            contract_count: self.contract_count.get(line),
        }
    }

    pub(super) fn set(&mut self, line: u32, detail: LineDetail) {
        self.unit_cost.set(line, detail.unit_cost);
        self.contract.set(line, detail.contract);
        self.contract_count.set(line, detail.contract_count);
    }

    pub(super) fn truncate(&mut self, lines: usize) {
        self.unit_cost.truncate(lines);
        self.contract.truncate(lines);
        self.contract_count.truncate(lines);
    }
}

impl Ledger {
    /// Takes down what the first row of an order tells beside the rest.
    pub(super) fn set_order_details(&mut self, batch: &LineBatch<'_>, row: usize, order: u32) {
        if self.keys_only || !batch.has_order_details() {
            return;
        }
        let (words, lists) = (&mut self.words, &mut self.lists);
        let details = &mut self.orders.details;
        let (amounts, _) = details.columns();
        for ((_, told), column) in batch.totals().into_iter().zip(amounts) {
            if let Some(amount) = told.get(row) {
                column.set(order, amount);
            }
        }
        let single = [
            (&batch.media, &mut details.media),
            (&batch.payment_method, &mut details.payment),
        ];
        for (told, column) in single {
            if let Some(id) = with_text(told, row, |text| intern_word(text, words)) {
                column.set(order, id);
            }
        }
        let several = [
            (&batch.coupons, &mut details.coupons),
            (&batch.tags, &mut details.tags),
        ];
        for (told, column) in several {
            if let Some(id) = with_text(told, row, |text| lists.intern(text, words)) {
                column.set(order, id);
            }
        }
        if let Some(word) = batch.note.get(row).and_then(gift_word) {
            details.gift_word.set(order, intern_word(word, words));
        }
    }

    /// Takes down what a row tells of the last line beside the rest.
    pub(super) fn set_line_details(&mut self, batch: &LineBatch<'_>, row: usize) {
        let count = batch.contract_count.get(row).unwrap_or_default();
        let detail = LineDetail {
            unit_cost: batch.unit_cost.get(row).unwrap_or(UNKNOWN),
            contract: intern_at(&batch.contract_id, row, &mut self.contracts.ids),
            contract_count: u32::try_from(count).unwrap_or_default(),
        };
        let line = self.lines.len().saturating_sub(1) as u32;
        self.lines.details.set(line, detail);
    }

    /// The word of an id.
    pub fn word(&self, id: u32) -> Option<&str> {
        match self.words.get(id) {
            Some(Key::Text(word)) => Some(word),
            _ => None,
        }
    }

    /// Whether anything is told of any line beside its product and figures.
    pub fn tells_of_lines(&self) -> bool {
        !self.lines.details.is_empty()
    }

    /// Postage of an order's row, in minor units, if it is told.
    pub fn postage(&self, row: u32) -> Option<i64> {
        told(&self.orders.details.postage, row)
    }

    /// Fees of an order's row, likewise.
    pub fn fee(&self, row: u32) -> Option<i64> {
        told(&self.orders.details.fee, row)
    }

    /// Points that an order's row was paid with, likewise.
    pub fn points(&self, row: u32) -> Option<i64> {
        told(&self.orders.details.points, row)
    }

    /// What was paid back of an order's row, likewise.
    pub fn refunded(&self, row: u32) -> Option<i64> {
        told(&self.orders.details.refunded, row)
    }

    /// The medium that brought an order's row.
    pub fn media(&self, row: u32) -> Option<&str> {
        self.word(self.orders.details.media.get(row))
    }

    /// How an order's row was paid.
    pub fn payment(&self, row: u32) -> Option<&str> {
        self.word(self.orders.details.payment.get(row))
    }

    /// The first gift word of an order's note.
    pub fn gift_word(&self, row: u32) -> Option<&str> {
        self.word(self.orders.details.gift_word.get(row))
    }

    /// The coupon codes of an order's row, as ids of words.
    pub fn coupons(&self, row: u32) -> &[u32] {
        self.lists.get(self.orders.details.coupons.get(row))
    }

    /// The labels of an order's row, as ids of words.
    pub fn tags(&self, row: u32) -> &[u32] {
        self.lists.get(self.orders.details.tags.get(row))
    }

    /// What is told of a line beside its product and figures. Lines are counted from the
    /// ledger's first: those of an order from its `line_start` on.
    #[inline]
    pub fn line_details(&self, line: u32) -> LineDetail {
        self.lines.details.get(line)
    }
}

fn told(column: &Sparse<i64>, row: u32) -> Option<i64> {
    Some(column.get(row)).filter(|amount| *amount != UNKNOWN)
}
