//! From the ledger's contracts, lines and events to [`Subscriptions`].

use super::{Contract, Delivery, Happening, Move, Status, Subscriptions, Unread, What};
use crate::identity::NO_PERSON;
use crate::keys::{Key, NONE};
use crate::ledger::Ledger;
use crate::ledger::columns::Status as OrderStatus;
use crate::ledger::contracts::ContractRow;
use crate::ledger::events::EventRow;
use crate::list::List;
use crate::order::sorted;
use crate::report::Shop;
use crate::zone::{Zone, day_of, first_day_of, month_of};
use chrono::NaiveDate;

/// A line of a contract.
#[derive(Clone, Copy, Debug)]
struct Piece {
    contract: u32,
    person: u32,
    order: u32,
    product: u32,
    delivery: Delivery,
}

impl Subscriptions {
    /// The contracts of the people in a book.
    pub fn of(shop: &Shop<'_>) -> Self {
        let ledger = shop.ledger;
        let mut subscriptions = Subscriptions {
            as_of_day: shop.book.as_of_day,
            ..Subscriptions::default()
        };
        if ledger.contracts.ids.is_empty() {
            return subscriptions;
        }
        let (pieces, on_lines_alone) = pieces(shop);
        let later = delivered_later(shop);
        let mut reader = Reader {
            shop,
            zone: ledger.zone.clone(),
            unread: Unread {
                on_lines_alone,
                ..Unread::default()
            },
        };
        let mut rest = pieces.as_slice();
        for (id, row) in ledger.contracts.iter() {
            let before = rest.iter().take_while(|piece| piece.contract < id).count();
            let (_, from) = rest.split_at(before);
            let count = from.iter().take_while(|piece| piece.contract == id).count();
            let (of_it, after) = from.split_at(count);
            rest = after;
            let is_later = later.get(id as usize).copied().unwrap_or_default();
            subscriptions
                .contracts
                .extend(reader.contract(id, &row, of_it, is_later));
        }
        subscriptions.contracts = sorted(subscriptions.contracts, |a, b| {
            (a.person, a.start_day, a.id).cmp(&(b.person, b.start_day, b.id))
        });
        let mut zone = reader.zone;
        let (happenings, told) = happenings(shop, &subscriptions.contracts, &mut zone);
        subscriptions.happenings = happenings;
        subscriptions.unread = reader.unread;
        subscriptions.tell_moves(&told, ledger);
        subscriptions
    }

    /// The contracts of a person, by start, then id.
    pub fn contracts_of(&self, person: u32) -> &[Contract] {
        let from = self.contracts.partition_point(|c| c.person < person);
        let to = self.contracts.partition_point(|c| c.person <= person);
        self.contracts.get(from..to).unwrap_or_default()
    }

    /// What happened to a person.
    pub fn of_person(&self, person: u32) -> &[Happening] {
        let from = self.happenings.partition_point(|h| h.person < person);
        let to = self.happenings.partition_point(|h| h.person <= person);
        self.happenings.get(from..to).unwrap_or_default()
    }

    /// Puts rests and failures into the contracts. `told` marks contracts of which any event
    /// tells a rest or a failure, whenever.
    fn tell_moves(&mut self, told: &[bool], ledger: &Ledger) {
        let mut contracts = std::mem::take(&mut self.contracts);
        for contract in &mut contracts {
            let theirs = self.of_person(contract.person).iter();
            let theirs = theirs.filter(|h| h.contract == contract.id);
            let mut moves: Vec<(i32, Move)> = theirs
                .filter_map(|h| Some((h.day, as_move(h.what)?)))
                .into_list();
            if !moves.is_empty() {
                // A delivery on a later day ends a rest, and shows that a payment went through.
                for delivery in &contract.deliveries {
                    let latest = moves.iter().rev().find(|(day, _)| *day < delivery.day);
                    let ends = match latest {
                        Some((_, Move::Pause)) => Some(Move::Resume),
                        Some((_, Move::Fail)) => Some(Move::Recover),
                        _ => None,
                    };
                    if let Some(ends) = ends {
                        let at = moves.partition_point(|(day, _)| *day < delivery.day);
                        moves.insert(at, (delivery.day, ends));
                    }
                }
            }
            contract.moves = moves;
            let is_told = told.get(contract.id as usize).copied().unwrap_or_default();
            let status = Status::of(ledger.contracts.get(contract.id).status);
            let rests = matches!(status, Status::Paused | Status::Failed);
            if contract.end.is_none() && rests && !is_told {
                contract.undated = Some(status);
                self.unread.undated += 1;
            }
        }
        self.contracts = contracts;
    }
}

fn as_move(what: What) -> Option<Move> {
    Some(match what {
        What::Paused => Move::Pause,
        What::Resumed => Move::Resume,
        What::PaymentFailed => Move::Fail,
        What::PaymentRecovered => Move::Recover,
        _ => return None,
    })
}

struct Reader<'a> {
    shop: &'a Shop<'a>,
    zone: Zone,
    unread: Unread,
}

impl Reader<'_> {
    fn contract(
        &mut self,
        id: u32,
        row: &ContractRow,
        pieces: &[Piece],
        is_later: bool,
    ) -> Option<Contract> {
        let book = self.shop.book;
        let as_of = book.as_of_day;
        let zone = &mut self.zone;
        let mut day = |at: i64| (at != i64::MIN).then(|| zone.day(at));
        let started = day(row.started_at);
        let cancelled = day(row.cancelled_at);
        if started.is_some_and(|day| day > as_of) {
            return None;
        }
        self.unread.known += 1;
        let buyer = self.shop.people.person.get(row.record as usize).copied();
        let buyer = buyer.filter(|person| *person != NO_PERSON);
        let person = buyer.or_else(|| {
            let first = pieces.iter().min_by_key(|piece| piece.delivery.day);
            first.map(|piece| piece.person)
        });
        let is_theirs = |piece: &&Piece| Some(piece.person) == person;
        self.unread.of_others += pieces.iter().filter(|piece| !is_theirs(piece)).count() as i64;
        let person = person.filter(|person| !book.orders_of(*person).is_empty())?;
        self.unread.ours += 1;
        let pieces: Vec<&Piece> = pieces.iter().filter(is_theirs).into_list();
        let deliveries = deliveries(&pieces);
        let Some(start_day) = started.or_else(|| deliveries.first().map(|d| d.day)) else {
            self.unread.without_start += 1;
            return None;
        };
        let status = Status::of(row.status);
        let end = match cancelled {
            Some(day) if day <= as_of => Some((ended(status), Some(day))),
            Some(_) => None,
            // Goods that came after the day show that it went on.
            None if status.is_alive() || is_later => None,
            None => {
                self.unread.without_end += 1;
                let last = deliveries.last().filter(|_| status == Status::Completed);
                Some((status, last.map(|delivery| delivery.day)))
            }
        };
        Some(Contract {
            id,
            person,
            start_day,
            end,
            product: product_of(&pieces),
            deliveries,
            cycle_days: row.cycle_days,
            reason: row.cancel_reason,
            next_day: self.next_day(row).filter(|_| end.is_none()),
            ..Contract::default()
        })
    }

    fn next_day(&self, row: &ContractRow) -> Option<i32> {
        match self.shop.ledger.contracts.texts.get(row.next_ship_date) {
            Some(Key::Text(text)) => date(text),
            _ => None,
        }
    }
}

/// With a date, whatever does not say that it ended as agreed was cancelled.
fn ended(status: Status) -> Status {
    match status {
        Status::Completed => Status::Completed,
        _ => Status::Cancelled,
    }
}

/// Orders together; the book has them by time.
fn deliveries(pieces: &[&Piece]) -> Vec<Delivery> {
    let mut deliveries: Vec<Delivery> = Vec::new();
    for order in pieces.chunk_by(|a, b| a.order == b.order) {
        let mut delivery = Delivery::default();
        for piece in order {
            delivery.day = piece.delivery.day;
            delivery.count = delivery.count.max(piece.delivery.count);
            delivery.amount = delivery.amount.wrapping_add(piece.delivery.amount);
            delivery.quantity = delivery.quantity.wrapping_add(piece.delivery.quantity);
        }
        deliveries.push(delivery);
    }
    deliveries
}

/// The product with the greatest amount in the first delivery, the smallest rank of equals.
fn product_of(pieces: &[&Piece]) -> i64 {
    let first = pieces.first().map(|piece| piece.order);
    let first = pieces.iter().filter(|piece| Some(piece.order) == first);
    let best = first.min_by_key(|piece| (piece.delivery.amount.wrapping_neg(), piece.product));
    best.map_or(-1, |piece| i64::from(piece.product))
}

/// Lines of known contracts in people's orders, by contract and time, and how many contracts
/// lines alone name, once for each person who ordered under them: so those of shards add up.
fn pieces(shop: &Shop<'_>) -> (Vec<Piece>, i64) {
    let (ledger, book) = (shop.ledger, shop.book);
    let mut pieces = Vec::new();
    let mut named = 0;
    let mut named_by = vec![NO_PERSON; ledger.contracts.ids.len()];
    for (person, orders) in book.people(0..book.person_count()) {
        for order in orders {
            let lines = ledger.lines.rows(order.line_start, order.line_count);
            for (line, number) in lines.zip(order.line_start..) {
                let detail = ledger.line_details(number);
                if detail.contract == NONE {
                    continue;
                }
                if !ledger.contracts.is_known(detail.contract) {
                    let last = named_by.get_mut(detail.contract as usize);
                    if let Some(last) = last.filter(|last| **last != person) {
                        *last = person;
                        named += 1;
                    }
                    continue;
                }
                let rank = book.rank_of_product.get(line.product as usize).copied();
                pieces.push(Piece {
                    contract: detail.contract,
                    person,
                    order: order.row,
                    product: rank.unwrap_or(NONE),
                    delivery: Delivery {
                        day: order.day,
                        count: detail.contract_count,
                        amount: line.amount,
                        quantity: line.quantity,
                    },
                });
            }
        }
    }
    let pieces = sorted(pieces, |a, b| {
        (a.contract, a.delivery.day).cmp(&(b.contract, b.delivery.day))
    });
    (pieces, named)
}

/// Contracts with a delivery after the day of the question.
fn delivered_later(shop: &Shop<'_>) -> Vec<bool> {
    let ledger = shop.ledger;
    let mut later = Vec::new();
    if shop.book.left_out.later == 0 {
        return later;
    }
    later.resize(ledger.contracts.ids.len(), false);
    let mut zone = ledger.zone.clone();
    for (row, order) in (0u32..).zip(&ledger.orders.rows) {
        let counts = order.status() == OrderStatus::Counted && ledger.is_latest(row, order);
        if !counts || zone.day(order.at()) <= shop.book.as_of_day {
            continue;
        }
        let person = shop.people.person.get(order.record as usize).copied();
        for line in order.line_start..order.line_start.saturating_add(order.line_count()) {
            let contract = ledger.line_details(line).contract;
            let buyer = ledger.contracts.get(contract).record;
            let buyer = shop.people.person.get(buyer as usize).copied();
            // As with deliveries up to the day, those of somebody else tell nothing.
            let is_theirs = buyer.is_none_or(|buyer| buyer == NO_PERSON || Some(buyer) == person);
            if let Some(later) = later.get_mut(contract as usize).filter(|_| is_theirs) {
                *later = true;
            }
        }
    }
    later
}

/// Events of the contracts and of their customers by person and time, and the contracts of which
/// any event tells a rest or a failure.
fn happenings(
    shop: &Shop<'_>,
    contracts: &[Contract],
    zone: &mut Zone,
) -> (Vec<Happening>, Vec<bool>) {
    let ledger = shop.ledger;
    let mut owner = vec![NO_PERSON; ledger.contracts.ids.len()];
    let mut is_owner = vec![false; shop.book.person_count() as usize];
    for contract in contracts {
        if let Some(place) = owner.get_mut(contract.id as usize) {
            *place = contract.person;
        }
        if let Some(place) = is_owner.get_mut(contract.person as usize) {
            *place = true;
        }
    }
    let kinds: Vec<Option<What>> = (0..ledger.events.kinds.len() as u32)
        .map(|kind| what(ledger, kind))
        .into_list();
    let mut told = vec![false; owner.len()];
    let mut found: Vec<(i64, Happening)> = Vec::new();
    for row in &ledger.events.rows {
        let Some(what) = kinds.get(row.kind as usize).copied().flatten() else {
            continue;
        };
        let of_contract = owner.get(row.contract as usize).copied();
        let of_record = || shop.people.person.get(row.record as usize).copied();
        let person = of_contract.or_else(of_record).unwrap_or(NO_PERSON);
        if !is_owner.get(person as usize).copied().unwrap_or_default() {
            continue;
        }
        if as_move(what).is_some()
            && let Some(told) = told.get_mut(row.contract as usize)
        {
            *told = true;
        }
        let day = zone.day(row.at);
        if day <= shop.book.as_of_day {
            let happening = Happening {
                person,
                day,
                contract: row.contract,
                what: with_detail(what, ledger, row),
            };
            found.push((row.at, happening));
        }
    }
    let found = sorted(found, |a, b| (a.1.person, a.0).cmp(&(b.1.person, b.0)));
    (found.into_iter().map(|(_, it)| it).into_list(), told)
}

fn what(ledger: &Ledger, kind: u32) -> Option<What> {
    let Some(Key::Text(kind)) = ledger.events.kinds.get(kind) else {
        return None;
    };
    Some(match kind {
        "contract_skipped" => What::Skipped,
        "contract_paused" => What::Paused,
        "contract_resumed" => What::Resumed,
        "cycle_changed" => What::CycleChanged(0),
        "payment_failed" => What::PaymentFailed,
        "payment_recovered" => What::PaymentRecovered,
        "card_expires" => What::CardExpires(i32::MIN),
        "cancel_page_viewed" => What::CancelPage,
        "complaint" => What::Complaint,
        "line_blocked" | "consent_withdrawn" | "mail_complained" => What::Blocked,
        "returned" => What::Returned,
        "mail_sent" => What::MailSent,
        "mail_opened" | "mail_clicked" => What::MailRead,
        _ => return None,
    })
}

fn with_detail(what: What, ledger: &Ledger, row: &EventRow) -> What {
    let text = match ledger.words.get(row.detail) {
        Some(Key::Text(text)) => text,
        Some(Key::Int(number)) => {
            return match what {
                What::CycleChanged(_) => What::CycleChanged(number.try_into().unwrap_or(0)),
                what => what,
            };
        }
        None => return what,
    };
    match what {
        What::CycleChanged(_) => What::CycleChanged(text.trim().parse().unwrap_or(0)),
        What::CardExpires(_) => What::CardExpires(last_day(text).unwrap_or(i32::MIN)),
        what => what,
    }
}

/// The last day of `YYYY-MM`.
fn last_day(text: &str) -> Option<i32> {
    let mut parts = text.trim().split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let first = NaiveDate::from_ymd_opt(year, month, 1).map(day_of)?;
    Some(first_day_of(month_of(first).saturating_add(1)).saturating_sub(1))
}

/// `YYYY-MM-DD`, whatever follows.
fn date(text: &str) -> Option<i32> {
    let text = text.trim();
    let mut parts = text.get(..10).unwrap_or(text).split('-');
    let mut part = || parts.next();
    let (year, month, day) = (part()?, part()?, part()?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(day_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_contracts_and_cards() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).map(day_of);
        assert_eq!(date("2025-03-09"), day(2025, 3, 9));
        assert_eq!(date("2025-03-09T00:00:00"), day(2025, 3, 9));
        assert_eq!(date("soon"), None);
        assert_eq!(last_day("2024-02"), day(2024, 2, 29));
        assert_eq!(last_day("2024-13"), None);
    }
}
