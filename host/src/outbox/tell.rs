//! What became of deliveries goes back into the shop's log as facts: the module reads who
//! withdrew their consent and who was written to, and plans accordingly.
//!
//! Facts are marked as told after they are in the log, and their ids are the same each time, so
//! one that is told twice counts once.

use okaeri_protocol::Moment;
use okaeri_protocol::facts::{Event, Fact};

use crate::app::App;
use crate::failure::Failure;
use crate::store::{DeliveryRow, Suppression};

const BATCH: i64 = 5_000;

/// Tells all that has not been told. Answers how many facts.
///
/// # Errors
/// As [`App::record`].
pub async fn tell(app: &App) -> Result<usize, Failure> {
    let mut told = 0;
    loop {
        let suppressions = app.store.untold_suppressions(BATCH).await?;
        for of_one_shop in suppressions.chunk_by(|a, b| a.shop == b.shop) {
            let facts: Vec<Fact> = of_one_shop.iter().map(withdrawal).collect();
            let shop = of_one_shop.first().map_or("", |one| one.shop.as_str());
            app.record(shop, "unsubscribe", &facts).await?;
            app.store.told_suppressions(of_one_shop).await?;
        }
        let deliveries = app.store.untold_deliveries(BATCH).await?;
        for of_one_shop in deliveries.chunk_by(|a, b| a.shop == b.shop) {
            let facts: Vec<Fact> = of_one_shop.iter().map(receipt).collect();
            let shop = of_one_shop.first().map_or("", |one| one.shop.as_str());
            app.record(shop, "outbox", &facts).await?;
            app.store.told_deliveries(of_one_shop).await?;
        }
        told += suppressions.len() + deliveries.len();
        if suppressions.is_empty() && deliveries.is_empty() {
            return Ok(told);
        }
    }
}

fn withdrawal(one: &Suppression) -> Fact {
    let is_bounce = one.source == Suppression::BOUNCED;
    Fact::Event(Event {
        event_id: format!("{}/{}/{}", one.source, one.channel, one.address),
        at: Moment::Utc(one.at.div_euclid(1000)),
        kind: if is_bounce {
            "mail_bounced"
        } else {
            "consent_withdrawn"
        }
        .to_owned(),
        email: Some(one.address.clone()),
        delivery_key: one.delivery_key.clone(),
        ..Event::default()
    })
}

fn receipt(one: &DeliveryRow) -> Fact {
    Fact::Event(Event {
        event_id: format!("sent/{}", one.id),
        at: Moment::Utc(one.ended_at.unwrap_or(one.created_at).div_euclid(1000)),
        kind: "mail_sent".to_owned(),
        email: Some(one.address.clone()),
        delivery_key: Some(one.dedupe_key.clone()),
        ..Event::default()
    })
}
