//! Loading: a payload of any format → the ledger, with every refused row listed.

use std::collections::TryReserveError;

use okaeri_carts as carts;
use okaeri_carts::Found;
use okaeri_core::identity::{Judgement, Verdict};
use okaeri_core::keys::{Key, NONE};
use okaeri_core::ledger::contacts::Contact;
use okaeri_core::ledger::contracts::ContractRow;
use okaeri_core::ledger::events::EventRow;
use okaeri_core::ledger::load::{AMOUNT_MAX, QUANTITY_MAX, Reason, Rejection};
use okaeri_core::order::sorted;
use okaeri_protocol::Moment;
use okaeri_protocol::answer::{Answer, CallError, ErrorCode, Loaded, Rejected};
use okaeri_protocol::facts::{self, Buyer, Contract, Customer, Event, Fact};
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

/// A load under way.
#[derive(Debug, Default)]
pub(crate) struct Loading {
    /// What it has come to, without the file under way.
    loaded: Loaded,
    /// The file that the next call goes on with.
    file: Option<(Format, carts::Reader)>,
}

impl Instance {
    /// Carries out one call of a load. A call that fails undoes the load.
    pub(crate) fn load(&mut self, load: &Load, payload: &[u8]) -> Result<Answered, CallError> {
        self.forget();
        self.ledger.order_of_row.clear();
        self.ledger.number_after = None;
        let mut loading = std::mem::take(&mut self.loading);
        if let Err(why) = self.take_in(load, payload, &mut loading) {
            self.cancel();
            return Err(why);
        }
        let report = self.ledger.report();
        let mut answer = loading.loaded.clone();
        if let Some((_, file)) = &loading.file {
            add_file(&mut answer, file);
        }
        answer.orders = report.orders;
        answer.lines = report.lines;
        answer.replaced = report.replaced;
        answer.stale = report.stale;
        answer.rejected_count += report.rejected;
        if load.more {
            self.loading = loading;
        } else {
            self.ledger.commit();
        }
        let numbers = std::mem::take(&mut self.ledger.order_of_row);
        Ok(Answered {
            payload: numbers.into_iter().flat_map(u32::to_le_bytes).collect(),
            ..Answer::Loaded(answer).into()
        })
    }

    /// Takes back the load under way.
    pub(crate) fn cancel(&mut self) {
        self.forget();
        self.loading = Loading::default();
        self.ledger.rollback();
    }

    fn take_in(
        &mut self,
        load: &Load,
        payload: &[u8],
        loading: &mut Loading,
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
        if loading
            .file
            .as_ref()
            .is_some_and(|(format, _)| *format != load.format)
        {
            self.end_file(loading)?;
        }
        let loaded = &mut loading.loaded;
        let before = loaded.rows;
        let is_arrow = matches!(load.format, Format::ArrowLines | Format::ArrowCustomers);
        self.ledger.number_after = is_arrow.then_some(before);
        match load.format {
            Format::ArrowLines => {
                loaded.format = "arrow_lines".to_owned();
                let ledger = &mut self.ledger;
                let report = arrow::read_lines(payload, &load.columns, before, &mut |batch| {
                    let room = match rows.shard {
                        None => ledger.append(batch),
                        // Rows of the source are counted from 1.
                        Some(_) => ledger
                            .append_shard(batch, |row| rows.takes(row.saturating_sub(before + 1))),
                    };
                    room.map_err(no_memory)
                })?;
                rows.check(report.rows)?;
                self.number(report.rows);
                note_refused(loaded, report.rejected_count, report.rejected.into_iter());
                loaded.rows += report.rows;
                loaded.unread = report.unread;
                self.note_rejections(loaded, |ours| {
                    let name = load.columns.get(ours)?;
                    Some(name.strip_suffix("?0").unwrap_or(name))
                });
            }
            Format::ArrowCustomers => {
                loaded.format = "arrow_customers".to_owned();
                // Every shard takes customers: a row of them does not tell who they are kin to.
                let report =
                    arrow::read_customers(payload, &load.columns, before, &mut |customers| {
                        for customer in &customers {
                            self.add_customer(customer);
                        }
                        loaded.others += customers.len() as u64;
                        Ok::<(), ArrowError>(())
                    })?;
                rows.check(report.rows)?;
                self.number(report.rows);
                note_refused(loaded, report.rejected_count, report.rejected.into_iter());
                loaded.rows += report.rows;
                loaded.unread = report.unread;
            }
            Format::Json | Format::Ndjson | Format::Csv => {
                // A host may learn that there is no more only when nothing comes.
                let goes_on = loading.file.is_some() || loading.loaded.format.is_empty();
                let nothing = !goes_on && payload.trim_ascii().is_empty();
                if !nothing {
                    self.go_on(load, payload, rows, loading)?;
                }
            }
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

    /// Takes in a file of facts, or its next piece.
    fn go_on(
        &mut self,
        load: &Load,
        payload: &[u8],
        rows: Rows<'_>,
        loading: &mut Loading,
    ) -> Result<(), CallError> {
        let (_, reader) = match &mut loading.file {
            Some(file) => file,
            none => none.insert((load.format, self.open(load)?)),
        };
        let mut ended = false;
        self.take_facts(reader, &mut loading.loaded, rows, |reader, sink| {
            reader.push(payload, sink)?;
            ended = !load.more || reader.is_whole();
            if ended {
                reader.finish(sink)?;
            }
            Ok(())
        })?;
        if ended && let Some((_, reader)) = loading.file.take() {
            add_file(&mut loading.loaded, &reader);
        }
        Ok(())
    }

    /// Begins a file.
    fn open(&self, load: &Load) -> Result<carts::Reader, CallError> {
        let mapping = match &load.mapping {
            Some(text) => Some(carts::Mapping::from_toml(text).map_err(|why| {
                let at = format!("mapping, line {}", why.line);
                error(ErrorCode::BadCall, Some(&at), why.to_string())
            })?),
            None => None,
        };
        Ok(carts::Reader::new(carts::ReadOptions {
            format: match load.format {
                Format::Json => carts::Format::Json,
                Format::Ndjson => carts::Format::Ndjson,
                _ => carts::Format::Auto,
            },
            mapping,
            currency: self.settings.currency.clone(),
        }))
    }

    /// Ends the file under way.
    fn end_file(&mut self, loading: &mut Loading) -> Result<(), CallError> {
        if let Some((_, mut reader)) = loading.file.take() {
            let all = Rows {
                shard: None,
                shards: &[],
            };
            self.take_facts(&mut reader, &mut loading.loaded, all, |reader, sink| {
                reader.finish(sink).map(|_| ())
            })?;
            add_file(&mut loading.loaded, &reader);
        }
        Ok(())
    }

    /// Puts the facts that a reader finds into the ledger.
    fn take_facts(
        &mut self,
        reader: &mut carts::Reader,
        loaded: &mut Loaded,
        rows: Rows<'_>,
        act: impl FnOnce(&mut carts::Reader, &mut carts::Sink<'_>) -> Result<(), carts::ReadError>,
    ) -> Result<(), CallError> {
        let mut facts = FactSink {
            instance: self,
            before: loaded.rows,
            loaded,
            batch: Batch::default(),
            rows,
            count: 0,
            names: Vec::new(),
            room: Ok(()),
        };
        let read = act(reader, &mut |found| facts.add(found));
        facts.flush();
        let count = facts.count;
        facts.room.map_err(no_memory)?;
        read.map_err(|why| error(why.code(), None, why.to_string()))?;
        rows.check(count)?;
        let columns = reader.report().map(|report| &report.columns);
        self.note_rejections(loaded, |ours| columns?.get(ours).map(String::as_str));
        Ok(())
    }

    /// Lists what the ledger refused, with the columns as the source names them.
    fn note_rejections<'a>(
        &mut self,
        loaded: &mut Loaded,
        theirs: impl Fn(&str) -> Option<&'a str>,
    ) {
        let refused = self.ledger.take_rejections();
        let named = refused.iter().map(|rejection| Rejected {
            column: theirs(rejection.column)
                .unwrap_or(rejection.column)
                .to_owned(),
            ..listed(rejection)
        });
        // The ledger has counted them.
        note_refused(loaded, 0, named);
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
        let tags = customer.tags.join("|");
        self.ledger
            .add_customer(&contact(&customer.contact), shop, at, &tags);
    }

    fn add_contract(&mut self, contract: &Contract) {
        let record = self
            .ledger
            .contacts
            .add(&contact(&contract.buyer), key(&contract.shop));
        let mut seconds = |at: Option<Moment>| at.map_or(i64::MIN, |at| self.seconds(at));
        let (started_at, cancelled_at) =
            (seconds(contract.started_at), seconds(contract.cancelled_at));
        let contracts = &mut self.ledger.contracts;
        let mut text = |text: &Option<String>| match text {
            Some(text) => contracts.texts.intern(Key::of(text)),
            None => NONE,
        };
        let row = ContractRow {
            record,
            status: contract.status as u8,
            started_at,
            cancelled_at,
            cancel_reason: text(&contract.cancel_reason),
            cycle_days: contract.cycle_days.unwrap_or_default(),
            next_ship_date: text(&contract.next_ship_date),
        };
        contracts.set(&contract.contract_id, row);
    }

    /// Takes in an event; whether it was new.
    fn add_event(&mut self, event: &Event) -> bool {
        let at = self.seconds(event.at);
        let contact = Contact {
            customer_id: text(&event.customer_id),
            email: text(&event.email),
            ..Contact::default()
        };
        let ledger = &mut self.ledger;
        let record = ledger.contacts.add(&contact, key(&event.shop));
        let given = match event.kind.as_str() {
            "consent_given" => Some(true),
            "consent_withdrawn" | "mail_complained" => Some(false),
            _ => None,
        };
        if let Some(given) = given {
            ledger.consents.set(&ledger.contacts, record, at, given);
        }
        let delivery = event.delivery_key.as_deref().map(Key::of);
        let row = EventRow {
            at,
            kind: ledger.events.kinds.intern(Key::of(&event.kind)),
            record,
            delivery: delivery.map_or(NONE, |key| ledger.events.deliveries.intern(key)),
            contract: NONE,
            detail: NONE,
        };
        let (contract, detail) = (event.contract_id.as_deref(), event.detail.as_deref());
        ledger.add_event(&event.event_id, row, contract, detail)
    }

    fn add_judgement(&mut self, judgement: &facts::Judgement) {
        let at = self.seconds(judgement.at);
        let contacts = &mut self.ledger.contacts;
        let a = contacts.add(&contact(&judgement.a), key(&judgement.a_shop));
        let b = contacts.add(&contact(&judgement.b), key(&judgement.b_shop));
        let verdict = match judgement.verdict {
            facts::Verdict::Same => Verdict::Same,
            facts::Verdict::Different => Verdict::Different,
            facts::Verdict::Open => Verdict::Open,
        };
        self.ledger.judgements.push(Judgement { a, b, at, verdict });
    }
}

/// Facts on their way into the ledger, gathered to batches.
struct FactSink<'a> {
    instance: &'a mut Instance,
    /// Rows of the load before this file.
    before: u64,
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
    fn add(&mut self, found: Found) {
        let row = self.count;
        self.count += 1;
        if let (Some(_), Fact::Order(order)) = (self.rows.shard, &found.fact) {
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
            let number = match &found.fact {
                Fact::Order(order) if !order.order_id.trim().is_empty() => {
                    ledger.order_ids.intern(Key::of(order.order_id.trim()))
                }
                _ => NO_ORDER,
            };
            ledger.order_of_row.push(number);
        }
        match found.fact {
            Fact::Order(order) => {
                let line_rows: Vec<u64> = found.line_rows.iter().map(|r| self.before + r).collect();
                self.batch.push(&order, self.before + found.row, &line_rows);
                if self.batch.len() >= BATCH_ROWS {
                    self.flush();
                }
            }
            Fact::Customer(customer) => {
                self.instance.add_customer(&customer);
                self.loaded.others += 1;
            }
            Fact::Contract(contract) => {
                self.instance.add_contract(&contract);
                self.loaded.others += 1;
                self.loaded.contracts += 1;
            }
            Fact::Event(event) => {
                let is_new = u64::from(self.instance.add_event(&event));
                self.loaded.others += is_new;
                self.loaded.events += is_new;
            }
            Fact::Judgement(judgement) => {
                self.instance.add_judgement(&judgement);
                self.loaded.others += 1;
            }
        }
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

fn key(text: &Option<String>) -> Option<Key<'_>> {
    text.as_deref().map(Key::of)
}

/// A part of a contact, if it can stand in one.
fn text(part: &Option<String>) -> Option<&str> {
    part.as_deref()
        .filter(|t| !t.is_empty() && !t.contains('\u{1f}'))
}

fn contact(buyer: &Buyer) -> Contact<'_> {
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

/// Adds what was read of a file.
fn add_file(loaded: &mut Loaded, file: &carts::Reader) {
    let Some(report) = file.report() else { return };
    let before = loaded.rows;
    loaded.format.clone_from(&report.format);
    loaded.unread.clone_from(&report.unread);
    loaded.rows += report.rows;
    let placed = report.rejected.iter().cloned().map(|rejected| Rejected {
        row: before + rejected.row,
        ..rejected
    });
    note_refused(loaded, report.rejected_count, placed);
}

/// Lists refused rows, the first ones by row, and counts them.
fn note_refused(loaded: &mut Loaded, count: u64, refused: impl Iterator<Item = Rejected>) {
    loaded.rejected_count += count;
    loaded.rejected.extend(refused);
    let all = std::mem::take(&mut loaded.rejected);
    loaded.rejected = sorted(all, |a, b| a.row.cmp(&b.row));
    loaded.rejected.truncate(LISTED_MAX);
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
        Reason::OtherShop => (
            "other_shop",
            "another shop has an order of this id already; keep the shops in books of their own, \
             or make their order ids differ"
                .to_owned(),
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
