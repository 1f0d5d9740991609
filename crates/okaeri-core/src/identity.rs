//! STUB by the lead, to be replaced by the identity colleague (keep or adapt these names).
/// A record of nobody.
pub const NO_PERSON: u32 = u32::MAX;
/// People.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Person of each record.
    pub person: Vec<u32>,
    /// How many.
    pub count: u32,
}
/// Normalisation.
pub mod normalise {
    fn put(t: &str, out: &mut String) -> bool { out.clear(); out.push_str(t.trim()); !out.is_empty() }
    /// x
    pub fn email_key(t: &str, out: &mut String) -> bool { put(&t.to_ascii_lowercase(), out) }
    /// x
    pub fn phone_key(t: &str, out: &mut String) -> bool { put(t, out) }
    /// x
    pub fn kana_key(t: &str, out: &mut String) -> bool { put(t, out) }
    /// x
    pub fn name_key(t: &str, out: &mut String) -> bool { put(t, out) }
    /// x
    pub fn company_key(t: &str, out: &mut String) -> bool { put(t, out) }
    /// x
    pub fn birth_key(t: &str, out: &mut String) -> bool { put(t, out) }
    /// x
    pub fn postal_address_key(p: &str, _f: &str, a: &str, out: &mut String) -> bool { put(&format!("{p}{a}"), out) }
    /// x
    pub fn is_masked_address(_t: &str) -> bool { false }
}
