//! The people of the sample: how they live, and how they write their addresses.

use okaeri_protocol::facts::Buyer;

use super::{Dice, words};

/// How a person shops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Comes once, and perhaps again.
    Passing,
    /// Comes every few months.
    Occasional,
    /// Comes every few weeks.
    Regular,
    /// Has a monthly contract (定期).
    Subscriber,
    /// Sends gifts in season.
    Giver,
    /// A company that sends many.
    Company,
}

impl Kind {
    fn cast(dice: &mut Dice) -> Self {
        match dice.below(100) {
            0..45 => Kind::Passing,
            45..70 => Kind::Occasional,
            70..81 => Kind::Regular,
            81..90 => Kind::Subscriber,
            90..98 => Kind::Giver,
            _ => Kind::Company,
        }
    }

    /// Whether orders go to others, in season.
    pub fn gives(self) -> bool {
        matches!(self, Kind::Giver | Kind::Company)
    }

    /// Chance in a hundred to come again after order number `count`.
    pub fn stays(self, count: u32) -> u32 {
        match self {
            Kind::Passing => 18,
            Kind::Occasional => 62 + 4 * count.min(5),
            Kind::Regular => 80 + 3 * count.min(4),
            // The promise of three deliveries, then the first who leave.
            Kind::Subscriber if count < 3 => 97,
            Kind::Subscriber => 88,
            Kind::Giver => 66,
            Kind::Company => 85,
        }
    }

    /// Days to the next order.
    pub fn gap_days(self, dice: &mut Dice) -> u32 {
        let two = |dice: &mut Dice, least: u32, spread: u32| {
            least + dice.below(spread) / 2 + dice.below(spread) / 2
        };
        match self {
            Kind::Passing => two(dice, 30, 220),
            Kind::Occasional => two(dice, 40, 110),
            Kind::Regular => two(dice, 14, 40),
            Kind::Subscriber => 30,
            Kind::Giver => 60 + dice.below(40),
            Kind::Company => 100 + dice.below(80),
        }
    }
}

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    /// Serial number.
    pub number: u32,
    /// How the person shops.
    pub kind: Kind,
    /// Where.
    pub shop: &'static str,
    /// Index of the favourite product.
    pub favourite: usize,
    /// To how many the person gives.
    pub recipients: u32,
    family: (&'static str, &'static str),
    given: (&'static str, &'static str, &'static str),
    place: (&'static str, &'static str, &'static str, &'static str),
    house: [u32; 3],
    room: Option<u32>,
    has_two_addresses: bool,
    is_careless: bool,
    is_guest: bool,
    consents: Option<bool>,
}

impl Person {
    /// A new person.
    pub fn new(number: u32, dice: &mut Dice) -> Self {
        let kind = Kind::cast(dice);
        let mut pick = |count: usize| dice.below(count as u32) as usize;
        let family = words::FAMILY
            .get(pick(words::FAMILY.len()))
            .copied()
            .unwrap_or_default();
        let given = words::GIVEN
            .get(pick(words::GIVEN.len()))
            .copied()
            .unwrap_or_default();
        let place = words::PLACES
            .get(pick(words::PLACES.len()))
            .copied()
            .unwrap_or_default();
        let favourite = 1 + pick(words::GOODS.len() - 1);
        let house = [1 + dice.below(6), 1 + dice.below(28), 1 + dice.below(20)];
        Person {
            number,
            kind,
            shop: match dice.below(10) {
                0..7 => "honten",
                7..9 => "rakuten",
                _ => "yahoo",
            },
            favourite,
            recipients: match kind {
                Kind::Company => 6 + dice.below(20),
                _ => 1 + dice.below(4),
            },
            family,
            given,
            place,
            house,
            room: dice
                .percent(45)
                .then(|| 101 + dice.below(9) * 100 + dice.below(8)),
            has_two_addresses: dice.percent(5),
            is_careless: dice.percent(12),
            is_guest: kind == Kind::Passing && dice.percent(4),
            consents: match dice.below(10) {
                0..7 => Some(true),
                7..9 => Some(false),
                _ => None,
            },
        }
    }

    /// One of those to whom person `giver` sends; the same each year.
    pub fn recipient(giver: u32, index: u32) -> Self {
        let mut dice = Dice(u64::from(giver) << 20 | u64::from(index) | 1 << 60);
        Person::new(giver.wrapping_mul(64).wrapping_add(index), &mut dice)
    }

    fn name(&self) -> String {
        format!("{} {}", self.family.0, self.given.0)
    }

    fn kana(&self) -> String {
        format!("{} {}", self.family.1, self.given.1)
    }

    fn phone(&self) -> String {
        let number = u64::from(self.number) * 7_919 % 10_000_000_000;
        if self.number.is_multiple_of(4) {
            let area = self.place.3;
            let rest = number % 10u64.pow(10 - area.len() as u32);
            format!("{area}{rest:0width$}", width = 10 - area.len())
        } else {
            format!("090{:08}", (number + 10_000_000) % 100_000_000)
        }
    }

    fn email(&self, is_second: bool) -> String {
        let (name, number) = (self.given.2, self.number);
        if self.shop == "rakuten" {
            return format!(
                "{:08x}{number:05}@pc.fw.rakuten.ne.jp",
                number.wrapping_mul(40_503)
            );
        }
        match (is_second, number % 3) {
            (true, _) => format!("{name}.{number}@docomo.example.ne.jp"),
            (false, 0) => format!("{name}{number}@example.com"),
            (false, 1) => format!("{name}-{number}@mail.example.jp"),
            _ => format!("{name}_{number}@example.ne.jp"),
        }
    }

    fn address(&self) -> String {
        let [block, lot, house] = self.house;
        let room = self
            .room
            .map(|room| format!(" 茶畑ハイツ{room}号室"))
            .unwrap_or_default();
        format!("{}{block}-{lot}-{house}{room}", self.place.1)
    }

    /// The person as the master record would have it.
    pub fn buyer_plain(&self) -> Buyer {
        let company = (self.kind == Kind::Company)
            .then(|| words::COMPANIES.get(self.number as usize % words::COMPANIES.len()))
            .flatten();
        Buyer {
            customer_id: None,
            email: Some(self.email(false)),
            phone: Some(self.phone()),
            name: Some(self.name()),
            name_kana: Some(self.kana()),
            company: company.map(|company| (*company).to_owned()),
            postal: Some(self.place.2.to_owned()),
            prefecture: Some(self.place.0.to_owned()),
            address: Some(self.address()),
            birth: None,
            mail_consent: self.consents,
        }
    }

    /// The person as typed this time.
    pub fn buyer(&self, dice: &mut Dice) -> Buyer {
        if self.is_guest {
            let name = Some(self.name());
            return Buyer {
                name,
                ..Buyer::default()
            };
        }
        let mut buyer = self.buyer_plain();
        if self.has_two_addresses && dice.percent(40) {
            buyer.email = Some(self.email(true));
        }
        if self.is_careless && dice.percent(50) {
            self.misspell(&mut buyer, dice);
        }
        buyer
    }

    /// One of the ways to write the same thing otherwise.
    fn misspell(&self, buyer: &mut Buyer, dice: &mut Dice) {
        let [block, lot, house] = self.house;
        match dice.below(6) {
            0 => buyer.email = buyer.email.map_text(|email| email.to_uppercase()),
            1 => buyer.phone = buyer.phone.map_text(with_hyphens),
            2 => buyer.name_kana = Some(format!("{}{}", self.family.1, self.given.1)),
            3 => {
                let town = self.place.1;
                buyer.address = Some(format!("{town}{block}丁目{lot}番{house}号"));
            }
            4 => buyer.phone = buyer.phone.map_text(full_width),
            _ => {
                let postal = buyer.postal.take().unwrap_or_default();
                let (head, tail) = postal.split_at_checked(3).unwrap_or_default();
                buyer.postal = Some(format!("{head}-{tail}"));
                buyer.email = buyer.email.map_text(|email| format!(" {email} "));
            }
        }
    }
}

trait MapText {
    fn map_text(&mut self, change: impl Fn(&str) -> String) -> Option<String>;
}

impl MapText for Option<String> {
    fn map_text(&mut self, change: impl Fn(&str) -> String) -> Option<String> {
        self.take().map(|text| change(&text))
    }
}

fn with_hyphens(phone: &str) -> String {
    match phone.split_at_checked(3) {
        Some((area, rest)) => {
            let (middle, end) = rest.split_at(rest.len().saturating_sub(4));
            format!("{area}-{middle}-{end}")
        }
        None => phone.to_owned(),
    }
}

fn full_width(digits: &str) -> String {
    digits
        .chars()
        .map(|c| {
            c.to_digit(10)
                .and_then(|d| char::from_u32('０' as u32 + d))
                .unwrap_or(c)
        })
        .collect()
}
