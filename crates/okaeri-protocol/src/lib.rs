//! What crosses the module's border: facts, questions and answers, as serde types.
//!
//! The same types are the JSON of the bytes face, the objects of the JS face, the bodies of the
//! host's `/v1` and, through their JSON Schema, the TypeScript types of the widget.
//! Nothing here computes: rules live in `okaeri-core`.

pub mod answer;
pub mod facts;
pub mod filter;
pub mod json;
pub mod moment;
pub mod named;
pub mod plan;
pub mod request;
pub mod segment;
pub mod settings;
pub mod table;

pub use moment::Moment;
pub use named::Named;
pub use table::{Cell, Table};

/// Version of the calls and answers in this crate. A host refuses a module of another version.
pub const ABI_VERSION: u32 = 1;
