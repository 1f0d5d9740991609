//! What people judged, against the evidence.

use super::shop::{Dice, Shop, Typed, groups};
use super::*;

pub fn judged(a: u32, b: u32, verdict: Verdict) -> Judgement {
    Judgement {
        a,
        b,
        at: 0,
        verdict,
    }
}

fn named<'a>(email: &'a str, name: &'a str, mark: usize) -> Typed<'a> {
    Typed {
        email,
        name,
        mark,
        ..Typed::default()
    }
}

fn judged_people(contacts: &[Typed<'_>], rule: Rule, list: &[Judgement]) -> People {
    let shop = Shop::of(contacts);
    let compare = &|a, b| shop.compare(a, b);
    resolve_linked(&shop.records(), rule, Judgements { list, compare })
}

#[test]
fn whoever_is_not_judged_goes_with_the_side_that_is_more_alike() {
    let x = "x@example.jp";
    let contacts = [
        named(x, "山田花子", 0),
        Typed {
            phone: "03-1234-5678",
            ..named(x, "山田花子", 1)
        },
        named(x, "山田太郎", 2),
        Typed {
            phone: "03-8765-4321",
            ..named(x, "山田太郎", 3)
        },
        named(x, "", 4),
    ];
    for rule in [
        Rule::Email,
        Rule::EmailElsePhone,
        Rule::EmailAndPhone,
        Rule::Tiers,
    ] {
        for (a, b) in [(0, 2), (1, 2), (3, 0), (3, 1)] {
            let split = [judged(a, b, Verdict::Different)];
            let people = judged_people(&contacts, rule, &split);
            let groups = groups(&contacts, &people);
            let side = |mark: usize| groups.iter().position(|group| group.contains(&mark));
            assert_eq!(people.count, 2, "{rule:?} {a} {b}");
            assert_eq!(side(0), side(1), "{rule:?} {a} {b}");
            assert_eq!(side(2), side(3), "{rule:?} {a} {b}");
            assert_eq!(people.apart.len(), 1);
        }
    }
}

#[test]
fn the_latest_judgement_about_a_pair_counts() {
    let contacts = [
        named("a@example.jp", "", 0),
        named("b@example.jp", "", 1),
        named("b@example.jp", "佐藤次郎", 2),
    ];
    let at = |at, a, b, verdict| Judgement { a, b, at, verdict };
    let (same, different, open) = (Verdict::Same, Verdict::Different, Verdict::Open);
    for (list, count) in [
        (vec![at(1, 0, 1, same)], 1),
        (vec![at(1, 0, 1, same), at(2, 1, 0, open)], 2),
        (vec![at(2, 1, 0, open), at(1, 0, 1, same)], 2),
        (vec![at(1, 0, 1, same), at(1, 0, 1, open)], 2),
        // Two are joined by a person and kept apart from a third by another judgement.
        (vec![at(1, 0, 1, same), at(1, 1, 2, different)], 2),
        (vec![at(1, 1, 2, different)], 3),
        (vec![at(1, 1, 2, different), at(3, 1, 2, same)], 2),
        (vec![at(1, 1, 1, different), at(1, 7, 1, same)], 2),
    ] {
        for rule in [Rule::Email, Rule::Tiers] {
            let people = judged_people(&contacts, rule, &list);
            assert_eq!(people.count, count, "{rule:?} {list:?}");
            assert_eq!(people.links.len(), 3 - count as usize);
        }
    }
    let people = judged_people(&contacts, Rule::Tiers, &[at(1, 0, 1, same)]);
    let judged_link = |link: &Link| (link.tier, link.evidence) == (0, Evidence::Judged);
    assert_eq!(
        people.links.iter().filter(|link| judged_link(link)).count(),
        1
    );
}

/// Judgements about random contacts hold, are the same in any order of contacts and judgements,
/// and are the same for whoever has all of a kin.
#[test]
fn judgements_hold_in_any_order() {
    let dice = &mut Dice::new(23);
    for round in 0..150 {
        let mut contacts = messy::small(dice, 24);
        for (place, contact) in contacts.iter_mut().enumerate() {
            contact.mark = place;
        }
        let list: Vec<(usize, usize, Verdict)> = (0..dice.below(5) + 1)
            .map(|_| {
                let verdict = [Verdict::Same, Verdict::Different, Verdict::Different];
                let verdict = verdict.get(dice.below(3)).copied().unwrap_or(Verdict::Open);
                (dice.below(24), dice.below(24), verdict)
            })
            .collect();
        let about = |contacts: &[Typed<'_>], list: &[(usize, usize, Verdict)]| -> Vec<Judgement> {
            let place = |mark: &usize| contacts.iter().position(|c| c.mark == *mark);
            let about = list.iter().enumerate().filter_map(|(at, (a, b, verdict))| {
                Some(Judgement {
                    at: at as i64,
                    ..judged(place(a)? as u32, place(b)? as u32, *verdict)
                })
            });
            about.collect()
        };
        let mut shuffled = contacts.clone();
        dice.shuffle(&mut shuffled);
        for rule in [
            Rule::CustomerId,
            Rule::Email,
            Rule::EmailElsePhone,
            Rule::EmailAndPhone,
            Rule::Tiers,
        ] {
            let judgements = about(&contacts, &list);
            let people = judged_people(&contacts, rule, &judgements);
            let shop = Shop::of(&contacts);
            for judged in judgements
                .iter()
                .filter(|j| j.verdict == Verdict::Different)
            {
                let overruled = judgements.iter().any(|other| {
                    let pair = |j: &Judgement| (j.a.min(j.b), j.a.max(j.b));
                    other.at > judged.at && {
                        let alike = |x: u32, y: u32| shop.compare(x, y).is_eq();
                        let ((a, b), (c, d)) = (pair(judged), pair(other));
                        alike(a, c) && alike(b, d) || alike(a, d) && alike(b, c)
                    }
                });
                let person = |record: u32| people.person.get(record as usize).copied();
                let (a, b) = (person(judged.a), person(judged.b));
                let alike = shop.compare(judged.a, judged.b).is_eq();
                assert!(
                    a != b || a == Some(NO_PERSON) || overruled || alike,
                    "{rule:?} round {round}: {judged:?}"
                );
            }
            let again = judged_people(&shuffled, rule, &about(&shuffled, &list));
            assert_eq!(
                groups(&contacts, &people),
                groups(&shuffled, &again),
                "{rule:?} round {round}"
            );
        }
    }
}

#[test]
fn a_dropped_link_splits_and_comes_back() {
    let dice = &mut Dice::new(7);
    for round in 0..60 {
        let contacts = messy::small(dice, 40);
        let shop = Shop::of(&contacts);
        let records = shop.records();
        for rule in [
            Rule::CustomerId,
            Rule::Email,
            Rule::EmailElsePhone,
            Rule::EmailAndPhone,
            Rule::Tiers,
        ] {
            let before = resolve_linked(&records, rule, Judgements::default());
            let Some(link) = before.links.get(dice.below(before.links.len().max(1))) else {
                continue;
            };
            let list = [judged(link.b, link.a, Verdict::Different)];
            let compare = &|a, b| shop.compare(a, b);
            let judgements = Judgements {
                list: &list,
                compare,
            };
            let after = resolve_linked(&records, rule, judgements);
            let person = |people: &People, record: u32| people.person.get(record as usize).copied();
            assert_ne!(
                person(&after, link.a),
                person(&after, link.b),
                "{rule:?} round {round}"
            );
            // Under tiers a set that lost a record may join others that the record spoke against.
            assert!(
                after.count > before.count || rule == Rule::Tiers,
                "{rule:?} round {round}"
            );
            let is_pair = |l: &Link| {
                let pair = (person(&after, l.a), person(&after, l.b));
                let dropped = (person(&after, link.a), person(&after, link.b));
                pair == dropped || pair == (dropped.1, dropped.0)
            };
            assert!(
                !after.review.iter().any(is_pair),
                "a judged pair is not asked again"
            );
            assert_eq!(
                resolve_linked(&records, rule, Judgements::default()),
                before,
                "reversible"
            );
        }
    }
}
