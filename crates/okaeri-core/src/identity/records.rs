//! The contacts as identity resolution sees them: key ids in columns.

use std::borrow::Cow;

pub use crate::keys::NONE;

/// One kind of key: what each record has, as ids that count up from 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Column<'a> {
    /// Key id of each record, or [`NONE`]. Records beyond its end have none.
    pub ids: &'a [u32],
    /// How many distinct keys there are: every id is below it, others count as none.
    pub count: u32,
    /// Ids of keys that never identify anybody (the shop's own phone and the like): a record
    /// with such a key is one without it.
    pub blocked: &'a [u32],
}

impl<'a> Column<'a> {
    /// The ids of the first `records` records that may identify somebody.
    pub(super) fn usable(&self, records: u32) -> Cow<'a, [u32]> {
        let ids = self.ids.get(..records as usize).unwrap_or(self.ids);
        if self.blocked.is_empty() && ids.iter().all(|id| *id < self.count || *id == NONE) {
            return Cow::Borrowed(ids);
        }
        let mut is_usable = vec![true; self.count as usize];
        for id in self.blocked {
            if let Some(place) = is_usable.get_mut(*id as usize) {
                *place = false;
            }
        }
        let usable = |id: &u32| {
            if is_usable.get(*id as usize) == Some(&true) {
                *id
            } else {
                NONE
            }
        };
        Cow::Owned(ids.iter().map(usable).collect())
    }
}

/// Distinct contacts, the keys of [`super::normalise`] interned. An empty column is a kind of key
/// that no record has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Records<'a> {
    /// How many records there are.
    pub count: u32,
    /// The cart's customer number; of several carts, each number together with its cart.
    pub customer_id: Column<'a>,
    /// E-mail; a masked address together with its mall.
    pub email: Column<'a>,
    /// Phone.
    pub phone: Column<'a>,
    /// Full name in kana.
    pub kana: Column<'a>,
    /// Given name in kana, where it is known apart.
    pub given_kana: Column<'a>,
    /// Family name, in kana or else in kanji, where it is known apart.
    pub surname: Column<'a>,
    /// Full name as written.
    pub name: Column<'a>,
    /// Postcode, town and house number.
    pub address: Column<'a>,
    /// Room behind the house number.
    pub room: Column<'a>,
    /// Birth date.
    pub birth: Column<'a>,
    /// Company: a record with one is 法人, a record with a name and without one 個人.
    pub company: Column<'a>,
}

impl<'a> Records<'a> {
    /// All kinds of keys.
    pub(super) fn columns(&self) -> [Column<'a>; 11] {
        [
            self.customer_id,
            self.email,
            self.phone,
            self.kana,
            self.given_kana,
            self.surname,
            self.name,
            self.address,
            self.room,
            self.birth,
            self.company,
        ]
    }
}

/// The id at `record`, or [`NONE`].
#[inline]
pub(super) fn id_at(ids: &[u32], record: u32) -> u32 {
    ids.get(record as usize).copied().unwrap_or(NONE)
}
