//! Who is one person, by example and by property.

mod judgements;
mod messy;
mod shop;

use super::records::NONE;
use super::*;
use judgements::judged;
use shop::{Dice, Shop, Typed, groups};

fn typed(email: &'static str, phone: &'static str, kana: &'static str) -> Typed<'static> {
    Typed {
        email,
        phone,
        kana,
        ..Typed::default()
    }
}

#[track_caller]
fn people(contacts: &[Typed<'_>], rule: Rule) -> People {
    let shop = Shop::of(contacts);
    let people = resolve_linked(&shop.records(), rule, Judgements::default());
    let joined = people
        .person
        .iter()
        .filter(|person| **person != NO_PERSON)
        .count();
    assert_eq!(
        joined,
        people.count as usize + people.links.len(),
        "links span the people"
    );
    for link in &people.links {
        assert_eq!(
            people.person.get(link.a as usize),
            people.person.get(link.b as usize)
        );
        assert!(link.a < link.b);
    }
    people
}

const NOBODY: u32 = NO_PERSON;

#[test]
fn rules_of_one_or_two_keys() {
    let contacts = [
        Typed {
            customer_id: "7",
            ..typed("taro@example.jp", "090-1122-3344", "")
        },
        typed("", "", ""),
        typed("Taro@Example.jp", "", ""),
        Typed {
            customer_id: "7",
            ..typed("hanako@example.jp", "", "")
        },
        typed("", "+81 90 1122 3344", ""),
        typed("jiro@example.jp", "０９０-１１２２-３３４４", ""),
        typed("", "0120-345-681", ""),
        typed("", "09011223344", ""),
    ];
    for (rule, expected, count) in [
        (
            Rule::CustomerId,
            [0, NOBODY, NOBODY, 0, NOBODY, NOBODY, NOBODY, NOBODY],
            1,
        ),
        (Rule::Email, [0, NOBODY, 0, 1, NOBODY, 2, NOBODY, NOBODY], 3),
        (Rule::EmailElsePhone, [0, NOBODY, 0, 1, 2, 3, NOBODY, 2], 4),
        (Rule::EmailAndPhone, [0, NOBODY, 0, 1, 0, 0, NOBODY, 0], 2),
        (Rule::Tiers, [0, NOBODY, 0, 0, 1, 2, NOBODY, 3], 4),
    ] {
        let people = people(&contacts, rule);
        assert_eq!(people.person, expected, "{rule:?}");
        assert_eq!(people.count, count, "{rule:?}");
    }
}

#[test]
fn nobody_and_one() {
    for rule in [
        Rule::Email,
        Rule::EmailElsePhone,
        Rule::EmailAndPhone,
        Rule::Tiers,
    ] {
        assert_eq!(people(&[], rule), People::default());
        let one = people(&[typed("a@example.jp", "", "")], rule);
        assert_eq!((one.person, one.count, one.links.len()), (vec![0], 1, 0));
    }
}

#[test]
fn ids_beyond_their_column_are_no_keys() {
    for blocked in [&[][..], &[9]] {
        let email = Column {
            ids: &[0, 5, 0, 1, 0],
            count: 2,
            blocked,
        };
        let records = Records {
            count: 4,
            email,
            ..Records::default()
        };
        let list = [
            judged(0, 77, Verdict::Different),
            judged(88, 99, Verdict::Same),
        ];
        let beyond = Judgements {
            list: &list,
            ..Judgements::default()
        };
        let people = resolve_linked(&records, Rule::Email, beyond);
        assert_eq!(people.person, [0, NOBODY, 0, 1]);
        assert_eq!(people.links.len(), 1);
    }
}

/// Contacts, who they are, and the review list as evidence and blocker.
type Case<'a> = (
    &'a str,
    &'a [Typed<'a>],
    &'a [u32],
    &'a [(Evidence, Option<Blocker>)],
);

#[test]
fn tiers_and_their_blockers() {
    let hanako = typed("yamada@example.jp", "090-1122-3344", "ヤマダ ハナコ");
    let taro = Typed {
        kana: "ヤマダ タロウ",
        ..hanako
    };
    let home = Typed {
        kana: "ヤマダ ハナコ",
        postal: "150-0001",
        address: "渋谷区神宮前1-2-3 405",
        ..Typed::default()
    };
    let cases: &[Case<'_>] = &[
        (
            "tier 1 joins an e-mail over a change of family name",
            &[
                hanako,
                Typed {
                    phone: "",
                    kana: "サトウ ハナコ",
                    ..hanako
                },
            ],
            &[0, 0],
            &[],
        ),
        (
            "tier 2 joins phone and kana however they are typed",
            &[
                hanako,
                typed("h@example.com", "+81-90-1122-3344", "ﾔﾏﾀﾞ　ﾊﾅｺ"),
            ],
            &[0, 0],
            &[],
        ),
        (
            "tier 3 joins kana and address however they are typed",
            &[
                home,
                Typed {
                    postal: "〒1500001",
                    address: "東京都渋谷区神宮前一丁目2番3号 405号室",
                    ..home
                },
            ],
            &[0, 0],
            &[],
        ),
        (
            "tier 3 keeps namesakes in two rooms apart",
            &[
                home,
                Typed {
                    address: "渋谷区神宮前1-2-3 406",
                    ..home
                },
            ],
            &[0, 1],
            &[(Evidence::KanaAndAddress, Some(Blocker::Room))],
        ),
        (
            "a couple that shares mail and phone is two people",
            &[hanako, taro, hanako, taro],
            &[0, 1, 0, 1],
            &[(Evidence::Email, Some(Blocker::GivenName))],
        ),
        (
            "an order without a name on a couple's mail is neither's",
            &[
                hanako,
                Typed {
                    kana: "",
                    phone: "",
                    ..hanako
                },
                taro,
            ],
            &[0, 1, 2],
            &[
                (Evidence::Email, Some(Blocker::Ambiguous)),
                (Evidence::Email, Some(Blocker::GivenName)),
                (Evidence::Email, Some(Blocker::Ambiguous)),
            ],
        ),
        (
            "parents who share a phone are two people to look at",
            &[
                typed("h@example.jp", hanako.phone, hanako.kana),
                typed("t@example.jp", taro.phone, taro.kana),
            ],
            &[0, 1],
            &[(Evidence::PhoneAndSurname, Some(Blocker::GivenName))],
        ),
        (
            "phone and name as written are for review, without kana never joined",
            &[
                Typed {
                    name: "髙橋花子",
                    ..typed("h@example.jp", "090-1122-3344", "")
                },
                Typed {
                    name: "高橋 花子",
                    ..typed("k@example.jp", "090-1122-3344", "")
                },
            ],
            &[0, 1],
            &[(Evidence::PhoneAndName, None)],
        ),
        (
            "a namesake with another birth date is somebody else",
            &[
                Typed {
                    birth: "1980-01-02",
                    ..hanako
                },
                Typed {
                    birth: "1981-01-02",
                    ..hanako
                },
            ],
            &[0, 1],
            &[(Evidence::Email, Some(Blocker::Birth))],
        ),
        (
            "a birth date in two spellings, or one unknown, is no difference",
            &[
                Typed {
                    birth: "1980-01-02",
                    ..hanako
                },
                Typed {
                    birth: "1980/1/2",
                    ..hanako
                },
                hanako,
            ],
            &[0, 0, 0],
            &[],
        ),
        (
            "a conflict reaches over a third record",
            &[
                Typed {
                    birth: "1980-01-02",
                    ..typed("a@example.jp", "", hanako.kana)
                },
                Typed {
                    customer_id: "1",
                    ..typed("a@example.jp", hanako.phone, hanako.kana)
                },
                Typed {
                    birth: "1999-01-02",
                    ..typed("b@example.jp", hanako.phone, hanako.kana)
                },
            ],
            &[0, 0, 1],
            &[(Evidence::PhoneAndKana, Some(Blocker::Birth))],
        ),
        (
            "a customer number outweighs every difference",
            &[
                Typed {
                    customer_id: "1",
                    birth: "1980-01-02",
                    ..hanako
                },
                Typed {
                    customer_id: "1",
                    birth: "1999-01-02",
                    company: "おかえり",
                    ..taro
                },
            ],
            &[0, 0],
            &[],
        ),
        (
            "法人 and 個人 of one phone and name are two customers",
            &[
                Typed {
                    email: "a@example.jp",
                    ..hanako
                },
                Typed {
                    email: "b@example.jp",
                    company: "㈱おかえり",
                    ..hanako
                },
            ],
            &[0, 1],
            &[(Evidence::PhoneAndKana, Some(Blocker::Company))],
        ),
        (
            "one e-mail and one given name are one person in both roles",
            &[
                hanako,
                Typed {
                    company: "㈱おかえり",
                    ..hanako
                },
            ],
            &[0, 0],
            &[],
        ),
        (
            "kana without a space is the name that another record splits",
            &[
                hanako,
                Typed {
                    kana: "ヤマダハナコ",
                    ..hanako
                },
                taro,
                Typed {
                    kana: "ヤマダタロウ",
                    ..taro
                },
            ],
            &[0, 0, 1, 1],
            &[(Evidence::Email, Some(Blocker::GivenName))],
        ),
        (
            "kana and a phone of the house are guests without an address",
            &[
                typed("", "", "ヤマダ ハナコ"),
                typed("", "0120-345-681", "ヤマダ ハナコ"),
                home,
            ],
            &[NOBODY, NOBODY, 0],
            &[],
        ),
    ];
    for (name, contacts, person, review) in cases {
        let people = people(contacts, Rule::Tiers);
        assert_eq!(people.person, *person, "{name}");
        let listed: Vec<_> = people
            .review
            .iter()
            .map(|link| (link.evidence, link.blocked_by))
            .collect();
        assert_eq!(listed, *review, "{name}");
        assert!(
            people
                .review
                .iter()
                .all(|link| link.tier == 4 && link.a < link.b),
            "{name}"
        );
    }
}

#[test]
fn evidence_is_kept_by_tier() {
    let contacts = [
        Typed {
            customer_id: "1",
            ..typed("a@example.jp", "", "ヤマダ ハナコ")
        },
        Typed {
            customer_id: "1",
            ..typed("b@example.jp", "090-1122-3344", "ヤマダ ハナコ")
        },
        typed("b@example.jp", "", ""),
        typed("c@example.jp", "090-1122-3344", "ヤマダ ハナコ"),
        typed("a@example.jp", "", "ヤマダ ハナコ"),
    ];
    let links = people(&contacts, Rule::Tiers).links;
    let links: Vec<_> = links
        .iter()
        .map(|l| (l.a, l.b, l.tier, l.evidence.name()))
        .collect();
    assert_eq!(
        links,
        [
            (0, 1, 0, "customer_id"),
            (0, 4, 1, "email_and_given_name"),
            (1, 2, 1, "email"),
            (1, 3, 2, "phone_and_kana"),
        ]
    );
}

#[test]
fn blocked_keys_identify_nobody() {
    let email = Column {
        ids: &[0, 0, 1, 1],
        count: 2,
        blocked: &[0],
    };
    let phone = Column {
        ids: &[NONE, 0, 0, NONE],
        count: 1,
        blocked: &[],
    };
    let records = Records {
        count: 4,
        email,
        phone,
        ..Records::default()
    };
    for (rule, expected) in [
        (Rule::Email, [NOBODY, NOBODY, 0, 0]),
        (Rule::EmailElsePhone, [NOBODY, 0, 1, 1]),
        (Rule::EmailAndPhone, [NOBODY, 0, 0, 0]),
    ] {
        assert_eq!(
            resolve_linked(&records, rule, Judgements::default()).person,
            expected,
            "{rule:?}"
        );
    }
}

#[test]
fn the_order_of_records_changes_nothing() {
    let dice = &mut Dice::new(11);
    for round in 0..120 {
        let mut contacts = messy::small(dice, 60);
        for (place, contact) in contacts.iter_mut().enumerate() {
            contact.mark = place;
        }
        let mut shuffled = contacts.clone();
        dice.shuffle(&mut shuffled);
        for rule in [
            Rule::Email,
            Rule::EmailElsePhone,
            Rule::EmailAndPhone,
            Rule::Tiers,
        ] {
            let once = groups(&contacts, &people(&contacts, rule));
            let again = groups(&shuffled, &people(&shuffled, rule));
            assert_eq!(once, again, "{rule:?} round {round}");
        }
    }
}

#[test]
fn a_part_that_keeps_kin_together_finds_the_same_people() {
    let dice = &mut Dice::new(17);
    for round in 0..120 {
        let mut contacts = messy::small(dice, 12);
        for (place, contact) in contacts.iter_mut().enumerate() {
            contact.mark = place;
        }
        let whole = people(&contacts, Rule::Tiers);
        let mut parted = Vec::new();
        for part in 0..3 {
            let in_part = |person: &u32| match whole.kin.get(*person as usize) {
                Some(first) => first % 3 == part,
                // Guests are nobody's kin.
                None => *person == NOBODY && part == 0,
            };
            let some: Vec<Typed<'_>> = contacts
                .iter()
                .zip(&whole.person)
                .filter(|(_, person)| in_part(person))
                .map(|(contact, _)| *contact)
                .collect();
            parted.extend(groups(&some, &people(&some, Rule::Tiers)));
        }
        parted.retain(|group| !group.is_empty());
        parted.sort_unstable();
        let mut expected = groups(&contacts, &whole);
        expected.retain(|group| !group.is_empty());
        assert_eq!(parted, expected, "round {round}");
    }
}

#[test]
fn no_person_holds_a_conflict_without_a_customer_number() {
    let dice = &mut Dice::new(13);
    for _ in 0..120 {
        let mut contacts = messy::small(dice, 60);
        for contact in &mut contacts {
            contact.customer_id = "";
        }
        let shop = Shop::of(&contacts);
        let people = resolve_linked(&shop.records(), Rule::Tiers, Judgements::default());
        for person in 0..people.count {
            let births = shop.distinct(&shop.birth, &people.person, person);
            assert!(births <= 1, "{births} birth dates in one person");
            let given = shop.distinct(&shop.given_kana, &people.person, person);
            assert!(given <= 1, "{given} given names in one person");
        }
    }
}

#[test]
fn ten_thousand_records_of_one_key_stay_linear() {
    let kana: Vec<String> = (0..10_000u32)
        .map(|number| {
            let letter = |n: u32| char::from_u32('カ' as u32 + n % 40).unwrap_or('カ');
            format!(
                "ヤマダ {}{}{}",
                letter(number),
                letter(number / 40),
                letter(number / 1600)
            )
        })
        .collect();
    let contacts: Vec<Typed<'_>> = kana
        .iter()
        .map(|kana| Typed {
            kana,
            ..typed("office@example.jp", "03-5511-2233", "")
        })
        .collect();
    let found = people(&contacts, Rule::Tiers);
    assert!(found.count > 5_000, "{}", found.count);
    // Five people of the key are compared; all others are counted.
    assert_eq!(found.review.len(), 10);
    assert!(found.review_left_out >= u64::from(found.count) - 5);
    let same = people(
        &[typed("", "03-5511-2233", "ヤマダ ハナコ"); 10_000],
        Rule::Tiers,
    );
    assert_eq!((same.count, same.links.len()), (1, 9_999));
    assert!(same.links.iter().all(|link| link.a == 0));
}
