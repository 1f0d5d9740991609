//! Columns of customers that have to be made: each when it is first asked for, then kept.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::given::{Given, NO_VALUE};
use super::happened::{self, Happening, NO_DELIVERY, Words};
use super::postings::Postings;
use super::purchases::Purchases;
use super::query::{ABSENT, INVALID, Listed, NOT_SUBSCRIBED, SUBSCRIBED, Text, UNSUBSCRIBED, What};
use super::seasons::{self, Sent};
use super::yearly::{NO_DAY, of_birth};
use crate::analysis::customers::{NotMailable, View, search_form};
use crate::analysis::people::Figures;
use crate::analysis::rfm::Bounds;
use crate::keys::{Key, Keys, NONE};
use crate::ledger::contacts::Contact;

/// The made columns of one book and its figures, in their order. They hold as long as those and
/// the bounds of RFM and the lifecycle do: whoever changes one of them begins with new columns.
#[derive(Clone, Debug)]
pub struct Columns {
    rfm: Bounds,
    orders: OnceCell<Vec<u32>>,
    amounts: OnceCell<Vec<i64>>,
    first_days: OnceCell<Vec<i32>>,
    last_days: OnceCell<Vec<i32>>,
    scores: OnceCell<Vec<u8>>,
    cells: OnceCell<Vec<u8>>,
    deciles: OnceCell<Vec<u8>>,
    mail: OnceCell<Vec<u8>>,
    days: OnceCell<Vec<i32>>,
    to_second: OnceCell<Vec<i32>>,
    shops: OnceCell<Shops>,
    prefecture: OnceCell<Texts>,
    email_domain: OnceCell<Texts>,
    company: OnceCell<Texts>,
    first_media: OnceCell<Texts>,
    tags: OnceCell<Words>,
    media: OnceCell<Words>,
    coupons: OnceCell<Vec<Happening>>,
    events: OnceCell<Vec<Happening>>,
    deliveries: OnceCell<Vec<i32>>,
    gifts: OnceCell<Vec<u8>>,
    birth: OnceCell<Vec<u16>>,
    purchases: OnceCell<Purchases>,
    sent: OnceCell<Vec<Sent>>,
    given: [OnceCell<Vec<i32>>; Given::ALL.len()],
}

/// Texts by a dictionary.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    /// Each distinct text, as it is searched.
    pub forms: Vec<String>,
    /// The text of each customer, or NONE.
    pub of_customer: Vec<u32>,
}

/// Where customers bought.
#[derive(Clone, Debug, Default)]
pub(super) struct Shops {
    /// Customers by shop id, each once a shop.
    pub customers: Postings,
    /// Number of shops of each customer.
    pub counts: Vec<u32>,
}

/// The scores R, F, M that a column holds in one number.
pub(super) fn scores_of(code: u8) -> [u8; 3] {
    [code / 25 + 1, code / 5 % 5 + 1, code % 5 + 1]
}

/// A value of a column that may have none, which [`NO_VALUE`] says.
pub(super) fn value(value: i32) -> i64 {
    match value {
        NO_VALUE => ABSENT,
        value => value.into(),
    }
}

fn column<T>(view: &View<'_>, of: impl FnMut(&Figures) -> T) -> Vec<T> {
    view.figures.iter().map(of).collect()
}

impl Columns {
    /// None made yet; RFM scores by these bounds.
    pub fn new(rfm: Bounds) -> Self {
        Columns {
            rfm,
            orders: OnceCell::new(),
            amounts: OnceCell::new(),
            first_days: OnceCell::new(),
            last_days: OnceCell::new(),
            scores: OnceCell::new(),
            cells: OnceCell::new(),
            deciles: OnceCell::new(),
            mail: OnceCell::new(),
            days: OnceCell::new(),
            to_second: OnceCell::new(),
            shops: OnceCell::new(),
            prefecture: OnceCell::new(),
            email_domain: OnceCell::new(),
            company: OnceCell::new(),
            first_media: OnceCell::new(),
            tags: OnceCell::new(),
            media: OnceCell::new(),
            coupons: OnceCell::new(),
            events: OnceCell::new(),
            deliveries: OnceCell::new(),
            gifts: OnceCell::new(),
            birth: OnceCell::new(),
            purchases: OnceCell::new(),
            sent: OnceCell::new(),
            given: Default::default(),
        }
    }

    /// Whether a column is given.
    pub fn has(&self, given: Given) -> bool {
        self.cell(given).is_some_and(|cell| cell.get().is_some())
    }

    /// Gives a column: a value for each of the figures, [`NO_VALUE`] for none. The first that is
    /// given stays.
    pub fn give(&self, given: Given, values: Vec<i32>) {
        if let Some(cell) = self.cell(given) {
            let _ = cell.set(values);
        }
    }

    fn cell(&self, given: Given) -> Option<&OnceCell<Vec<i32>>> {
        self.given.get(given as usize)
    }

    /// A column that is given; nobody has a value in one that is not.
    pub(super) fn given(&self, view: &View<'_>, given: Given) -> Cow<'_, [i32]> {
        let known = self.cell(given).and_then(OnceCell::get);
        let known = known.filter(|values| values.len() == view.figures.len());
        known.map_or_else(
            || vec![NO_VALUE; view.figures.len()].into(),
            |values| values.as_slice().into(),
        )
    }

    pub(super) fn orders(&self, view: &View<'_>) -> &[u32] {
        self.orders
            .get_or_init(|| column(view, |figures| figures.orders))
    }

    pub(super) fn amounts(&self, view: &View<'_>) -> &[i64] {
        self.amounts
            .get_or_init(|| column(view, |figures| figures.amount))
    }

    pub(super) fn first_days(&self, view: &View<'_>) -> &[i32] {
        self.first_days
            .get_or_init(|| column(view, |figures| figures.first_day))
    }

    pub(super) fn last_days(&self, view: &View<'_>) -> &[i32] {
        self.last_days
            .get_or_init(|| column(view, |figures| figures.last_day))
    }

    /// Scores R, F, M in one: [`scores_of`].
    pub(super) fn scores(&self, view: &View<'_>) -> &[u8] {
        let scores = |figures: &Figures| {
            let [r, f, m] = self.rfm.scores(figures, view.book.as_of_day);
            (r - 1) * 25 + (f - 1) * 5 + m - 1
        };
        self.scores.get_or_init(|| column(view, scores))
    }

    /// Cells of the lifecycle matrix, row by row from 0.
    pub(super) fn cells(&self, view: &View<'_>) -> &[u8] {
        let cell = |figures: &Figures| {
            let [row, column] = view.cell(figures);
            (row - 1) * 3 + column - 1
        };
        self.cells.get_or_init(|| column(view, cell))
    }

    pub(super) fn deciles(&self, view: &View<'_>) -> &[u8] {
        self.deciles
            .get_or_init(|| column(view, |figures| view.decile(figures)))
    }

    /// How advertising mail stands: [`mail_status`].
    pub(super) fn mail(&self, view: &View<'_>) -> &[u8] {
        let status = |figures: &Figures| match view.mail_address(figures.person) {
            Ok(_) => SUBSCRIBED,
            Err(NotMailable::Withdrawn) => UNSUBSCRIBED,
            Err(NotMailable::NoConsent) => NOT_SUBSCRIBED,
            Err(NotMailable::BadAddress) => INVALID,
            Err(NotMailable::NoAddress) => NO_ADDRESS.into(),
        };
        self.mail
            .get_or_init(|| column(view, |figures| status(figures) as u8))
    }

    pub(super) fn to_second(&self, view: &View<'_>) -> &[i32] {
        let days = |figures: &Figures| {
            let second = view.book.orders_of(figures.person).get(1);
            second.map_or(NO_VALUE, |second| second.day - figures.first_day)
        };
        self.to_second.get_or_init(|| column(view, days))
    }

    pub(super) fn shops(&self, view: &View<'_>) -> &Shops {
        self.shops.get_or_init(|| {
            let customers = Postings::of(view.ledger.shops.len(), &|meet| {
                let mut last = vec![NONE; view.ledger.shops.len()];
                for (index, figures) in (0u32..).zip(view.figures) {
                    for order in view.book.orders_of(figures.person) {
                        if let Some(last) = last.get_mut(order.shop as usize)
                            && *last != index
                        {
                            *last = index;
                            meet(order.shop, index);
                        }
                    }
                }
            });
            let mut counts = vec![0; view.figures.len()];
            for shop in 0..view.ledger.shops.len() as u32 {
                for customer in customers.get(shop) {
                    if let Some(count) = counts.get_mut(*customer as usize) {
                        *count += 1;
                    }
                }
            }
            Shops { customers, counts }
        })
    }

    pub(super) fn texts(&self, view: &View<'_>, of: Text) -> &Texts {
        let (cell, part): (_, Part) = match of {
            Text::FirstMedia => {
                return self.first_media.get_or_init(|| first_media(view));
            }
            Text::Prefecture => (&self.prefecture, |contact| contact.prefecture),
            Text::Company => (&self.company, |contact| contact.company),
            Text::EmailDomain => (&self.email_domain, |contact| {
                let (_, domain) = contact.email?.trim().rsplit_once('@')?;
                Some(domain)
            }),
        };
        cell.get_or_init(|| texts(view, part))
    }

    pub(super) fn words(&self, view: &View<'_>, listed: Listed) -> &Words {
        let cell = match listed {
            Listed::Tags => &self.tags,
            Listed::Media => &self.media,
        };
        cell.get_or_init(|| happened::words(view, listed))
    }

    pub(super) fn happenings(&self, view: &View<'_>, what: What) -> &[Happening] {
        let cell = match what {
            What::Coupon => &self.coupons,
            What::Event => &self.events,
        };
        cell.get_or_init(|| happened::happenings(view, what))
    }

    /// Days of the last deliveries: [`delivery`].
    pub(super) fn deliveries(&self, view: &View<'_>) -> &[i32] {
        self.deliveries
            .get_or_init(|| happened::last_deliveries(view))
    }

    /// 1 of who ever ordered a gift.
    pub(super) fn gifts(&self, view: &View<'_>) -> &[u8] {
        self.gifts.get_or_init(|| happened::gifts(view))
    }

    /// Gifts of seasons.
    pub(super) fn sent(&self, view: &View<'_>) -> &[Sent] {
        self.sent.get_or_init(|| seasons::sent(view))
    }

    /// Birthdays as days of the year: as on the latest order that has one, else as a fact of the
    /// customer told it last.
    pub(super) fn birth(&self, view: &View<'_>) -> &[u16] {
        self.birth.get_or_init(|| {
            let births = &view.ledger.contacts.birth;
            let day = |id| {
                let key = births.keys.get(id).map(|key| key.to_string());
                key.map_or(NO_DAY, |key| of_birth(&key))
            };
            let days: Vec<u16> = (0..births.keys.len() as u32).map(day).collect();
            let of = |record| days.get(births.get(record) as usize).copied();
            let told = happened::told_last(view, &|record| of(record).is_some());
            let of_customer = |(figures, told): (&Figures, Option<u32>)| {
                let mut records = view.records(figures.person);
                let day = records.find_map(|(record, _)| of(record));
                day.or_else(|| of(told?)).unwrap_or(NO_DAY)
            };
            view.figures.iter().zip(told).map(of_customer).collect()
        })
    }

    /// The day of each order of the book.
    pub(super) fn days(&self, view: &View<'_>) -> &[i32] {
        let orders = || view.book.orders.iter().map(|order| order.day).collect();
        self.days.get_or_init(orders)
    }

    pub(super) fn purchases(&self, view: &View<'_>) -> &Purchases {
        self.purchases
            .get_or_init(|| Purchases::of(view.ledger, view.book, view.figures))
    }
}

/// Stands for no e-mail address.
pub(super) const NO_ADDRESS: u8 = u8::MAX;

/// How mail stands, [`ABSENT`] without an address.
pub(super) fn mail_status(status: u8) -> i64 {
    match status {
        NO_ADDRESS => ABSENT,
        status => status.into(),
    }
}

/// Days since the last delivery, [`ABSENT`] without one.
pub(super) fn delivery(day: i32, as_of_day: i64) -> i64 {
    match day {
        NO_DELIVERY => ABSENT,
        day => as_of_day - i64::from(day),
    }
}

/// A part of a contact.
type Part = for<'a> fn(&Contact<'a>) -> Option<&'a str>;

/// A part of each customer's contact, as on the latest order that has it.
fn texts(view: &View<'_>, part: Part) -> Texts {
    let contacts = &view.ledger.contacts;
    let mut keys = Keys::default();
    let of_customer = column(view, |figures| {
        let mut records = view.records(figures.person);
        let found = records.find_map(|(record, _)| part(&contacts.contact(record)));
        found.map_or(NONE, |text| keys.intern(Key::of(text)))
    });
    dictionary(&keys, of_customer)
}

fn dictionary(keys: &Keys, of_customer: Vec<u32>) -> Texts {
    let form = |id| {
        let key = keys.get(id).map(|key| key.to_string());
        search_form(&key.unwrap_or_default())
    };
    Texts {
        forms: (0..keys.len() as u32).map(form).collect(),
        of_customer,
    }
}

/// The medium of each customer's first order.
fn first_media(view: &View<'_>) -> Texts {
    let (ledger, media) = (view.ledger, &view.ledger.orders.details.media);
    let mut keys = Keys::default();
    let of_customer = column(view, |figures| {
        let first = view.book.orders_of(figures.person).first();
        let word = first.and_then(|order| ledger.words.get(media.get(order.row)));
        word.map_or(NONE, |word| keys.intern_text(&word.to_string()))
    });
    dictionary(&keys, of_customer)
}
