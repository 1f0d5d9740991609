//! Lists of customers: who is in a cell or group, and who of them can be written to.

use super::people::{Figures, LifecycleBounds};
use super::rankings::Rankings;
use super::rfm::Bounds;
use crate::book::{Book, BookOrder};
use crate::identity::{People, normalise};
use crate::ledger::Ledger;
use crate::ledger::columns::OrderRow;
use crate::ledger::consents::Consent;
use crate::ledger::contacts::Contact;
use crate::order::sort_numbers;
use crate::people::PersonKeys;
use crate::segment::Bits;
use crate::zone::month_of;

/// One condition on a customer. Products are ranks of the book.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Row and column of the lifecycle matrix.
    Cells(Option<u8>, Option<u8>),
    /// Scores R, F, M under these bounds.
    Rfm(Bounds, [Option<u8>; 3]),
    /// Tenth by amount.
    Decile(u8),
    /// Number of orders, both ends included.
    Orders(Option<u32>, Option<u32>),
    /// Amount, both ends included.
    Amount(Option<i64>, Option<i64>),
    /// Number of distinct shops.
    Shops(u32),
    /// Bought in a month, for the first time or again.
    Month(i32, Option<bool>),
    /// Month of the first order, and bought again so many months later.
    Cohort(i32, Option<i32>),
    /// Day of the last order, both ends included.
    LastDay(Option<i32>, Option<i32>),
    /// No second order.
    NoSecond,
    /// A second order after so many days, both ends included.
    Second(Option<i32>, Option<i32>),
    /// Bought a product; in two or more orders, or in one only.
    Product(u32, Option<bool>),
    /// Bought both products.
    Both(u32, u32),
    /// Primary products of the first three orders; `Some(NONE)` is "no such order".
    Flow([Option<u32>; 3]),
    /// Can be sent advertising mail.
    Mailable,
    /// Words in the name, kana, e-mail, phone or key, already in the form of `search_form`.
    Text(String),
    /// One of these people.
    People(Vec<u32>),
    /// One of these people, by person number.
    Members(Bits),
    /// Nobody: the condition names something that does not exist.
    Nobody,
}

/// Why a customer cannot be sent advertising mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMailable {
    /// No address is known.
    NoAddress,
    /// The address is malformed or a mall's masked one.
    BadAddress,
    /// No consent is on record.
    NoConsent,
    /// Consent was withdrawn.
    Withdrawn,
}

/// Everything a list needs.
pub struct View<'a> {
    /// The facts.
    pub ledger: &'a Ledger,
    /// Who is who.
    pub people: &'a People,
    /// Names of people.
    pub keys: &'a PersonKeys,
    /// The book of the day.
    pub book: &'a Book,
    /// Figures of every customer.
    pub figures: &'a [Figures],
    /// Bounds of the lifecycle matrix.
    pub lifecycle: LifecycleBounds,
    /// Where these customers stand among all of the shop.
    pub rankings: &'a Rankings,
}

/// Text as it is searched: compatibility forms folded, lower case.
pub fn search_form(text: &str) -> String {
    okaeri_nfkc::nfkc(text)
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace())
        .collect()
}

impl View<'_> {
    /// Indexes in `figures` of the customers for whom all conditions hold, ascending.
    pub fn matching(&self, conditions: &[Condition]) -> Vec<usize> {
        self.figures
            .iter()
            .enumerate()
            .filter(|(_, figures)| {
                conditions
                    .iter()
                    .all(|condition| self.holds(condition, figures))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The decile of a customer.
    pub fn decile(&self, figures: &Figures) -> u8 {
        let tie = |person| self.keys.tie(&self.ledger.contacts, person);
        self.rankings.decile(figures, tie)
    }

    fn holds(&self, condition: &Condition, figures: &Figures) -> bool {
        let orders = || self.book.orders_of(figures.person);
        match condition {
            Condition::Cells(freq, rec) => {
                let [f, r] = self.cell(figures);
                is(freq, f) && is(rec, r)
            }
            Condition::Rfm(bounds, wanted) => {
                let scores = bounds.scores(figures, self.book.as_of_day);
                wanted
                    .iter()
                    .zip(scores)
                    .all(|(wanted, score)| is(wanted, score))
            }
            Condition::Decile(wanted) => *wanted == self.decile(figures),
            Condition::Orders(min, max) => between(figures.orders, min, max),
            Condition::Amount(min, max) => between(figures.amount, min, max),
            Condition::Shops(count) => {
                let shops = orders().iter().map(|order| u64::from(order.shop));
                let mut shops: Vec<u64> = shops.collect();
                sort_numbers(&mut shops, |shop| shop);
                shops.dedup();
                shops.len() as u32 == *count
            }
            Condition::Month(month, is_new) => orders().iter().enumerate().any(|(index, order)| {
                month_of(order.day) == *month && is_new.is_none_or(|new| new == (index == 0))
            }),
            Condition::Cohort(cohort, k) => {
                month_of(figures.first_day) == *cohort
                    && k.is_none_or(|k| {
                        orders()
                            .iter()
                            .any(|order| month_of(order.day) == cohort.saturating_add(k))
                    })
            }
            Condition::LastDay(from, to) => between(figures.last_day, from, to),
            Condition::NoSecond => figures.orders < 2,
            Condition::Second(min, max) => orders()
                .get(1)
                .is_some_and(|second| between(second.day - figures.first_day, min, max)),
            Condition::Product(product, repeated) => {
                let count = orders()
                    .iter()
                    .filter(|order| self.has(order, *product))
                    .count();
                count > 0 && repeated.is_none_or(|repeated| repeated == (count > 1))
            }
            Condition::Both(a, b) => [a, b]
                .into_iter()
                .all(|product| orders().iter().any(|order| self.has(order, *product))),
            Condition::Flow(wanted) => {
                let mut orders = orders().iter();
                wanted.iter().all(|wanted| {
                    let product = orders
                        .next()
                        .map_or(crate::keys::NONE, |order| order.product);
                    is(wanted, product)
                })
            }
            Condition::Mailable => self.mail_address(figures.person).is_ok(),
            Condition::Text(words) => self.mentions(figures.person, words),
            Condition::Members(people) => people.has(figures.person as usize),
            Condition::People(people) => people.binary_search(&figures.person).is_ok(),
            Condition::Nobody => false,
        }
    }

    fn has(&self, order: &BookOrder, product: u32) -> bool {
        let ranks = &self.book.rank_of_product;
        let lines = &self.ledger.lines;
        let mut products = lines.products(order.line_start, order.line_count).iter();
        products.any(|id| ranks.get(*id as usize) == Some(&product))
    }

    /// Row and column of a customer in the lifecycle matrix.
    pub fn cell(&self, figures: &Figures) -> [u8; 2] {
        self.lifecycle
            .cell(figures.orders, self.book.as_of_day - figures.last_day)
    }

    /// The records under which a person's counted orders came, latest first.
    pub fn records(&self, person: u32) -> impl Iterator<Item = (u32, &OrderRow)> {
        let orders = self.book.orders_of(person).iter().rev();
        orders.filter_map(|order| {
            let row = self.ledger.orders.rows.get(order.row as usize)?;
            Some((row.record, row))
        })
    }

    /// A person's contact: each part as on the latest order that has it.
    pub fn contact(&self, person: u32) -> Contact<'_> {
        let mut found = Contact::default();
        for (record, _) in self.records(person) {
            let contact = self.ledger.contacts.contact(record);
            found.customer_id = found.customer_id.or(contact.customer_id);
            found.email = found.email.or(contact.email);
            found.phone = found.phone.or(contact.phone);
            found.name = found.name.or(contact.name);
            found.name_kana = found.name_kana.or(contact.name_kana);
            found.company = found.company.or(contact.company);
            found.prefecture = found.prefecture.or(contact.prefecture);
            found.birth = found.birth.or(contact.birth);
            if found.address.is_none() && contact.address.is_some() {
                found.postal = contact.postal;
                found.address = contact.address;
            }
        }
        found
    }

    /// The address for advertising mail: known, well-formed, and with consent that stands.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn mail_address(&self, person: u32) -> Result<&str, NotMailable> {
        let contacts = &self.ledger.contacts;
        let mut address = None;
        let mut consent: Option<Consent> = None;
        for (record, order) in self.records(person) {
            let contact = contacts.contact(record);
            address = address.or(contact.email);
            let on_order = contact.mail_consent.map(|given| Consent {
                at: order.at(),
                withdrawn: !given,
            });
            consent = consent
                .max(on_order)
                .max(self.ledger.consents.get(contacts, record));
        }
        let address = address.ok_or(NotMailable::NoAddress)?.trim();
        if !is_mail_address(address) {
            return Err(NotMailable::BadAddress);
        }
        match consent {
            Some(Consent {
                withdrawn: false, ..
            }) => Ok(address),
            Some(_) => Err(NotMailable::Withdrawn),
            None => Err(NotMailable::NoConsent),
        }
    }

    fn mentions(&self, person: u32, words: &str) -> bool {
        let contact = self.contact(person);
        let texts = [
            contact.name,
            contact.name_kana,
            contact.email,
            contact.phone,
        ];
        texts
            .into_iter()
            .flatten()
            .any(|text| search_form(text).contains(words))
            || search_form(&self.keys.text(&self.ledger.contacts, person)).contains(words)
    }
}

fn is<T: PartialEq + Copy>(wanted: &Option<T>, value: T) -> bool {
    wanted.as_ref().is_none_or(|wanted| *wanted == value)
}

fn between<T: PartialOrd + Copy>(value: T, min: &Option<T>, max: &Option<T>) -> bool {
    min.as_ref().is_none_or(|min| value >= *min) && max.as_ref().is_none_or(|max| value <= *max)
}

/// Whether mail can be addressed to it. Carriers' odd local parts (`a..b@docomo.ne.jp`) pass.
fn is_mail_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(c);
    !local.is_empty()
        && address.len() <= 254
        && local.chars().all(|c| is_plain(c) && c != '@')
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
        && !normalise::is_masked_address(&address.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_odd_addresses_pass_and_broken_ones_do_not() {
        for good in [
            "a@example.jp",
            "a..b@docomo.ne.jp",
            "x.@ezweb.ne.jp",
            "a+b@mail.example.com",
        ] {
            assert!(is_mail_address(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@example.jp",
            "a@",
            "a@jp",
            "a b@example.jp",
            "a@b@example.jp",
            "a@x..jp",
            "a\r\nBcc: x@example.jp",
            "山@example.jp",
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }

    #[test]
    fn search_folds_width_case_and_spaces() {
        assert_eq!(search_form("Ｙａｍａｄａ　太郎"), "yamada太郎");
        assert_eq!(search_form("ﾔﾏﾀﾞ"), "ヤマダ");
    }
}
