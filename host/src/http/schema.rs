//! The types of bodies, for the OpenAPI document.
//!
//! OpenAPI 3.1 takes JSON Schema as it is, so the schemas of `okaeri-protocol` go in unchanged and
//! the routes point to them by name.

use okaeri_protocol::{answer, facts, plan, settings};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::{ask, customers, deliveries, health, judgements, problem, segments};
use crate::store;

/// Names types for the routes' descriptions: each stands for a reference to its schema.
macro_rules! bodies {
    ($($name:ident: $of:ty),+ $(,)?) => {
        $(
            /// Stands for the type of this name.
            pub struct $name;

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    RefOr::Ref(Ref::from_schema_name(<$of>::schema_name()))
                }
            }

            impl ToSchema for $name {}
        )+

        const ROOTS: &[fn(&mut SchemaGenerator)] = &[$(root::<$of>),+];
    };
}

bodies! {
    Reply: answer::Reply,
    Settings: settings::Settings,
    PlanRequest: plan::PlanRequest,
    Fact: facts::Fact,
    Order: facts::Order,
    Ask: ask::Ask,
    Search: customers::Search,
    Judge: judgements::Judge,
    Send: deliveries::Send,
    Sending: deliveries::Sending,
    Deliveries: deliveries::Deliveries,
    Segments: segments::Segments,
    SaveSegment: segments::SaveSegment,
    SavedSegment: store::SavedSegment,
    CheckSegment: segments::CheckSegment,
    CountedSegment: segments::CountedSegment,
    SegmentVersions: segments::SegmentVersions,
    SegmentHistory: segments::SegmentHistory,
    HostAbout: health::HostAbout,
}

/// All schemas that the routes name, that of errors, and what those use, by name.
pub fn definitions() -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    for root in ROOTS {
        root(&mut generator);
    }
    root::<problem::ErrorBody>(&mut generator);
    generator.take_definitions(true)
}

fn root<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}
