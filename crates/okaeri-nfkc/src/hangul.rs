//! Hangul syllables, which are composed by arithmetic (The Unicode Standard, 3.12).

const SYLLABLES: u32 = 0xac00;
const LEADS: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
/// One before the first tail: a syllable without a tail counts as tail 0.
const TAILS: u32 = 0x11a7;
const LEAD_COUNT: u32 = 19;
const VOWEL_COUNT: u32 = 21;
const TAIL_COUNT: u32 = 28;
const SYLLABLE_COUNT: u32 = LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT;

fn place(letter: char, first: u32, count: u32) -> Option<u32> {
    u32::from(letter)
        .checked_sub(first)
        .filter(|place| *place < count)
}

/// The two or three parts of a syllable.
pub fn parts(syllable: char) -> Option<impl Iterator<Item = char>> {
    let place = place(syllable, SYLLABLES, SYLLABLE_COUNT)?;
    let (rest, tail) = (place / TAIL_COUNT, place % TAIL_COUNT);
    let (lead, vowel) = (rest / VOWEL_COUNT, rest % VOWEL_COUNT);
    let tail = (tail > 0).then_some(TAILS + tail);
    let parts = [Some(LEADS + lead), Some(VOWELS + vowel), tail];
    Some(parts.into_iter().flatten().filter_map(char::from_u32))
}

/// Whether `letter` is a vowel or a tail, which join what stands before.
pub fn may_follow(letter: char) -> bool {
    place(letter, VOWELS, VOWEL_COUNT).is_some() || place(letter, TAILS, TAIL_COUNT).is_some()
}

/// The syllable of a lead and a vowel, or of a syllable without a tail and a tail.
pub fn composed(first: char, second: char) -> Option<char> {
    let lead = place(first, LEADS, LEAD_COUNT);
    let vowel = place(second, VOWELS, VOWEL_COUNT);
    if let (Some(lead), Some(vowel)) = (lead, vowel) {
        return char::from_u32(SYLLABLES + (lead * VOWEL_COUNT + vowel) * TAIL_COUNT);
    }
    let open = place(first, SYLLABLES, SYLLABLE_COUNT).filter(|place| place % TAIL_COUNT == 0)?;
    let tail = place(second, TAILS, TAIL_COUNT).filter(|tail| *tail > 0)?;
    char::from_u32(SYLLABLES + open + tail)
}
