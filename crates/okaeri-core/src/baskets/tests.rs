//! The sets and rules against enumeration, a textbook, and another program.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod of_book;

use super::rules::{Rule, Wanted, rules};
use super::*;

/// Numbers below 1 that look like chance, the same on all hosts (Steele & Vigna 2021).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Baskets of four kinds of customers, each of whom likes every fourth of the items.
    fn baskets(&mut self, count: usize, items: u32) -> Vec<Vec<u32>> {
        let basket = |_| {
            let kind = (self.next() * 4.0) as u32;
            let liked = |item: &u32| {
                let chance = if item % 4 == kind { 0.35 } else { 0.04 };
                self.next() < chance
            };
            (0..items).filter(liked).collect()
        };
        (0..count).map(basket).collect()
    }
}

fn of(kinds: u32, all: &[Vec<u32>]) -> Baskets {
    let mut baskets = Baskets::new(kinds);
    all.iter().for_each(|basket| baskets.add(basket));
    baskets
}

fn search(least: u32, size_max: u32) -> Search {
    Search {
        least,
        size_max,
        ..Search::default()
    }
}

/// How many sets there are by size from 1.
fn sizes(frequent: &Frequent) -> Vec<usize> {
    let mut sizes = Vec::new();
    for set in frequent.sets() {
        sizes.resize(sizes.len().max(set.items.len()), 0);
        *sizes.last_mut().unwrap() += 1;
    }
    sizes
}

#[test]
fn every_set_is_found_and_counted() {
    for seed in 0..20 {
        let all = Chance(seed).baskets(40, 10);
        let baskets = of(10, &all);
        for (least, size_max) in [(1, 10), (2, 3), (3, 1), (5, 4), (0, 2), (41, 9), (1, 0)] {
            let frequent = Frequent::of(&baskets, &search(least, size_max));
            let mut expected: Vec<(Vec<u32>, u32)> = Vec::new();
            for bits in 1u32..1 << 10 {
                let items: Vec<u32> = (0..10).filter(|item| bits >> item & 1 == 1).collect();
                let has = |basket: &&Vec<u32>| items.iter().all(|item| basket.contains(item));
                let count = all.iter().filter(has).count() as u32;
                if items.len() <= size_max as usize && count >= least.max(1) {
                    expected.push((items, count));
                }
            }
            expected.sort_by(|a, b| by_size(&a.0, &b.0));
            let found = frequent.sets().map(|set| (set.items.to_vec(), set.count));
            assert_eq!(found.collect::<Vec<_>>(), expected);
            assert_eq!((frequent.bound, frequent.least), (None, least.max(1)));
            for (items, count) in &expected {
                assert_eq!(frequent.count_of(items), Some(*count));
            }
            assert_eq!(frequent.count_of(&[]), None);
            assert_eq!(frequent.count_of(&[10]), None);
        }
    }
}

#[test]
fn counts_of_another_program() {
    let all = Chance(3).baskets(3000, 40);
    let baskets = of(40, &all);
    let items: usize = all.iter().map(Vec::len).sum();
    assert_eq!((baskets.count(), items), (3000, 14_061));
    for (least, expected, sum) in [
        (300, vec![40], 14_061),
        (60, vec![40, 180], 31_021),
        (15, vec![40, 765, 479, 117], 61_702),
        (6, vec![40, 780, 1749, 821, 168, 1], 78_831),
    ] {
        let frequent = Frequent::of(&baskets, &search(least, 10));
        assert_eq!(sizes(&frequent), expected);
        assert_eq!(frequent.sets().map(|set| set.count).sum::<u32>(), sum);
    }
    let frequent = Frequent::of(&baskets, &search(30, 10));
    let of_confidence = |least| {
        let wanted = Wanted {
            confidence_least: least,
            lift_least: 0.0,
        };
        rules(&frequent, &wanted)
    };
    // Nineteen have a confidence of 0.4 itself, and all of them count.
    assert_eq!(of_confidence(0.4).len(), 139);
    let rules = of_confidence(0.401);
    assert!(rules.len() == 120 && rules.iter().all(|rule| rule.left.len() == 2));
    let highest = rules.iter().map(Rule::lift).fold(0.0, f64::max);
    let mean = rules.iter().map(Rule::confidence).sum::<f64>() / 120.0;
    assert!((highest - 4.093168307182536).abs() < 1e-12);
    assert!((mean - 0.4236387824965986).abs() < 1e-12);
    let first = rules.iter().map(|rule| {
        let low = (rule.confidence_low * 1e12).round() / 1e12;
        (
            rule.left.as_slice(),
            rule.right,
            rule.count,
            rule.left_count,
            low,
        )
    });
    let expected: [(&[u32], u32, u32, u32, f64); 3] = [
        (&[27, 31], 39, 41, 86, 0.374455393395),
        (&[15, 27], 39, 37, 77, 0.372530379030),
        (&[7, 15], 39, 47, 101, 0.371129227300),
    ];
    assert!(first.take(3).eq(expected));
}

/// Bread, milk, diapers, beer, eggs and cola in five baskets (Tan, Steinbach & Kumar,
/// Introduction to Data Mining, table 5.1).
fn textbook() -> Baskets {
    of(
        6,
        &[
            vec![0, 1],
            vec![0, 2, 3, 4],
            vec![1, 2, 3, 5],
            vec![0, 1, 2, 3],
            vec![0, 1, 2, 5],
        ],
    )
}

#[test]
fn the_rules_of_the_textbook() {
    let frequent = Frequent::of(&textbook(), &search(2, 3));
    let all = Wanted {
        confidence_least: 0.0,
        lift_least: 0.0,
    };
    let found = rules(&frequent, &all);
    for (left, right, support, confidence, lift) in [
        (vec![1, 2], 3, 0.4, 2.0 / 3.0, 10.0 / 9.0),
        (vec![1, 3], 2, 0.4, 1.0, 1.25),
        (vec![2, 3], 1, 0.4, 2.0 / 3.0, 5.0 / 6.0),
        (vec![3], 2, 0.6, 1.0, 1.25),
    ] {
        let mut same = found.iter().filter(|r| r.left == left && r.right == right);
        let rule = same.next().unwrap();
        assert_eq!((rule.support(), rule.confidence()), (support, confidence));
        assert!((rule.lift() - lift).abs() < 1e-15);
        assert_eq!(same.next(), None);
    }
    // Surer ones first; of equals the smaller left and then the smaller items.
    let first = found.iter().map(|rule| (rule.left.as_slice(), rule.right));
    let expected: [(&[u32], u32); 4] = [(&[3], 2), (&[5], 1), (&[5], 2), (&[0, 3], 2)];
    assert!(first.take(4).eq(expected));
    let few = rules(&frequent, &Wanted::default());
    assert!(few.iter().all(|rule| rule.lift() >= 1.2) && few.len() < found.len());
}

#[test]
fn baskets_come_as_they_are() {
    let mut baskets = Baskets::new(3);
    for basket in [&[2, 0, 2, 1][..], &[], &[1, 3, u32::MAX], &[2, 0]] {
        baskets.add(basket);
    }
    assert_eq!((baskets.count(), baskets.strangers()), (4, 2));
    let frequent = Frequent::of(&baskets, &search(2, 3));
    let sets: Vec<(&[u32], u32)> = frequent.sets().map(|s| (s.items, s.count)).collect();
    let expected: [(&[u32], u32); 4] = [(&[0], 2), (&[1], 2), (&[2], 2), (&[0, 2], 2)];
    assert_eq!(sets, expected);
    for nothing in [
        Baskets::new(0),
        Baskets::default(),
        of(5, &[vec![], vec![]]),
    ] {
        let frequent = Frequent::of(&nothing, &Search::default());
        assert!(frequent.is_empty());
        assert_eq!(rules(&frequent, &Wanted::default()), []);
    }
}

#[test]
fn a_bound_raises_the_count_and_is_named() {
    let baskets = of(40, &Chance(3).baskets(3000, 40));
    for (bounded, bound) in [
        (
            Search {
                sets_max: 500,
                ..search(6, 10)
            },
            Bound::Sets,
        ),
        (
            Search {
                steps_max: 100_000,
                ..search(6, 10)
            },
            Bound::Steps,
        ),
        // The pairs alone are more.
        (
            Search {
                steps_max: 45_000,
                ..search(6, 10)
            },
            Bound::Steps,
        ),
    ] {
        let frequent = Frequent::of(&baskets, &bounded);
        assert_eq!((frequent.asked, frequent.bound), (6, Some(bound)));
        assert!(frequent.least > 6 && !frequent.is_empty());
        // What is there is what a search for that count gives.
        let plain = Frequent::of(&baskets, &search(frequent.least, 10));
        assert!(frequent.sets().eq(plain.sets()));
    }
    // Two baskets alike of many items have too many sets, and no more baskets can be asked for.
    let alike: Vec<u32> = (0..1000).collect();
    let alike = of(1000, &[alike.clone(), alike]);
    let frequent = Frequent::of(&alike, &search(2, 4));
    assert_eq!((frequent.bound, frequent.len()), (Some(Bound::Sets), 0));
    // Just as many as there are is no bound.
    let exact = Search {
        sets_max: 3559,
        ..search(6, 10)
    };
    assert_eq!(Frequent::of(&baskets, &exact).bound, None);
    for none in [
        Search {
            sets_max: 0,
            ..search(6, 10)
        },
        Search {
            steps_max: 0,
            ..search(6, 10)
        },
    ] {
        let frequent = Frequent::of(&baskets, &none);
        assert!(frequent.is_empty() && frequent.bound.is_some() && frequent.least > 1);
    }
}

#[test]
fn shares_become_counts_without_rounding() {
    let baskets = |count: usize| of(1, &vec![vec![]; count]);
    for (count, support, least) in [
        (100, 0.07, 7),
        (100, 0.29, 29),
        (100, 0.0, 1),
        (100, 1.0, 100),
        (9835, 0.001, 10),
        (9835, 0.01, 99),
        (5000, 0.001, 5),
        (0, 0.5, 1),
        (3, 0.34, 2),
    ] {
        assert_eq!(baskets(count).least_count(support), Some(least));
    }
    assert_eq!(Search::usual(&baskets(9835)).least, 10);
    assert_eq!(Search::usual(&baskets(3000)).least, 5);
    for no_share in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert_eq!(baskets(10).least_count(no_share), None);
    }
}
