//! sBG and BdW on the published survivors of two segments (Fader & Hardie 2007; Fader, Hardie,
//! Liu, Davin & Steenburgh 2018).

use super::{all_near, close, near};
use crate::forecast::bdw::Bdw;
use crate::forecast::lifetimes::{Lifetimes, Renewals};
use crate::forecast::optimum::{Limit, Outcome};
use crate::forecast::sbg::Sbg;

/// Survivors of 1,000 customers after 0 to 12 renewals.
const REGULAR: [f64; 13] = [
    1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0, 223.0, 207.0, 194.0, 183.0, 173.0,
];
const HIGH_END: [f64; 13] = [
    1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0, 468.0, 445.0, 427.0, 409.0, 394.0,
];

fn lifetimes(survivors: &[f64], renewals: usize) -> Lifetimes {
    Lifetimes::of_cohort(&survivors[..=renewals]).unwrap()
}

/// Segment, renewals, parameters, their standard errors, ln of the likelihood, S(12).
type Case<const N: usize> = (&'static [f64], usize, [f64; N], [f64; N], f64, f64);

const SBG: [Case<2>; 8] = [
    (
        &REGULAR,
        4,
        [0.7636650626, 1.2958302722],
        [0.0967952476, 0.2106257443],
        -1401.5594235774454,
        0.15953950068794234,
    ),
    (
        &REGULAR,
        5,
        [0.7370070272, 1.2453432138],
        [0.0811297115, 0.1817904696],
        -1517.0729697231213,
        0.16413680944168996,
    ),
    (
        &REGULAR,
        7,
        [0.7040772985, 1.1820430262],
        [0.0655989642, 0.1524756317],
        -1680.265188463287,
        0.1700374528115131,
    ),
    (
        &REGULAR,
        12,
        [0.6973624517, 1.1689046209],
        [0.0546657879, 0.1338839106],
        -1931.4916941280806,
        0.1712605657699871,
    ),
    (
        &HIGH_END,
        4,
        [1.2809763804, 7.7903840953],
        [0.5534679684, 3.8087223418],
        -1225.1349070416127,
        0.3070066589844408,
    ),
    (
        &HIGH_END,
        5,
        [0.8753819667, 5.1616703705],
        [0.2179184788, 1.5636159862],
        -1378.4831539957881,
        0.34685445732024384,
    ),
    (
        &HIGH_END,
        7,
        [0.6680883511, 3.8060949641],
        [0.1037349311, 0.7855316918],
        -1611.1581473911563,
        0.3779990715974051,
    ),
    (
        &HIGH_END,
        12,
        [0.5961112005, 3.3269687412],
        [0.062943677, 0.5150290572],
        -2010.8584195650863,
        0.3912271463376194,
    ),
];

const BDW: [Case<3>; 8] = [
    (
        &REGULAR,
        4,
        [0.5230293129, 0.8942826589, 1.1963987114],
        [0.3090380647, 0.524819761, 0.3740861476],
        -1401.3830516786184,
        0.1714476362712583,
    ),
    (
        &REGULAR,
        5,
        [0.4891782721, 0.8365342247, 1.2363054563],
        [0.2277564923, 0.3861179595, 0.3321971949],
        -1516.7297579909364,
        0.17441994764464436,
    ),
    (
        &REGULAR,
        7,
        [0.4556139894, 0.7793255084, 1.2834512858],
        [0.1670414275, 0.2827099174, 0.2980950712],
        -1679.6028329071785,
        0.17733139829489944,
    ),
    (
        &REGULAR,
        12,
        [0.5083087046, 0.8688463367, 1.2093778759],
        [0.1522397822, 0.2561743942, 0.2300556955],
        -1930.9297285692505,
        0.17345549828776918,
    ),
    (
        &HIGH_END,
        4,
        [0.2593357315, 1.7225514881, 1.584361515],
        [0.120169291, 0.7769416441, 0.353023297],
        -1222.7493182408218,
        0.3889107308174431,
    ),
    (
        &HIGH_END,
        5,
        [0.2274165934, 1.5126654415, 1.6751499271],
        [0.0801470864, 0.5158521058, 0.3316365025],
        -1374.5467709631828,
        0.39964845781302466,
    ),
    (
        &HIGH_END,
        7,
        [0.2142533393, 1.4265748749, 1.7235648487],
        [0.0595797064, 0.3814086147, 0.3010432817],
        -1605.314213214193,
        0.40392959070003503,
    ),
    (
        &HIGH_END,
        12,
        [0.249640734, 1.6541809584, 1.5967964678],
        [0.0572112452, 0.3576590752, 0.2336547683],
        -2004.8168885022314,
        0.3947057742241099,
    ),
];

#[test]
fn the_simple_model() {
    for (survivors, renewals, parameters, errors, log_likelihood, at_12) in SBG {
        let fit = Sbg::fit(&lifetimes(survivors, renewals)).unwrap();
        assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
        all_near(&[fit.model.a, fit.model.b], &parameters, 1e-8);
        all_near(&fit.standard_errors.unwrap(), &errors, 1e-5);
        close(fit.log_likelihood, log_likelihood, 1e-8);
        near(fit.model.survival(12), at_12, 1e-8);
    }
}

#[test]
fn the_model_with_time() {
    for (survivors, renewals, parameters, errors, log_likelihood, at_12) in BDW {
        let fit = Bdw::fit(&lifetimes(survivors, renewals)).unwrap();
        assert_eq!((fit.outcome, fit.limit), (Outcome::Converged, None));
        all_near(&[fit.model.a, fit.model.b, fit.model.c], &parameters, 1e-8);
        all_near(&fit.standard_errors.unwrap(), &errors, 1e-5);
        close(fit.log_likelihood, log_likelihood, 1e-8);
        near(fit.model.survival(12), at_12, 1e-8);
    }
}

#[test]
fn retention_and_survival_agree() {
    let sbg = Sbg { a: 0.668, b: 3.806 };
    let bdw = Bdw {
        a: 0.25,
        b: 1.7,
        c: 1.6,
    };
    let same = Bdw {
        a: 0.668,
        b: 3.806,
        c: 1.0,
    };
    let (mut of_sbg, mut of_bdw) = (1.0, 1.0);
    for t in 1..30 {
        of_sbg *= sbg.retention(t);
        of_bdw *= bdw.retention(t);
        near(sbg.survival(t), of_sbg, 1e-12);
        near(same.survival(t), of_sbg, 1e-12);
        near(bdw.survival(t), of_bdw, 1e-12);
    }
}

/// High End at 10 % a period. A port of the paper quotes 7.530 before the eighth decision.
#[test]
fn residual_value() {
    let model = Sbg::fit(&lifetimes(&HIGH_END, 7)).unwrap().model;
    for (renewals, after, before) in [
        (0, 5.922253, 5.414479),
        (4, 7.269733, 6.896707),
        (7, 7.845116, 7.529628),
    ] {
        let just_after = model.residual_after_payment(renewals, 0.1).unwrap();
        let just_before = model.residual_before_decision(renewals, 0.1).unwrap();
        close(just_before, before, 5.1e-7);
        // The published figure counts the payment just made.
        close(1.0 + just_after, after, 5.1e-7);
    }
    assert_eq!(model.residual_after_payment(0, 0.0), None);
}

#[test]
fn data_without_a_maximum_name_the_limit() {
    let none_left = Lifetimes::of_cohort(&[10.0, 10.0, 10.0]).unwrap();
    let fit = Sbg::fit(&none_left).unwrap();
    assert_eq!(fit.limit, Some(Limit::NoDropout));
    assert!(fit.model.survival(10) > 0.999);
    assert_eq!(Bdw::fit(&none_left).unwrap().limit, Some(Limit::NoDropout));
    // Everybody leaves at the same rate of a half.
    let even = Lifetimes::of_cohort(&[1024.0, 512.0, 256.0, 128.0, 64.0, 32.0]).unwrap();
    let fit = Sbg::fit(&even).unwrap();
    assert_eq!(fit.limit, Some(Limit::SameDropout));
    close(fit.model.survival(3), 0.125, 1e-3);
    let fit = Bdw::fit(&even).unwrap();
    assert!(
        fit.limit.is_some() && fit.standard_errors.is_none(),
        "{fit:?}"
    );
    close(fit.model.survival(3), 0.125, 1e-3);
    // Contracts of two years, in months: leaving becomes likelier with time, alike for all.
    let mut left = vec![0.0; 24];
    left[23] = 30.0;
    left[20] = 5.0;
    left[12] = 1.0;
    let mut kept = vec![0.0; 25];
    kept[24] = 900.0;
    let fit = Bdw::fit(&Lifetimes { left, kept }).unwrap();
    assert_eq!(fit.limit, Some(Limit::SameDropout), "{fit:?}");
    assert!(fit.model.c > 2.0, "{fit:?}");
    close(fit.model.survival(24), 900.0 / 936.0, 0.01);
    // Everybody leaves at once.
    let fit = Sbg::fit(&Lifetimes::of_cohort(&[5.0, 0.0]).unwrap()).unwrap();
    assert!(
        fit.model.survival(1) < 1e-3 && fit.limit.is_some(),
        "{fit:?}"
    );
    let fit = Bdw::fit(&Lifetimes::of_cohort(&[5.0, 0.0]).unwrap()).unwrap();
    assert!(fit.log_likelihood.is_finite() && fit.model.survival(2).is_finite());
    assert!(Sbg::fit(&Lifetimes::default()).is_none());
    assert!(Sbg::fit(&Lifetimes::of_cohort(&[7.0]).unwrap()).is_none());
    assert!(Lifetimes::of_cohort(&[7.0, 8.0]).is_none());
    assert!(Lifetimes::of_cohort(&[7.0, f64::NAN]).is_none());
}

/// Here a and b are known only together, and Newton's whole steps leave the valley.
#[test]
fn a_bent_valley() {
    let data = Lifetimes {
        left: vec![6545.0, 4182.0, 2240.0, 150.0],
        kept: vec![1584.0, 1155.0, 770.0, 6075.0],
    };
    let fit = Bdw::fit(&data).unwrap();
    assert_eq!(
        (fit.outcome, fit.limit),
        (Outcome::Converged, None),
        "{fit:?}"
    );
    assert!(fit.log_likelihood >= Sbg::fit(&data).unwrap().log_likelihood);
}
