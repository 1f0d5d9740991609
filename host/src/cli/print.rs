//! How answers are printed: as aligned text, as JSON or as CSV.

use std::io::{self, BufWriter, Write};

use anyhow::Context;
use okaeri_carts::csv_safe;
use okaeri_protocol::table::{Cell, Table};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// What is printed on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns, for people.
    #[default]
    Table,
    /// For programs; answers as the module gives them.
    Json,
    /// Comma-separated, UTF-8, safe to open in a spreadsheet.
    Csv,
}

/// The choice of a format, for commands that list something.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Formatted {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A value as it is printed, and whether it is a number.
pub type Value = (String, bool);

/// A text in a sheet.
pub fn text(text: impl Into<String>) -> Value {
    (text.into(), false)
}

/// A whole number in a sheet.
pub fn number(number: impl Into<i128>) -> Value {
    (number.into().to_string(), true)
}

/// Rows of text under their titles.
pub struct Sheet {
    /// Titles of the columns.
    pub titles: Vec<String>,
    /// Values.
    pub rows: Vec<Vec<Value>>,
    /// Rows that are not shown.
    pub hidden: usize,
}

impl Sheet {
    /// The first `rows_max` rows of a table.
    pub fn of(table: &Table, rows_max: usize) -> Sheet {
        let shown = table.row_count().min(rows_max);
        let row = |row| {
            table
                .columns
                .iter()
                .map(|(_, values)| cell(values.get(row)))
                .collect()
        };
        Sheet {
            titles: table.columns.iter().map(|(name, _)| name.clone()).collect(),
            rows: (0..shown).map(row).collect(),
            hidden: table.row_count() - shown,
        }
    }

    /// A sheet of these rows.
    pub fn new<const N: usize>(titles: [&str; N], rows: impl Iterator<Item = [Value; N]>) -> Sheet {
        Sheet {
            titles: titles.map(str::to_owned).into(),
            rows: rows.map(Into::into).collect(),
            hidden: 0,
        }
    }

    /// Prints it in any format; as JSON, an array with an object for each row.
    pub fn write(&self, format: Format) -> anyhow::Result<()> {
        let mut out = out();
        match format {
            Format::Table => self.print(&mut out)?,
            Format::Csv => self.csv(&mut out)?,
            Format::Json => serde_json::to_writer(&mut out, &self.objects())
                .map_err(anyhow::Error::from)
                .and_then(|()| Ok(writeln!(out)?))?,
        }
        Ok(out.flush()?)
    }

    /// The rows as JSON objects.
    pub fn objects(&self) -> Vec<serde_json::Map<String, serde_json::Value>> {
        let value = |(text, is_number): &Value| match text.parse::<i64>() {
            Ok(number) if *is_number => number.into(),
            _ => text.as_str().into(),
        };
        let object = |row: &Vec<Value>| {
            let names = self.titles.iter().cloned();
            names.zip(row.iter().map(value)).collect()
        };
        self.rows.iter().map(object).collect()
    }

    /// Prints aligned columns: text to the left, numbers to the right.
    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let mut widths: Vec<usize> = self.titles.iter().map(|title| title.width()).collect();
        for row in &self.rows {
            for (width, (text, _)) in widths.iter_mut().zip(row) {
                *width = (*width).max(text.width());
            }
        }
        let numbers = self.rows.first();
        let titles: Vec<_> = self
            .titles
            .iter()
            .enumerate()
            .map(|(n, title)| {
                let number = numbers
                    .and_then(|row| row.get(n))
                    .is_some_and(|(_, number)| *number);
                (title.clone(), number)
            })
            .collect();
        for row in std::iter::once(&titles).chain(&self.rows) {
            let mut line = String::new();
            for (width, (text, number)) in widths.iter().zip(row) {
                let space = " ".repeat(width.saturating_sub(text.width()));
                let (before, after) = if *number {
                    (&*space, "")
                } else {
                    ("", &*space)
                };
                line.push_str(before);
                line.push_str(text);
                line.push_str(after);
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        if self.hidden > 0 {
            writeln!(out, "… and {} more", self.hidden)?;
        }
        Ok(())
    }

    /// Prints CSV. A text that a spreadsheet would run as a formula is made harmless.
    pub fn csv(&self, out: &mut impl Write) -> io::Result<()> {
        let titles = self.titles.iter().map(|title| (title.as_str(), false));
        write_csv(out, titles)?;
        for row in &self.rows {
            write_csv(
                out,
                row.iter().map(|(text, number)| (text.as_str(), *number)),
            )?;
        }
        Ok(())
    }
}

fn write_csv<'a>(
    out: &mut impl Write,
    cells: impl Iterator<Item = (&'a str, bool)>,
) -> io::Result<()> {
    let mut line = String::new();
    for (n, (text, number)) in cells.enumerate() {
        if n > 0 {
            line.push(',');
        }
        match number {
            true => line.push_str(text),
            false => csv_safe::push_cell(&mut line, text),
        }
    }
    writeln!(out, "{line}")
}

fn cell(cell: Option<Cell>) -> Value {
    match cell {
        Some(Cell::Int(number)) => (number.to_string(), true),
        Some(Cell::Real(number)) => (number.to_string(), true),
        Some(Cell::Text(text)) => (text, false),
        Some(Cell::None) | None => (String::new(), true),
    }
}

/// Standard output, to be written in one go.
pub fn out() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Prints one line of JSON.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = out();
    serde_json::to_writer(&mut out, value).context("cannot print the answer")?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Whether the reader of our output has gone, as `okaeri ask … | head` does: no failure of ours.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

#[cfg(test)]
mod tests {
    use okaeri_protocol::table::Values;

    use super::*;

    fn table() -> Table {
        let names = ["東京", "=1+1", "a, \"b\""].map(|text| Cell::Text(text.to_owned()));
        Table {
            columns: vec![
                ("name".to_owned(), Values::Cell(names.into())),
                ("n".to_owned(), Values::Int(vec![1, -20, 300])),
            ],
        }
    }

    #[test]
    fn columns_are_aligned_by_their_width_on_the_screen() -> anyhow::Result<()> {
        let mut out = Vec::new();
        Sheet::of(&table(), 2).print(&mut out)?;
        let text = "name    n\n東京    1\n=1+1  -20\n… and 1 more\n";
        assert_eq!(String::from_utf8(out)?, text);
        Ok(())
    }

    #[test]
    fn rows_are_objects_for_programs() -> anyhow::Result<()> {
        let sheet = Sheet::new(["id", "n"], [[text("07"), number(7)]].into_iter());
        assert_eq!(
            serde_json::to_string(&sheet.objects())?,
            r#"[{"id":"07","n":7}]"#
        );
        Ok(())
    }

    #[test]
    fn csv_runs_no_formula() -> anyhow::Result<()> {
        let mut out = Vec::new();
        Sheet::of(&table(), 9).csv(&mut out)?;
        let text = "name,n\n東京,1\n'=1+1,-20\n\"a, \"\"b\"\"\",300\n";
        assert_eq!(String::from_utf8(out)?, text);
        Ok(())
    }
}
