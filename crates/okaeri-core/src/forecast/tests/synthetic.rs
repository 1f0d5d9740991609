//! The million customers that `synth.py` makes, which lies beside the repository; it needs Python
//! with NumPy.

use std::path::Path;
use std::process::Command;

use super::data::left_out;
use super::{all_near, close};
use crate::forecast::bg_nbd::{BgNbd, Leaving};
use crate::forecast::histories::{Histories, History};

/// Writes each distinct history in days, and how many customers have it.
const SCRIPT: &str = "
import sys
sys.path.insert(0, sys.argv[1])
import numpy as np
from synth import make
x, recency, age, _ = make(1_000_000)
days = np.column_stack([x, np.rint(recency * 7), np.rint(age * 7)]).astype(np.int64)
rows, counts = np.unique(days, axis=0, return_counts=True)
np.savetxt(sys.stdout, np.column_stack([rows, counts]), fmt='%d')
";

#[test]
fn a_million_customers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let output = Command::new("python3")
        .args(["-B", "-c", SCRIPT])
        .arg(folder)
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        return left_out();
    };
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows = rows.lines().map(|line| {
        let fields: Vec<f64> = line
            .split(' ')
            .map(|field| field.parse().unwrap())
            .collect();
        History {
            x: fields[0] as u32,
            recency: fields[1] / 7.0,
            age: fields[2] / 7.0,
            customers: fields[3],
        }
    });
    let histories = Histories::new(rows.collect()).unwrap();
    assert_eq!((histories.customers(), histories.len()), (1e6, 107_602));
    let fit = BgNbd::fit(&histories, Leaving::AfterRepeats);
    let BgNbd { r, alpha, a, b, .. } = fit.model;
    all_near(
        &[r, alpha, a, b],
        &[0.244_898_67, 4.493_204_45, 0.777_908_47, 2.421_471_65],
        1e-6,
    );
    close(fit.log_likelihood, -4_128_864.598_7, 1e-4);
}
