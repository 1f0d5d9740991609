//! Customers: lists, and one customer's page.

use okaeri_core::analysis::customer::{HistoryOrder, history};
use okaeri_core::analysis::customers::{NotMailable, View};
use okaeri_core::analysis::people::Figures;
use okaeri_core::analysis::rankings::Rankings;
use okaeri_core::analysis::rfm::Bounds;
use okaeri_core::analysis::withdrawn::withdrawn;
use okaeri_core::identity;
use okaeri_core::keys::NONE;
use okaeri_core::ledger::columns::Status;
use okaeri_core::ledger::contacts::Contact as CoreContact;
use okaeri_core::list::List;
use okaeri_core::order::first_sorted;
use okaeri_core::people::Tie;
use okaeri_core::zone::date_of;
use okaeri_protocol::answer::{
    Answer, CallError, Contact, CustomerPage, CustomerRow, Customers, ErrorCode, LineRow, OrderRow,
    Tables, Why, Withdrawn,
};
use okaeri_protocol::facts::{Buyer, OrderStatus};
use okaeri_protocol::request::{CustomerSort, PAGE_MAX, Question};
use okaeri_protocol::table::{Table, Values};

use crate::instance::{Answered, Read, error};
use crate::settings;
use crate::shards::push_place;

/// Which rows of a list.
pub struct Page {
    /// Column to sort by.
    pub sort: CustomerSort,
    /// Smallest first.
    pub ascending: bool,
    /// First customer to return.
    pub offset: u32,
    /// How many customers.
    pub limit: u32,
}

impl Read<'_> {
    /// The view that lists are made from.
    pub fn view<'a>(&'a self, rankings: &'a Rankings) -> View<'a> {
        View {
            ledger: self.ledger,
            people: self.people,
            keys: self.keys,
            book: self.book,
            figures: &self.totals.people,
            lifecycle: settings::lifecycle(self.settings),
            rankings,
        }
    }

    /// A page of the customers who match, as the question wants it. A shard also tells the
    /// places of all customers up to the end of the page.
    pub fn customers(
        &self,
        view: &View<'_>,
        matching: &[usize],
        question: &Question,
        of_shard: bool,
    ) -> Answered {
        let Question::Customers {
            sort,
            ascending,
            offset,
            limit,
            ..
        } = question
        else {
            return Answer::Done.into();
        };
        let figures = |index: &usize| self.figures(*index);
        let amount = matching.iter().map(|index| figures(index).amount).sum();
        let is_mailable = |index: &&usize| view.mail_address(figures(index).person).is_ok();
        let mailable = matching.iter().filter(is_mailable).count() as u64;
        let page = Page {
            sort: *sort,
            ascending: *ascending,
            offset: *offset,
            limit: *limit,
        };
        let (rows, places) = self.page(view, matching, &page, of_shard);
        let customers = Customers {
            as_of: date_of(self.book.as_of_day).to_string(),
            total: matching.len() as u64,
            amount,
            mailable,
            customers: rows,
        };
        Answered {
            answer: Answer::Customers(customers),
            notes: self.notes(),
            payload: places,
        }
    }

    /// The figures at a place of the book's figures.
    fn figures(&self, index: usize) -> Figures {
        self.totals.people.get(index).copied().unwrap_or_default()
    }

    /// The rows of a page of these customers; for a shard also the places of all up to its end.
    pub fn page(
        &self,
        view: &View<'_>,
        matching: &[usize],
        page: &Page,
        of_shard: bool,
    ) -> (Vec<CustomerRow>, Vec<u8>) {
        let valued: Vec<(i64, usize)> = matching
            .iter()
            .map(|index| {
                let figures = self.figures(*index);
                let value = match page.sort {
                    CustomerSort::Amount => figures.amount,
                    CustomerSort::Orders => figures.orders.into(),
                    CustomerSort::FirstDay => figures.first_day.into(),
                    CustomerSort::LastDay => figures.last_day.into(),
                    CustomerSort::Forecast | CustomerSort::Alive => {
                        self.forecast_rank(*index, page.sort)
                    }
                    CustomerSort::Key => 0,
                };
                (if page.ascending { value } else { -value }, *index)
            })
            .into_list();
        let tie = |index: usize| {
            let person = self.figures(index).person;
            self.keys.tie(&self.ledger.contacts, person)
        };
        let by_value = |a: &(i64, usize), b: &(i64, usize)| {
            a.0.cmp(&b.0).then_with(|| tie(a.1).cmp(&tie(b.1)))
        };
        let end = (page.offset as usize).saturating_add(page.limit.min(PAGE_MAX) as usize);
        let sorted = first_sorted(valued, end, by_value);
        let rows = sorted
            .iter()
            .skip(page.offset as usize)
            .map(|(_, index)| CustomerRow {
                forecast: self.forecast_of(*index),
                ..self.row(view, &self.figures(*index))
            });
        let rows = rows.into_list();
        let mut places = Vec::new();
        for (value, index) in sorted.iter().filter(|_| of_shard) {
            push_place(&mut places, &place(*value, tie(*index)));
        }
        (rows, places)
    }

    /// One customer in a list.
    pub fn row(&self, view: &View<'_>, figures: &Figures) -> CustomerRow {
        let contact = view.contact(figures.person);
        let text = |part: Option<&str>| part.map(shown);
        CustomerRow {
            key: self.keys.text(&self.ledger.contacts, figures.person),
            name: text(contact.name),
            email: text(contact.email),
            phone: text(contact.phone),
            prefecture: text(contact.prefecture),
            orders: figures.orders,
            amount: figures.amount,
            first_day: date_of(figures.first_day).to_string(),
            last_day: date_of(figures.last_day).to_string(),
            recency_days: self.book.as_of_day.saturating_sub(figures.last_day),
            cell: view.cell(figures),
            rfm: view.rankings.quantiles.scores(figures, self.book.as_of_day),
            decile: view.decile(figures),
            mailable: view.mail_address(figures.person).is_ok(),
            forecast: None,
        }
    }

    /// One customer's page; `is_whole`: with what is made of the whole shop.
    pub fn customer(
        &self,
        key: &str,
        rankings: &Rankings,
        is_whole: bool,
    ) -> Result<Answered, CallError> {
        let people = &self.totals.people;
        let person = self.keys.find(&self.ledger.contacts, key);
        let index = person.and_then(|person| {
            people
                .binary_search_by_key(&person, |figures| figures.person)
                .ok()
        });
        let found = index.and_then(|index| Some((index, people.get(index)?)));
        let Some((index, figures)) = found else {
            let message = format!("no customer with an order up to this day has the key `{key}`");
            return Err(error(ErrorCode::NotFound, Some("question.key"), message));
        };
        let view = self.view(rankings);
        let thresholds = settings::rfm_thresholds(self.settings);
        let history = history(&view, figures.person);
        let mut page = CustomerPage {
            as_of: date_of(self.book.as_of_day).to_string(),
            summary: CustomerRow {
                forecast: self.forecast_of(index),
                ..self.row(&view, figures)
            },
            rfm_threshold: thresholds.scores(figures, self.book.as_of_day),
            why: self.why(&view, figures, &thresholds),
            contacts: self.contacts(&history),
            links: self.links(figures.person),
            apart: self.apart(figures.person),
            contracts: self.contracts_of(figures.person),
            events: self.events_of(figures.person),
            orders: history.iter().map(|order| self.order(order)).collect(),
            due: Vec::new(),
            recommended: Vec::new(),
        };
        if is_whole {
            page.why.extend(self.scores(index, figures));
            page.due = self.due(figures.person);
            page.recommended = self.recommended(figures.person);
        }
        Ok(Answer::Customer(Box::new(page)).into())
    }

    fn why(&self, view: &View<'_>, figures: &Figures, thresholds: &Bounds) -> Vec<Why> {
        let recency = i64::from(self.book.as_of_day) - i64::from(figures.last_day);
        let orders = i64::from(figures.orders);
        let [freq, rec] = view.cell(figures);
        let cells = &self.settings.lifecycle;
        let freqs = [
            1,
            cells.promising_orders.into(),
            cells.constant_orders.into(),
        ];
        let recs = [
            0,
            i64::from(cells.active_days) + 1,
            i64::from(cells.drowsy_days) + 1,
        ];
        let mut why = vec![
            rising("cell", freq, "orders", orders, &freqs),
            rising("cell", rec, "recency_days", recency, &recs),
        ];
        let quantiles = &view.rankings.quantiles;
        for (score, bounds) in [("rfm_quantile", quantiles), ("rfm_threshold", thresholds)] {
            let [r, f, m] = bounds.scores(figures, self.book.as_of_day);
            let days = bounds.recency_days;
            let floor = |least: i64, mut bounds: [i64; 4]| {
                bounds.reverse();
                let [two, three, four, five] = bounds;
                [least, two, three, four, five]
            };
            why.push(falling(score, r, "recency_days", recency, days));
            let orders_from = floor(1, bounds.orders.map(i64::from));
            why.push(rising(score, f, "orders", orders, &orders_from));
            why.push(rising(
                score,
                m,
                "amount",
                figures.amount,
                &floor(0, bounds.amount),
            ));
        }
        let decile = view.decile(figures);
        let amounts = view.rankings.amounts_of(decile);
        why.push(Why {
            score: "decile".to_owned(),
            value: decile.to_string(),
            rule: "amount".to_owned(),
            figure: figures.amount,
            from: amounts.map(|(least, _)| least),
            to: amounts.map(|(_, greatest)| greatest),
        });
        let (value, rule) = match view.mail_address(figures.person) {
            Ok(_) => ("yes", "consent_given"),
            Err(NotMailable::NoAddress) => ("no", "no_address"),
            Err(NotMailable::BadAddress) => ("no", "bad_address"),
            Err(NotMailable::NoConsent) => ("no", "no_consent"),
            Err(NotMailable::Withdrawn) => ("no", "withdrawn"),
        };
        why.push(Why {
            score: "mailable".to_owned(),
            value: value.to_owned(),
            rule: rule.to_owned(),
            figure: 0,
            from: None,
            to: None,
        });
        why
    }

    /// The contacts of a history, latest first, each once.
    fn contacts(&self, history: &[HistoryOrder<'_>]) -> Vec<Contact> {
        let mut found: Vec<(CoreContact<'_>, u32)> = Vec::new();
        for order in history {
            let contact = self.ledger.contacts.contact(order.order.record);
            match found.iter_mut().find(|(known, _)| *known == contact) {
                Some((_, count)) => *count += 1,
                None => found.push((contact, 1)),
            }
        }
        found
            .into_iter()
            .map(|(contact, orders)| Contact {
                buyer: buyer(&contact),
                orders,
            })
            .into_list()
    }

    fn order(&self, history: &HistoryOrder<'_>) -> OrderRow {
        let order = history.order;
        let ordered_at = self.local(order.at()).map(|at| at.to_string());
        let key = |keys: &okaeri_core::keys::Keys, id| keys.get(id).map(|key| key.to_string());
        OrderRow {
            order_id: key(&self.ledger.order_ids, order.id).unwrap_or_default(),
            shop: key(&self.ledger.shops, order.shop),
            ordered_at: ordered_at.unwrap_or_default(),
            status: match order.status() {
                Status::Counted => OrderStatus::Completed,
                Status::Cancelled => OrderStatus::Cancelled,
                Status::Returned => OrderStatus::Returned,
                Status::Draft => OrderStatus::Draft,
                Status::Merged => OrderStatus::Merged,
            },
            seq: history.seq,
            amount: history.amount,
            is_gift: self
                .book
                .gifts
                .is_gift(self.ledger, history.row, self.book.as_of_day),
            shipments: self.ledger.orders.shipments.get(history.row).into(),
            lines: self
                .ledger
                .lines_of(order)
                .map(|line| LineRow {
                    product: key(&self.ledger.products, line.product).unwrap_or_default(),
                    name: self.ledger.product_names.get(line.product),
                    quantity: line.quantity,
                    amount: line.amount,
                })
                .into_list(),
        }
    }

    /// Those of `emails` that must not be written to any more.
    pub fn withdrawn(&self, emails: &[String]) -> Answered {
        // Whether somebody may be written to does not depend on anybody's rank.
        let rankings = Rankings::of(&[], self.book.as_of_day, |_| Tie::default());
        let withdrawn = withdrawn(&self.view(&rankings), emails);
        let emails = emails.iter().zip(withdrawn).filter(|(_, is)| *is);
        Answer::Withdrawn(Withdrawn {
            emails: emails.map(|(email, _)| email.clone()).into_list(),
        })
        .into()
    }

    /// Components of e-mail and phone over all counted orders.
    pub fn id_cc(&self) -> Answered {
        let contacts = &self.ledger.contacts;
        let orders = || self.book.orders.iter().chain(&self.book.guests);
        let record = |order: &okaeri_core::book::BookOrder| {
            self.ledger
                .orders
                .rows
                .get(order.row as usize)
                .map_or(NONE, |row| row.record)
        };
        // A shop without e-mail addresses may still have numbers that stand for its customers.
        let emails = if contacts.email.keys.is_empty() {
            &contacts.customer_id
        } else {
            &contacts.email
        };
        let email: Vec<u32> = orders().map(|order| emails.get(record(order))).into_list();
        let phone: Vec<u32> = orders()
            .map(|order| contacts.phone.get(record(order)))
            .into_list();
        let rows = identity::id_cc(&email, &phone, emails.keys.len(), contacts.phone.keys.len());
        let names = ["n_emails_min5", "n_phones_min5", "components", "orders"];
        let columns = names.iter().enumerate().map(|(column, name)| {
            let values = rows
                .iter()
                .map(|row| row.get(column).copied().unwrap_or_default());
            ((*name).to_owned(), Values::Int(values.into_list()))
        });
        let table = Table {
            columns: columns.into_list(),
        };
        Answer::Tables(Tables {
            as_of: date_of(self.book.as_of_day).to_string(),
            tables: std::iter::once(("id_cc".to_owned(), table)).collect(),
            ..Tables::default()
        })
        .into()
    }
}

/// A value and what settles its ties, as bytes in the same order.
fn place(value: i64, Tie(kind, is_text, number, place): Tie) -> [u8; 22] {
    let mut bytes = [0; 22];
    let value = (value.cast_unsigned() ^ 1 << 63).to_be_bytes();
    let kind = [kind, is_text.into()];
    let (number, place) = (number.to_be_bytes(), place.to_be_bytes());
    let parts = value.iter().chain(&kind).chain(&number).chain(&place);
    for (to, from) in bytes.iter_mut().zip(parts) {
        *to = *from;
    }
    bytes
}

/// An opaque key is shown without its mark.
pub(crate) fn shown(part: &str) -> String {
    part.strip_prefix('#').unwrap_or(part).to_owned()
}

pub(crate) fn buyer(contact: &CoreContact<'_>) -> Buyer {
    let text = |part: Option<&str>| part.map(shown);
    Buyer {
        customer_id: text(contact.customer_id),
        email: text(contact.email),
        phone: text(contact.phone),
        name: text(contact.name),
        name_kana: text(contact.name_kana),
        company: text(contact.company),
        postal: text(contact.postal),
        prefecture: text(contact.prefecture),
        address: text(contact.address),
        birth: text(contact.birth),
        mail_consent: contact.mail_consent,
    }
}

/// A value that rises with its figure: `from[i]` is the least figure for value i + 1.
fn rising(score: &str, value: u8, rule: &str, figure: i64, from: &[i64]) -> Why {
    let next = from
        .get(usize::from(value))
        .copied()
        .filter(|bound| *bound != i64::MAX);
    Why {
        score: score.to_owned(),
        value: value.to_string(),
        rule: rule.to_owned(),
        figure,
        from: from.get(usize::from(value).wrapping_sub(1)).copied(),
        to: next.map(|bound| bound - 1),
    }
}

/// A score that falls with its figure: `to[i]` is the greatest figure for score 5 - i.
fn falling(score: &str, value: u8, rule: &str, figure: i64, to: [i64; 4]) -> Why {
    let bound = |score: u8| {
        let index = 5usize.checked_sub(usize::from(score))?;
        to.get(index)
            .copied()
            .filter(|bound| *bound > i64::from(i32::MIN))
    };
    Why {
        score: score.to_owned(),
        value: value.to_string(),
        rule: rule.to_owned(),
        figure,
        from: bound(value.saturating_add(1)).map_or(Some(0), |bound| Some(bound + 1)),
        to: bound(value),
    }
}
