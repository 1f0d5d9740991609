//! The outbox of deliveries: what each of them is, and how it changes.
//!
//! `queued -> claimed -> wired -> done | failed | dead`. `wired` is committed before a byte leaves
//! that could make the receiver act; a delivery whose worker died after that is `unknown` and is
//! not sent again by itself, because nobody knows whether it arrived. The lease lies in the row
//! itself, and every write names the attempt that it speaks of.

use sqlx::FromRow;

use super::{Store, on};

/// `not_before` of a delivery whose campaign is not wholly written yet.
pub const HELD: i64 = i64::MAX;
/// So many claims lost by dying programs end a delivery: it may be what kills them.
pub const LOST_MAX: i64 = 5;

/// Which deliveries; an empty text is any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lot {
    /// Shop.
    pub shop: String,
    /// Campaign.
    pub campaign: String,
}

/// A delivery on its way into the outbox.
#[derive(Clone, Debug)]
pub struct Draft {
    /// 32 hex digits, never used before.
    pub id: String,
    /// Whose.
    pub shop: String,
    /// Which campaign.
    pub campaign: String,
    /// The customer's key.
    pub customer: String,
    /// How it travels, such as `mail`.
    pub channel: String,
    /// The plan's key: there is one delivery of it in the shop, for ever.
    pub dedupe_key: String,
    /// Normalised.
    pub address: String,
    /// Without brackets.
    pub message_id: String,
    /// Where bounces go.
    pub envelope_from: String,
    /// To whom, as the customer wrote it.
    pub envelope_to: String,
    /// The whole message, as every attempt sends it.
    pub payload: Vec<u8>,
    /// SHA-256 of it.
    pub payload_hash: Vec<u8>,
    /// Why it cannot be sent at all; it is then kept as failed.
    pub refused: Option<Stopped>,
}

/// A delivery that this worker has.
#[derive(Clone, Debug, FromRow)]
pub struct Claimed {
    /// Its id.
    pub id: String,
    /// Names this claim in every later write.
    pub attempt: i64,
    /// How often the receiver has put it off.
    pub tries: i64,
    /// Where bounces go.
    pub envelope_from: String,
    /// To whom, as the customer wrote it.
    pub envelope_to: String,
    /// The whole message.
    pub payload: Vec<u8>,
    /// SHA-256 of it.
    pub payload_hash: Vec<u8>,
}

/// One write of a worker about one attempt.
#[derive(Clone, Debug)]
pub struct Change {
    /// Of the delivery.
    pub id: String,
    /// The claim.
    pub attempt: i64,
    /// What became of it; nothing: it is about to be handed over.
    pub outcome: Option<Outcome>,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver took it.
    Done {
        /// In its own words.
        reply: String,
    },
    /// The receiver will never take it.
    Failed(Stopped),
    /// We gave up.
    Dead(Stopped),
    /// Nobody knows.
    Unknown(Stopped),
    /// Another time.
    Later {
        /// Why not now.
        why: Stopped,
        /// Not before, in milliseconds UTC.
        at: i64,
    },
}

/// Why a delivery stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// What a program branches on.
    pub code: String,
    /// What a person reads.
    pub text: String,
}

impl Stopped {
    /// The receiver knows of no such mailbox.
    pub const NO_MAILBOX: &'static str = "no_mailbox";

    /// From both texts.
    pub fn new(code: &str, text: impl Into<String>) -> Self {
        Stopped {
            code: code.to_owned(),
            text: text.into(),
        }
    }
}

/// The answer to a [`Change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wired {
    /// Written; a delivery may now be handed over.
    Granted,
    /// Not to be sent: the address was withdrawn or its time is over.
    Withheld,
    /// Another worker has it by now.
    Lost,
}

/// What is still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Pending {
    /// Waiting.
    pub queued: i64,
    /// In some worker's hands.
    pub under_way: i64,
    /// When the first of those that wait is due.
    pub next_at: Option<i64>,
    /// When the first lease is over.
    pub lease_until: Option<i64>,
}

/// Deliveries in one state for one reason.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Tally {
    /// Of this campaign.
    pub campaign: String,
    /// In this state.
    pub state: String,
    /// For this reason, or empty.
    pub code: String,
    /// How many.
    pub count: i64,
}

/// A delivery in a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, serde::Serialize, schemars::JsonSchema)]
pub struct DeliveryRow {
    /// Its id; lists ascend by it.
    pub id: String,
    /// Whose.
    pub shop: String,
    /// Which campaign.
    pub campaign: String,
    /// The customer's key.
    pub customer: String,
    /// How it travels.
    pub channel: String,
    /// The plan's key.
    pub dedupe_key: String,
    /// To whom.
    pub address: String,
    /// Without brackets.
    pub message_id: String,
    /// `queued`, `claimed`, `wired`, `done`, `failed`, `dead`, `unknown` or `abandoned`.
    pub state: String,
    /// How often it was claimed.
    pub attempt: i64,
    /// Milliseconds UTC.
    pub not_before: i64,
    /// Milliseconds UTC.
    pub created_at: i64,
    /// When it was last about to be handed over, milliseconds UTC.
    pub wire_at: Option<i64>,
    /// Milliseconds UTC.
    pub ended_at: Option<i64>,
    /// The receiver's words of acceptance.
    pub provider_id: Option<String>,
    /// What a program branches on.
    pub error_code: Option<String>,
    /// What a person reads.
    pub error_text: Option<String>,
}

/// Which part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those after this id; empty for the first page.
    pub after: String,
    /// At most so many.
    pub limit: u32,
}

/// What a person found out about deliveries of which nobody knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They arrived.
    Delivered,
    /// They did not: send them again.
    NotDelivered,
    /// Let them be.
    Abandoned,
}

/// Somebody who must not be written to any more.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Suppression {
    /// By this shop.
    pub shop: String,
    /// On this channel.
    pub channel: String,
    /// At this address, normalised.
    pub address: String,
    /// Since, in milliseconds UTC.
    pub at: i64,
    /// [`Suppression::UNSUBSCRIBED`] or [`Suppression::BOUNCED`].
    pub source: String,
    /// The delivery that brought it about.
    pub delivery_key: Option<String>,
}

impl Suppression {
    /// The person said so.
    pub const UNSUBSCRIBED: &'static str = "unsubscribed";
    /// There is no such mailbox.
    pub const BOUNCED: &'static str = "bounced";

    /// Of a delivery's address.
    pub fn of(row: &DeliveryRow, source: &str, at: i64) -> Self {
        Suppression {
            shop: row.shop.clone(),
            channel: row.channel.clone(),
            address: row.address.clone(),
            at,
            source: source.to_owned(),
            delivery_key: Some(row.dedupe_key.clone()),
        }
    }
}

/// Who a shop's mails are from. The law wants all of it in each advertising mail.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Sender {
    /// The shop or company, as customers know it.
    pub name: String,
    /// Mail address of the sender.
    pub address: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
    /// 住所.
    pub postal_address: String,
    /// Where complaints and questions go: a phone number, an address, a page.
    pub contact: String,
}

impl Store {
    /// Writes deliveries that are not due before [`Store::release`]. A delivery whose key, or
    /// whose address in this campaign, is there already is passed over. Answers how many are new.
    pub async fn hold(&self, drafts: &[Draft], now: i64) -> sqlx::Result<u64> {
        on!(self, db => db.hold(drafts, now).await)
    }

    /// Removes what an unfinished [`Store::hold`] left behind.
    pub async fn drop_held(&self, lot: &Lot) -> sqlx::Result<()> {
        on!(self, db => db.drop_held(lot).await)
    }

    /// Makes all held deliveries of a campaign due, in one transaction. Answers how many.
    pub async fn release(&self, lot: &Lot, now: i64, expires_at: i64) -> sqlx::Result<u64> {
        on!(self, db => db.release(lot, now, expires_at).await)
    }

    /// Takes deliveries that are due, oldest first.
    pub async fn claim(
        &self,
        owner: &str,
        lot: &Lot,
        now: i64,
        lease_until: i64,
        limit: i64,
    ) -> sqlx::Result<Vec<Claimed>> {
        on!(self, db => db.claim(owner, lot, now, lease_until, limit).await)
    }

    /// Writes several changes in one transaction; one answer for each.
    pub async fn write_changes(
        &self,
        owner: &str,
        changes: &[Change],
        now: i64,
        lease_until: i64,
    ) -> sqlx::Result<Vec<Wired>> {
        on!(self, db => db.write_changes(owner, changes, now, lease_until).await)
    }

    /// Prolongs all leases of a worker.
    pub async fn renew(&self, owner: &str, lease_until: i64) -> sqlx::Result<()> {
        on!(self, db => db.renew(owner, lease_until).await)
    }

    /// Gives back what a worker claimed and did not begin.
    pub async fn give_back(&self, owner: &str) -> sqlx::Result<()> {
        on!(self, db => db.give_back(owner).await)
    }

    /// Settles deliveries whose lease is over.
    pub async fn sweep(&self, now: i64) -> sqlx::Result<()> {
        on!(self, db => db.sweep(now).await)
    }

    /// What is still to be done.
    pub async fn pending(&self, lot: &Lot) -> sqlx::Result<Pending> {
        on!(self, db => db.pending(lot).await)
    }

    /// How many deliveries are in which state, by campaign and reason.
    pub async fn tally(&self, lot: &Lot) -> sqlx::Result<Vec<Tally>> {
        on!(self, db => db.tally(lot).await)
    }

    /// Deliveries, ascending by id.
    pub async fn deliveries(&self, lot: &Lot, page: &Page) -> sqlx::Result<Vec<DeliveryRow>> {
        on!(self, db => db.deliveries(lot, page).await)
    }

    /// One delivery.
    pub async fn delivery(&self, id: &str) -> sqlx::Result<Option<DeliveryRow>> {
        on!(self, db => db.delivery(id).await)
    }

    /// Settles deliveries by hand; `NotDelivered` also takes up dead ones again. Answers how many
    /// changed.
    pub async fn resolve(
        &self,
        shop: &str,
        ids: &[String],
        verdict: Verdict,
        now: i64,
        expires_at: i64,
    ) -> sqlx::Result<u64> {
        on!(self, db => db.resolve(shop, ids, verdict, now, expires_at).await)
    }

    /// Suppresses an address and ends what waits for it. False when it was suppressed before.
    pub async fn suppress(&self, suppression: &Suppression) -> sqlx::Result<bool> {
        on!(self, db => db.suppress(suppression).await)
    }

    /// Shops with deliveries that have not been handed over, and how far each one's log is.
    pub async fn waiting_shops(&self) -> sqlx::Result<Vec<(String, i64)>> {
        on!(self, db => db.waiting_shops().await)
    }

    /// Addresses of a shop's mails that have not been handed over, each once.
    pub async fn waiting_addresses(&self, shop: &str) -> sqlx::Result<Vec<String>> {
        on!(self, db => db.waiting_addresses(shop).await)
    }

    /// Ends what waits for these addresses as `withdrawn`. Unlike [`Store::suppress`] it binds no
    /// later campaign: for those the shop's log says it. Answers how many deliveries.
    pub async fn withhold(&self, shop: &str, addresses: &[String], now: i64) -> sqlx::Result<u64> {
        on!(self, db => db.withhold(shop, addresses, now).await)
    }

    /// Suppressions of which the shop's log has no fact yet.
    pub async fn untold_suppressions(&self, limit: i64) -> sqlx::Result<Vec<Suppression>> {
        on!(self, db => db.untold_suppressions(limit).await)
    }

    /// Marks them as told.
    pub async fn told_suppressions(&self, told: &[Suppression]) -> sqlx::Result<()> {
        on!(self, db => db.told_suppressions(told).await)
    }

    /// Delivered ones of which the shop's log has no fact yet.
    pub async fn untold_deliveries(&self, limit: i64) -> sqlx::Result<Vec<DeliveryRow>> {
        on!(self, db => db.untold_deliveries(limit).await)
    }

    /// Marks them as told.
    pub async fn told_deliveries(&self, told: &[DeliveryRow]) -> sqlx::Result<()> {
        on!(self, db => db.told_deliveries(told).await)
    }

    /// Who a shop's mails are from.
    pub async fn sender(&self, shop: &str) -> sqlx::Result<Option<Sender>> {
        on!(self, db => db.sender(shop).await)
    }

    /// Says who a shop's mails are from.
    pub async fn set_sender(&self, shop: &str, sender: &Sender) -> sqlx::Result<()> {
        on!(self, db => db.set_sender(shop, sender).await)
    }

    /// The key that signs links in mails; `fresh` becomes it if there is none yet.
    pub async fn outbox_key(&self, fresh: &[u8]) -> sqlx::Result<Vec<u8>> {
        on!(self, db => db.outbox_key(fresh).await)
    }
}
