//! The people of the sample: how they live, and how they write their addresses.

use okaeri_protocol::facts::Buyer;

use super::kinds::Kind;
use super::products::{GOODS, weighted};
use super::spelling::{MapText, full_width, with_hyphens};
use super::{Dice, words};

/// Numbers of recipients begin here, so that nobody's phone is somebody else's.
const RECIPIENTS: u32 = 10_000_000;

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    /// Serial number.
    pub number: u32,
    /// How the person shops.
    pub kind: Kind,
    /// Where.
    pub shop: &'static str,
    /// Index of the first product bought for oneself.
    pub entry: usize,
    /// Index of the favourite product.
    pub favourite: usize,
    /// Buys many pieces at once (まとめ買い).
    pub hoards: bool,
    /// Marks gifts as such; others only name another address.
    pub marks_gifts: bool,
    /// Has things for oneself sent to where the person works.
    pub is_at_work: bool,
    /// Orders without saying more than a name.
    pub is_guest: bool,
    /// In the shop's customer file.
    pub is_member: bool,
    /// Consent to advertising mail, where the cart asks.
    pub consents: Option<bool>,
    /// Year, month and day.
    pub birth: Option<(u32, u32, u32)>,
    family: (&'static str, &'static str),
    given: (&'static str, &'static str, &'static str),
    place: (&'static str, &'static str, &'static str, &'static str),
    house: [u32; 3],
    room: Option<u32>,
    has_two_addresses: bool,
    is_careless: bool,
}

impl Person {
    /// A new person.
    pub fn new(number: u32, dice: &mut Dice) -> Self {
        let kind = Kind::cast(dice);
        Person::of_kind(number, kind, dice)
    }

    fn of_kind(number: u32, kind: Kind, dice: &mut Dice) -> Self {
        let shop = match dice.below(10) {
            _ if matches!(kind, Kind::Subscriber | Kind::Company) => "honten",
            0..7 => "honten",
            7..9 => "rakuten",
            _ => "yahoo",
        };
        let entry = weighted(&GOODS, |product| product.entry, dice);
        let entry = GOODS
            .iter()
            .position(|product| entry.is_some_and(|entry| entry.code == product.code));
        let is_guest = kind == Kind::Passing && dice.percent(4);
        Person {
            number,
            kind,
            shop,
            entry: entry.unwrap_or_default(),
            favourite: 1 + dice.below(GOODS.len() as u32 - 1) as usize,
            hoards: dice.percent(6),
            marks_gifts: kind == Kind::Company || dice.percent(84),
            is_at_work: dice.percent(4),
            is_guest,
            is_member: !is_guest && shop == "honten" && dice.percent(75),
            consents: match dice.below(10) {
                0..7 => Some(true),
                7..9 => Some(false),
                _ => None,
            },
            birth: dice.percent(60).then(|| {
                let year = 1_945 + dice.below(60);
                (year, 1 + dice.below(12), 1 + dice.below(28))
            }),
            family: dice.pick(&words::FAMILY).copied().unwrap_or_default(),
            given: dice.pick(&words::GIVEN).copied().unwrap_or_default(),
            place: dice.pick(&words::PLACES).copied().unwrap_or_default(),
            house: [1 + dice.below(6), 1 + dice.below(28), 1 + dice.below(20)],
            room: dice
                .percent(45)
                .then(|| 101 + dice.below(9) * 100 + dice.below(8)),
            has_two_addresses: dice.percent(5),
            is_careless: dice.percent(12),
        }
    }

    /// One of those to whom the person gives, by a number below 1,000; the same each year.
    pub fn recipient(&self, index: u32) -> Self {
        let mut dice = Dice(u64::from(self.number) << 20 | u64::from(index) | 1 << 60);
        let kind = if dice.percent(40) {
            Kind::Occasional
        } else {
            Kind::Passing
        };
        let number = self.number.wrapping_mul(1_000).wrapping_add(index);
        let number = number.wrapping_add(RECIPIENTS);
        let mut recipient = Person {
            shop: "honten",
            is_guest: false,
            ..Person::of_kind(number, kind, &mut dice)
        };
        // Parents share the name. Where nothing marks a gift, the other name alone tells it.
        if self.kind == Kind::Giver && self.marks_gifts && dice.percent(40) {
            recipient.family = self.family;
        }
        while !self.marks_gifts && recipient.family == self.family {
            recipient.family = dice.pick(&words::FAMILY).copied().unwrap_or_default();
        }
        recipient
    }

    /// Where the person works: another place under the same name.
    pub fn at_work(&self) -> Self {
        let mut dice = Dice(u64::from(self.number) << 20 | 1 << 61);
        Person {
            place: dice.pick(&words::PLACES).copied().unwrap_or_default(),
            house: [1 + dice.below(6), 1 + dice.below(28), 1 + dice.below(20)],
            room: None,
            ..self.clone()
        }
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
        let company = words::COMPANIES.get(self.number as usize % words::COMPANIES.len());
        let company = company
            .filter(|_| self.kind == Kind::Company)
            .map(|(before, behind)| format!("{before}{}{behind}", self.family.0));
        Buyer {
            customer_id: None,
            email: Some(self.email(false)),
            phone: Some(self.phone()),
            name: Some(self.name()),
            name_kana: Some(self.kana()),
            company,
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
