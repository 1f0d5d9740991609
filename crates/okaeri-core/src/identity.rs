//! STUB by the lead until resolve.rs lands. Names used by the plugin: keep or tell.
pub mod normalise;
/// A record of nobody.
pub const NO_PERSON: u32 = u32::MAX;
/// Rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule { #[doc = ""] CustomerId, #[doc = ""] Email, #[doc = ""] EmailElsePhone, #[doc = ""] EmailAndPhone, #[doc = ""] Tiers }
/// Evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence;
impl Evidence { /// name
 pub fn name(self) -> &'static str { "" } }
/// Link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link { /// a
 pub a: u32, /// b
 pub b: u32, /// t
 pub tier: u8, /// e
 pub evidence: Evidence, /// b
 pub blocked_by: Option<Evidence> }
/// People.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Person of each record.
    pub person: Vec<u32>,
    /// How many.
    pub count: u32,
    /// l
    pub links: Vec<Link>,
    /// r
    pub review: Vec<Link>,
}
/// cc
pub fn id_cc(_e: &[u32], _p: &[u32], _ne: usize, _np: usize) -> Vec<[i64; 4]> { Vec::new() }
