//! Orders as columns: one row a line, the order's and the shipment's values repeated on each.
//!
//! An order without lines, and a shipment without lines, is a row without a product. A column in
//! which nothing stands is left out.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray, TimestampSecondArray,
};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, Field, Schema};
use okaeri_carts::Found;
use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Fact, Line, LineKind, Order, OrderStatus, Shipment};

use super::SourceRows;

/// One row to be.
struct Row<'a> {
    order: &'a Order,
    shipment: Option<&'a Shipment>,
    line: Option<&'a Line>,
}

/// How a column's values are got from a row.
enum Get {
    /// Text that differs from row to row.
    Text(for<'a> fn(&Row<'a>) -> Option<&'a str>),
    /// Text that repeats: kept once, and named by number.
    Repeated(for<'a> fn(&Row<'a>) -> Option<&'a str>),
    /// Several texts, joined by `|`.
    List(for<'a> fn(&Row<'a>) -> &'a [String]),
    Number(fn(&Row<'_>) -> Option<i64>),
    Flag(fn(&Row<'_>) -> Option<bool>),
    /// UTC seconds, or text when any is of the shop's own clock.
    Time(fn(&Row<'_>) -> Option<Moment>),
}

macro_rules! buyer {
    ($field:ident) => {
        |row| row.order.buyer.$field.as_deref()
    };
}
macro_rules! shipment {
    ($field:ident) => {
        |row| row.shipment.and_then(|shipment| shipment.$field.as_deref())
    };
}
macro_rules! line {
    ($field:ident) => {
        |row| row.line.and_then(|line| line.$field.as_deref())
    };
}

/// Names as in ARROW.md.
const COLUMNS: &[(&str, Get)] = &[
    ("order_id", Get::Text(|row| Some(&row.order.order_id))),
    ("order_no", Get::Text(|row| row.order.order_no.as_deref())),
    ("shop", Get::Repeated(|row| row.order.shop.as_deref())),
    ("ordered_at", Get::Time(|row| row.order.ordered_at)),
    ("updated_at", Get::Time(|row| row.order.updated_at)),
    (
        "status",
        Get::Repeated(|row| Some(status(row.order.status))),
    ),
    ("parent_id", Get::Text(|row| row.order.parent_id.as_deref())),
    (
        "currency",
        Get::Repeated(|row| row.order.currency.as_deref()),
    ),
    ("tax_included", Get::Flag(|row| row.order.tax_included)),
    ("tax_total", Get::Number(|row| row.order.tax_total)),
    (
        "shipping_total",
        Get::Number(|row| row.order.shipping_total),
    ),
    ("fee_total", Get::Number(|row| row.order.fee_total)),
    (
        "discount_total",
        Get::Number(|row| row.order.discount_total),
    ),
    ("points_used", Get::Number(|row| row.order.points_used)),
    ("billed_total", Get::Number(|row| row.order.billed_total)),
    (
        "refunded_total",
        Get::Number(|row| row.order.refunded_total),
    ),
    ("coupons", Get::List(|row| &row.order.coupons)),
    (
        "payment_method",
        Get::Repeated(|row| row.order.payment_method.as_deref()),
    ),
    ("media", Get::Repeated(|row| row.order.media.as_deref())),
    ("customer_id", Get::Text(buyer!(customer_id))),
    ("email", Get::Text(buyer!(email))),
    ("phone", Get::Text(buyer!(phone))),
    ("name", Get::Text(buyer!(name))),
    ("name_kana", Get::Text(buyer!(name_kana))),
    ("company", Get::Text(buyer!(company))),
    ("postal", Get::Text(buyer!(postal))),
    ("prefecture", Get::Repeated(buyer!(prefecture))),
    ("address", Get::Text(buyer!(address))),
    ("birth", Get::Text(buyer!(birth))),
    (
        "mail_consent",
        Get::Flag(|row| row.order.buyer.mail_consent),
    ),
    ("note", Get::Text(|row| row.order.note.as_deref())),
    ("tags", Get::List(|row| &row.order.tags)),
    (
        "shipment_id",
        Get::Text(|row| match row.shipment {
            Some(shipment) => shipment.shipment_id.as_deref(),
            None => row.line.and_then(|line| line.shipment_id.as_deref()),
        }),
    ),
    ("ship_name", Get::Text(shipment!(name))),
    ("ship_name_kana", Get::Text(shipment!(name_kana))),
    ("ship_phone", Get::Text(shipment!(phone))),
    ("ship_postal", Get::Text(shipment!(postal))),
    ("ship_prefecture", Get::Repeated(shipment!(prefecture))),
    ("ship_address", Get::Text(shipment!(address))),
    (
        "is_gift",
        Get::Flag(|row| row.shipment.and_then(|shipment| shipment.is_gift)),
    ),
    ("noshi", Get::Repeated(shipment!(noshi))),
    ("wrapping", Get::Repeated(shipment!(wrapping))),
    ("message", Get::Text(shipment!(message))),
    (
        "shipped_at",
        Get::Time(|row| row.shipment.and_then(|shipment| shipment.shipped_at)),
    ),
    (
        "product",
        Get::Repeated(|row| row.line.map(|line| line.product.as_str())),
    ),
    ("product_name", Get::Repeated(line!(name))),
    ("sku", Get::Repeated(line!(sku))),
    (
        "line_kind",
        Get::Repeated(|row| row.line.map(|line| line_kind(line.kind))),
    ),
    (
        "quantity",
        Get::Number(|row| row.line.map(|line| line.quantity)),
    ),
    (
        "unit_price",
        Get::Number(|row| row.line.map(|line| line.unit_price)),
    ),
    (
        "amount",
        Get::Number(|row| row.line.and_then(|line| line.amount)),
    ),
    (
        "unit_cost",
        Get::Number(|row| row.line.and_then(|line| line.unit_cost)),
    ),
    (
        "tax_rate",
        Get::Number(|row| row.line.and_then(|line| line.tax_rate).map(i64::from)),
    ),
    ("contract_id", Get::Text(line!(contract_id))),
    (
        "contract_count",
        Get::Number(|row| row.line.and_then(|line| line.contract_count).map(i64::from)),
    ),
    (
        "line_cancelled",
        Get::Flag(|row| row.line.map(|line| line.cancelled)),
    ),
];

/// Its name in JSON.
fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Draft => "draft",
        OrderStatus::Open => "open",
        OrderStatus::Shipped => "shipped",
        OrderStatus::Completed => "completed",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Returned => "returned",
        OrderStatus::Merged => "merged",
    }
}

/// Its name in JSON.
fn line_kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Goods => "goods",
        LineKind::Shipping => "shipping",
        LineKind::Fee => "fee",
        LineKind::Discount => "discount",
        LineKind::Tax => "tax",
        LineKind::Points => "points",
        LineKind::Enclosed => "enclosed",
    }
}

/// How many rows an order takes, or a few more.
pub(super) fn rows_of(order: &Order) -> usize {
    (order.lines.len() + order.shipments.len()).max(1)
}

/// Orders as one Arrow IPC stream of one batch, and whence its rows came.
pub(super) fn lines(orders: &[Found]) -> Result<(Vec<u8>, SourceRows), ArrowError> {
    let mut rows = Vec::new();
    let mut source = SourceRows::default();
    for found in orders {
        let Fact::Order(order) = &found.fact else {
            continue;
        };
        let from = rows.len();
        order_rows(order, &mut rows);
        // The rows of the lines come first, in their order.
        for at in 0..rows.len() - from {
            source.push(found.line_rows.get(at).copied().unwrap_or(found.row));
        }
    }
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for (name, get) in COLUMNS {
        let Some(array) = column(get, &rows) else {
            continue;
        };
        fields.push(Field::new(*name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let mut out = StreamWriter::try_new(Vec::new(), &schema)?;
    out.write(&batch)?;
    Ok((out.into_inner()?, source))
}

fn order_rows<'a>(order: &'a Order, rows: &mut Vec<Row<'a>>) {
    let from = rows.len();
    let by_id: HashMap<&str, &Shipment> = order
        .shipments
        .iter()
        .filter_map(|shipment| Some((shipment.shipment_id.as_deref()?, shipment)))
        .collect();
    // Where there is only one destination, what does not name it goes there too.
    let only = match order.shipments.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    for line in &order.lines {
        let named = line
            .shipment_id
            .as_deref()
            .and_then(|id| by_id.get(id).copied());
        let shipment = if line.shipment_id.is_none() {
            only
        } else {
            named
        };
        rows.push(Row {
            order,
            shipment,
            line: Some(line),
        });
    }
    let with_lines = rows.len();
    for shipment in &order.shipments {
        let stands = |row: &Row| {
            row.shipment
                .is_some_and(|other| std::ptr::eq(other, shipment))
        };
        if !rows
            .get(from..with_lines)
            .unwrap_or_default()
            .iter()
            .any(stands)
        {
            rows.push(Row {
                order,
                shipment: Some(shipment),
                line: None,
            });
        }
    }
    if rows.len() == from {
        rows.push(Row {
            order,
            shipment: None,
            line: None,
        });
    }
}

fn column(get: &Get, rows: &[Row<'_>]) -> Option<ArrayRef> {
    let array: ArrayRef = match get {
        Get::Text(get) => Arc::new(rows.iter().map(get).collect::<StringArray>()),
        Get::Repeated(get) => {
            let mut built = StringDictionaryBuilder::<Int32Type>::new();
            built.extend(rows.iter().map(get));
            Arc::new(built.finish())
        }
        Get::List(get) => {
            let join = |list: &[String]| (!list.is_empty()).then(|| list.join("|"));
            Arc::new(
                rows.iter()
                    .map(|row| join(get(row)))
                    .collect::<StringArray>(),
            )
        }
        Get::Number(get) => Arc::new(rows.iter().map(get).collect::<Int64Array>()),
        Get::Flag(get) => Arc::new(rows.iter().map(get).collect::<BooleanArray>()),
        Get::Time(get) => times(*get, rows),
    };
    (array.null_count() < array.len()).then_some(array)
}

fn times(get: fn(&Row<'_>) -> Option<Moment>, rows: &[Row<'_>]) -> ArrayRef {
    if rows
        .iter()
        .any(|row| matches!(get(row), Some(Moment::Local(_))))
    {
        let text = rows.iter().map(|row| get(row).map(|at| at.to_string()));
        return Arc::new(text.collect::<StringArray>());
    }
    let seconds = rows.iter().map(|row| match get(row) {
        Some(Moment::Utc(seconds)) => Some(seconds),
        _ => None,
    });
    Arc::new(
        seconds
            .collect::<TimestampSecondArray>()
            .with_timezone("UTC"),
    )
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_ipc::reader::StreamReader;

    use super::*;

    /// Columns of what was written, each value as text.
    fn read(orders: &[Order]) -> anyhow::Result<HashMap<String, Vec<Option<String>>>> {
        let found = orders
            .iter()
            .cloned()
            .map(|order| Fact::Order(order).into());
        let (bytes, rows) = lines(&found.collect::<Vec<Found>>())?;
        let mut columns = HashMap::new();
        for batch in StreamReader::try_new(bytes.as_slice(), None)? {
            let batch = batch?;
            assert_eq!(batch.num_rows() as u64, rows.len());
            for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
                let text = |row| (!array.is_null(row)).then(|| value(array, row));
                columns.insert(
                    field.name().clone(),
                    (0..batch.num_rows()).map(text).collect(),
                );
            }
        }
        Ok(columns)
    }

    fn value(array: &ArrayRef, row: usize) -> String {
        if let Some(texts) = array.as_dictionary_opt::<Int32Type>() {
            let key = texts.keys().value(row);
            return texts
                .values()
                .as_string::<i32>()
                .value(key as usize)
                .to_owned();
        }
        if let Some(numbers) = array.as_any().downcast_ref::<Int64Array>() {
            return numbers.value(row).to_string();
        }
        if let Some(times) = array.as_any().downcast_ref::<TimestampSecondArray>() {
            return times.value(row).to_string();
        }
        if let Some(flags) = array.as_boolean_opt() {
            return flags.value(row).to_string();
        }
        array.as_string::<i32>().value(row).to_owned()
    }

    fn order(json: &str) -> anyhow::Result<Order> {
        Ok(serde_json::from_str(json)?)
    }

    #[test]
    fn lines_and_empty_destinations_are_rows() -> anyhow::Result<()> {
        let orders = [
            order(
                r#"{"order_id": "two", "ordered_at": "1970-01-01T00:00:09Z", "coupons": ["a", "b"],
                "shipments": [{"shipment_id": "1", "prefecture": "東京都"},
                              {"shipment_id": "2", "is_gift": true}],
                "lines": [{"product": "tea", "quantity": 2, "unit_price": 5, "shipment_id": "1"},
                          {"product": "cup", "quantity": 1, "unit_price": 9, "shipment_id": "9"}]}"#,
            )?,
            order(
                r#"{"order_id": "one", "ordered_at": "1970-01-01T00:00:10Z",
                "shipments": [{"prefecture": "京都府"}],
                "lines": [{"product": "tea", "quantity": 1, "unit_price": 5}]}"#,
            )?,
            order(r#"{"order_id": "none"}"#)?,
        ];
        let columns = read(&orders)?;
        let column = |name: &str| -> Vec<&str> {
            let values = columns.get(name).into_iter().flatten();
            values
                .map(|value| value.as_deref().unwrap_or("-"))
                .collect()
        };
        assert_eq!(column("order_id"), ["two", "two", "two", "one", "none"]);
        assert_eq!(column("product"), ["tea", "cup", "-", "tea", "-"]);
        assert_eq!(column("quantity"), ["2", "1", "-", "1", "-"]);
        assert_eq!(column("shipment_id"), ["1", "9", "2", "-", "-"]);
        assert_eq!(
            column("ship_prefecture"),
            ["東京都", "-", "-", "京都府", "-"]
        );
        assert_eq!(column("is_gift"), ["-", "-", "true", "-", "-"]);
        assert_eq!(column("coupons"), ["a|b", "a|b", "a|b", "-", "-"]);
        assert_eq!(column("ordered_at"), ["9", "9", "9", "10", "-"]);
        assert_eq!(column("status"), ["open"; 5]);
        assert!(!columns.contains_key("email"), "nothing stands in it");
        Ok(())
    }

    #[test]
    fn one_local_time_makes_the_column_text() -> anyhow::Result<()> {
        let columns = read(&[
            order(r#"{"order_id": "utc", "ordered_at": "2025-01-01T00:00:00Z"}"#)?,
            order(r#"{"order_id": "local", "ordered_at": "2025-01-01 09:30"}"#)?,
        ])?;
        let text = |at: &str| Some(at.to_owned());
        let both = vec![text("2025-01-01T00:00:00Z"), text("2025-01-01T09:30:00")];
        assert_eq!(columns.get("ordered_at"), Some(&both));
        Ok(())
    }
}
