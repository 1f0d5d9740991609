//! The columns say of each customer what the sentence says of the customer's facts.

use chrono::Datelike;

use super::dice::Dice;
use super::shop::{AS_OF_DAY, Customer, Shop, customers, ledger, terms};
use super::trees::{sound_condition, tree};
use crate::analysis::customers::{Condition as Filter, View, search_form};
use crate::analysis::people::Figures;
use crate::analysis::rfm::Bounds;
use crate::gifts::regions::Region;
use crate::segment::attributes::{SHARE_DIGITS, Source, Type, find};
use crate::segment::given::{Given, NO_VALUE};
use crate::segment::query::Number;
use crate::segment::tree::{Comparison, Condition, Day, Decimal, Literal, Test, Tree, Unit, Value};
use crate::segment::{Bits, Columns, Customers, Query, Terms, check, parse};
use crate::zone::date_of;

const RFM: Bounds = Bounds {
    recency_days: [30, 90, 180, 360],
    orders: [5, 4, 3, 2],
    amount: [9_000, 6_000, 3_000, 1_000],
};

/// An attribute of one customer, found without any column.
enum Fact {
    Number(Option<i64>),
    Text(Option<String>),
    Flag(bool),
    List(Vec<String>),
    /// Month and day.
    Yearly(Option<(u32, u32)>),
}

/// What a report says of customer `c17`, 17 being the number; some lack it.
fn made_up(given: Given, number: usize) -> i32 {
    let number = number as i32;
    match given {
        Given::ChurnRisk | Given::ChurnBand if number % 3 == 0 => NO_VALUE,
        Given::CpmGroup => number % 10,
        Given::LtvRank | Given::MemberRank | Given::ChurnBand => number % 3,
        Given::ChurnRisk => number % 101,
        Given::Alive => number % 11 * 100_000,
        Given::Worth => number * 321 % 20_000,
    }
}

struct Facts<'a> {
    view: &'a View<'a>,
    figures: &'a Figures,
    customer: &'a Customer,
}

fn day(value: &Value) -> i32 {
    match value.literal {
        Literal::Day(Day::On(day)) => day,
        Literal::Day(Day::From(days, Unit::Day)) => AS_OF_DAY + days,
        Literal::Day(Day::From(weeks, Unit::Week)) => AS_OF_DAY + 7 * weeks,
        _ => unreachable!("{value}"),
    }
}

/// Whether a month and day come round between two days.
fn comes(fact: (u32, u32), low: &Value, high: &Value) -> bool {
    let [(first, from), (last, to)] = [low, high].map(|value| {
        let date = date_of(day(value));
        (date, (date.month(), date.day()))
    });
    let is_relative = |value: &Value| matches!(value.literal, Literal::Day(Day::From(..)));
    if (is_relative(low) || is_relative(high)) && (last - first).num_days() >= 366 {
        return true;
    }
    let is_in = match from <= to {
        true => from <= fact && fact <= to,
        false => from <= fact || fact <= to,
    };
    is_in || (fact == (2, 29) && to == (2, 28) && !last.leap_year())
}

impl Facts<'_> {
    fn fact(&self, condition: &Condition) -> Fact {
        let customer = self.customer;
        let days: Vec<i32> = customer.orders.iter().map(|order| order.day).collect();
        let (first, last) = (*days.first().unwrap(), *days.last().unwrap());
        let amount = |of: &crate::segment::tests::shop::Order| of.lines.iter().map(|l| l.1).sum();
        let amounts: Vec<i64> = customer.orders.iter().map(amount).collect();
        let number = |number: usize| Fact::Number(Some(number as i64));
        let least = |value: i64, bounds: [i64; 4]| {
            Fact::Number(Some(
                1 + bounds.iter().filter(|b| value >= **b).count() as i64,
            ))
        };
        let shops = || {
            let shops = customer.orders.iter().filter_map(|order| order.shop);
            let mut shops: Vec<String> = shops.map(str::to_owned).collect();
            shops.sort();
            shops.dedup();
            shops
        };
        let is_address = customer
            .email
            .as_ref()
            .is_some_and(|email| !email.contains("broken"));
        let status = match (&customer.email, is_address, customer.consent) {
            (None, ..) => None,
            (_, false, _) => Some(3),
            (_, _, Some(true)) => Some(0),
            (_, _, Some(false)) => Some(1),
            (_, _, None) => Some(2),
        };
        match condition.subject.name.as_str() {
            "number_of_orders" => number(days.len()),
            "amount_spent" => Fact::Number(Some(amounts.iter().sum())),
            "first_order_date" => Fact::Number(Some(first.into())),
            "last_order_date" => Fact::Number(Some(last.into())),
            "days_since_first_order" => Fact::Number(Some((AS_OF_DAY - first).into())),
            "days_since_last_order" => Fact::Number(Some((AS_OF_DAY - last).into())),
            "days_to_second_order" => {
                Fact::Number(days.get(1).map(|second| i64::from(second - first)))
            }
            "lifecycle" => {
                let row = match days.len() {
                    1 => 0,
                    2 | 3 => 1,
                    _ => 2,
                };
                let column = match AS_OF_DAY - last {
                    ..=90 => 0,
                    91..=180 => 1,
                    _ => 2,
                };
                Fact::Number(Some(row * 3 + column))
            }
            "decile" => number(self.view.decile(self.figures).into()),
            "rfm_recency" => least((last - AS_OF_DAY).into(), [-30, -90, -180, -360]),
            "rfm_frequency" => least(days.len() as i64, [2, 3, 4, 5]),
            "rfm_monetary" => least(amounts.iter().sum(), [1_000, 3_000, 6_000, 9_000]),
            "shops" => Fact::List(shops()),
            "number_of_shops" => number(shops().len()),
            "email_subscription_status" => Fact::Number(status),
            "mailable" => Fact::Flag(status == Some(0)),
            "prefecture" => Fact::Text(customer.prefecture.map(str::to_owned)),
            "company" => Fact::Text(customer.company.map(str::to_owned)),
            "customer_email_domain" => {
                let domain = |email: &String| email.split('@').nth(1).unwrap().to_owned();
                Fact::Text(customer.email.as_ref().map(domain))
            }
            "coupon" => Fact::Flag(self.purchased(condition)),
            "gift_sender" => Fact::Flag(customer.orders.iter().any(|order| order.is_gift)),
            "media" => {
                let media = customer.orders.iter().filter_map(|order| order.media);
                Fact::List(media.map(str::to_owned).collect())
            }
            "first_media" => {
                let first = customer.orders.first().and_then(|order| order.media);
                Fact::Text(first.map(str::to_owned))
            }
            // Told by other facts than orders, of which this shop has none.
            "customer_tags" => Fact::List(Vec::new()),
            "event" | "subscription" => Fact::Flag(false),
            "days_since_delivery" => Fact::Number(None),
            "products_purchased" => Fact::Flag(self.purchased(condition)),
            "season" => Fact::Flag(self.of_season(condition)),
            "rfm_group" => {
                let score = |name: &str| {
                    let mut other = condition.clone();
                    other.subject.name = format!("rfm_{name}");
                    match self.fact(&other) {
                        Fact::Number(Some(score)) => score,
                        _ => unreachable!(),
                    }
                };
                let (r, f, m) = (score("recency"), score("frequency"), score("monetary"));
                let groups = [
                    (4..=5, 4..=5, 4..=5),
                    (3..=5, 3..=5, 1..=5),
                    (4..=5, 2..=2, 1..=5),
                    (4..=5, 1..=1, 1..=5),
                    (3..=3, 1..=2, 1..=5),
                    (1..=2, 4..=5, 1..=5),
                    (2..=2, 1..=3, 1..=5),
                    (1..=1, 1..=3, 1..=5),
                ];
                let mut groups = groups.iter();
                number(
                    groups
                        .position(|g| g.0.contains(&r) && g.1.contains(&f) && g.2.contains(&m))
                        .unwrap(),
                )
            }
            "anniversary" => {
                let argument = condition
                    .subject
                    .arguments
                    .as_ref()
                    .unwrap()
                    .first()
                    .unwrap();
                let date = match &argument.value.literal {
                    Literal::Text(text) if text == "first_order_date" => Some(date_of(first)),
                    Literal::Text(text) if text == "last_order_date" => Some(date_of(last)),
                    _ => {
                        let birth = customer.birth.filter(|birth| *birth != "1970-01-01");
                        birth.map(|birth| birth.parse().unwrap())
                    }
                };
                Fact::Yearly(date.map(|date| (date.month(), date.day())))
            }
            name => match find(name).unwrap().source {
                Source::Number(Number::Given(given)) => {
                    let value = made_up(given, self.number());
                    Fact::Number((value != NO_VALUE).then_some(value.into()))
                }
                _ => unreachable!("{name}"),
            },
        }
    }

    /// The customer's number.
    fn number(&self) -> usize {
        let key = self
            .view
            .keys
            .text(&self.view.ledger.contacts, self.figures.person);
        key.strip_prefix('c').unwrap().parse().unwrap()
    }

    fn of_season(&self, condition: &Condition) -> bool {
        let arguments = condition.subject.arguments.as_ref().unwrap();
        let given = |name: &str| {
            let mut arguments = arguments.iter();
            let found = arguments.find(|argument| argument.name.as_deref() == Some(name));
            found.map(|argument| argument.value.to_string())
        };
        let calendar = &self.view.book.gifts.calendar;
        let name = given("name").unwrap();
        let season = calendar.find(name.trim_matches('\'')).unwrap();
        // The day of the questions lies in 2024.
        let year = given("year").map(|year| match year.as_str() {
            "this_year" => 2024,
            "last_year" => 2023,
            year => year.parse().unwrap(),
        });
        let all = given("orders").is_some_and(|orders| orders == "'all'");
        self.customer.orders.iter().any(|order| {
            let found = calendar.by_date(order.day, Region::Unknown);
            let is_sent = found.is_some_and(|(of, in_year)| {
                order.is_gift && of == season && year.is_none_or(|year| year == in_year)
            });
            let is_in = |year: i32| {
                let window = calendar.widest(season, year);
                (window.peak..=window.last_call).contains(&order.day)
            };
            is_sent || (all && (2020..=2026).any(|y| year.is_none_or(|year| year == y) && is_in(y)))
        })
    }

    fn purchased(&self, condition: &Condition) -> bool {
        let arguments = condition.subject.arguments.as_ref().unwrap();
        let given = |name: &str| {
            let mut arguments = arguments.iter();
            let found = arguments.find(|argument| argument.name.as_deref() == Some(name));
            found.map(|argument| &argument.value)
        };
        let orders = self.customer.orders.iter().filter(|order| {
            let word = given("id")
                .or(given("code"))
                .map(|value| match &value.literal {
                    Literal::Text(text) => text.as_str(),
                    _ => unreachable!(),
                });
            given("since").is_none_or(|since| order.day >= day(since))
                && given("until").is_none_or(|until| order.day <= day(until))
                && match condition.subject.name.as_str() {
                    "coupon" => order.coupons.is_some_and(|codes| {
                        word.is_none_or(|word| codes.split('|').any(|code| code == word))
                    }),
                    _ => word.is_none_or(|word| order.lines.iter().any(|line| line.0 == word)),
                }
        });
        let count = given("count").map_or(1, |count| match count.literal {
            Literal::Number(number) => number.scaled(0).unwrap(),
            _ => unreachable!(),
        });
        orders.count() as i64 >= count
    }

    fn holds(&self, tree: &Tree) -> bool {
        match tree {
            Tree::All(members) => members.iter().all(|member| self.holds(member)),
            Tree::Any(members) => members.iter().any(|member| self.holds(member)),
            Tree::Not(inner) => !self.holds(inner),
            Tree::Condition(condition) => self.holds_one(condition),
        }
    }

    fn holds_one(&self, condition: &Condition) -> bool {
        let of = find(&condition.subject.name).unwrap().of;
        let number = |value: &Value| match (&value.literal, of) {
            (Literal::Number(number), Type::Share) => number.scaled(SHARE_DIGITS).unwrap(),
            (Literal::Number(number), _) => number.scaled(0).unwrap(),
            (Literal::Text(text), Type::Named(named)) => {
                let mut names = terms().names.of(named).iter();
                names.position(|name| name == text).unwrap() as i64
            }
            (Literal::Text(text), Type::Choice(choices)) => {
                choices.iter().position(|c| c.name == text).unwrap() as i64
            }
            _ => day(value).into(),
        };
        let form = |value: &Value| match &value.literal {
            Literal::Text(text) => search_form(text),
            _ => unreachable!(),
        };
        match (self.fact(condition), &condition.test) {
            (Fact::Number(fact), Test::Compare(comparison, value)) => {
                let value = number(value);
                let holds = |holds: fn(&i64, &i64) -> bool| fact.is_some_and(|f| holds(&f, &value));
                match comparison {
                    Comparison::Equal => holds(i64::eq),
                    Comparison::NotEqual => !holds(i64::eq),
                    Comparison::Greater => holds(i64::gt),
                    Comparison::AtLeast => holds(i64::ge),
                    Comparison::Less => holds(i64::lt),
                    Comparison::AtMost => holds(i64::le),
                }
            }
            (Fact::Number(fact), Test::Between { not, low, high }) => {
                fact.is_some_and(|fact| fact >= number(low) && fact <= number(high)) != *not
            }
            (Fact::Number(fact), Test::In { not, values }) => {
                fact.is_some_and(|fact| values.iter().any(|value| number(value) == fact)) != *not
            }
            (Fact::Number(fact), Test::Null { not }) => fact.is_none() != *not,
            (Fact::Yearly(fact), Test::Null { not }) => fact.is_none() != *not,
            (Fact::Yearly(fact), Test::Compare(comparison, value)) => {
                let holds = fact.is_some_and(|fact| comes(fact, value, value));
                holds == (*comparison == Comparison::Equal)
            }
            (Fact::Yearly(fact), Test::Between { not, low, high }) => {
                fact.is_some_and(|fact| comes(fact, low, high)) != *not
            }
            (Fact::Text(fact), Test::Null { not }) => fact.is_none() != *not,
            (Fact::Text(fact), Test::Compare(comparison, value)) => {
                let equal = fact.is_some_and(|fact| search_form(&fact) == form(value));
                equal == (*comparison == Comparison::Equal)
            }
            (Fact::Text(fact), Test::In { not, values }) => {
                let fact = fact.map(|fact| search_form(&fact));
                values.iter().any(|value| Some(form(value)) == fact) != *not
            }
            (Fact::Text(fact), Test::Contains { not, value }) => {
                fact.is_some_and(|fact| search_form(&fact).contains(&form(value))) != *not
            }
            (Fact::Flag(fact), Test::Compare(comparison, value)) => {
                let equal = value.literal == Literal::Flag(fact);
                equal == (*comparison == Comparison::Equal)
            }
            (Fact::List(list), Test::Contains { not, value }) => {
                list.iter().any(|member| search_form(member) == form(value)) != *not
            }
            (Fact::List(list), Test::Null { not }) => list.is_empty() != *not,
            _ => unreachable!("{condition}"),
        }
    }
}

/// Asks the columns.
fn asked(view: &View<'_>, columns: &Columns, query: &Query) -> Bits {
    let customers = Customers { view, columns };
    customers.matching(query)
}

#[test]
fn columns_say_of_each_customer_what_the_facts_do() {
    let mut dice = Dice(3);
    let (mut all, mut some) = (0, 0);
    for count in [0, 1, 63, 64, 65, 300] {
        let customers = customers(&mut dice, count);
        let shop = Shop::of(ledger(&customers));
        let view = shop.view();
        assert_eq!(view.figures.len(), count);
        let number_of = |figures: &Figures| -> usize {
            let key = view.keys.text(&view.ledger.contacts, figures.person);
            key.strip_prefix('c').unwrap().parse().unwrap()
        };
        let customer_of = |figures: &Figures| customers.get(number_of(figures)).unwrap();
        let columns = Columns::new(RFM);
        for given in Given::ALL {
            assert!(!columns.has(given));
            let of = |figures| made_up(given, number_of(figures));
            columns.give(given, view.figures.iter().map(of).collect());
            assert!(columns.has(given));
        }
        for depth in 0..700 {
            let leaf = |dice: &mut Dice| sound_condition(dice, AS_OF_DAY);
            let tree = tree(&mut dice, depth % 4, &leaf);
            let query = check(&tree, terms()).unwrap();
            let found = asked(&view, &columns, &query);
            let expected: Vec<usize> = (0..)
                .zip(view.figures)
                .filter(|(_, figures)| {
                    let facts = Facts {
                        view: &view,
                        figures,
                        customer: customer_of(figures),
                    };
                    facts.holds(&tree)
                })
                .map(|(index, _)| index)
                .collect();
            assert_eq!(found.indexes().collect::<Vec<_>>(), expected, "{tree}");
            // A segment and its opposite are all customers.
            let opposite = asked(&view, &columns, &Query::Not(Box::new(query)));
            assert_eq!(found.count() + opposite.count(), count);
            assert_eq!(found.count_with(&opposite), 0);
            all += usize::from(count == 300);
            some += usize::from(count == 300 && !found.is_empty() && !opposite.is_empty());
        }
    }
    assert!(
        some * 9 > all * 4,
        "only {some} of {all} told customers apart"
    );
}

#[test]
fn segments_say_what_todays_filters_do() {
    let shop = Shop::of(ledger(&customers(&mut Dice(4), 500)));
    let view = shop.view();
    let columns = Columns::new(RFM);
    let tea = view
        .ledger
        .products
        .find(crate::keys::Key::of("tea"))
        .unwrap();
    let tea = *view.book.rank_of_product.get(tea as usize).unwrap();
    for (text, filters) in [
        (
            "number_of_orders BETWEEN 2 AND 3",
            vec![Filter::Orders(Some(2), Some(3))],
        ),
        (
            "amount_spent >= 5000 AND mailable",
            vec![Filter::Amount(Some(5_000), None), Filter::Mailable],
        ),
        (
            "lifecycle = 'promising_drowsy'",
            vec![Filter::Cells(Some(2), Some(2))],
        ),
        ("decile = 3", vec![Filter::Decile(3)]),
        (
            "rfm_recency = 5 AND rfm_monetary = 2",
            vec![Filter::Rfm(RFM, [Some(5), None, Some(2)])],
        ),
        (
            "last_order_date >= -100d",
            vec![Filter::LastDay(Some(AS_OF_DAY - 100), None)],
        ),
        (
            "days_to_second_order <= 90",
            vec![Filter::Second(None, Some(90))],
        ),
        ("days_to_second_order IS NULL", vec![Filter::NoSecond]),
        (
            "products_purchased(id: 'tea', count: 2)",
            vec![Filter::Product(tea, Some(true))],
        ),
    ] {
        let query = check(&parse(text).unwrap(), terms()).unwrap();
        let found: Vec<usize> = asked(&view, &columns, &query).indexes().collect();
        assert!(!found.is_empty(), "{text}");
        assert_eq!(found, view.matching(&filters), "{text}");
    }
}

#[test]
fn money_is_read_in_the_currency() {
    let amount = |text: &str, currency_digits| {
        let terms = Terms {
            currency_digits,
            ..terms()
        };
        check(&parse(text).unwrap(), terms).map(|query| format!("{query:?}"))
    };
    let cents = amount("amount_spent >= 50.25", 2).unwrap();
    assert!(cents.contains("(5025, "), "{cents}");
    assert!(amount("amount_spent >= 50.25", 0).is_err());
    assert!(amount("amount_spent >= 99999999999999999", 3).is_err());
    assert_eq!(Decimal::new(1_500, 2), Decimal::new(15, 0));
}

#[test]
fn no_number_is_less_than_none() {
    let shop = Shop::of(ledger(&customers(&mut Dice(5), 100)));
    let view = shop.view();
    let columns = Columns::new(RFM);
    let count = |test: &str| {
        let tree = parse(&format!("days_to_second_order {test}")).unwrap();
        asked(&view, &columns, &check(&tree, terms()).unwrap()).count()
    };
    let known = count("IS NOT NULL");
    assert!(known > 0 && known < 100);
    assert_eq!(count(&format!(">= {}", i64::MIN)), known);
    assert_eq!(
        count(&format!("BETWEEN {} AND {}", i64::MIN, i64::MAX)),
        known
    );
    for nobody in ["=", "<", "<=", "IN (1.0, "] {
        let close = if nobody.contains('(') { ")" } else { "" };
        let found = count(&format!("{nobody} {}{close}", i64::MIN));
        assert_eq!(found, count("= 1") * close.len(), "{nobody}");
    }
    assert_eq!(count(&format!("> {}", i64::MAX)), 0);
}
