//! Calls: what a host may ask of the module.
//!
//! A call is a frame: the length of a JSON header as u32 little endian, the header (one
//! [`Call`]), then the payload up to the end. The answer is a frame of the same shape whose header
//! is one [`crate::answer::Reply`].

mod ask;
mod call;
mod choices;
mod load;
mod question;

pub use ask::{Ask, Scope};
pub use call::Call;
pub use choices::{
    Attribution, BasketUnit, CohortPeriod, ContractUnit, CountMode, CurvesBy, CustomerSort,
    FlowMode, ForecastModel, ForecastPeriod, LtvBy, NewLine, OrderSubject, RfmAmount, RfmMode,
    RfmPreset,
};
pub use load::{Format, Load, ShardRows};
pub use question::Question;

/// Most customers, pairs or deliveries that one answer lists.
pub const PAGE_MAX: u32 = 10_000;
