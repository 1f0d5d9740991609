//! Loading: a payload of any format → the ledger, with every refused row listed.

use std::collections::TryReserveError;

use okaeri_carts as carts;
use okaeri_core::keys::Key;
use okaeri_core::ledger::contacts::Contact;
use okaeri_core::ledger::load::{AMOUNT_MAX, QUANTITY_MAX, Reason, Rejection};
use okaeri_core::order::sorted;
use okaeri_protocol::Moment;
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Loaded, Rejected};
use okaeri_protocol::facts::{Buyer, Customer, Event, Fact};
use okaeri_protocol::request::{Format, Load, ShardRows};

use crate::arrow::{self, ArrowError};
use crate::facts::Batch;
use crate::instance::{Answered, Instance, error};

/// Refused rows that are listed; the others are counted.
const LISTED_MAX: usize = 1000;
/// Rows of facts that become one batch.
const BATCH_ROWS: usize = 20_000;
/// The longest hint that is believed: 30 million lines take about 1 GB of a memory of 4 GB.
const LINES_HINT_MAX: u64 = 30_000_000;

/// A row without an order, in the numbers that a load of keys answers.
const NO_ORDER: u32 = u32::MAX;
/// The shard byte of a row that every shard takes.
const EVERY_SHARD: u8 = u8::MAX;

/// Which rows (or facts) of a payload are taken in.
#[derive(Clone, Copy)]
struct Rows<'a> {
    /// Number of the shard that takes some; `None` takes all.
    shard: Option<u8>,
    /// Shard of each row.
    shards: &'a [u8],
}

impl Rows<'_> {
    fn takes(&self, row: u64) -> bool {
        let shard = usize::try_from(row)
            .ok()
            .and_then(|row| self.shards.get(row));
        match (self.shard, shard) {
            (None, _) => true,
            (Some(ours), Some(shard)) => *shard == ours || *shard == EVERY_SHARD,
            (Some(_), None) => false,
        }
    }

    /// Refuses a payload whose rows are not as many as its shard bytes.
    fn check(&self, rows: u64) -> Result<(), CallError> {
        if self.shard.is_none() || self.shards.len() as u64 == rows {
            return Ok(());
        }
        let told = self.shards.len();
        let message = format!("the payload has {rows} rows, and the shards of {told}");
        Err(error(ErrorCode::BadData, Some("shard.rows"), message))
    }
}

impl Instance {
    /// Carries out one call of a load. A call that fails undoes the load.
    pub(crate) fn load(&mut self, load: &Load, payload: &[u8]) -> Result<Answered, CallError> {
        self.forget();
        self.ledger.order_of_row.clear();
        let mut loaded = std::mem::take(&mut self.loaded);
        if let Err(why) = self.take_in(load, payload, &mut loaded) {
            self.ledger.rollback();
            return Err(why);
        }
        let report = self.ledger.report();
        let mut answer = loaded.clone();
        answer.orders = report.orders;
        answer.lines = report.lines;
        answer.replaced = report.replaced;
        answer.stale = report.stale;
        answer.rejected_count += report.rejected;
        answer.rejected.extend(report.rejections.iter().map(listed));
        answer.rejected = sorted(answer.rejected, |a, b| a.row.cmp(&b.row));
        answer.rejected.truncate(LISTED_MAX);
        if load.more {
            self.loaded = loaded;
        } else {
            self.ledger.commit();
        }
        let numbers = std::mem::take(&mut self.ledger.order_of_row);
        Ok(Answered {
            payload: numbers.into_iter().flat_map(u32::to_le_bytes).collect(),
            ..Answer::Loaded(answer).into()
        })
    }

    fn take_in(
        &mut self,
        load: &Load,
        payload: &[u8],
        loaded: &mut Loaded,
    ) -> Result<(), CallError> {
        if self.ledger.orders.rows.is_empty() {
            self.ledger.keys_only = load.keys;
        } else if self.ledger.keys_only != load.keys {
            let message = "an instance holds either whole orders or keys alone; make a new one";
            return Err(error(ErrorCode::BadCall, Some("keys"), message));
        }
        let hint = load.lines_hint.unwrap_or_default().min(LINES_HINT_MAX);
        self.ledger.begin(hint as usize).map_err(no_memory)?;
        let (payload, rows) = parted(load, payload)?;
        match load.format {
            Format::ArrowLines => {
                loaded.format = "arrow_lines".to_owned();
                let ledger = &mut self.ledger;
                let report = arrow::read_lines(payload, &load.columns, &mut |batch| {
                    let room = match rows.shard {
                        None => ledger.append(batch),
                        // Rows of the source are counted from 1.
                        Some(_) => {
                            ledger.append_shard(batch, |row| rows.takes(row.saturating_sub(1)))
                        }
                    };
                    room.map_err(no_memory)
                })?;
                rows.check(report.rows)?;
                self.number(report.rows);
                note_refused(loaded, report.rejected_count, report.rejected);
                loaded.rows += report.rows;
                loaded.unread = report.unread;
            }
            Format::ArrowCustomers => {
                loaded.format = "arrow_customers".to_owned();
                // Every shard takes customers: a row of them does not tell who they are kin to.
                let report = arrow::read_customers(payload, &load.columns, &mut |customers| {
                    for customer in &customers {
                        self.add_customer(customer);
                    }
                    loaded.others += customers.len() as u64;
                    Ok::<(), ArrowError>(())
                })?;
                rows.check(report.rows)?;
                self.number(report.rows);
                note_refused(loaded, report.rejected_count, report.rejected);
                loaded.rows += report.rows;
                loaded.unread = report.unread;
            }
            Format::Json => self.read_file(load, carts::Format::Json, payload, rows, loaded)?,
            Format::Ndjson => self.read_file(load, carts::Format::Ndjson, payload, rows, loaded)?,
            Format::Csv => self.read_file(load, carts::Format::Auto, payload, rows, loaded)?,
        }
        Ok(())
    }

    /// Fills up the numbers of a load of keys: rows at the end may be of no order.
    fn number(&mut self, rows: u64) {
        if self.ledger.keys_only {
            let rows = usize::try_from(rows).unwrap_or(usize::MAX);
            self.ledger.order_of_row.resize(rows, NO_ORDER);
        }
    }

    /// Takes in a file of facts.
    fn read_file(
        &mut self,
        load: &Load,
        format: carts::Format,
        payload: &[u8],
        rows: Rows<'_>,
        loaded: &mut Loaded,
    ) -> Result<(), CallError> {
        let mapping = match &load.mapping {
            Some(text) => Some(carts::Mapping::from_toml(text).map_err(|why| {
                let at = format!("mapping, line {}", why.line);
                error(ErrorCode::BadCall, Some(&at), why.to_string())
            })?),
            None => None,
        };
        let currency = self.settings.currency.clone();
        let options = carts::ReadOptions {
            format,
            mapping,
            currency,
        };
        let mut facts = FactSink {
            instance: self,
            loaded,
            batch: Batch::default(),
            rows,
            count: 0,
            names: Vec::new(),
            room: Ok(()),
        };
        let report = carts::read(payload, &options, &mut |fact| facts.add(fact));
        facts.flush();
        let count = facts.count;
        facts.room.map_err(no_memory)?;
        let report = report.map_err(|why| error(why.code(), None, why.to_string()))?;
        rows.check(count)?;
        note_refused(loaded, report.rejected_count, report.rejected);
        loaded.rows += report.rows;
        loaded.format = report.format;
        loaded.unread = report.unread;
        Ok(())
    }

    fn seconds(&mut self, moment: Moment) -> i64 {
        match moment {
            Moment::Utc(seconds) => seconds,
            Moment::Local(at) => self.ledger.zone.utc(at.and_utc().timestamp()),
        }
    }

    fn add_customer(&mut self, customer: &Customer) {
        let at = customer.registered_at.map(|at| self.seconds(at));
        let shop = customer.shop.as_deref();
        self.ledger
            .add_customer(&contact(&customer.contact), shop, at);
    }

    /// Takes in an event; only consents have a meaning to the analyses so far.
    fn add_event(&mut self, event: &Event) {
        let given = match event.kind.as_str() {
            "consent_given" => true,
            "consent_withdrawn" | "mail_complained" => false,
            _ => return,
        };
        let at = self.seconds(event.at);
        let contact = Contact {
            customer_id: event.customer_id.as_deref(),
            email: event.email.as_deref(),
            mail_consent: Some(given),
            ..Contact::default()
        };
        self.ledger
            .add_consent(&contact, event.shop.as_deref(), at, given);
    }
}

/// Facts on their way into the ledger, gathered to batches.
struct FactSink<'a> {
    instance: &'a mut Instance,
    loaded: &'a mut Loaded,
    batch: Batch,
    rows: Rows<'a>,
    /// Facts read so far.
    count: u64,
    /// To a shard, names of the products in all orders: the latest one holds.
    names: Vec<(String, String)>,
    /// Whether there was memory for all so far; nothing is taken in after that.
    room: Result<(), TryReserveError>,
}

impl FactSink<'_> {
    /// Adds one fact.
    fn add(&mut self, fact: Fact) {
        let row = self.count;
        self.count += 1;
        if let (Some(_), Fact::Order(order)) = (self.rows.shard, &fact) {
            let named = order.lines.iter().filter_map(|line| {
                let name = line.name.clone()?;
                Some((line.product.clone(), name))
            });
            self.names.extend(named);
        }
        if !self.rows.takes(row) {
            return;
        }
        let ledger = &mut self.instance.ledger;
        if ledger.keys_only {
            let number = match &fact {
                Fact::Order(order) if !order.order_id.trim().is_empty() => {
                    ledger.order_ids.intern(Key::of(order.order_id.trim()))
                }
                _ => NO_ORDER,
            };
            ledger.order_of_row.push(number);
        }
        match fact {
            Fact::Order(order) => {
                self.batch.push(&order);
                if self.batch.len() >= BATCH_ROWS {
                    self.flush();
                }
                return;
            }
            Fact::Customer(customer) => self.instance.add_customer(&customer),
            // A contract tells who the customer is; what else it says is for later questions.
            Fact::Contract(contract) => {
                self.instance.ledger.add_customer(
                    &contact(&contract.buyer),
                    contract.shop.as_deref(),
                    None,
                );
            }
            Fact::Event(event) => self.instance.add_event(&event),
        }
        self.loaded.others += 1;
    }

    /// Hands the gathered orders to the ledger.
    fn flush(&mut self) {
        let batch = std::mem::take(&mut self.batch).finish();
        if batch.rows > 0 && self.room.is_ok() {
            self.room = self.instance.ledger.append(&batch);
        }
        for (product, name) in self.names.drain(..) {
            self.instance.ledger.name_product(&product, &name);
        }
    }
}

/// The data of a payload, and the rows of it that are to be taken in.
fn parted<'a>(load: &Load, payload: &'a [u8]) -> Result<(&'a [u8], Rows<'a>), CallError> {
    let Some(ShardRows { index, rows }) = load.shard else {
        let (shard, shards) = (None, &[][..]);
        return Ok((payload, Rows { shard, shards }));
    };
    let data = usize::try_from(rows).ok();
    let data = data.and_then(|rows| payload.len().checked_sub(rows));
    let parted = data.and_then(|data| payload.split_at_checked(data));
    let (data, shards) = parted.ok_or_else(|| {
        let message = "the payload is shorter than its shard bytes";
        error(ErrorCode::BadData, Some("shard.rows"), message)
    })?;
    let shard = Some(index);
    Ok((data, Rows { shard, shards }))
}

fn contact(buyer: &Buyer) -> Contact<'_> {
    fn text(part: &Option<String>) -> Option<&str> {
        part.as_deref()
            .filter(|t| !t.is_empty() && !t.contains('\u{1f}'))
    }
    Contact {
        customer_id: text(&buyer.customer_id),
        email: text(&buyer.email),
        phone: text(&buyer.phone),
        name: text(&buyer.name),
        name_kana: text(&buyer.name_kana),
        company: text(&buyer.company),
        postal: text(&buyer.postal),
        prefecture: text(&buyer.prefecture),
        address: text(&buyer.address),
        birth: text(&buyer.birth),
        mail_consent: buyer.mail_consent,
    }
}

fn no_memory(_: TryReserveError) -> CallError {
    let message = "there is no memory for so many orders; \
                   part the shop among several instances, or give this one more";
    error(ErrorCode::TooLarge, None, message)
}

fn note_refused(loaded: &mut Loaded, count: u64, refused: Vec<Rejected>) {
    loaded.rejected_count += count;
    let room = LISTED_MAX.saturating_sub(loaded.rejected.len());
    loaded.rejected.extend(refused.into_iter().take(room));
}

/// A row that the ledger refused, in words.
fn listed(rejection: &Rejection) -> Rejected {
    let (code, reason) = match rejection.reason {
        Reason::Missing => ("missing", "a value is needed here".to_owned()),
        Reason::OutOfCalendar => (
            "out_of_calendar",
            "the time is not between 1990 and 2099; check the date format".to_owned(),
        ),
        Reason::UnknownStatus => ("unknown_status", "the status is not known".to_owned()),
        Reason::OtherCurrency => (
            "other_currency",
            "the order is not in the shop's currency".to_owned(),
        ),
        Reason::TooLarge => (
            "too_large",
            format!(
                "beyond {AMOUNT_MAX} in minor units, or {QUANTITY_MAX} pieces; check the columns"
            ),
        ),
        Reason::OrderRefused => (
            "order_refused",
            "an earlier row of the same order was refused".to_owned(),
        ),
        Reason::Full => ("full", "the ledger can hold no more".to_owned()),
    };
    Rejected {
        row: rejection.row,
        column: rejection.column.to_owned(),
        code: code.to_owned(),
        reason,
    }
}
