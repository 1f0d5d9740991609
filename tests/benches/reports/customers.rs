//! Customers who buy as BG/NBD and spend as Gamma-Gamma say, with parameters like those of CDNOW:
//! who first comes within 84 days and is then watched for 27 to 39 weeks.

use std::fmt::Write;

use okaeri_tests::engine::{Calls, Failure, frame, parts};

/// How many.
pub const COUNT: u32 = 1_000_000;
/// Day 273 after the first.
pub const AS_OF: &str = "2024-09-30";

/// Customers are told by their numbers alone.
pub const SETTINGS: &str = r#"{"call":"configure","settings":{"identity":"customer_id"}}"#;

/// From the first day to the last.
const DAYS: u32 = 273;
/// Days on which one may first come.
const ARRIVALS: u64 = 84;

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ value >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ value >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ value >> 31
    }

    /// Above 0 and at most 1.
    fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 1.0) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.share().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }

    /// A gamma value of this shape and scale 1 (Marsaglia and Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.share().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.share().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }
}

/// Loads `count` customers' orders; how many customers there are.
///
/// # Errors
/// When an order is refused.
pub fn load(engine: &mut dyn Calls, count: u32) -> Result<u32, Failure> {
    const AT_ONCE: u32 = 50_000;
    engine.ask(SETTINGS, &[]);
    let mut dice = Dice(20_260_101);
    let begin = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    let mut order = 0u32;
    for from in (0..count).step_by(AT_ONCE as usize) {
        let mut csv = String::new();
        if from == 0 {
            csv.push_str("order_id,ordered_at,customer_id,product,quantity,unit_price\n");
        }
        for customer in from..count.min(from + AT_ONCE) {
            for (day, amount) in purchases(&mut dice) {
                order += 1;
                let date = begin + chrono::Days::new(u64::from(day));
                writeln!(csv, "{order},{date},{customer},1,1,{amount}")?;
            }
        }
        let more = from + AT_ONCE < count;
        let header = format!(r#"{{"call":"load","format":"csv","more":{more}}}"#);
        let (reply, _) = parts(&engine.call(&frame(&header, csv.as_bytes())));
        if !reply.contains(r#""rejected_count":0"#) {
            return Err(reply.into());
        }
    }
    Ok(count)
}

/// Days and amounts (in hundredths) of one customer's purchases.
fn purchases(dice: &mut Dice) -> Vec<(u32, u64)> {
    let first = (dice.next() % ARRIVALS) as u32;
    let weekly = dice.gamma(0.243) / 4.414;
    let (a, b) = (dice.gamma(0.793), dice.gamma(2.426));
    let leaves = a / (a + b);
    let spends = dice.gamma(3.74) / 15.44;
    let mut days = vec![first];
    let mut weeks = 0.0;
    loop {
        weeks -= dice.share().ln() / weekly.max(1e-12);
        let day = f64::from(first) + (weeks * 7.0).ceil();
        if day > f64::from(DAYS) {
            break;
        }
        days.push(day as u32);
        if dice.share() < leaves {
            break;
        }
    }
    days.into_iter()
        .map(|day| {
            let spent = dice.gamma(6.25) / spends.max(1e-12);
            (day, (spent * 100.0).clamp(1.0, 1e9) as u64)
        })
        .collect()
}
