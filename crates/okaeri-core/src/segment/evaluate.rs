//! A query answered over the columns: one loop a condition, then word by word.

use super::bits::Bits;
use super::columns::{Columns, delivery, mail_status, scores_of, value};
use super::happened;
use super::purchases::{counts_before, places};
use super::query::{Leaf, Number, Query, SUBSCRIBED, TextTest, Yearly};
use super::seasons;
use super::yearly;
use crate::analysis::customers::View;
use crate::analysis::rfm::rfm_group;
use crate::keys::Key;
use crate::zone::date_of;

/// The customers of whom a query is asked.
pub struct Customers<'a> {
    /// The book, its figures, and what they are read by.
    pub view: &'a View<'a>,
    /// The made columns of this book.
    pub columns: &'a Columns,
}

impl Customers<'_> {
    /// The customers for whom the query holds, in the order of the figures.
    pub fn matching(&self, query: &Query) -> Bits {
        let len = self.view.figures.len();
        match query {
            Query::All(members) => self
                .fold(members, Bits::keep)
                .unwrap_or_else(|| Bits::all(len)),
            Query::Any(members) => self
                .fold(members, Bits::join)
                .unwrap_or_else(|| Bits::none(len)),
            Query::Not(inner) => {
                let mut bits = self.matching(inner);
                bits.invert();
                bits
            }
            Query::Leaf(leaf) => self.leaf(leaf),
        }
    }

    /// Those who can be sent advertising mail.
    pub fn mailable(&self) -> Bits {
        self.number(Number::MailStatus, &[(SUBSCRIBED, SUBSCRIBED)])
    }

    /// Sum of these customers' amounts.
    pub fn amount(&self, of: &Bits) -> i64 {
        let amounts = self.columns.amounts(self.view);
        let amounts = of.indexes().filter_map(|index| amounts.get(index));
        amounts.fold(0, |sum, amount| sum.saturating_add(*amount))
    }

    fn fold(&self, members: &[Query], merge: fn(&mut Bits, &Bits)) -> Option<Bits> {
        let (first, rest) = members.split_first()?;
        let mut bits = self.matching(first);
        for member in rest {
            merge(&mut bits, &self.matching(member));
        }
        Some(bits)
    }

    fn leaf(&self, leaf: &Leaf) -> Bits {
        let view = self.view;
        match leaf {
            Leaf::Number(column, ranges) => self.number(*column, ranges),
            Leaf::Text(column, test) => {
                let texts = self.columns.texts(view, *column);
                // Asked of each distinct text once.
                let holds: Vec<bool> = texts.forms.iter().map(|form| test.holds(form)).collect();
                let without = *test == TextTest::Absent;
                Bits::of(&texts.of_customer, |text| {
                    holds.get(*text as usize).copied().unwrap_or(without)
                })
            }
            Leaf::Shop(None) => Bits::of(&self.columns.shops(view).counts, |count| *count > 0),
            Leaf::Shop(Some(code)) => {
                let mut bits = Bits::none(view.figures.len());
                if let Some(shop) = view.ledger.shops.find(Key::of(code)) {
                    let customers = self.columns.shops(view).customers.get(shop);
                    for customer in customers {
                        bits.insert(*customer as usize);
                    }
                }
                bits
            }
            Leaf::Listed(listed, None) => self.columns.words(view, *listed).any.clone(),
            Leaf::Listed(listed, Some(word)) => {
                let mut bits = Bits::none(view.figures.len());
                if let Some(word) = view.ledger.words.find(Key::Text(word.trim())) {
                    for customer in self.columns.words(view, *listed).customers.get(word) {
                        bits.insert(*customer as usize);
                    }
                }
                bits
            }
            Leaf::Happened(asked) => {
                happened::who(view, self.columns.happenings(view, asked.what), asked)
            }
            Leaf::Subscribed(status, cycle) => happened::subscribed(view, *status, *cycle),
            Leaf::Season(asked) => {
                let (sent, days) = (self.columns.sent(view), self.columns.days(view));
                seasons::who(view, sent, days, asked)
            }
            Leaf::Yearly(of, days) => self.yearly(*of, days),
            Leaf::Purchased(asked) if asked.product.is_some() => {
                let purchases = self.columns.purchases(view);
                let days = self.columns.days(view);
                purchases.who(view.ledger, days, view.figures.len(), asked)
            }
            Leaf::Purchased(asked) => {
                let before = counts_before(self.columns.days(view), asked);
                let at = |place: usize| before.get(place).copied().unwrap_or_default();
                Bits::of(view.figures, |figures| {
                    let orders = places(view.book, figures.person);
                    at(orders.end).saturating_sub(at(orders.start)) >= asked.count
                })
            }
        }
    }

    fn yearly(&self, of: Yearly, days: &Bits) -> Bits {
        let has = |day: u16| days.has(day.into());
        // By table: the calendar is asked once a day and not once a customer.
        let (first, last) = self.view.book.days.unwrap_or((0, 0));
        let on: Vec<bool> = (first..=last)
            .map(|day| has(yearly::of_date(date_of(day))))
            .collect();
        let on = |day: i32| on.get((day - first) as usize) == Some(&true);
        match of {
            Yearly::Birth => Bits::of(self.columns.birth(self.view), |day| has(*day)),
            Yearly::FirstOrder => Bits::of(self.columns.first_days(self.view), |day| on(*day)),
            Yearly::LastOrder => Bits::of(self.columns.last_days(self.view), |day| on(*day)),
        }
    }

    fn number(&self, column: Number, ranges: &[(i64, i64)]) -> Bits {
        let (view, columns) = (self.view, self.columns);
        let as_of_day = i64::from(view.book.as_of_day);
        let since = |day: &i32| as_of_day - i64::from(*day);
        let scored = |of: fn([u8; 3]) -> u8| {
            coded(columns.scores(view), ranges, &|code| {
                of(scores_of(code)).into()
            })
        };
        match column {
            Number::Orders => within(columns.orders(view), ranges, |orders| (*orders).into()),
            Number::Amount => within(columns.amounts(view), ranges, |amount| *amount),
            Number::FirstDay => within(columns.first_days(view), ranges, |day| (*day).into()),
            Number::LastDay => within(columns.last_days(view), ranges, |day| (*day).into()),
            Number::DaysSinceFirst => within(columns.first_days(view), ranges, since),
            Number::DaysSinceLast => within(columns.last_days(view), ranges, since),
            Number::Lifecycle => coded(columns.cells(view), ranges, &i64::from),
            Number::Decile => coded(columns.deciles(view), ranges, &i64::from),
            Number::MailStatus => coded(columns.mail(view), ranges, &mail_status),
            Number::Recency => scored(|[r, _, _]| r),
            Number::Frequency => scored(|[_, f, _]| f),
            Number::Monetary => scored(|[_, _, m]| m),
            Number::RfmGroup => scored(rfm_group),
            Number::DaysToSecond => within(columns.to_second(view), ranges, |days| value(*days)),
            Number::DaysSinceDelivery => within(columns.deliveries(view), ranges, |day| {
                delivery(*day, as_of_day)
            }),
            Number::GiftSender => coded(columns.gifts(view), ranges, &i64::from),
            Number::Given(given) => within(&columns.given(view, given), ranges, |of| value(*of)),
            Number::Shops => within(&columns.shops(view).counts, ranges, |count| (*count).into()),
        }
    }
}

/// Those whose value lies in one of the ranges; mostly there is one.
#[inline]
fn within<T>(items: &[T], ranges: &[(i64, i64)], value: impl Fn(&T) -> i64) -> Bits {
    if let [(least, most)] = *ranges {
        return Bits::of(items, |item| {
            let value = value(item);
            (value >= least) & (value <= most)
        });
    }
    Bits::of(items, |item| lies_in(ranges, value(item)))
}

/// As [`within`], of a column of codes: each of the 256 is asked for once.
fn coded(codes: &[u8], ranges: &[(i64, i64)], value: &dyn Fn(u8) -> i64) -> Bits {
    let mut code = 0..=u8::MAX;
    let holds = [(); 256].map(|()| code.next().is_some_and(|code| lies_in(ranges, value(code))));
    Bits::of(codes, |code| holds.get(usize::from(*code)) == Some(&true))
}

/// Whether a value lies in one of the ranges, which ascend.
fn lies_in(ranges: &[(i64, i64)], value: i64) -> bool {
    let after = ranges.partition_point(|(least, _)| *least <= value);
    let range = after.checked_sub(1).and_then(|at| ranges.get(at));
    range.is_some_and(|(_, most)| value <= *most)
}

impl TextTest {
    /// Whether a text that is there is as asked.
    fn holds(&self, form: &str) -> bool {
        match self {
            TextTest::OneOf(wanted) => wanted
                .binary_search_by(|wanted| wanted.as_str().cmp(form))
                .is_ok(),
            TextTest::Contains(part) => form.contains(part),
            TextTest::Absent => false,
        }
    }
}
