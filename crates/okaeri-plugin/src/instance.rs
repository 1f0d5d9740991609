//! One shop's facts, and the questions about them.

use okaeri_core::list::List;
use std::sync::Arc;

use okaeri_core::analysis::pass::{self, Options, Summary, Totals};
use okaeri_core::analysis::rankings::Rankings;
use okaeri_core::analysis::tables::Finish;
use okaeri_core::book::{Book, Counting, LeftOut};
use okaeri_core::gifts::Gifts;
use okaeri_core::identity::{Link, People};
use okaeri_core::keys::Key;
use okaeri_core::ledger::Ledger;
use okaeri_core::people::{self, PersonKeys};
use okaeri_core::report::{Span, Told};
use okaeri_core::segment::Columns;
use okaeri_core::zone::{Zone, day_of};
use okaeri_protocol::answer::{About, Answer, CallError, ErrorCode, Note, Reply};
use okaeri_protocol::request::{Ask, Call, Question, RfmMode, Scope};
use okaeri_protocol::settings::{CustomerNumbers, Settings};
use okaeri_protocol::table::Cell;

use crate::forecasts::{self, Forecasted};
use crate::loading::Loading;
use crate::tables::{Wanted, code_cell, compared, finished, wanted};
use crate::{frame, reports, segments, settings};

/// One shop's facts, and what was made of them for the last question.
#[derive(Debug)]
pub struct Instance {
    pub(crate) settings: Settings,
    pub(crate) ledger: Ledger,
    /// The load under way.
    pub(crate) loading: Loading,
    pub(crate) resolved: Option<(People, PersonKeys)>,
    /// Which shipments are gifts, for the people resolved.
    gifts: Option<Arc<Gifts>>,
    /// Why contacts are one person; made when a customer's page is asked for.
    links: Option<Vec<Link>>,
    read: Option<(Book, Totals)>,
    /// Where the customers of the book stand, and their columns for segments.
    pub(crate) ranked: Option<Ranked>,
    /// What the instance was told of the whole shop.
    pub(crate) told: Told,
    /// Whether it was told for the question at hand, and so is a shard.
    pub(crate) is_told: bool,
    /// Which orders the book has.
    scope: Scope,
    /// Whether the totals have pairs.
    paired: bool,
    /// The forecast that was last asked for.
    pub(crate) forecasted: Option<Forecasted>,
    /// Whether the question at hand asks for it: what was asked before changes no answer.
    pub(crate) is_forecast_wanted: bool,
}

impl Default for Instance {
    fn default() -> Self {
        Instance::new()
    }
}

/// Where the customers of a book stand, and what segments look at. It holds as long as the book.
#[derive(Debug)]
pub(crate) struct Ranked {
    /// Whether the rankings were told; else they are the instance's own.
    is_told: bool,
    pub rankings: Rankings,
    pub columns: Columns,
}

/// An answer, what to know of it, and its payload.
pub(crate) struct Answered {
    pub answer: Answer,
    pub notes: Vec<Note>,
    pub payload: Vec<u8>,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Answered {
            answer,
            notes: Vec::new(),
            payload: Vec::new(),
        }
    }
}

/// An error of `code`, at a place in the call.
pub(crate) fn error(code: ErrorCode, at: Option<&str>, message: impl Into<String>) -> CallError {
    CallError {
        code,
        message: message.into(),
        at: at.map(str::to_owned),
        ..CallError::default()
    }
}

impl Instance {
    /// An instance without facts, under default settings.
    pub fn new() -> Self {
        let settings = Settings::default();
        let zone = settings::check(&settings).unwrap_or_else(|_| Zone::of_utc());
        let mut ledger = Ledger::new(zone, &settings.currency);
        ledger.contacts.numbers_by_shop = settings.customer_numbers == CustomerNumbers::Shop;
        Instance {
            settings,
            ledger,
            loading: Loading::default(),
            resolved: None,
            gifts: None,
            links: None,
            read: None,
            ranked: None,
            told: Told::default(),
            is_told: false,
            scope: Scope::All,
            paired: false,
            forecasted: None,
            is_forecast_wanted: false,
        }
    }

    /// Carries out the call in `frame`; the answer is a frame too.
    pub fn call(&mut self, frame: &[u8]) -> Vec<u8> {
        let (reply, payload) = match frame::read(frame) {
            Ok((call, payload)) => self.answer(call, payload),
            Err(error) => (Reply::Error { error }, Vec::new()),
        };
        frame::write(&reply, payload)
    }

    /// Carries out one call; the answer with its payload.
    pub fn answer(&mut self, call: Call, payload: &[u8]) -> (Reply, Vec<u8>) {
        match self.carry_out(call, payload) {
            Ok(Answered {
                answer,
                notes,
                payload,
            }) => (Reply::Answer { answer, notes }, payload),
            Err(error) => (Reply::Error { error }, Vec::new()),
        }
    }

    fn carry_out(&mut self, call: Call, payload: &[u8]) -> Result<Answered, CallError> {
        match call {
            Call::About => Ok(Answer::About(About {
                abi: okaeri_protocol::ABI_VERSION,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                orders: self.ledger.order_count() as u64,
                lines: self.ledger.lines.len() as u64,
                contracts: self.ledger.contracts.iter().count() as u64,
                events: self.ledger.events.rows.len() as u64,
            })
            .into()),
            Call::Configure { settings } => self.configure(*settings),
            Call::Load(load) => self.load(&load, payload),
            Call::Cancel => {
                self.cancel();
                Ok(Answer::Done.into())
            }
            Call::Ask(ask) => self.ask(&ask, payload),
            Call::Plan(request) => self.plan(&request, payload),
            Call::Shards { count } => self.shards(count, payload),
            Call::Partial {
                as_of,
                scope,
                question,
                standing: None,
            } => self.partial(day_of(as_of), scope, &question, payload),
            Call::Partial {
                as_of,
                scope,
                question,
                standing: Some(name),
            } => self.part(day_of(as_of), scope, &question, &name),
            Call::Finish {
                parts,
                compare,
                question,
                standing,
            } => self.finish((&parts, &compare), &question, standing.as_deref(), payload),
            Call::Standings { question } => self.standings(&question),
            Call::Reset => {
                *self = Instance::new();
                Ok(Answer::Done.into())
            }
        }
    }

    fn configure(&mut self, settings: Settings) -> Result<Answered, CallError> {
        let zone = settings::check(&settings)?;
        if settings.currency != self.settings.currency && !self.ledger.orders.rows.is_empty() {
            return Err(error(
                ErrorCode::BadSetting,
                Some("settings.currency"),
                "the currency cannot change once orders are loaded; reset first",
            ));
        }
        let has_contacts = !self.ledger.contacts.is_empty();
        if settings.customer_numbers != self.settings.customer_numbers && has_contacts {
            return Err(error(
                ErrorCode::BadSetting,
                Some("settings.customer_numbers"),
                "customer numbers cannot be read anew once facts are loaded; reset first",
            ));
        }
        self.ledger.zone = zone;
        self.ledger.contacts.numbers_by_shop = settings.customer_numbers == CustomerNumbers::Shop;
        self.ledger.currency.clone_from(&settings.currency);
        self.settings = settings;
        self.forget();
        Ok(Answer::Done.into())
    }

    /// Forgets what was made of the facts.
    pub(crate) fn forget(&mut self) {
        self.resolved = None;
        self.gifts = None;
        self.links = None;
        self.unread();
    }

    /// Forgets the book, and what was made of it.
    fn unread(&mut self) {
        self.read = None;
        self.forecasted = None;
        self.ranked = None;
        self.told = Told::default();
    }

    /// Who is who.
    pub(crate) fn resolve(&mut self) {
        if self.resolved.is_none() {
            let people = self.people(false);
            let keys = PersonKeys::of(&self.ledger.contacts, &people);
            self.resolved = Some((people, keys));
            self.gifts = None;
            self.links = None;
            self.unread();
        }
    }

    fn people(&self, linked: bool) -> People {
        let contacts = &self.ledger.contacts;
        people::resolve(
            contacts,
            settings::rule(&self.settings, contacts),
            &self.settings.identity_blocklist,
            &self.ledger.judgements,
            linked,
        )
    }

    /// Who is who; forgets a book of another day or scope.
    pub(crate) fn turn_to(&mut self, as_of_day: i32, scope: Scope) {
        self.resolve();
        if self
            .read
            .as_ref()
            .is_some_and(|(book, _)| book.as_of_day != as_of_day)
            || self.scope != scope
        {
            self.scope = scope;
            self.unread();
        }
    }

    /// People, the book and the totals of a day, made if the last question was not of that day.
    /// `pairs`: with pairs of products.
    pub(crate) fn read(&mut self, as_of_day: i32, scope: Scope, pairs: bool) -> Read<'_> {
        self.turn_to(as_of_day, scope);
        let ledger = &self.ledger;
        let (people, keys) = self.resolved.get_or_insert_default();
        let settings = &self.settings;
        let gifts = self.gifts.get_or_insert_with(|| {
            let rules = settings::gift_rules(&settings.gift);
            Arc::new(Gifts::of(ledger, &people.person, rules))
        });
        let is_read = self.read.is_some() && (self.paired || !pairs);
        let (book, totals) = self.read.get_or_insert_with(|| {
            let zero_amount = settings.count_zero_amount;
            let counting = Counting {
                as_of_day,
                zero_amount,
                is_gift: match scope {
                    Scope::All => None,
                    Scope::Own => Some(false),
                    Scope::Gift => Some(true),
                },
                gifts: Some(gifts),
            };
            let book = Book::of(ledger, &people.person, people.count, counting);
            (book, Totals::default())
        });
        if !is_read {
            let options = Options {
                lifecycle: settings::lifecycle(settings),
                basket_products_max: settings.basket_products_max,
                pairs,
            };
            *totals = Totals::default();
            *totals = pass::totals(ledger, book, &options);
            self.paired = pairs;
        }
        Read {
            settings,
            ledger,
            people,
            links: self.links.as_deref().unwrap_or_default(),
            keys,
            book,
            totals,
            forecast: self.forecasted.as_ref().filter(|_| self.is_forecast_wanted),
            ranked: self.ranked.as_ref(),
            told: self.is_told.then_some(&self.told),
        }
    }

    /// The same with rankings and columns for segments.
    ///
    /// # Errors
    /// When a shard was not told the rankings of this day.
    pub(crate) fn ranked(
        &mut self,
        as_of_day: i32,
        scope: Scope,
    ) -> Result<(Read<'_>, &Ranked), CallError> {
        let is_told = self.is_told;
        let read = self.read(as_of_day, scope, false);
        if read.ranked.is_none_or(|ranked| ranked.is_told != is_told) {
            let rankings = read.rankings()?;
            self.ranked = Some(Ranked {
                is_told,
                columns: Columns::new(rankings.quantiles),
                rankings,
            });
        }
        let read = self.read(as_of_day, scope, false);
        let ranked = read
            .ranked
            .ok_or_else(|| error(ErrorCode::BadCall, None, "not ranked"))?;
        Ok((read, ranked))
    }

    fn ask(&mut self, ask: &Ask, payload: &[u8]) -> Result<Answered, CallError> {
        let as_of_day = day_of(ask.as_of);
        let Some(compare) = ask.compare else {
            return self.ask_at(as_of_day, ask.scope, &ask.question, payload);
        };
        let before = self.ask_at(day_of(compare), ask.scope, &ask.question, &[])?;
        let now = self.ask_at(as_of_day, ask.scope, &ask.question, payload)?;
        compared(now, before)
    }

    fn ask_at(
        &mut self,
        as_of_day: i32,
        scope: Scope,
        question: &Question,
        payload: &[u8],
    ) -> Result<Answered, CallError> {
        match question {
            Question::IdCc => return Ok(self.read(as_of_day, scope, false).id_cc()),
            Question::Review { offset, limit } => {
                return Ok(self.read(as_of_day, scope, false).review(*offset, *limit));
            }
            Question::SegmentAttributes => {
                return Ok(segments::attributes(&settings::names(&self.settings)));
            }
            Question::Withdrawn { emails } => {
                return Ok(self.read(as_of_day, scope, false).withdrawn(emails));
            }
            _ => self.holds_orders()?,
        }
        if matches!(question, Question::Customer { .. }) && self.links.is_none() {
            self.resolve();
            self.links = Some(self.people(true).links);
        }
        let wanted = wanted(question);
        let pairs = wanted.as_ref().is_some_and(Wanted::has_pairs);
        let report = reports::of(question, &self.settings)?;
        self.tell((as_of_day, scope), payload, question, false)?;
        let of_shard = self.is_told;
        let forecast = forecasts::needed(question, &self.settings)?;
        self.forecast(as_of_day, scope, forecast)?;
        let read = self.read(as_of_day, scope, pairs);
        if let Some(wanted) = wanted {
            return Ok(read.tables(&wanted));
        }
        if let Some(report) = report {
            return Ok(read.report(report.as_ref()));
        }
        let (read, ranked) = self.ranked(as_of_day, scope)?;
        let rankings = &ranked.rankings;
        match question {
            Question::Customers { filter, .. } => {
                let view = read.view(rankings);
                let matching = view.matching(&read.conditions(filter, rankings)?);
                Ok(read.customers(&view, &matching, question, of_shard))
            }
            Question::Customer { key, brief } => read.customer(key, rankings, !brief),
            Question::Segment { text, limit } => Ok(read.segment(ranked, text, *limit, of_shard)),
            Question::SegmentOverlap { texts } => read.segment_overlap(ranked, texts),
            Question::SegmentWords { text, cursor } => {
                Ok(read.segment_words(ranked, text, *cursor))
            }
            _ => Err(error(
                ErrorCode::BadCall,
                Some("question.kind"),
                "no such question",
            )),
        }
    }

    /// Refuses what asks for more than keys of an instance that holds no more.
    pub(crate) fn holds_orders(&self) -> Result<(), CallError> {
        if self.ledger.keys_only {
            let message = "this instance was loaded with keys alone; ask one that holds the orders";
            return Err(error(ErrorCode::BadCall, None, message));
        }
        Ok(())
    }
}

/// Everything about one day, to answer from.
pub(crate) struct Read<'a> {
    pub settings: &'a Settings,
    pub ledger: &'a Ledger,
    pub people: &'a People,
    pub links: &'a [Link],
    pub keys: &'a PersonKeys,
    pub book: &'a Book,
    pub totals: &'a Totals,
    pub forecast: Option<&'a Forecasted>,
    /// There once the instance was asked by [`Instance::ranked`].
    pub ranked: Option<&'a Ranked>,
    /// What a shard was told for the question at hand.
    pub told: Option<&'a Told>,
}

impl Read<'_> {
    /// The codes of the book's products, by rank.
    pub fn codes(&self) -> Vec<Cell> {
        let code = |id: &u32| match self.ledger.products.get(*id) {
            Some(Key::Int(number)) => code_cell(&number.to_string()),
            Some(Key::Text(text)) => Cell::Text(text.to_owned()),
            None => Cell::None,
        };
        self.book.product_of_rank.iter().map(code).into_list()
    }

    /// The codes and names of the book's products as texts, by rank.
    pub fn products(&self) -> (Vec<String>, Vec<String>) {
        let ids = self.book.product_of_rank.iter();
        let texts = ids.map(|id| {
            let code = self.ledger.products.get(*id).map(|key| key.to_string());
            let name = self.ledger.product_names.get(*id);
            (code.unwrap_or_default(), name.unwrap_or_default())
        });
        texts.unzip()
    }

    /// The name of the product with this rank.
    pub fn product_name(&self, rank: usize) -> Option<String> {
        let id = self.book.product_of_rank.get(rank)?;
        self.ledger.product_names.get(*id)
    }

    fn tables(&self, wanted: &Wanted) -> Answered {
        let codes = self.codes();
        let tie = |person: u32| self.keys.tie(&self.ledger.contacts, person);
        let rfm = match wanted.rfm {
            RfmMode::Quantile => None,
            RfmMode::Threshold => Some(settings::rfm_thresholds(self.settings)),
        };
        let as_of_day = self.book.as_of_day;
        let finish = Finish {
            totals: self.totals,
            tie: &tie,
            as_of_day,
            rfm,
            top: wanted.top,
        };
        let tables = finished(&finish, wanted, &codes, |rank| self.product_name(rank));
        Answered {
            answer: Answer::Tables(tables),
            notes: self.notes(),
            payload: Vec::new(),
        }
    }

    /// Where people stand: as told, or among the people of this instance.
    fn rankings(&self) -> Result<Rankings, CallError> {
        let shop = self.shop();
        if self.told.is_none() {
            let tie = |person| shop.tie(person);
            let people = &self.totals.people;
            return Ok(Rankings::of(people, self.book.as_of_day, tie));
        }
        shop.told_rankings(Span::default()).ok_or_else(|| {
            let message = "the standings told have no rankings of this module's version";
            error(ErrorCode::BadData, None, message)
        })
    }

    /// What did not count.
    pub fn notes(&self) -> Vec<Note> {
        notes(&self.book.left_out, &self.totals.summary)
    }
}

/// What did not count, so that every number can say what it leaves out.
pub(crate) fn notes(left_out: &LeftOut, summary: &Summary) -> Vec<Note> {
    let all = [
        (
            "left_out_status",
            left_out.status,
            "orders that were cancelled, returned, merged or never completed",
        ),
        (
            "left_out_later",
            left_out.later,
            "orders placed after the day of the question",
        ),
        (
            "left_out_scope",
            left_out.scope,
            "orders that are outside the question's scope",
        ),
        (
            "left_out_worthless",
            left_out.worthless,
            "orders whose goods cost nothing after discounts",
        ),
        (
            "large_orders",
            summary.large_orders as u64,
            "orders with too many products to be counted in pairs",
        ),
        (
            "large_customers",
            summary.large_customers as u64,
            "customers with too many products to be counted in pairs",
        ),
    ];
    all.into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(code, count, message)| Note {
            code: code.to_owned(),
            count,
            message: message.to_owned(),
        })
        .into_list()
}
