//! What `send` prints.

use chrono::DateTime;
use okaeri_protocol::plan::LeftOutReason;

use crate::outbox::enqueue::Preview;
use crate::store::{Lot, Pending, Tally};

/// Who would get what, and why the others nothing.
pub fn preview(lot: &Lot, preview: &Preview) {
    println!(
        "campaign {} of {}: {} customers match, {} get a mail",
        lot.campaign, lot.shop, preview.matched, preview.to_send
    );
    for left_out in &preview.left_out {
        println!(
            "{:>8}  left out: {}",
            left_out.count,
            reason(left_out.reason)
        );
    }
    for sample in &preview.samples {
        println!("\n--- to {} (customer {})", sample.to, sample.customer);
        if !sample.because.is_empty() {
            println!("because: {}", sample.because.join(", "));
        }
        println!(
            "subject: {}\n\n{}",
            sample.content.subject, sample.content.text
        );
        if let Some(html) = &sample.content.html {
            println!("--- its HTML\n{html}");
        }
    }
}

/// How a campaign stands.
pub fn outcome(tally: &[Tally], pending: &Pending) {
    states(tally);
    let unknown: i64 = tally
        .iter()
        .filter(|row| row.state == "unknown")
        .map(|row| row.count)
        .sum();
    if unknown > 0 {
        println!(
            "of {unknown} nobody knows whether they arrived: see `okaeri send unknown`, \
             then `okaeri send resolve`"
        );
    }
    if let (Some(at), true) = (pending.next_at, pending.queued > 0) {
        let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
        println!(
            "{} wait, the first until {}: `okaeri serve` or --resume sends them",
            pending.queued,
            at.format("%Y-%m-%d %H:%M:%S UTC")
        );
    }
}

/// One line for each campaign, state and reason.
pub fn states(tally: &[Tally]) {
    for row in tally {
        let why = if row.code.is_empty() {
            String::new()
        } else {
            format!("  {}", row.code)
        };
        println!("{:>8}  {:<9} {}{why}", row.count, row.state, row.campaign);
    }
}

fn reason(reason: LeftOutReason) -> &'static str {
    match reason {
        LeftOutReason::NoAddress => "no address is known",
        LeftOutReason::BadAddress => "the address cannot be mailed",
        LeftOutReason::NoConsent => "no consent to advertising mail is on record",
        LeftOutReason::Withdrawn => "consent was withdrawn",
        LeftOutReason::SameAddress => "another customer of this group has the same address",
    }
}
