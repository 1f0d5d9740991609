//! A shop whose customers type as people type, and what of it is found.

use super::super::*;
use super::shop::{Dice, Shop, Typed};

/// Few values, so that keys meet in every way there is.
pub fn small(dice: &mut Dice, count: usize) -> Vec<Typed<'static>> {
    let contact = |dice: &mut Dice| Typed {
        customer_id: dice.pick(&["", "", "", "1", "2", "3"]),
        email: dice.pick(&[
            "",
            "a@example.jp",
            "b@example.jp",
            "c@example.jp",
            "d@example.jp",
        ]),
        phone: dice.pick(&["", "", "090-1122-3344", "090-1122-3355", "03-5511-2233"]),
        kana: dice.pick(&[
            "",
            "",
            "ヤマダ ハナコ",
            "ヤマダハナコ",
            "サトウ ハナコ",
            "ヤマダ タロウ",
        ]),
        name: dice.pick(&["", "山田 花子"]),
        company: dice.pick(&["", "", "", "㈱おかえり"]),
        postal: dice.pick(&["", "150-0001"]),
        address: dice.pick(&[
            "渋谷区神宮前1-2-3",
            "渋谷区神宮前1-2-3 4",
            "渋谷区神宮前1-2-3 5",
        ]),
        birth: dice.pick(&["", "", "", "1980-01-02", "1990-01-02"]),
        mark: 0,
    };
    (0..count).map(|_| contact(dice)).collect()
}

const SURNAMES: [(&str, &str); 10] = [
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("髙橋", "タカハシ"),
    ("田中", "タナカ"),
    ("渡邉", "ワタナベ"),
    ("伊藤", "イトウ"),
    ("山本", "ヤマモト"),
    ("中村", "ナカムラ"),
    ("大野", "オオノ"),
    ("庄司", "ショウジ"),
];
const GIVEN: [(&str, &str); 12] = [
    ("花子", "ハナコ"),
    ("太郎", "タロウ"),
    ("優子", "ユウコ"),
    ("健", "ケン"),
    ("惠子", "ケイコ"),
    ("翔", "ショウ"),
    ("美咲", "ミサキ"),
    ("大輔", "ダイスケ"),
    ("陽子", "ヨウコ"),
    ("涼", "リョウ"),
    ("さくら", "サクラ"),
    ("直樹", "ナオキ"),
];
const TOWNS: [(&str, &str); 6] = [
    ("150-0001", "渋谷区神宮前"),
    ("103-0028", "中央区八重洲"),
    ("273-0122", "鎌ヶ谷市東初富"),
    ("108-0073", "港区三田"),
    ("980-0811", "仙台市青葉区一番町"),
    ("060-0001", "札幌市中央区北一条西"),
];

/// Somebody, as they are.
struct Soul {
    name: String,
    kana: String,
    emails: [String; 2],
    phone: [u32; 3],
    postal: &'static str,
    town: &'static str,
    house: [usize; 3],
    room: usize,
    birth: Option<(usize, usize, usize)>,
}

fn soul(dice: &mut Dice, number: usize, home: Option<&Soul>) -> Soul {
    let (mut surname, mut surname_kana) = *SURNAMES.get(dice.below(10)).unwrap_or(&("", ""));
    // No household gives one name twice.
    let (given, given_kana) = *GIVEN.get(number % GIVEN.len()).unwrap_or(&("", ""));
    if let Some(home) = home {
        surname = home
            .name
            .split(' ')
            .next()
            .and_then(|s| SURNAMES.iter().find(|n| n.0 == s))
            .map_or("", |n| n.0);
        surname_kana = SURNAMES.iter().find(|n| n.0 == surname).map_or("", |n| n.1);
    }
    let (postal, town) = *TOWNS.get(dice.below(6)).unwrap_or(&("", ""));
    let mut email = |letter: char| format!("{letter}{number}.{}@example.jp", dice.below(100));
    let emails = [email('a'), email('b')];
    let phone = [
        90,
        1000 + dice.below(8999) as u32,
        1000 + dice.below(8999) as u32,
    ];
    let birth = dice.chance(50).then(|| {
        (
            1950 + dice.below(50),
            1 + dice.below(12),
            1 + dice.below(28),
        )
    });
    Soul {
        name: format!("{surname} {given}"),
        kana: format!("{surname_kana} {given_kana}"),
        emails,
        // A household shares its phone in half of the cases, and its address always.
        phone: home
            .filter(|_| number.is_multiple_of(2))
            .map_or(phone, |home| home.phone),
        postal: home.map_or(postal, |home| home.postal),
        town: home.map_or(town, |home| home.town),
        house: home.map_or(
            [1 + dice.below(5), 1 + dice.below(30), 1 + dice.below(20)],
            |h| h.house,
        ),
        room: home.map_or(101 + dice.below(300), |home| home.room),
        birth,
    }
}

fn wide(text: &str) -> String {
    let widen = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(widen).collect()
}

/// One order's contact as somebody typed it: email, phone, kana, name, postal, address, birth.
fn type_in(dice: &mut Dice, soul: &Soul, shared_mail: Option<&str>) -> [String; 7] {
    let [a, b, c] = soul.phone;
    let phone = match dice.below(6) {
        0 => format!("0{a}{b}{c}"),
        1 => format!("+81 {a}-{b}-{c}"),
        2 => wide(&format!("0{a}-{b}-{c}")),
        3 => format!("0{a}ー{b}ー{c}"),
        4 => String::new(),
        _ => format!("0{a}-{b}-{c}"),
    };
    let kana = match dice.below(8) {
        0 => soul.kana.replace(' ', "\u{3000}"),
        1 => soul.kana.replace(' ', ""),
        2 => soul.kana.replace('ョ', "ヨ"),
        3 => String::new(),
        _ => soul.kana.clone(),
    };
    let email = match (shared_mail, dice.below(10)) {
        (Some(mail), 0..6) => mail.to_owned(),
        (_, 6) => soul.emails[0].to_uppercase(),
        (_, 7) => format!(" {} ", soul.emails[0]),
        (_, 8) => soul.emails[1].clone(),
        (_, 9) => String::new(),
        _ => soul.emails[0].clone(),
    };
    let ([x, y, z], room, town) = (soul.house, soul.room, soul.town);
    let address = match dice.below(6) {
        0 => format!("{town}{x}丁目{y}番{z}号 {room}号室"),
        1 => wide(&format!("{town}{x}-{y}-{z}-{room}")),
        2 => format!("{town}{x}ー{y}ー{z} ハイツ{room}"),
        3 => format!("{}{x}丁目{y}の{z}　{room}", town.replace('ヶ', "ケ")),
        4 => format!("{town}{x}丁目{y}番地{z}ハイツ{room}号"),
        _ => format!("{town}{x}-{y}-{z} {room}"),
    };
    let birth = soul
        .birth
        .filter(|_| dice.chance(60))
        .map_or(String::new(), |(y, m, d)| {
            if y % 2 == 0 {
                format!("{y}-{m:02}-{d:02}")
            } else {
                format!("{y}/{m}/{d}")
            }
        });
    [
        email,
        phone,
        kana,
        soul.name.clone(),
        soul.postal.to_owned(),
        address,
        birth,
    ]
}

/// Pairs of contacts of one group.
fn pairs_within<K: Ord>(keys: impl Iterator<Item = K>) -> u64 {
    let mut counts = std::collections::BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0u64) += 1;
    }
    counts.values().map(|n| n * (n - 1) / 2).sum()
}

#[test]
fn a_messy_shop_is_put_in_order() {
    let dice = &mut Dice::new(2026);
    let mut souls: Vec<Soul> = Vec::new();
    for number in 0..3000 {
        let home = (dice.chance(20)).then(|| souls.last()).flatten();
        let next = soul(dice, number, home);
        souls.push(next);
    }
    let mut typed: Vec<(usize, [String; 7])> = Vec::new();
    for (who, soul) in souls.iter().enumerate() {
        // Every thirtieth uses the mail of the person before, as couples do.
        let shared = (who % 30 == 1).then(|| souls.get(who - 1)).flatten();
        for _ in 0..1 + dice.below(5) {
            typed.push((
                who,
                type_in(dice, soul, shared.map(|other| other.emails[0].as_str())),
            ));
        }
    }
    dice.shuffle(&mut typed);
    let contacts: Vec<Typed<'_>> = typed
        .iter()
        .map(
            |(who, [email, phone, kana, name, postal, address, birth])| Typed {
                email,
                phone,
                kana,
                name,
                postal,
                address,
                birth,
                mark: *who,
                ..Typed::default()
            },
        )
        .collect();
    let shop = Shop::of(&contacts);
    let score = |rule| {
        let people = resolve(&shop.records(), rule, Judgements::default());
        let of = || {
            contacts
                .iter()
                .zip(&people.person)
                .filter(|(_, person)| **person != NO_PERSON)
        };
        let right = pairs_within(of().map(|(contact, person)| (contact.mark, *person)));
        let joined = pairs_within(of().map(|(_, person)| *person));
        let true_pairs = pairs_within(contacts.iter().map(|contact| contact.mark));
        let (precision, recall) = (
            right as f64 / joined as f64,
            right as f64 / true_pairs as f64,
        );
        println!("{rule:?}: precision {precision:.4}, recall {recall:.4}");
        (precision, recall)
    };
    let (precision, recall) = score(Rule::Tiers);
    assert!(precision >= 0.995, "tiers: precision {precision}");
    assert!(recall >= 0.90, "tiers: recall {recall}");
    let (_, mail_recall) = score(Rule::Email);
    assert!(
        recall > mail_recall,
        "the tiers find more than the mail alone: {mail_recall}"
    );
    let (joined_precision, _) = score(Rule::EmailAndPhone);
    assert!(
        precision > joined_precision,
        "and mix up fewer than shared keys: {joined_precision}"
    );
}
