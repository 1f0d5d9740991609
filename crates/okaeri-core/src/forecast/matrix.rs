//! Small matrices of a fixed size.

/// The matrix that changes nothing.
pub fn identity<const N: usize>() -> [[f64; N]; N] {
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 }))
}

/// The inner product.
pub fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A matrix applied to a vector.
pub fn times<const N: usize>(matrix: &[[f64; N]; N], vector: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|i| dot(&matrix[i], vector))
}

/// The update of the inverse Hessian by Broyden, Fletcher, Goldfarb and Shanno.
pub fn update<const N: usize>(
    inverse: &mut [[f64; N]; N],
    moved: &[f64; N],
    change: &[f64; N],
    curve: f64,
) {
    let turned = times(inverse, change);
    let scale = 1.0 + dot(change, &turned) / curve;
    for (i, row) in inverse.iter_mut().enumerate() {
        for (j, value) in row.iter_mut().enumerate() {
            *value +=
                (scale * moved[i] * moved[j] - turned[i] * moved[j] - moved[i] * turned[j]) / curve;
        }
    }
}

/// The inverse of a symmetric matrix by Gauss and Jordan; `None` unless it is clearly positive
/// definite: a pivot that has lost all but 10⁻⁸ of what it was, or is below 10⁻⁹, is flat.
pub fn inverse<const N: usize>(matrix: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let (mut left, mut right) = (*matrix, identity::<N>());
    for i in 0..N {
        let pivot = left[i][i];
        if !(pivot > 1e-9 && pivot > 1e-8 * matrix[i][i]) {
            return None;
        }
        left[i] = left[i].map(|value| value / pivot);
        right[i] = right[i].map(|value| value / pivot);
        for other in (0..N).filter(|other| *other != i) {
            let factor = left[other][i];
            for j in 0..N {
                left[other][j] -= factor * left[i][j];
                right[other][j] -= factor * right[i][j];
            }
        }
    }
    Some(right)
}
