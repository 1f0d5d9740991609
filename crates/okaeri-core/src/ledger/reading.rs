//! What a row of a batch says of its order and its buyer.

use super::Ledger;
use super::batch::{KeyColumn, LineBatch, TextColumn, TimeColumn};
use super::columns::Status;
use super::contacts::Contact;
use super::heads::number_at;
use super::load::{AMOUNT_MAX, Reason};
use crate::zone::{END_DAY, FIRST_DAY};

impl Ledger {
    /// Time and status of an order, if it can be taken in.
    pub(super) fn checked(
        &mut self,
        batch: &LineBatch<'_>,
        row: usize,
    ) -> Result<(i64, Status), (&'static str, Reason)> {
        let at = self
            .time(&batch.ordered_at, row)
            .ok_or(("ordered_at", Reason::Missing))?;
        if !is_in_calendar(at) {
            return Err(("ordered_at", Reason::OutOfCalendar));
        }
        let status = match batch.status.get(row) {
            None => Status::Counted,
            Some(number) => Status::of(number).ok_or(("status", Reason::UnknownStatus))?,
        };
        if let Some(currency) = batch.currency.get(row)
            && !currency.eq_ignore_ascii_case(&self.currency)
        {
            return Err(("currency", Reason::OtherCurrency));
        }
        let discount = ("discount_total", &batch.discount_total);
        for (name, column) in [discount].into_iter().chain(batch.totals()) {
            let is_large = |amount: i64| amount.unsigned_abs() > AMOUNT_MAX as u64;
            if column.get(row).is_some_and(is_large) {
                return Err((name, Reason::TooLarge));
            }
        }
        Ok((at, status))
    }

    /// The record of the row's buyer.
    pub(super) fn contact_at(&mut self, batch: &LineBatch<'_>, row: usize, shop: u32) -> u32 {
        let mut numbers = [String::new(), String::new(), String::new()];
        let columns = [&batch.customer_id, &batch.email, &batch.phone];
        for (text, column) in numbers.iter_mut().zip(columns) {
            if let Some(number) = number_at(column, row) {
                *text = format!("#{number}");
            }
        }
        let [customer_id, email, phone] = &numbers;
        fn either<'a>(number: &'a str, column: &'a KeyColumn<'_>, row: usize) -> Option<&'a str> {
            match column {
                KeyColumn::Text(texts) => some(texts.get(row)),
                _ => some(Some(number)),
            }
        }
        fn some(text: Option<&str>) -> Option<&str> {
            text.filter(|t| !t.is_empty() && !t.contains('\u{1f}'))
        }
        let contact = Contact {
            customer_id: either(customer_id, &batch.customer_id, row),
            email: either(email, &batch.email, row),
            phone: either(phone, &batch.phone, row),
            name: some(batch.name.get(row)),
            name_kana: some(batch.name_kana.get(row)),
            company: some(batch.company.get(row)),
            postal: some(batch.postal.get(row)),
            prefecture: some(batch.prefecture.get(row)),
            address: some(batch.address.get(row)),
            birth: some(batch.birth.get(row)),
            mail_consent: batch.mail_consent.get(row).map(|flag| flag != 0),
        };
        self.contacts.add(&contact, self.shops.get(shop))
    }

    /// The instant in UTC seconds; local times are read in the shop's zone.
    pub(super) fn time(&mut self, column: &TimeColumn, row: usize) -> Option<i64> {
        // Far from any calendar, and far from the ends of i64.
        let sane = |seconds: &i64| seconds.unsigned_abs() < 1 << 40;
        match column {
            TimeColumn::Absent => None,
            TimeColumn::Utc(values) => values.get(row).filter(sane),
            TimeColumn::Local(values) => values
                .get(row)
                .filter(sane)
                .map(|local| self.zone.utc(local)),
            TimeColumn::Mixed(values, is_utc) => values.get(row).filter(sane).map(|seconds| {
                if is_utc.get(row) == Some(&true) {
                    seconds
                } else {
                    self.zone.utc(seconds)
                }
            }),
        }
    }
}

pub(super) fn is_in_calendar(at: i64) -> bool {
    let day = at.div_euclid(86_400);
    day >= i64::from(FIRST_DAY) && day < i64::from(END_DAY)
}

pub(super) fn is_present(text: &TextColumn<'_>) -> bool {
    !text.offsets.is_empty()
}

/// Whether buyers are told by numbers alone.
pub(super) fn is_numbers_only(batch: &LineBatch<'_>) -> bool {
    let texts = [
        &batch.name,
        &batch.name_kana,
        &batch.company,
        &batch.postal,
        &batch.prefecture,
        &batch.address,
        &batch.birth,
    ];
    let keys = [&batch.customer_id, &batch.email, &batch.phone];
    !texts.into_iter().any(is_present)
        && !keys
            .into_iter()
            .any(|key| matches!(key, KeyColumn::Text(_)))
        && batch.mail_consent.values.is_empty()
}
