//! Public data that may not lie in the repository: the whole cohort of CDNOW, the orders of an
//! online retailer, contracts of a telephone company. The figures are of a search of our own in
//! Python, to a slope below 1e-10, which agrees with lifetimes, pymc-marketing, BTYD and CLVTools to
//! 4 to 6 digits; the table of lifetime value is that of Fader, Hardie & Lee 2005, Journal of
//! Marketing Research 42(4).

use std::collections::{BTreeMap, BTreeSet};

use super::data::{day, left_out, public};
use super::{all_near, close, near};
use crate::forecast::bdw::Bdw;
use crate::forecast::bg_nbd::{BgNbd, Leaving};
use crate::forecast::gamma_gamma::{GammaGamma, Spend, Spends};
use crate::forecast::histories::{Histories, History};
use crate::forecast::lifetimes::Lifetimes;
use crate::forecast::model::{Kind, Model};
use crate::forecast::optimum::{Fit, Limit, Outcome};
use crate::forecast::purchases::{Known, PurchaseDay, Purchases};
use crate::forecast::sbg::Sbg;

/// Purchases by customer, those of a day together.
type Log = BTreeMap<String, BTreeMap<i32, f64>>;

fn purchases(log: &Log) -> Purchases {
    let mut purchases = Purchases::default();
    for days in log.values() {
        purchases.push(days.iter().map(|(day, amount)| PurchaseDay {
            day: *day,
            amount: *amount,
        }));
    }
    purchases
}

/// What is known on a day of those who had bought by then.
fn known(purchases: &Purchases, until: i32) -> Vec<Known> {
    let known = purchases.customers().map(|days| Known::of(days, until));
    known.flatten().collect()
}

/// In weeks.
fn history(known: &Known, until: i32) -> History {
    History {
        x: known.x,
        recency: f64::from(known.last_day - known.first_day) / 7.0,
        age: f64::from(until - known.first_day) / 7.0,
        customers: 1.0,
    }
}

fn histories(known: &[Known], until: i32) -> Histories {
    Histories::new(known.iter().map(|one| history(one, until)).collect()).unwrap()
}

fn spends(known: &[Known]) -> Spends {
    let repeaters = known.iter().filter(|one| one.x > 0 && one.mean > 0.0);
    Spends::new(
        repeaters
            .map(|one| Spend {
                x: one.x,
                mean: one.mean,
                customers: 1.0,
            })
            .collect(),
    )
}

#[track_caller]
fn holds<M, const N: usize>(
    fit: &Fit<M, N>,
    found: &[f64],
    parameters: [f64; N],
    errors: [f64; N],
    log_likelihood: f64,
) {
    assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
    all_near(found, &parameters, 1e-6);
    all_near(&fit.standard_errors.unwrap(), &errors, 1e-4);
    close(fit.log_likelihood, log_likelihood, 1e-6);
}

/// A log of CDNOW: customer, day and amount are these fields of a line.
fn cdnow(name: &str, [customer, on, amount]: [usize; 3]) -> Option<Log> {
    let mut log = Log::new();
    for line in public(name)? {
        let fields: Vec<&str> = line.split(',').collect();
        let days = log.entry(fields[customer].to_owned()).or_default();
        *days.entry(day(fields[on])).or_default() += fields[amount].parse::<f64>().unwrap();
    }
    Some(log)
}

fn cohort() -> Option<Log> {
    cdnow("cdnow_master.csv.gz", [0, 1, 3])
}

struct Whole {
    until: &'static str,
    models: [([f64; 4], [f64; 4], f64); 3],
    spend: ([f64; 3], [f64; 3], f64, f64),
}

const COHORT: [Whole; 2] = [
    Whole {
        until: "1997-09-30",
        models: [
            (
                [0.2516239589, 4.7889429619, 0.7234335768, 2.1610883589],
                [0.0042019739, 0.131254906, 0.0539292439, 0.1985892958],
                -95_368.443_933_160_76,
            ),
            (
                [0.6371397334, 7.310289542, 0.8074741179, 1.2283939957],
                [0.0362074649, 0.2932638768, 0.0376117646, 0.1119455092],
                -95_336.958_319_879_53,
            ),
            (
                [0.5974199663, 11.5856577816, 0.5221856108, 8.8277591504],
                [0.0173726412, 0.2967646939, 0.0463411333, 1.4742265644],
                -95_415.118_617_469_82,
            ),
        ],
        spend: (
            [6.2753590679, 3.6244500228, 14.9836870309],
            [0.3996975622, 0.0905534065, 1.3440362525],
            -40_763.476_261_390_78,
            9450.0,
        ),
    },
    Whole {
        until: "1998-06-30",
        models: [
            (
                [0.2671277653, 5.9864917832, 0.4835169836, 2.1116083905],
                [0.003660051, 0.1371610639, 0.0267928073, 0.154370085],
                -173_425.916_293_217_45,
            ),
            (
                [0.689418646, 9.8893826355, 0.4916000333, 0.858514877],
                [0.0291594391, 0.3309226486, 0.014937245, 0.0496511903],
                -173_294.442_101_254_5,
            ),
            (
                [0.6109883142, 13.6141937492, 0.3125774473, 6.1485559256],
                [0.0155256629, 0.3065081928, 0.0142118205, 0.726211637],
                -173_327.996_203_664_1,
            ),
        ],
        spend: (
            [5.0860439386, 3.9951207252, 21.252238018],
            [0.2567464877, 0.0870248933, 1.5268501474],
            -49_496.524_203_054_13,
            11_515.0,
        ),
    },
];

#[test]
fn the_whole_cohort() {
    let Some(log) = cohort() else {
        return left_out();
    };
    let purchases = purchases(&log);
    for whole in COHORT {
        let until = day(whole.until);
        let known = known(&purchases, until);
        let data = histories(&known, until);
        assert_eq!(data.customers(), 23_570.0);
        for (kind, (parameters, errors, log_likelihood)) in Kind::ALL.into_iter().zip(whole.models)
        {
            let fit = Model::fit(kind, &data);
            let found = fit.model.parameters();
            holds(&fit, &found, parameters, errors, log_likelihood);
        }
        let (parameters, errors, log_likelihood, repeaters) = whole.spend;
        let data = spends(&known);
        assert_eq!(data.customers(), repeaters);
        let fit = GammaGamma::fit(&data).unwrap();
        let GammaGamma { p, q, gamma } = fit.model;
        holds(&fit, &[p, q, gamma], parameters, errors, log_likelihood);
    }
}

/// Weeks 40 to 78 by repeats before, 7 and more together, as expected after 39 weeks; all of them,
/// and the total from the first week on.
const EXPECTED: [([f64; 8], f64, f64); 3] = [
    (
        [
            0.2309, 0.5198, 1.0372, 1.5791, 2.2669, 2.8916, 3.5327, 6.4685,
        ],
        16_873.734,
        41_301.14,
    ),
    (
        [
            0.1798, 0.5487, 1.0435, 1.5537, 2.2039, 2.7909, 3.3853, 6.1223,
        ],
        15_933.6,
        39_985.22,
    ),
    (
        [
            0.1458, 0.6200, 1.2098, 1.7926, 2.5109, 3.1479, 3.8019, 6.6852,
        ],
        17_153.189,
        42_115.91,
    ),
];

#[test]
fn the_holdout_of_the_whole_cohort() {
    let Some(log) = cohort() else {
        return left_out();
    };
    let purchases = purchases(&log);
    let [until, end] = ["1997-09-30", "1998-06-30"].map(day);
    let before = known(&purchases, until);
    let later = known(&purchases, end);
    let came: u32 = later.iter().zip(&before).map(|(l, b)| l.x - b.x).sum();
    assert_eq!(came, 19_684);
    let data = histories(&before, until);
    for (kind, (means, sum, total)) in Kind::ALL.into_iter().zip(EXPECTED) {
        let model = Model::fit(kind, &data).model;
        let mut classes = [(0.0, 0.0); 8];
        let mut from_start = 0.0;
        for one in &before {
            let who = history(one, until);
            let class = &mut classes[(one.x as usize).min(7)];
            *class = (class.0 + 1.0, class.1 + model.purchases(&who, 39.0));
            from_start += model.purchases_of_new(who.age + 39.0);
        }
        for ((customers, sum), mean) in classes.into_iter().zip(means) {
            close(sum / customers, mean, 5.1e-5);
        }
        close(classes.iter().map(|class| class.1).sum(), sum, 1.1e-3);
        close(from_start, total, 1.1e-2);
    }
}

/// Published: just over 1.1 million dollars, about 47 a head; of the 12,054 without a repeat 53,000,
/// 4.40 a head. Both models are of the sample's 78 weeks, and earn 30 %.
#[test]
fn the_table_of_lifetime_value() {
    let (Some(sample), Some(mut log)) = (cdnow("cdnow_sample.csv.gz", [1, 2, 4]), cohort()) else {
        return left_out();
    };
    let end = day("1998-06-30");
    let known_of = |log: &Log| known(&purchases(log), end);
    let few = known_of(&sample);
    let model = Model::fit(Kind::ParetoNbd, &histories(&few, end));
    let errors = [0.043887552, 0.8937395078, 0.0740111346, 4.2299772106];
    let parameters = [0.5630036643, 12.5591691396, 0.4081072771, 10.5145447143];
    let found = model.model.parameters();
    holds(&model, &found, parameters, errors, -17_135.835_886_123_925);
    let spend = GammaGamma::fit(&spends(&few)).unwrap();
    let GammaGamma { p, q, gamma } = spend.model;
    holds(
        &spend,
        &[p, q, gamma],
        [4.68345331, 4.1897832822, 24.3905537644],
        [0.6854291368, 0.2952776196, 5.2358188687],
        -4_884.566_320_733_576,
    );
    // Resellers: the ten who bought for most.
    let total = |days: &BTreeMap<i32, f64>| -> f64 { days.values().sum() };
    let mut totals: Vec<f64> = log.values().map(total).collect();
    totals.sort_by(|a, b| b.total_cmp(a));
    log.retain(|_, days| total(days) < totals[9]);
    let all = known_of(&log);
    assert_eq!(all.len(), 23_560);
    let weekly = libm::log(1.15) / 52.0;
    let (mut sum, mut purchases, mut once, mut of_once) = (0.0, 0.0, 0, 0.0);
    for one in &all {
        let who = history(one, end);
        let residual = model.model.discounted_purchases(&who, weekly).unwrap();
        // One whose repeats were all free tells nothing of amounts, as in the fit.
        let bought = if one.mean > 0.0 { one.x } else { 0 };
        let value = 0.3 * residual * spend.model.amount(bought, one.mean).unwrap();
        purchases += residual;
        sum += value;
        if one.x == 0 {
            once += 1;
            of_once += value;
        }
    }
    close(sum, 1_100_627.0, 1.0);
    close(sum / 23_560.0, 46.716, 5.1e-4);
    assert_eq!(once, 12_054);
    close(of_once, 53_086.5, 1.0);
    close(of_once / 12_054.0, 4.4041, 5.1e-5);
    close(purchases, 96_479.607, 1e-2);
}

/// A line of a CSV file; quotes may hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}

/// Sales to customers by customer and day, of the lines before a day.
fn retail(name: &str, before: i32, log: &mut Log) -> Option<()> {
    for line in public(name)? {
        let line = fields(&line);
        let number = |place: usize| line[place].parse::<f64>().unwrap_or(0.0);
        let (quantity, price, on) = (number(3), number(5), day(&line[4][..10]));
        if !line[6].is_empty() && quantity > 0.0 && price > 0.0 && on < before {
            let days = log.entry(line[6].clone()).or_default();
            *days.entry(on).or_default() += quantity * price;
        }
    }
    Some(())
}

/// A year in which nobody can be seen to leave.
#[test]
fn a_retailer_without_dropout() {
    let mut log = Log::new();
    if retail("online_retail_2010_2011.csv.gz", i32::MAX, &mut log).is_none() {
        return left_out();
    }
    let end = day("2011-12-09");
    let known = known(&purchases(&log), end);
    let data = histories(&known, end);
    assert_eq!((data.customers(), data.len()), (4338.0, 3046));
    let bg = BgNbd::fit(&data, Leaving::AfterRepeats);
    close(bg.log_likelihood, -37_645.537_648_151_454, 1e-6);
    let BgNbd { r, alpha, a, b, .. } = bg.model;
    let found = [0.8265419235, 9.8435889959, 0.0034373688, 6.7451157774];
    all_near(&[r, alpha, a, b], &found, 1e-6);
    for kind in [Kind::MbgNbd, Kind::ParetoNbd] {
        let fit = Model::fit(kind, &data);
        assert_eq!(fit.limit, Some(Limit::NoDropout), "{fit:?}");
        // The NBD model.
        let [r, alpha, ..] = fit.model.parameters();
        all_near(&[r, alpha], &[0.82756, 9.8704], 2e-5);
        close(fit.log_likelihood, -37_645.657_330, 1e-3);
        finite(&fit.model, &known, end);
    }
    finite(&Model::BgNbd(bg.model), &known, end);
    let fit = GammaGamma::fit(&spends(&known)).unwrap();
    let GammaGamma { p, q, gamma } = fit.model;
    holds(
        &fit,
        &[p, q, gamma],
        [2.1033822432, 3.4511788356, 485.8885003908],
        [0.1119588359, 0.1391049462, 42.6164799389],
        -19_083.330_649_777_09,
    );
}

fn finite(model: &Model, known: &[Known], until: i32) {
    for one in known {
        let who = history(one, until);
        let all = model.discounted_purchases(&who, 0.003).unwrap();
        let numbers = [model.alive(&who), model.purchases(&who, 520.0), all];
        assert!(
            numbers.iter().all(|n| n.is_finite() && *n >= 0.0),
            "{who:?}"
        );
    }
}

/// Two years, of which the last half is held out.
#[test]
fn a_retailer_held_out() {
    let mut log = Log::new();
    let first = retail(
        "online_retail_2009_2010.csv.gz",
        day("2010-12-01"),
        &mut log,
    );
    let second = retail("online_retail_2010_2011.csv.gz", i32::MAX, &mut log);
    if first.and(second).is_none() {
        return left_out();
    }
    assert_eq!(log.len(), 5878);
    let purchases = purchases(&log);
    let [until, end] = ["2011-06-09", "2011-12-09"].map(day);
    let before = known(&purchases, until);
    let data = histories(&before, until);
    assert_eq!((data.customers(), data.len()), (4969.0, 3753));
    let later = |days: &[PurchaseDay]| {
        days.iter()
            .filter(|d| d.day > until && d.day <= end)
            .count()
    };
    let came = purchases.customers().filter(|days| days[0].day <= until);
    assert_eq!(came.map(later).sum::<usize>(), 7797);
    let weeks = f64::from(end - until) / 7.0;
    let fits = Kind::ALL.map(|kind| Model::fit(kind, &data));
    let [bg, mbg, pareto] = &fits;
    holds(
        bg,
        &bg.model.parameters(),
        [0.6753776839, 9.3476629575, 0.1551432472, 3.3955045239],
        [0.0186666476, 0.3242783229, 0.0299631961, 0.9593592266],
        -58_602.470_166_690_69,
    );
    holds(
        mbg,
        &mbg.model.parameters(),
        [0.7275153644, 9.8331954328, 0.2107612746, 5.5567454722],
        [0.0231534129, 0.3415778044, 0.0430291383, 1.7786970289],
        -58_617.213_328_358_346,
    );
    // All leave alike, at this rate a week.
    assert_eq!(pareto.limit, Some(Limit::SameDropout));
    let [_, _, s, beta] = pareto.model.parameters();
    near(s / beta, 0.002604, 2e-3);
    close(pareto.log_likelihood, -58_627.484_004, 5e-2);
    for (fit, expected) in fits.iter().zip([7692.729, 7715.625, 7597.239]) {
        let sum = before
            .iter()
            .map(|one| fit.model.purchases(&history(one, until), weeks));
        near(sum.sum(), expected, 1e-4);
        finite(&fit.model, &before, until);
    }
}

/// Months of contract, and whether it was ended, of all or of those with one kind of contract.
fn contracts(kind: Option<&str>) -> Option<Lifetimes> {
    let mut data = Lifetimes {
        left: vec![0.0; 100],
        kept: vec![0.0; 101],
    };
    let lines = public("telco_churn.csv.gz")?;
    for line in lines {
        let line = fields(&line);
        let months: usize = line[5].parse().unwrap();
        if months == 0 || kind.is_some_and(|kind| kind != line[15]) {
            continue;
        }
        match line[20].trim() {
            "Yes" => data.left[months - 1] += 1.0,
            _ => data.kept[months] += 1.0,
        }
    }
    Some(data)
}

#[test]
fn contracts_of_a_telephone_company() {
    let Some(all) = contracts(None) else {
        return left_out();
    };
    assert_eq!((all.customers(), all.departures()), (7032.0, 1869.0));
    let monthly = contracts(Some("Month-to-month")).unwrap();
    for (data, parameters, errors, of_sbg, c, of_bdw) in [
        (
            &all,
            [0.1367330752, 4.0328148237],
            [0.0067087411, 0.3943257074],
            -10_465.424_706_735_22,
            0.5177,
            -10_309.649,
        ),
        (
            &monthly,
            [0.4226184326, 7.3932970035],
            [0.031681679, 0.9200718478],
            -7_679.174_997_324_349_5,
            0.6043,
            -7_537.452,
        ),
    ] {
        let fit = Sbg::fit(data).unwrap();
        holds(
            &fit,
            &[fit.model.a, fit.model.b],
            parameters,
            errors,
            of_sbg,
        );
        // A discrete Weibull, alike for all.
        let fit = Bdw::fit(data).unwrap();
        assert_eq!(fit.limit, Some(Limit::SameDropout));
        near(fit.model.c, c, 2e-3);
        close(fit.log_likelihood, of_bdw, 0.1);
    }
    for kind in ["One year", "Two year"] {
        let data = contracts(Some(kind)).unwrap();
        let fit = Sbg::fit(&data).unwrap();
        assert!(
            fit.limit.is_some() && fit.log_likelihood.is_finite(),
            "{fit:?}"
        );
        let fit = Bdw::fit(&data).unwrap();
        assert!(
            fit.limit.is_some() && fit.log_likelihood.is_finite(),
            "{fit:?}"
        );
    }
}

/// Distinct names of what is read here, so that a renamed file cannot leave tests out unseen.
#[test]
fn either_all_public_data_are_there_or_none() {
    let names = [
        "cdnow_master.csv.gz",
        "cdnow_sample.csv.gz",
        "online_retail_2009_2010.csv.gz",
        "online_retail_2010_2011.csv.gz",
        "telco_churn.csv.gz",
    ];
    let there: BTreeSet<bool> = names.iter().map(|name| public(name).is_some()).collect();
    assert_eq!(there.len(), 1, "some of the public data are missing");
}
