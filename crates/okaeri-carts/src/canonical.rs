//! Okaeri's own CSV: the flat form under its own column names.
//!
//! Amounts are whole minor units, tax rates basis points, lists joined by `|`. Columns may be
//! left out and stand in any order; `order_id` and `ordered_at` must be there. Columns that are
//! none of ours are passed over.

use crate::detect::Signature;
use crate::error::ReadError;
use crate::flat::{FLAT_COLUMNS, Flat, FlatLayout, Origin};
use crate::headers::Headers;
use crate::layout::Layout;
use crate::money::{Currency, Fractions};

pub(crate) const SIGNATURE: Signature = Signature {
    name: "okaeri",
    needed: &[
        "order_id",
        "ordered_at",
        "product",
        "quantity",
        "unit_price",
    ],
    known: FLAT_COLUMNS,
    layout,
};

fn layout(headers: &Headers, _: &str) -> Result<Box<dyn Layout>, ReadError> {
    let origin = |column: &Flat| {
        let columns = vec![headers.find(column.name())?];
        Some(Origin {
            columns,
            ..Origin::default()
        })
    };
    Ok(Box::new(FlatLayout {
        name: SIGNATURE.name.to_owned(),
        origins: Flat::ALL.iter().map(origin).collect(),
        currency: Currency {
            exponent: 0,
            fractions: Fractions::Refuse,
        },
        currency_code: None,
        own_form: true,
        date_format: None,
        statuses: Vec::new(),
        line_kinds: Vec::new(),
        cancelled_prefix: None,
    }))
}
