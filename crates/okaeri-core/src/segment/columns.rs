//! Columns of customers that have to be made: each when it is first asked for, then kept.

use std::cell::OnceCell;

use super::happened::{self, Happening, NO_DELIVERY, Words};
use super::postings::Postings;
use super::purchases::Purchases;
use super::query::{ABSENT, INVALID, Listed, NOT_SUBSCRIBED, SUBSCRIBED, Text, UNSUBSCRIBED, What};
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

/// Stands for no second order.
pub(super) const NO_SECOND: i32 = i32::MIN;

/// Days to the second order, [`ABSENT`] without one.
pub(super) fn second(days: i32) -> i64 {
    match days {
        NO_SECOND => ABSENT,
        days => days.into(),
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
        }
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
            second.map_or(NO_SECOND, |second| second.day - figures.first_day)
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

    /// Birthdays as days of the year.
    pub(super) fn birth(&self, view: &View<'_>) -> &[u16] {
        self.birth.get_or_init(|| {
            let births = &view.ledger.contacts.birth;
            let day = |id| {
                let key = births.keys.get(id).map(|key| key.to_string());
                key.map_or(NO_DAY, |key| of_birth(&key))
            };
            let days: Vec<u16> = (0..births.keys.len() as u32).map(day).collect();
            column(view, |figures| {
                let mut ids = view
                    .records(figures.person)
                    .map(|found| births.get(found.0));
                let day = ids.find_map(|id| days.get(id as usize));
                day.copied().unwrap_or(NO_DAY)
            })
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
