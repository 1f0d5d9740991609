//! A table of an answer: named columns, and rows as arrays.

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Deserialize, Serialize, Serializer};

/// One value of a table.
///
/// A product code that is a whole number of at most 15 digits without leading zeros crosses as a
/// number and sorts as one; any other code crosses as text and sorts after the numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Cell {
    /// A count, an amount in minor units, a day or month number, a numeric code.
    Int(i64),
    /// A rate.
    Real(f64),
    /// A code, a name, a day as `YYYY-MM-DD`.
    Text(String),
    /// Not known, or does not apply.
    None,
}

/// Values of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Whole numbers.
    Int(Vec<i64>),
    /// Rates.
    Real(Vec<f64>),
    /// Mixed or textual values.
    Cell(Vec<Cell>),
}

impl Values {
    /// How many values there are.
    pub fn len(&self) -> usize {
        match self {
            Values::Int(values) => values.len(),
            Values::Real(values) => values.len(),
            Values::Cell(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at `row`.
    pub fn get(&self, row: usize) -> Option<Cell> {
        match self {
            Values::Int(values) => values.get(row).map(|v| Cell::Int(*v)),
            Values::Real(values) => values.get(row).map(|v| Cell::Real(*v)),
            Values::Cell(values) => values.get(row).cloned(),
        }
    }
}

/// A table, held by column and written by row: `{"columns": […], "rows": [[…], …]}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names and values, in the order of display. All columns are equally long.
    pub columns: Vec<(String, Values)>,
}

impl Table {
    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// The values of the column `name`.
    pub fn column(&self, name: &str) -> Option<&Values> {
        self.columns
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, values)| values)
    }
}

struct Rows<'a>(&'a Table);
struct Row<'a>(&'a Table, usize);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.columns.len()))?;
        for (_, values) in &self.0.columns {
            match values {
                Values::Int(values) => seq.serialize_element(&values.get(self.1))?,
                Values::Real(values) => seq.serialize_element(&values.get(self.1))?,
                Values::Cell(values) => seq.serialize_element(&values.get(self.1))?,
            }
        }
        seq.end()
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.0.row_count();
        let mut seq = serializer.serialize_seq(Some(count))?;
        for row in 0..count {
            seq.serialize_element(&Row(self.0, row))?;
        }
        seq.end()
    }
}

struct Names<'a>(&'a Table);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.columns.iter().map(|(name, _)| name))
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Table", 2)?;
        out.serialize_field("columns", &Names(self))?;
        out.serialize_field("rows", &Rows(self))?;
        out.end()
    }
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Table"))]
/// A table: named columns, and rows as arrays in the order of the columns.
struct Written {
    /// Column names.
    columns: Vec<String>,
    /// Rows.
    rows: Vec<Vec<Cell>>,
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let mut columns: Vec<Vec<Cell>> = written.columns.iter().map(|_| Vec::new()).collect();
        for row in written.rows {
            if row.len() != columns.len() {
                return Err(serde::de::Error::custom(
                    "a row is not as long as the columns",
                ));
            }
            for (column, cell) in columns.iter_mut().zip(row) {
                column.push(cell);
            }
        }
        let columns = written
            .columns
            .into_iter()
            .zip(columns.into_iter().map(Values::Cell));
        Ok(Table {
            columns: columns.collect(),
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Table {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Table".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Written::json_schema(generator)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed conversion fails the test")]
mod tests {
    use super::*;

    #[test]
    fn writes_rows_and_reads_them_back() {
        let table = Table {
            columns: vec![
                ("n".to_owned(), Values::Int(vec![1, 2])),
                ("lift".to_owned(), Values::Real(vec![0.5, 2.0])),
                (
                    "a".to_owned(),
                    Values::Cell(vec![Cell::Text("x".to_owned()), Cell::None]),
                ),
            ],
        };
        let text = serde_json::to_string(&table).unwrap();
        assert_eq!(
            text,
            r#"{"columns":["n","lift","a"],"rows":[[1,0.5,"x"],[2,2.0,null]]}"#
        );
        let back: Table = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), text);
    }
}
