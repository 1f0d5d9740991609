//! Pairs of contacts: why they are one customer, or may be, and a person's word on it.

use anyhow::Context;
use chrono::NaiveDate;
use okaeri_protocol::Moment;
use okaeri_protocol::answer::{Answer, Link, Reply, Side};
use okaeri_protocol::facts::{Fact, Judgement, Verdict};
use okaeri_protocol::request::Question;

use super::Args;
use crate::app::App;
use crate::cli::Usage;
use crate::cli::print::{self, Format, Sheet, number, text};

/// Pairs that one question lists at most.
const PAGE: u32 = 10_000;

/// What is listed, and what is said of one pair of it.
pub(super) async fn run(app: &App, args: &Args, as_of: NaiveDate) -> anyhow::Result<()> {
    let words = [
        (&args.split, Verdict::Different),
        (&args.join, Verdict::Same),
        (&args.undo, Verdict::Open),
    ];
    let said = words
        .iter()
        .find_map(|(orders, verdict)| orders.as_ref().map(|orders| (orders, *verdict)));
    let pairs = pairs(app, args, as_of, said.is_some()).await?;
    let Some((orders, verdict)) = said else {
        return list(&pairs, args.format);
    };
    let [one, other] = orders.as_slice() else {
        return Err(Usage("name two orders".to_owned()).into());
    };
    let is_meant = |link: &&Link| {
        let of = [link.a.order.as_ref(), link.b.order.as_ref()];
        of == [Some(one), Some(other)] || of == [Some(other), Some(one)]
    };
    let link = pairs
        .into_iter()
        .find(|link| is_meant(&link))
        .with_context(|| {
            format!("no pair of the orders `{one}` and `{other}` is listed: list the pairs first")
        })?;
    let judgement = Judgement {
        a: link.a.contact,
        b: link.b.contact,
        a_shop: link.a.shop,
        b_shop: link.b.shop,
        verdict,
        at: Moment::Utc(app.clock.millis().div_euclid(1000)),
    };
    app.record(&args.shop, "judgement", &[Fact::Judgement(judgement)])
        .await?;
    println!(
        "noted: the customers of `{one}` and `{other}` {}",
        match verdict {
            Verdict::Same => "are the same",
            Verdict::Different => "are two",
            Verdict::Open => "are told by the evidence again",
        }
    );
    Ok(())
}

/// The pairs of a customer, or those for review.
async fn pairs(app: &App, args: &Args, as_of: NaiveDate, all: bool) -> anyhow::Result<Vec<Link>> {
    if let Some(key) = args.key.clone() {
        let reply = app.ask(&args.shop, as_of, Question::Customer { key, brief: true });
        return match reply.await?.reply()? {
            Reply::Answer {
                answer: Answer::Customer(page),
                ..
            } => Ok([page.links, page.apart].concat()),
            other => Err(unexpected(&other)),
        };
    }
    let (mut offset, mut left) = if all || args.limit == 0 {
        (0, u32::MAX)
    } else {
        (args.offset, args.limit)
    };
    let mut pairs = Vec::new();
    while left > 0 {
        let limit = left.min(PAGE);
        let reply = app.ask(&args.shop, as_of, Question::Review { offset, limit });
        let mut page = match reply.await?.reply()? {
            Reply::Answer {
                answer: Answer::Review(review),
                ..
            } => review.pairs,
            other => return Err(unexpected(&other)),
        };
        let got = u32::try_from(page.len())?;
        pairs.append(&mut page);
        if got < limit {
            break;
        }
        (offset, left) = (offset.saturating_add(got), left - got);
    }
    Ok(pairs)
}

fn unexpected(reply: &Reply) -> anyhow::Error {
    match reply {
        Reply::Error { error } => anyhow::anyhow!("{}", error.message),
        Reply::Answer { .. } => {
            anyhow::anyhow!("the module answered another question than was asked")
        }
    }
}

fn list(pairs: &Vec<Link>, format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        return print::json(pairs);
    }
    let side = |side: &Side| {
        let contact = &side.contact;
        let name = contact.name.as_ref().or(contact.name_kana.as_ref());
        let reach = contact.email.as_ref().or(contact.phone.as_ref());
        [side.order.as_ref(), name, reach].map(|text| text.cloned().unwrap_or_default())
    };
    let rows = pairs.iter().map(|link| {
        let ([order_a, name_a, reach_a], [order_b, name_b, reach_b]) =
            (side(&link.a), side(&link.b));
        let against = link.blocked_by.clone().unwrap_or_default();
        [
            text(order_a),
            text(order_b),
            number(link.tier),
            text(&link.evidence),
            text(against),
            text(name_a),
            text(name_b),
            text(reach_a),
            text(reach_b),
        ]
    });
    let titles = [
        "order_a", "order_b", "tier", "evidence", "against", "name_a", "name_b", "reach_a",
        "reach_b",
    ];
    Sheet::new(titles, rows).write(format)
}
