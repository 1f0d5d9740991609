//! From a group and a template to deliveries in the outbox, or to a look at what they would be.
//!
//! A campaign is written in pages that nobody delivers, and one transaction at the end makes all
//! of them due. A program that dies before it leaves nothing that is sent; the next attempt
//! begins anew.

use std::sync::Arc;

use okaeri_protocol::plan::{Channel, Content, Delivery, LeftOut, PlanRequest};
use sha2::{Digest, Sha256};

use super::links::Links;
use super::{EXPIRES_MILLIS, new_id, tell};
use crate::app::App;
use crate::deliver::footer::finished;
use crate::deliver::message::{Composed, Letter, compose, message_id};
use crate::deliver::normalised;
use crate::failure::Failure;
use crate::store::{Draft, Lot, Sender, Shop, Stopped, Tally};

/// Deliveries that are rendered and written at a time.
const PAGE: u32 = 500;
/// How often a plan is begun again because facts arrived while it was made.
const PLANS_MAX: u32 = 5;

/// A campaign as it would be sent.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Customers who match.
    pub matched: u64,
    /// Deliveries.
    pub to_send: u64,
    /// Why the others get nothing.
    pub left_out: Vec<LeftOut>,
    /// The first mails, whole, with their footer.
    pub samples: Vec<Sample>,
}

/// One mail of a preview.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The customer's key.
    pub customer: String,
    /// To whom.
    pub to: String,
    /// As it would arrive.
    pub content: Content,
    /// Why this customer is in.
    pub because: Vec<String>,
}

/// A campaign that is in the outbox.
#[derive(Clone, Debug)]
pub struct Enqueued {
    /// Customers who match.
    pub matched: u64,
    /// Deliveries of the plan.
    pub to_send: u64,
    /// Those of them that are new; the others have been in the outbox before.
    pub added: u64,
    /// Why the others get nothing.
    pub left_out: Vec<LeftOut>,
}

/// Plans and enqueues for all shops. Clones share it.
#[derive(Clone)]
pub struct Outbox(Arc<(App, Links)>);

impl Outbox {
    /// With links to `public_url`.
    ///
    /// # Errors
    /// As [`Links::open`].
    pub async fn open(app: &App, public_url: &str) -> anyhow::Result<Outbox> {
        let links = Links::open(&app.store, public_url).await?;
        Ok(Outbox(Arc::new((app.clone(), links))))
    }

    /// What a campaign would be, with at most `samples` of its mails. Nothing is written.
    ///
    /// # Errors
    /// As [`Failure`] says; a shop without a sender is [`Failure::Broken`].
    pub async fn preview(
        &self,
        shop: &Shop,
        request: &PlanRequest,
        samples: u32,
    ) -> Result<Preview, Failure> {
        let (app, links) = &*self.0;
        let sender = self.sender(shop).await?;
        tell::tell(app).await?;
        let request = PlanRequest {
            offset: 0,
            limit: samples,
            ..request.clone()
        };
        let (plan, _) = app.plan(&shop.id, request).await?;
        let url = links.url(&new_id(app.clock.millis()));
        let sample = |delivery: Delivery| Sample {
            customer: delivery.customer,
            to: delivery.to,
            content: finished(&delivery.content, &sender, &url),
            because: delivery.because,
        };
        Ok(Preview {
            matched: plan.matched,
            to_send: plan.to_send,
            left_out: plan.left_out,
            samples: plan.deliveries.into_iter().map(sample).collect(),
        })
    }

    /// Puts a campaign into the outbox, all of it or nothing, and makes it due. Done again it
    /// adds those alone who have come into the group since.
    ///
    /// # Errors
    /// As [`Failure`] says; nothing is then due.
    pub async fn enqueue(
        &self,
        shop: &Shop,
        request: &PlanRequest,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Enqueued, Failure> {
        let (app, _) = &*self.0;
        let sender = self.sender(shop).await?;
        tell::tell(app).await?;
        let lot = Lot {
            shop: shop.id.clone(),
            campaign: request.campaign.clone(),
        };
        for _ in 0..PLANS_MAX {
            app.store.drop_held(&lot).await?;
            if let Some((mut enqueued, added)) =
                self.write(&lot, request, &sender, &mut progress).await?
            {
                // Whoever withdrew while this was planned: it is in the outbox now and not yet due.
                app.withhold(&lot.shop).await?;
                let now = app.clock.millis();
                app.store.release(&lot, now, now + EXPIRES_MILLIS).await?;
                enqueued.added = added;
                return Ok(enqueued);
            }
        }
        app.store.drop_held(&lot).await?;
        Err(Failure::Broken(anyhow::anyhow!(
            "orders kept arriving while the campaign was planned: nothing was sent, try again"
        )))
    }

    /// How many deliveries are in which state, by campaign and reason.
    ///
    /// # Errors
    /// [`Failure::Store`].
    pub async fn tally(&self, lot: &Lot) -> Result<Vec<Tally>, Failure> {
        Ok(self.0.0.store.tally(lot).await?)
    }

    async fn sender(&self, shop: &Shop) -> Result<Sender, Failure> {
        self.0.0.store.sender(&shop.id).await?.ok_or_else(|| {
            Failure::Broken(anyhow::anyhow!(
                "it is not known who the mails of `{}` are from: say so with `okaeri send sender`",
                shop.id
            ))
        })
    }

    /// Writes all pages of one plan. Nothing when the plan changed on the way.
    async fn write(
        &self,
        lot: &Lot,
        request: &PlanRequest,
        sender: &Sender,
        progress: &mut impl FnMut(u64, u64),
    ) -> Result<Option<(Enqueued, u64)>, Failure> {
        let (app, _) = &*self.0;
        // Once for all pages: a saved segment may be changed on the way.
        let request = &app.filled(&lot.shop, request).await?;
        let (mut offset, mut added, mut first) = (0, 0, None);
        loop {
            let page = PlanRequest {
                offset,
                limit: PAGE,
                ..request.clone()
            };
            let (plan, _) = app.plan(&lot.shop, page).await?;
            let whole = (plan.matched, plan.to_send);
            if *first.get_or_insert(whole) != whole {
                return Ok(None);
            }
            let count = u32::try_from(plan.deliveries.len()).unwrap_or(PAGE);
            offset += count;
            let drafts = self.drafts(lot, sender, plan.deliveries);
            added += app.store.hold(&drafts, app.clock.millis()).await?;
            progress(offset.into(), plan.to_send);
            if count == 0 || u64::from(offset) >= plan.to_send {
                let (matched, to_send) = whole;
                let enqueued = Enqueued {
                    matched,
                    to_send,
                    added,
                    left_out: plan.left_out,
                };
                return Ok((u64::from(offset) == to_send).then_some((enqueued, added)));
            }
        }
    }

    fn drafts(&self, lot: &Lot, sender: &Sender, deliveries: Vec<Delivery>) -> Vec<Draft> {
        let (app, links) = &*self.0;
        let at = app.clock.millis();
        deliveries
            .into_iter()
            .map(|delivery| draft(lot, sender, links, at, delivery))
            .collect()
    }
}

/// Composes one delivery. One that cannot be composed is kept with its reason.
pub fn draft(lot: &Lot, sender: &Sender, links: &Links, at: i64, delivery: Delivery) -> Draft {
    let id = new_id(at);
    let url = links.url(&id);
    let content = finished(&delivery.content, sender, &url);
    let letter = Letter {
        id: &id,
        sender,
        to: &delivery.to,
        content: &content,
        unsubscribe_url: &url,
        at,
    };
    let (composed, refused) = match compose(&letter) {
        Ok(composed) => (composed, None),
        Err(refused) => (nothing(sender, &delivery.to), Some(refused)),
    };
    Draft {
        shop: lot.shop.clone(),
        campaign: lot.campaign.clone(),
        customer: delivery.customer,
        channel: match delivery.channel {
            Channel::Mail => "mail".to_owned(),
        },
        dedupe_key: delivery.key,
        address: normalised(&delivery.to),
        message_id: message_id(&id, sender),
        envelope_from: composed.envelope_from,
        envelope_to: composed.envelope_to,
        payload_hash: Sha256::digest(&composed.payload).to_vec(),
        payload: composed.payload,
        refused,
        id,
    }
}

fn nothing(sender: &Sender, to: &str) -> Composed {
    let (envelope_from, envelope_to) = (sender.address.clone(), to.to_owned());
    Composed {
        envelope_from,
        envelope_to,
        payload: Vec::new(),
    }
}

/// Checks that mails can be sent under this name: all that the law wants is there.
///
/// # Errors
/// What is wrong.
pub fn check_sender(sender: &Sender) -> Result<(), Stopped> {
    crate::deliver::message::address(&sender.address)?;
    if let Some(reply_to) = &sender.reply_to {
        crate::deliver::message::address(reply_to)?;
    }
    let texts = [
        ("name", &sender.name),
        ("postal address", &sender.postal_address),
        ("contact", &sender.contact),
    ];
    for (what, text) in texts {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            let text =
                format!("the {what} must be one line of text: the law wants it in each mail");
            return Err(Stopped::new("bad_sender", text));
        }
    }
    Ok(())
}
