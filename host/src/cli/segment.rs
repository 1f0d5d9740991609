//! `okaeri segment`: segments as text, saved ones, and how large they are.

mod caret;

use std::io::Write;

use chrono::NaiveDate;
use okaeri_protocol::answer::{Answer, Customers, Reply};
use okaeri_protocol::filter::{Condition, Filter};
use okaeri_protocol::request::{CustomerSort, Question};
use okaeri_protocol::segment::{Segment, SegmentOverlap};

use super::Usage;
use super::customers::{self, Listing};
use super::print::{self, Format, Formatted, Sheet, number, text};
use super::shop::time;
use crate::app::App;
use crate::app::segments::{Wish, day_of};
use crate::clock::Clock;
use crate::config::Config;
use crate::store::{SavedSegment, SegmentSaved, Shop};

/// Who the versions that this program writes are from.
const AUTHOR: &str = "command line";

/// Commands on segments.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Look at a text: what it says, who is in it, or what is wrong with it
    #[command(after_help = "Examples:
  okaeri segment check --shop mine 'number_of_orders >= 3'
  okaeri segment check --shop mine \"last_order_date < -90d AND NOT prefecture IN ('東京都', '大阪府')\"
  okaeri segment check --shop mine \"products_purchased(id: 'TEA-1', since: -1y, count: 2)\"
  okaeri segment check --shop mine \"season('mothers_day', last_year) AND p_alive < 0.5\"")]
    Check {
        #[command(flatten)]
        at: At,
        /// The text
        text: String,
        /// How many customers to show
        #[arg(long, default_value_t = 10)]
        limit: u32,
        #[command(flatten)]
        print: Formatted,
    },
    /// List the saved segments
    List {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        print: Formatted,
    },
    /// Save a text under a name; under a name that is there, as its next version
    Save {
        #[command(flatten)]
        at: At,
        /// Its name
        name: String,
        /// Its text
        text: String,
    },
    /// Show a saved segment and who is in it
    Show {
        #[command(flatten)]
        at: At,
        /// Its name or id
        name: String,
        /// How many customers to show
        #[arg(long, default_value_t = 10)]
        limit: u32,
        #[command(flatten)]
        print: Formatted,
    },
    /// Delete a saved segment with its versions and history
    Delete {
        #[command(flatten)]
        at: At,
        /// Its name or id
        name: String,
    },
    /// Show how large a saved segment was by day, or what it said
    History {
        #[command(flatten)]
        at: At,
        /// Its name or id
        name: String,
        /// The texts of its versions instead
        #[arg(long)]
        versions: bool,
        #[command(flatten)]
        print: Formatted,
    },
    /// Show how two to six segments overlap
    Overlap {
        #[command(flatten)]
        at: At,
        /// Names of saved segments, or texts
        #[arg(required = true, num_args = 2..=6)]
        segments: Vec<String>,
        #[command(flatten)]
        print: Formatted,
    },
    /// Write all customers of a segment as CSV
    Export {
        #[command(flatten)]
        at: At,
        /// The name of a saved segment, or a text
        segment: String,
    },
}

/// A shop and a day.
#[derive(Debug, clap::Args)]
pub struct At {
    /// Which shop
    #[arg(long)]
    shop: String,
    /// On the evening of which day (基準日). Default: today at the shop
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
}

/// The shop that a command is about.
struct Place {
    app: App,
    shop: Shop,
    as_of: NaiveDate,
}

impl Place {
    async fn open(config: &Config, at: &At) -> anyhow::Result<Place> {
        let app = App::open(config, Clock::System).await?;
        let shop = app.shop(&at.shop).await?;
        let as_of = at.as_of.unwrap_or_else(|| app.day(&shop));
        Ok(Place { app, shop, as_of })
    }

    /// The saved segment of this name or id.
    async fn saved(&self, name: &str) -> anyhow::Result<Option<SavedSegment>> {
        let all = self.app.store.segments(&self.shop.id).await?;
        let by_name = all.iter().position(|saved| saved.name == name);
        let found = by_name.or_else(|| all.iter().position(|saved| saved.id == name));
        Ok(found.and_then(|found| all.into_iter().nth(found)))
    }

    async fn known(&self, name: &str) -> anyhow::Result<SavedSegment> {
        let saved = self.saved(name).await?;
        saved.ok_or_else(|| anyhow::anyhow!("there is no saved segment `{name}`"))
    }

    /// The text of the saved segment of this name, or the text itself.
    async fn text(&self, segment: &str) -> anyhow::Result<String> {
        let saved = self.saved(segment).await?;
        Ok(saved.map_or_else(|| segment.to_owned(), |saved| saved.text))
    }

    /// Who is in a text that is sound.
    async fn sound(&self, text: &str, limit: u32) -> anyhow::Result<Segment> {
        let segment = self
            .app
            .segment(&self.shop.id, self.as_of, text, limit)
            .await?;
        match segment.errors.as_slice() {
            [] => Ok(segment),
            errors => Err(Usage(caret::shown(text, errors)).into()),
        }
    }
}

/// Runs it.
pub async fn run(config: &Config, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Check {
            at,
            text,
            limit,
            print,
        } => {
            let place = Place::open(config, at).await?;
            let segment = place.sound(text, *limit).await?;
            print_segment(&segment, print.format)
        }
        Command::List { at, print } => {
            let place = Place::open(config, at).await?;
            list(&place.app.store.segments(&place.shop.id).await?).write(print.format)
        }
        Command::Save { at, name, text } => save(&Place::open(config, at).await?, name, text).await,
        Command::Show {
            at,
            name,
            limit,
            print,
        } => {
            let place = Place::open(config, at).await?;
            let saved = place.known(name).await?;
            let Place { app, shop, as_of } = &place;
            let segment = app.count_segment(shop, &saved, *as_of, *limit).await?;
            if print.format == Format::Table {
                println!(
                    "{}, version {} by {}",
                    saved.name, saved.version, saved.author
                );
            }
            print_segment(&segment, print.format)
        }
        Command::Delete { at, name } => {
            let place = Place::open(config, at).await?;
            let saved = place.known(name).await?;
            place
                .app
                .store
                .delete_segment(&place.shop.id, &saved.id)
                .await?;
            println!("deleted the segment `{}`", saved.name);
            Ok(())
        }
        Command::History {
            at,
            name,
            versions,
            print,
        } => {
            let place = Place::open(config, at).await?;
            let saved = place.known(name).await?;
            history(&place, &saved, *versions)
                .await?
                .write(print.format)
        }
        Command::Overlap {
            at,
            segments,
            print,
        } => overlap(&Place::open(config, at).await?, segments, print.format).await,
        Command::Export { at, segment } => export(&Place::open(config, at).await?, segment).await,
    }
}

fn print_segment(segment: &Segment, format: Format) -> anyhow::Result<()> {
    let sample = Customers {
        as_of: segment.as_of.clone(),
        total: segment.customers,
        amount: segment.amount,
        mailable: segment.mailable,
        customers: segment.sample.clone(),
    };
    match format {
        Format::Json => return print::json(segment),
        Format::Csv => return customers::print(&sample, format),
        Format::Table => {}
    }
    let mut out = print::out();
    writeln!(out, "{}", segment.text)?;
    if let Some(sentence) = &segment.sentence {
        writeln!(out, "{}\n{}", sentence.ja, sentence.en)?;
    }
    writeln!(
        out,
        "\n{} of {} customers{}",
        segment.customers,
        segment.of,
        segment
            .share
            .map_or_else(String::new, |share| format!(" ({:.1} %)", share * 100.0)),
    )?;
    if segment.conditions.len() > 1 {
        let parts = segment.conditions.iter();
        let parts = parts.map(|part| [number(part.customers), text(&part.text)]);
        writeln!(out)?;
        Sheet::new(["customers", "condition alone"], parts).print(&mut out)?;
    }
    writeln!(out)?;
    out.flush()?;
    drop(out);
    customers::print(&sample, format)
}

fn list(segments: &[SavedSegment]) -> Sheet {
    let rows = segments.iter().map(|saved| {
        [
            text(&saved.id),
            text(&saved.name),
            number(saved.version),
            text(time(saved.updated_at)),
            text(&saved.author),
            text(&saved.text),
        ]
    });
    let titles = ["id", "name", "version", "updated", "author", "text"];
    Sheet::new(titles, rows)
}

async fn save(place: &Place, name: &str, text: &str) -> anyhow::Result<()> {
    let Place { app, shop, .. } = place;
    // First, for its errors are shown in the text.
    place.sound(text, 0).await?;
    let wish = Wish {
        name,
        text,
        author: AUTHOR,
    };
    let saved = match place.saved(name.trim()).await? {
        Some(known) => {
            let wish = Wish {
                name: &known.name,
                ..wish
            };
            app.set_segment(shop, &known.id, wish, None).await?
        }
        None => app.add_segment(shop, wish).await?,
    };
    let SegmentSaved::Saved(saved) = saved else {
        anyhow::bail!("somebody else has changed the segment meanwhile: look and try again");
    };
    println!(
        "saved `{}` as version {}: {}",
        saved.name, saved.version, saved.text
    );
    Ok(())
}

async fn history(place: &Place, saved: &SavedSegment, versions: bool) -> anyhow::Result<Sheet> {
    let Place { app, shop, .. } = place;
    if versions {
        let versions = app.store.segment_versions(&shop.id, &saved.id).await?;
        let rows = versions.into_iter().map(|version| {
            [
                number(version.version),
                text(time(version.at)),
                text(version.author),
                text(version.name),
                text(version.text),
            ]
        });
        let titles = ["version", "written", "author", "name", "text"];
        return Ok(Sheet::new(titles, rows));
    }
    let days = app.segment_history(shop, saved).await?;
    let rows = days.into_iter().map(|size| {
        [
            text(day_of(size.day).to_string()),
            number(size.version),
            number(size.customers),
            number(size.amount),
        ]
    });
    Ok(Sheet::new(["day", "version", "customers", "amount"], rows))
}

async fn overlap(place: &Place, segments: &[String], format: Format) -> anyhow::Result<()> {
    let mut texts = Vec::with_capacity(segments.len());
    for segment in segments {
        let text = place.text(segment).await?;
        place.sound(&text, 0).await?;
        texts.push(text);
    }
    let question = Question::SegmentOverlap { texts };
    let asked = place.app.ask(&place.shop.id, place.as_of, question).await?;
    let overlap = match asked.reply()? {
        Reply::Answer {
            answer: Answer::SegmentOverlap(overlap),
            ..
        } => overlap,
        _ => anyhow::bail!("the module answered another question than was asked"),
    };
    if format == Format::Json {
        return print::json(&overlap);
    }
    let sheet = overlap_sheet(&overlap);
    if format == Format::Table {
        for (place, segment) in ('A'..).zip(&overlap.segments) {
            println!("{place}  {}", segment.text);
        }
        println!();
    }
    sheet.write(format)
}

/// Each segment, each two, and each cell: `A` is all of A, `A B` is A and B, `only A B` is no other.
fn overlap_sheet(overlap: &SegmentOverlap) -> Sheet {
    let letter = |place: u32| {
        let letter = u8::try_from(place).ok().map(|place| b'A' + place);
        char::from(letter.unwrap_or(b'?')).to_string()
    };
    let share = |customers: u64| match overlap.of {
        0 => text(""),
        of => text(format!("{:.1} %", customers as f64 * 100.0 / of as f64)),
    };
    let row = |name: String, customers: u64| [text(name), number(customers), share(customers)];
    let mut rows = Vec::new();
    for (place, segment) in (0u32..).zip(&overlap.segments) {
        rows.push(row(letter(place), segment.customers));
    }
    for pair in &overlap.pairs {
        let name = format!("{} {}", letter(pair.a), letter(pair.b));
        rows.push(row(name, pair.customers));
    }
    for cell in &overlap.cells {
        let inside: Vec<String> = cell.inside.iter().map(|place| letter(*place)).collect();
        let name = match inside.as_slice() {
            [] => "none".to_owned(),
            inside => format!("only {}", inside.join(" ")),
        };
        rows.push(row(name, cell.customers));
    }
    Sheet::new(["in", "customers", "share"], rows.into_iter())
}

async fn export(place: &Place, segment: &str) -> anyhow::Result<()> {
    let text = place.text(segment).await?;
    place.sound(&text, 0).await?;
    let listing = Listing {
        filter: Filter(vec![Condition::Segment {
            text: Some(text),
            id: None,
        }]),
        sort: CustomerSort::Amount,
        ascending: false,
        offset: 0,
        limit: u32::MAX,
    };
    let list = listing
        .read(&place.app, &place.shop.id, place.as_of)
        .await?;
    customers::print(&list, Format::Csv)
}

#[cfg(test)]
mod tests {
    use okaeri_protocol::segment::{SegmentCell, SegmentPair, SegmentSize};

    use super::*;

    #[test]
    fn an_overlap_is_read_by_letters() -> anyhow::Result<()> {
        let size = |customers| SegmentSize {
            customers,
            ..SegmentSize::default()
        };
        let cell = |inside: &[u32], customers| SegmentCell {
            inside: inside.to_vec(),
            customers,
        };
        let overlap = SegmentOverlap {
            of: 8,
            segments: vec![size(3), size(4)],
            pairs: vec![SegmentPair {
                a: 0,
                b: 1,
                customers: 2,
            }],
            cells: vec![cell(&[], 3), cell(&[0], 1), cell(&[1], 2), cell(&[0, 1], 2)],
            ..SegmentOverlap::default()
        };
        let mut out = Vec::new();
        overlap_sheet(&overlap).csv(&mut out)?;
        let expected = "in,customers,share\nA,3,37.5 %\nB,4,50.0 %\nA B,2,25.0 %\n\
            none,3,37.5 %\nonly A,1,12.5 %\nonly B,2,25.0 %\nonly A B,2,25.0 %\n";
        assert_eq!(String::from_utf8(out)?, expected);
        Ok(())
    }
}
