//! Rows that are refused, and why.

use okaeri_core::order::sorted;
use okaeri_protocol::answer::Rejected;

use super::ArrowReport;
use super::numbers::Mark;
use super::schema::Kind;
use super::stream::Array;

/// How many refusals are described; further ones are counted.
const LISTED_MAX: usize = 1000;

/// Refusals of one slice, gathered column by column, then told in the order of rows.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    /// A flag a row; empty while no row is refused.
    refused: Vec<bool>,
    listed: Vec<(usize, Rejected)>,
    count: usize,
}

impl Refusals {
    /// Refuses the rows of a slice that have a bad mark and are not refused yet.
    pub fn add(
        &mut self,
        marks: &[Mark],
        column: &str,
        room: usize,
        shown: impl Fn(usize) -> String,
    ) {
        let mut listed = 0;
        for (row, mark) in marks.iter().enumerate() {
            if matches!(mark, Mark::Good | Mark::None) {
                continue;
            }
            self.refused.resize(marks.len(), false);
            let Some(refused @ false) = self.refused.get_mut(row) else {
                continue;
            };
            *refused = true;
            self.count += 1;
            if listed < room {
                listed += 1;
                let (code, reason) = reason(*mark, &shown(row));
                let column = column.to_owned();
                self.listed.push((
                    row,
                    Rejected {
                        row: 0,
                        column,
                        code: code.to_owned(),
                        reason,
                    },
                ));
            }
        }
    }

    /// The rows that are left, if any was refused.
    pub fn left(&self) -> Option<Vec<u32>> {
        if self.refused.is_empty() {
            return None;
        }
        let rows = (0_u32..).zip(&self.refused);
        Some(
            rows.filter(|(_, refused)| !**refused)
                .map(|(row, _)| row)
                .collect(),
        )
    }

    /// Puts the slice's refusals into the report and starts anew; `first_row` is the number of
    /// the slice's first row.
    pub fn tell(&mut self, report: &mut ArrowReport, first_row: u64) {
        report.rejected_count += self.count as u64;
        let listed = sorted(std::mem::take(&mut self.listed), |a, b| a.0.cmp(&b.0));
        let room = Refusals::room(report);
        let listed = listed.into_iter().take(room);
        report
            .rejected
            .extend(listed.map(|(row, rejected)| Rejected {
                row: first_row + row as u64,
                ..rejected
            }));
        self.refused.clear();
        self.count = 0;
    }

    /// How many refusals the report still has room for.
    pub fn room(report: &ArrowReport) -> usize {
        LISTED_MAX.saturating_sub(report.rejected.len())
    }
}

fn reason(mark: Mark, shown: &str) -> (&'static str, String) {
    match mark {
        Mark::Good | Mark::None | Mark::Missing => {
            ("missing", "a row needs a value here".to_owned())
        }
        Mark::NotWhole => (
            "not_whole",
            format!("`{shown}` is no whole number; send minor units"),
        ),
        Mark::TooLarge => ("too_large", format!("`{shown}` is too large")),
        Mark::Unknown => (
            "unknown_value",
            format!("`{shown}` is none of this column's values"),
        ),
        Mark::NotATime => (
            "not_a_time",
            format!("`{shown}`: {}", okaeri_protocol::moment::NotAMoment),
        ),
        Mark::TimeRange => (
            "time_out_of_range",
            format!("`{shown}` is not within the years 1 to 9999; whole numbers are seconds"),
        ),
        Mark::NotUtf8 => ("not_utf8", "the text is not UTF-8".to_owned()),
    }
}

/// The value of a row as a person reads it in a refusal.
pub(super) fn shown(array: &Array<'_>, row: usize) -> String {
    const CHARS_MAX: usize = 40;
    match array.kind {
        Kind::Utf8 { .. } | Kind::Utf8View => {
            let text = String::from_utf8_lossy(array.text(row).unwrap_or_default());
            let mut short: String = text.chars().take(CHARS_MAX).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            short
        }
        Kind::Float { bits: 32 } => array.f32(row).to_string(),
        Kind::Float { .. } => array.f64(row).to_string(),
        Kind::Decimal { scale } => format!("{}e{}", array.i128(row), -i64::from(scale)),
        Kind::Int {
            signed: false,
            bits: 64,
        } => (array.ticks(row) as u64).to_string(),
        _ => array.ticks(row).to_string(),
    }
}
