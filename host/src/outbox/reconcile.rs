//! Deliveries of which nobody knows, against the relay's own record.

use std::collections::HashSet;

use crate::store::{DeliveryRow, Lot, Page, Store};

const PAGE: u32 = 1000;

/// All deliveries of a lot in one state.
pub async fn in_state(store: &Store, lot: &Lot, state: &str) -> sqlx::Result<Vec<DeliveryRow>> {
    let mut all = Vec::new();
    let mut page = Page {
        state: Some(state.to_owned()),
        after: String::new(),
        limit: PAGE,
    };
    loop {
        let rows = store.deliveries(lot, &page).await?;
        let Some(last) = rows.last() else {
            return Ok(all);
        };
        page.after.clone_from(&last.id);
        all.extend(rows);
    }
}

/// Splits deliveries by whether a record of accepted messages has their Message-ID. The record
/// may be any text with Message-IDs in it, with or without brackets: a relay's log, a list.
pub fn split(rows: Vec<DeliveryRow>, record: &str) -> (Vec<DeliveryRow>, Vec<DeliveryRow>) {
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ',' | ';' | '=');
    let accepted: HashSet<&str> = record
        .split(is_apart)
        .filter(|word| word.contains('@'))
        .collect();
    rows.into_iter()
        .partition(|row| accepted.contains(row.message_id.as_str()))
}
