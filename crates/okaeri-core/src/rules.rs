//! Ordered rules over measures: the first that holds names the group, a last one takes the rest.
//!
//! Groups of customers are cut this way in every analysis with fixed thresholds: CPM levels, named
//! groups of RFM scores, member ranks; the axes of a grid are the special case of one measure
//! ([`step`]). What the measures are is the analysis's own; a rule is one range of each. "This or
//! that" is two rules of one group. Groups are therefore total and exclusive whatever the rules.

/// One rule over `N` measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<const N: usize> {
    /// The group that it names.
    pub group: u8,
    /// Least and greatest value of each measure, both included.
    pub ranges: [(i64, i64); N],
}

impl<const N: usize> Rule<N> {
    /// A rule that always holds.
    pub const fn any(group: u8) -> Self {
        Rule {
            group,
            ranges: [(i64::MIN, i64::MAX); N],
        }
    }

    /// The same, where the measure in this place must be at least so much.
    pub fn at_least(mut self, measure: usize, least: i64) -> Self {
        if let Some(range) = self.ranges.get_mut(measure) {
            range.0 = least;
        }
        self
    }

    /// Whether every measure lies in its range.
    #[inline]
    pub fn holds(&self, values: &[i64; N]) -> bool {
        let mut pairs = self.ranges.iter().zip(values);
        pairs.all(|((least, greatest), value)| (least..=greatest).contains(&value))
    }
}

/// The group of the first rule that holds, else `otherwise`.
#[inline]
pub fn group<const N: usize>(rules: &[Rule<N>], otherwise: u8, values: &[i64; N]) -> u8 {
    let first = rules.iter().find(|rule| rule.holds(values));
    first.map_or(otherwise, |rule| rule.group)
}

/// How many of these ascending bounds a value reaches: its row or column in a grid, from 0.
#[inline]
pub fn step(bounds: &[i64], value: i64) -> u8 {
    bounds.iter().map(|bound| u8::from(value >= *bound)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_holds_wins() {
        let rules = [
            Rule::any(2).at_least(0, 5).at_least(1, 100),
            Rule::any(1).at_least(0, 5),
            Rule::any(1).at_least(1, 1000),
        ];
        let of = |count, amount| group(&rules, 0, &[count, amount]);
        assert_eq!(of(5, 100), 2);
        assert_eq!(of(5, 99), 1);
        assert_eq!(of(4, 1000), 1);
        assert_eq!(of(4, 999), 0);
        assert_eq!(group(&[], 7, &[1]), 7);
    }

    #[test]
    fn a_rule_ends_where_it_says() {
        let rule = Rule {
            group: 0,
            ranges: [(2, 3)],
        };
        let held = [1, 2, 3, 4].map(|value| rule.holds(&[value]));
        assert_eq!(held, [false, true, true, false]);
    }

    #[test]
    fn a_value_steps_up_on_its_bound() {
        assert_eq!(
            [0, 1, 2, 3, 4, 9].map(|n| step(&[2, 4], n)),
            [0, 0, 1, 1, 2, 2]
        );
        assert_eq!(step(&[], 5), 0);
    }
}
