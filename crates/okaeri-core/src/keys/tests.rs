//! Keys by example.

use super::*;

#[test]
fn a_number_and_its_text_are_one_key() {
    let mut keys = Keys::default();
    let seventeen = keys.intern(Key::of("17"));
    assert_eq!(keys.intern_int(17), seventeen);
    assert_ne!(keys.intern(Key::of("017")), seventeen);
    assert_eq!(keys.get(seventeen), Some(Key::Int(17)));
    assert_eq!(keys.find(Key::of("018")), None);
}

#[test]
fn the_greatest_number_is_a_number_and_the_next_a_text() {
    assert_eq!(Key::of("18446744073709551615"), Key::Int(u64::MAX));
    assert_eq!(
        Key::of("18446744073709551616"),
        Key::Text("18446744073709551616")
    );
    assert_eq!(Key::of(""), Key::Text(""));
    assert_eq!(Key::of("0"), Key::Int(0));
}

#[test]
fn ids_stay_while_the_table_grows() {
    let mut keys = Keys::default();
    let texts: Vec<String> = (0..5000).map(|i| format!("order-{i}")).collect();
    let ids: Vec<u32> = texts.iter().map(|t| keys.intern(Key::of(t))).collect();
    let numbers: Vec<u32> = (0..5000u64)
        .map(|i| keys.intern_int(i * 1_000_003))
        .collect();
    assert!(
        texts
            .iter()
            .zip(&ids)
            .all(|(t, id)| keys.find(Key::of(t)) == Some(*id))
    );
    assert!(
        (0..5000u64)
            .zip(&numbers)
            .all(|(i, id)| keys.find(Key::Int(i * 1_000_003)) == Some(*id))
    );
    assert_eq!(keys.len(), 10_000);
}

#[test]
fn numbers_keep_their_ids_when_they_turn_out_to_lie_scattered() {
    let mut keys = Keys::default();
    let dense = (0..20_000u64).map(|i| 1_000_000_000 * (i % 3) + i / 3);
    let scattered = (0..20_000u64).map(|i| i.wrapping_mul(MULTIPLIER) | 1 << 63);
    let numbers: Vec<Option<u64>> = dense.chain(scattered).map(Some).collect();
    let mut ids = Vec::new();
    keys.intern_ints(&numbers[..20_000], &mut ids);
    assert!(!keys.is_scattered);
    keys.intern(Key::Text("a"));
    keys.intern_ints(&numbers[20_000..], &mut ids);
    assert!(keys.is_scattered);
    keys.intern_ints(&numbers, &mut ids);
    let text = keys.find(Key::Text("a"));
    assert_eq!(text, Some(20_000));
    for (place, (number, id)) in numbers.iter().zip(&ids).enumerate() {
        let wanted = place + usize::from(place >= 20_000);
        assert_eq!(*id as usize, wanted);
        assert_eq!(keys.find(Key::Int(number.unwrap())), Some(*id));
        assert_eq!(keys.get(*id), number.map(Key::Int));
    }
    assert_eq!(keys.find(Key::Int(7)), Some(21));
    assert_eq!(keys.find(Key::Int(6_667)), None);
    assert_eq!(keys.len(), 40_001);
}

#[test]
fn forgotten_keys_are_new_again() {
    let mut keys = Keys::default();
    for text in ["b", "10", "a"] {
        keys.intern(Key::of(text));
    }
    for id in 0..1000u64 {
        keys.intern_int(id * 7);
        keys.intern(Key::of(&format!("key-{id}")));
    }
    keys.truncate(3);
    assert_eq!(keys.len(), 3);
    assert_eq!(keys.find(Key::Int(7)), None);
    assert_eq!(keys.find(Key::Text("key-7")), None);
    let again = ["b", "10", "a", "c", "7"].map(|text| keys.intern(Key::of(text)));
    assert_eq!(again, [0, 1, 2, 3, 4]);
    assert_eq!(keys.get(3), Some(Key::Text("c")));
    // A key that was never there, and the greatest direct id, too.
    let mut whole = Keys::default();
    whole.intern_int(5);
    whole.truncate(0);
    assert_eq!((whole.find(Key::Int(5)), whole.intern_int(5)), (None, 0));
}

#[test]
fn ranks_sort_numbers_before_texts() {
    let mut keys = Keys::default();
    for text in ["b", "10", "a", "9"] {
        keys.intern(Key::of(text));
    }
    let (ranks, order) = keys.ranks();
    assert_eq!(order, [3, 1, 2, 0]);
    assert_eq!(ranks, [3, 1, 2, 0]);
}
