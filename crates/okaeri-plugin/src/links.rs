//! Pairs of contacts: why they are one person, or may be, or are not.

use okaeri_core::identity::{self, NO_PERSON};
use okaeri_core::keys::NONE;
use okaeri_core::list::List;
use okaeri_core::order::sort_numbers;
use okaeri_protocol::answer::{Answer, Link, Review, Side};

use crate::instance::{Answered, Read};
use crate::lists::buyer;

/// Most pairs that one answer lists.
const PAGE_MAX: usize = 10_000;

impl Read<'_> {
    /// Who a record is.
    pub fn person(&self, record: u32) -> u32 {
        let person = self.people.person.get(record as usize);
        person.copied().unwrap_or(NO_PERSON)
    }

    /// Links with what a person needs to judge them.
    fn shown_links<'l>(&self, links: impl Iterator<Item = &'l identity::Link>) -> Vec<Link> {
        let links: Vec<&identity::Link> = links.into_list();
        let mut records: Vec<u32> = links.iter().flat_map(|link| [link.a, link.b]).into_list();
        sort_numbers(&mut records, u64::from);
        records.dedup();
        // The first order of each, found in one walk.
        let mut orders = vec![NONE; records.len()];
        for order in &self.ledger.orders.rows {
            let place = records.binary_search(&order.record).ok();
            if let Some(place) = place.and_then(|place| orders.get_mut(place))
                && *place == NONE
            {
                *place = order.id;
            }
        }
        let side = |record: u32| {
            let place = records.binary_search(&record).ok();
            let order = place.and_then(|place| orders.get(place));
            let key = order.and_then(|id| self.ledger.order_ids.get(*id));
            let person = Some(self.person(record)).filter(|person| *person != NO_PERSON);
            Side {
                order: key.map(|key| key.to_string()),
                customer: person.map(|person| self.keys.text(&self.ledger.contacts, person)),
                contact: buyer(&self.ledger.contacts.contact(record)),
                shop: self.ledger.contacts.shop(record).map(str::to_owned),
            }
        };
        let shown = links.iter().map(|link| Link {
            a: side(link.a),
            b: side(link.b),
            tier: link.tier,
            evidence: link.evidence.name().to_owned(),
            blocked_by: link.blocked_by.map(|blocker| blocker.name().to_owned()),
        });
        shown.into_list()
    }

    /// Why the contacts of a person are one.
    pub fn links(&self, person: u32) -> Vec<Link> {
        let links = self.links.iter();
        self.shown_links(links.filter(|link| self.person(link.a) == person))
    }

    /// Whom a person judged to be somebody else.
    pub fn apart(&self, person: u32) -> Vec<Link> {
        let of = |record| self.person(record) == person;
        let apart = self
            .people
            .apart
            .iter()
            .filter(|link| of(link.a) || of(link.b));
        let turned = apart.map(|link| match of(link.a) {
            true => *link,
            false => identity::Link {
                a: link.b,
                b: link.a,
                ..*link
            },
        });
        self.shown_links(turned.into_list().iter())
    }

    /// Pairs of contacts that a person should judge.
    pub fn review(&self, offset: u32, limit: u32) -> Answered {
        let page = self.people.review.iter().skip(offset as usize);
        let page = page.take((limit as usize).min(PAGE_MAX));
        Answer::Review(Review {
            total: self.people.review.len() as u64,
            pairs: self.shown_links(page),
        })
        .into()
    }
}
