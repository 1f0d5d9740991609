//! What tells people apart: birth date, given name, 法人 or 個人.

use super::forest::Forest;
use super::link::Blocker;
use super::pairs::PairIds;
use super::records::{NONE, Records, id_at};

/// More than one value is known, joined by evidence that outweighs the difference.
const SEVERAL: u32 = NONE - 1;

/// The values of each record, and of the sets that records are joined to.
pub(super) struct Traits {
    values: [(Blocker, Vec<u32>); 3],
}

impl Traits {
    pub(super) fn of(records: &Records<'_>, together: &mut Forest) -> Self {
        let count = records.count;
        let birth = records.birth.usable(count);
        let birth = (0..count).map(|record| id_at(&birth, record)).collect();
        Traits {
            values: [
                (Blocker::Birth, birth),
                (Blocker::GivenName, given_names(records, together)),
                (Blocker::Company, companies(records)),
            ],
        }
    }

    /// The value of each record for one trait.
    pub(super) fn given_names(&self) -> &[u32] {
        let [_, (_, given), _] = &self.values;
        given
    }

    /// The value of each set for one trait, at the place of the set's number: [`NONE`] when it
    /// is unknown, [`SEVERAL`] when the set holds more than one.
    ///
    /// Somebody who is known to order both as 法人 and as 個人 can be either next time, so the
    /// trait is then unknown; two birth dates or names are a conflict with any third.
    fn of_sets(blocker: Blocker, values: &[u32], sets: &[u32], set_count: u32) -> Vec<u32> {
        let mut of_sets = vec![NONE; set_count as usize];
        for (value, set) in values.iter().zip(sets) {
            let Some(place) = of_sets.get_mut(*set as usize) else {
                continue;
            };
            note(place, *value);
        }
        if blocker == Blocker::Company {
            for value in of_sets.iter_mut().filter(|value| **value == SEVERAL) {
                *value = NONE;
            }
        }
        of_sets
    }

    /// Splits keys whose records conflict, so that joining by the keys that remain joins no
    /// conflict. `None` when nothing conflicts.
    ///
    /// All sets that the keys would join, over however many steps, are looked at together. Where
    /// they differ in a trait, a key joins only sets that both have it and agree; a set of which
    /// it is unknown stays alone. So the outcome does not depend on the order of records.
    pub(super) fn split(
        &self,
        (ids, count): (&[u32], u32),
        blockers: &[Blocker],
        forest: &mut Forest,
    ) -> Option<(Vec<u32>, u32)> {
        let records = self.given_names().len() as u32;
        let sets: Vec<u32> = (0..records).map(|record| forest.root(record)).collect();
        let mut clusters = forest.clone();
        let mut joins = false;
        let mut first = vec![NONE; count as usize];
        for (set, id) in sets.iter().zip(ids) {
            match first.get_mut(*id as usize) {
                Some(place) if *place == NONE => *place = *set,
                Some(place) if *place != *set => {
                    clusters.join(*place, *set);
                    joins = true;
                }
                _ => {}
            }
        }
        if !joins {
            return None;
        }
        let mut conflicts = vec![0u8; records as usize];
        let mut values = Vec::new();
        for (bit, (blocker, of_records)) in self.values.iter().enumerate() {
            let varies = of_records
                .windows(2)
                .any(|pair| pair.first() != pair.last());
            if !varies || !blockers.contains(blocker) {
                continue;
            }
            let of_sets = Self::of_sets(*blocker, of_records, &sets, records);
            mark_conflicts(&of_sets, &mut clusters, 1 << bit, &mut conflicts);
            values.push((1u8 << bit, of_sets, PairIds::default()));
        }
        if conflicts.iter().all(|bits| *bits == 0) {
            return None;
        }
        let mut split = 0;
        let refined = ids.iter().zip(&sets).map(|(id, set)| {
            let conflict = conflicts
                .get(clusters.root(*set) as usize)
                .copied()
                .unwrap_or(0);
            if *id == NONE || conflict == 0 {
                return *id;
            }
            let mut key = *id;
            for (bit, of_sets, pairs) in &mut values {
                let value = if conflict & *bit == 0 {
                    0
                } else {
                    id_at(of_sets, *set)
                };
                key = pairs.id(key, if value == SEVERAL { NONE } else { value });
                split = pairs.count();
            }
            if key == NONE {
                NONE
            } else {
                key.saturating_add(count)
            }
        });
        let refined = refined.collect();
        Some((refined, count.saturating_add(split)))
    }

    /// The values of each person, for [`PersonTraits::conflict`].
    pub(super) fn of_people(&self, person: &[u32], count: u32) -> PersonTraits {
        PersonTraits(self.values.each_ref().map(|(blocker, of_records)| {
            (*blocker, Self::of_sets(*blocker, of_records, person, count))
        }))
    }
}

/// The values of each person.
pub(super) struct PersonTraits([(Blocker, Vec<u32>); 3]);

impl PersonTraits {
    /// The first trait in which two people differ.
    pub(super) fn conflict(&self, a: u32, b: u32) -> Option<Blocker> {
        let differs = |values: &[u32]| {
            let (a, b) = (id_at(values, a), id_at(values, b));
            a != NONE && b != NONE && (a != b || a == SEVERAL)
        };
        self.0
            .iter()
            .find(|(_, values)| differs(values))
            .map(|(blocker, _)| *blocker)
    }
}

/// Sets the bit of every cluster in which two sets have different values.
fn mark_conflicts(of_sets: &[u32], clusters: &mut Forest, bit: u8, conflicts: &mut [u8]) {
    let mut seen = vec![NONE; of_sets.len()];
    for (set, value) in (0u32..).zip(of_sets) {
        if *value == NONE {
            continue;
        }
        let cluster = clusters.root(set) as usize;
        let Some(place) = seen.get_mut(cluster) else {
            continue;
        };
        if *place == NONE {
            *place = *value;
        } else if (*place != *value || *value == SEVERAL)
            && let Some(bits) = conflicts.get_mut(cluster)
        {
            *bits |= bit;
        }
    }
}

/// The given name of each record: among records that evidence could ever join, a function of the
/// full name in kana alone, so that equal full names never differ in it. It is what those of them
/// agree on that set it apart; else the full name stands for it.
fn given_names(records: &Records<'_>, together: &mut Forest) -> Vec<u32> {
    let kana = records.kana.usable(records.count);
    let given = records.given_kana.usable(records.count);
    let mut of_kana = vec![NONE; records.kana.count as usize];
    let mut is_mixed = vec![false; records.kana.count as usize];
    for (record, kana) in (0u32..).zip(kana.iter()) {
        if let Some(place) = of_kana.get_mut(*kana as usize) {
            note(place, id_at(&given, record));
        }
        if let Some(place) = is_mixed.get_mut(*kana as usize) {
            *place |= id_at(&given, record) == NONE;
        }
    }
    // Most full names are always or never set apart, and always alike: only the others need to
    // be told apart by where they occur.
    for (mixed, value) in is_mixed.iter_mut().zip(&of_kana) {
        *mixed = *value == SEVERAL || (*mixed && *value != NONE);
    }
    let mut places = PairIds::default();
    let mut of_place: Vec<u32> = Vec::new();
    let mut place_of = |record: u32, kana: u32| {
        let mixed = is_mixed.get(kana as usize) == Some(&true);
        mixed.then(|| places.id(together.root(record), kana) as usize)
    };
    for (record, kana) in (0u32..).zip(kana.iter()) {
        let Some(place) = place_of(record, *kana) else {
            continue;
        };
        if place >= of_place.len() {
            of_place.resize(place + 1, NONE);
        }
        if let Some(value) = of_place.get_mut(place) {
            note(value, id_at(&given, record));
        }
    }
    let mut name = |record: u32| {
        let kana = id_at(&kana, record);
        let value = match place_of(record, kana) {
            Some(place) => of_place.get(place),
            None => of_kana.get(kana as usize),
        };
        match value {
            None => NONE,
            Some(&(NONE | SEVERAL)) => records.given_kana.count.saturating_add(kana),
            Some(given) => *given,
        }
    };
    (0..records.count).map(&mut name).collect()
}

/// Takes note of one more value of a set.
#[inline]
fn note(known: &mut u32, value: u32) {
    if value != NONE && *known != value {
        *known = if *known == NONE { value } else { SEVERAL };
    }
}

/// 1 for 法人, 0 for 個人, [`NONE`] for a record that names nobody.
fn companies(records: &Records<'_>) -> Vec<u32> {
    let company = records.company.usable(records.count);
    let kana = records.kana.usable(records.count);
    let name = records.name.usable(records.count);
    let of_record = |record: u32| {
        if id_at(&company, record) != NONE {
            1
        } else if id_at(&kana, record) != NONE || id_at(&name, record) != NONE {
            0
        } else {
            NONE
        }
    };
    (0..records.count).map(of_record).collect()
}
