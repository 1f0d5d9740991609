//! Who gives once gives again, and mostly to the same people.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use okaeri_protocol::facts::{Order, Shipment};

use super::super::gifts::Occasion;
use super::{is_counted, large, local, percent, who};

/// Occasions that come every year, and do not overlap.
const YEARLY: [Occasion; 6] = [
    Occasion::Valentine,
    Occasion::MothersDay,
    Occasion::FathersDay,
    Occasion::Midyear,
    Occasion::RespectDay,
    Occasion::YearEnd,
];

/// Goes to somebody of another name.
fn is_to_another(order: &Order, shipment: &Shipment) -> bool {
    shipment.name != order.buyer.name && shipment.phone.is_some()
}

/// 内祝 and the like happen in every season, and do not come back.
fn is_once(shipment: &Shipment) -> bool {
    let noshi = shipment.noshi.as_deref().unwrap_or_default();
    noshi.contains("内祝") || matches!(noshi, "御祝" | "御礼")
}

/// The phones of those to whom a sender gave, by sender, occasion and year.
type Given = BTreeMap<(String, usize, i32), BTreeSet<String>>;

fn given(orders: &[Order], is_company: bool) -> Given {
    let mut given = Given::new();
    for order in orders.iter().filter(|order| is_counted(order)) {
        let day = local(order.ordered_at).date();
        let within = |occasion: &Occasion| {
            let (from, to) = occasion.window(day.year());
            (from..=to).contains(&day)
        };
        let (Some(season), Some(who)) = (YEARLY.iter().position(within), who(order)) else {
            continue;
        };
        if order.buyer.company.is_some() != is_company {
            continue;
        }
        for shipment in &order.shipments {
            if is_to_another(order, shipment) && !is_once(shipment) {
                let recipients = given.entry((who.clone(), season, day.year())).or_default();
                recipients.extend(shipment.phone.clone());
            }
        }
    }
    given
}

#[test]
fn senders_come_back_in_the_same_season_to_mostly_the_same_people() {
    let orders = &large().orders;
    for (is_company, senders) in [(false, 48..=70), (true, 65..=100)] {
        let given = given(orders, is_company);
        let (mut all, mut again, mut pairs, mut kept) = (0, 0, 0, 0);
        for ((who, season, year), recipients) in &given {
            // The year after must have been lived to the end of the season.
            let (_, end) = YEARLY
                .get(*season)
                .map_or_else(Default::default, |o| o.window(year + 1));
            if end > super::options(0).until {
                continue;
            }
            all += 1;
            if let Some(next) = given.get(&(who.clone(), *season, year + 1)) {
                again += 1;
                pairs += recipients.len();
                kept += recipients.intersection(next).count();
            }
        }
        let (again, kept) = (percent(again, all), percent(kept, pairs));
        assert!(senders.contains(&again), "{is_company}: {again} of {all}");
        assert!((60..=82).contains(&kept), "{is_company}: {kept} of {pairs}");
    }
}

#[test]
fn gifts_have_full_addresses_and_some_have_no_mark() {
    let orders = &large().orders;
    let (mut marked, mut bare, mut noshi, mut wrapped, mut words) = (0, 0, 0, 0, 0);
    for order in orders {
        for shipment in &order.shipments {
            if shipment.name.is_none() {
                assert_eq!(shipment.is_gift, None);
                continue;
            }
            let all = [
                &shipment.name,
                &shipment.name_kana,
                &shipment.phone,
                &shipment.postal,
                &shipment.prefecture,
                &shipment.address,
            ];
            assert!(all.iter().all(|text| text.is_some()), "{shipment:?}");
            let its = order
                .lines
                .iter()
                .filter(|l| l.shipment_id == shipment.shipment_id);
            assert!(its.count() > 0, "{}", order.order_id);
            if shipment.is_gift == Some(true) {
                marked += 1;
                noshi += usize::from(shipment.noshi.is_some());
                wrapped += usize::from(shipment.wrapping.is_some());
                words += usize::from(shipment.message.is_some());
            } else if is_to_another(order, shipment) {
                let marks = [&shipment.noshi, &shipment.wrapping, &shipment.message];
                assert!(marks.iter().all(|mark| mark.is_none()));
                let family = |name: &Option<String>| {
                    let name = name.as_deref().unwrap_or_default();
                    name.split_once(' ').map(|(family, _)| family.to_owned())
                };
                assert_ne!(family(&shipment.name), family(&order.buyer.name));
                assert_ne!(shipment.address, order.buyer.address);
                bare += 1;
            }
        }
    }
    let share = percent(bare, marked + bare);
    assert!((3..=15).contains(&share), "{share}");
    for (name, count) in [("noshi", noshi), ("wrapping", wrapped), ("message", words)] {
        assert!(percent(count, marked) > 5, "{name}: {count} of {marked}");
    }
}

#[test]
fn some_recipients_and_some_senders_buy_for_themselves() {
    let orders = &large().orders;
    let is_gift = |order: &&Order| order.shipments.iter().any(|s| s.is_gift == Some(true));
    let gifts = orders.iter().filter(is_gift);
    let recipients: BTreeSet<String> = gifts
        .clone()
        .flat_map(|order| &order.shipments)
        .filter_map(|shipment| shipment.phone.clone())
        .collect();
    let senders: BTreeSet<String> = gifts.filter_map(who).collect();
    let for_self: BTreeSet<String> = orders
        .iter()
        .filter(|order| !is_gift(order))
        .filter_map(who)
        .collect();
    assert!(recipients.intersection(&for_self).count() > 20);
    let both = percent(senders.intersection(&for_self).count(), senders.len());
    assert!((20..=60).contains(&both), "{both}");
}
