//! One shop's facts inside the module, in columns.

pub mod batch;
