//! Who gives what to whom, and who does it again next year.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use okaeri_protocol::facts::{Line, Order, Shipment};

use super::baskets::line;
use super::kinds::Kind;
use super::lives::{Period, Purpose, Visit};
use super::people::Person;
use super::products::{self, GIFTS, Product, weighted};
use super::{Dice, words};

/// Why something is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// バレンタイン, 14 February.
    Valentine,
    /// 母の日, the second Sunday of May.
    MothersDay,
    /// 父の日, the third Sunday of June.
    FathersDay,
    /// お中元, early July in the east.
    Midyear,
    /// 敬老の日, the third Monday of September.
    RespectDay,
    /// お歳暮, December.
    YearEnd,
    /// 内祝 and the like: at any time, and not again next year.
    Thanks,
}

/// Occasions that come every year, with how often they are somebody's first.
const YEARLY: [(Occasion, u32); 6] = [
    (Occasion::Valentine, 10),
    (Occasion::MothersDay, 28),
    (Occasion::FathersDay, 12),
    (Occasion::Midyear, 18),
    (Occasion::RespectDay, 10),
    (Occasion::YearEnd, 22),
];

impl Occasion {
    /// First and last day on which people order for it.
    pub fn window(self, year: i32) -> (NaiveDate, NaiveDate) {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let before = |month, weekday, n, days| {
            let feast = NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
            let feast = feast.unwrap_or_default();
            (feast - TimeDelta::days(days), feast - TimeDelta::days(4))
        };
        match self {
            Occasion::Valentine => (day(1, 22), day(2, 11)),
            Occasion::MothersDay => before(5, Weekday::Sun, 2, 32),
            Occasion::FathersDay => before(6, Weekday::Sun, 3, 26),
            Occasion::Midyear => (day(6, 22), day(7, 20)),
            Occasion::RespectDay => before(9, Weekday::Mon, 3, 26),
            Occasion::YearEnd => (day(11, 22), day(12, 20)),
            Occasion::Thanks => (day(1, 1), day(12, 31)),
        }
    }

    /// 表書き.
    fn noshi(self, dice: &mut Dice) -> Option<&'static str> {
        match self {
            Occasion::Midyear => Some("御中元"),
            Occasion::YearEnd => Some("御歳暮"),
            Occasion::RespectDay => Some("敬寿"),
            Occasion::Thanks => dice.pick(&["内祝", "出産内祝", "御祝", "御礼"]).copied(),
            _ => None,
        }
    }

    fn message(self) -> Option<&'static str> {
        match self {
            Occasion::MothersDay => Some("お母さん、いつもありがとう。"),
            Occasion::FathersDay => Some("お父さん、いつもありがとう。"),
            Occasion::RespectDay => Some("いつまでもお元気で。"),
            Occasion::Valentine => Some("感謝を込めて。"),
            _ => None,
        }
    }

    fn product(self, dice: &mut Dice) -> Option<&'static Product> {
        match self {
            Occasion::Valentine => Some(&products::FOR_VALENTINE),
            Occasion::MothersDay if dice.percent(80) => Some(&products::FOR_MOTHERS),
            Occasion::FathersDay if dice.percent(70) => Some(&products::FOR_FATHERS),
            _ => weighted(&GIFTS, |product| product.weight, dice),
        }
    }

    /// To how many, the first time.
    fn recipients(self, kind: Kind, dice: &mut Dice) -> u32 {
        match self {
            _ if kind == Kind::Company => 10 + dice.below(51),
            Occasion::MothersDay | Occasion::FathersDay => 1 + dice.below(3) / 2,
            Occasion::Midyear | Occasion::YearEnd => 2 + dice.below(6),
            _ => 1 + dice.below(4),
        }
    }

    /// The first number of those to whom one gives: the same people in July and in December.
    fn group(self) -> u32 {
        match self {
            Occasion::Midyear | Occasion::YearEnd => 0,
            Occasion::Valentine => 200,
            Occasion::MothersDay => 300,
            Occasion::FathersDay => 400,
            Occasion::RespectDay => 500,
            Occasion::Thanks => 600,
        }
    }
}

/// A gift order: why, and to whom, as [`Person::recipient`] numbers them.
#[derive(Clone, Debug)]
pub struct Giving {
    /// Why.
    pub occasion: Occasion,
    /// To whom.
    pub recipients: Vec<u32>,
}

impl Giving {
    /// 内祝 and the like.
    pub fn thanks(dice: &mut Dice) -> Self {
        let first = Occasion::Thanks.group();
        Giving {
            occasion: Occasion::Thanks,
            recipients: (first..first + 1 + dice.below(4)).collect(),
        }
    }
}

/// All gift orders of somebody who gives, from the first day on.
pub fn give(
    person: &Person,
    first: NaiveDate,
    period: &Period,
    dice: &mut Dice,
    visits: &mut Vec<Visit>,
) {
    let mut occasions = vec![first_occasion(person.kind, dice)];
    let second = match occasions.first() {
        Some(Occasion::YearEnd) if dice.percent(50) => Some(Occasion::Midyear),
        Some(Occasion::Midyear) if dice.percent(55) => Some(Occasion::YearEnd),
        Some(Occasion::MothersDay) if dice.percent(30) => Some(Occasion::FathersDay),
        _ => None,
    };
    occasions.extend(second);
    for occasion in occasions {
        repeat(person, occasion, first, period, dice, visits);
    }
}

fn first_occasion(kind: Kind, dice: &mut Dice) -> Occasion {
    if kind == Kind::Company {
        return Occasion::YearEnd;
    }
    let mut left = dice.below(YEARLY.iter().map(|(_, weight)| weight).sum());
    for (occasion, weight) in YEARLY {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return occasion,
        }
    }
    Occasion::YearEnd
}

/// One occasion, year after year, until it is forgotten.
fn repeat(
    person: &Person,
    occasion: Occasion,
    first: NaiveDate,
    period: &Period,
    dice: &mut Dice,
    visits: &mut Vec<Visit>,
) {
    let (sender_stays, pair_stays) = match person.kind {
        Kind::Company => (88, 76),
        _ => (64, 64),
    };
    let mut known: Vec<u32> = Vec::new();
    let mut new = occasion.group();
    let mut missed_years = 0;
    for year in first.year()..=period.until.year() {
        let (from, to) = occasion.window(year);
        let days = (to - from).num_days().max(0) as u32;
        let date = from + TimeDelta::days(i64::from(dice.below(days + 1)));
        if date < first || date > period.until {
            continue;
        }
        if known.is_empty() {
            let end = new + occasion.recipients(person.kind, dice);
            known = (new..end).collect();
            new = end;
        } else if !dice.percent(if missed_years == 0 { sender_stays } else { 15 }) {
            missed_years += 1;
            continue;
        } else {
            let most_dear = known.first().copied();
            known.retain(|_| dice.percent(pair_stays));
            if known.is_empty() {
                known.extend(most_dear);
            }
            let others = if person.kind == Kind::Company { 6 } else { 2 };
            let end = (new + dice.below(others)).min(occasion.group() + 100);
            known.extend(new..end);
            new = end;
        }
        missed_years = 0;
        visits.push(Visit {
            at: period.at(date, dice),
            purpose: Purpose::Gift(Giving {
                occasion,
                recipients: known.clone(),
            }),
        });
    }
}

/// Puts destinations and lines into an order.
pub fn fill(order: &mut Order, person: &Person, giving: &Giving, dice: &mut Dice) {
    let occasion = giving.occasion;
    let is_marked = person.marks_gifts;
    let company_product = weighted(&GIFTS, |product| product.weight, dice);
    let noshi = occasion.noshi(dice).filter(|_| is_marked);
    let is_wrapped = is_marked && dice.percent(75);
    let message = occasion.message().filter(|_| is_marked && dice.percent(55));
    for (index, recipient) in giving.recipients.iter().enumerate() {
        // A company sends the same to all.
        let product = match person.kind {
            Kind::Company => company_product,
            _ => occasion.product(dice),
        };
        let Some(product) = product else { continue };
        let id = (index + 1).to_string();
        order.shipments.push(Shipment {
            shipment_id: Some(id.clone()),
            is_gift: is_marked.then_some(true),
            noshi: noshi.map(str::to_owned),
            wrapping: is_wrapped.then(|| "包装紙".to_owned()),
            message: message.map(str::to_owned),
            ..address(&person.recipient(*recipient))
        });
        let quantity = 1 + i64::from(dice.percent(8));
        order.lines.push(Line {
            shipment_id: Some(id),
            ..line(product, quantity)
        });
    }
    if is_marked && dice.percent(12) {
        order.note = dice.pick(&words::GIFT_NOTES).map(|note| (*note).to_owned());
    }
}

/// A destination without more than the address of somebody.
pub fn address(of: &Person) -> Shipment {
    let to = of.buyer_plain();
    Shipment {
        name: to.name,
        name_kana: to.name_kana,
        phone: to.phone,
        postal: to.postal,
        prefecture: to.prefecture,
        address: to.address,
        ..Shipment::default()
    }
}
