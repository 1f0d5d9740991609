//! Union-find: which numbers belong together.
//!
//! The root of a set is its smallest member, so the outcome does not depend on the order of the
//! unions.

/// Sets of the numbers from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    parent: Vec<u32>,
}

impl Forest {
    /// Every number below `count` alone.
    pub(crate) fn new(count: u32) -> Self {
        Forest {
            parent: (0..count).collect(),
        }
    }

    /// How many numbers there are.
    pub(crate) fn len(&self) -> u32 {
        self.parent.len() as u32
    }

    /// The smallest member of the set of `node`.
    #[inline]
    pub(crate) fn root(&mut self, mut node: u32) -> u32 {
        while let Some(&parent) = self.parent.get(node as usize) {
            if parent == node {
                break;
            }
            // Path halving: every second step shortens the way for the next caller.
            let above = self.parent.get(parent as usize).copied().unwrap_or(parent);
            if let Some(place) = self.parent.get_mut(node as usize) {
                *place = above;
            }
            node = above;
        }
        node
    }

    /// Joins two sets by their roots.
    #[inline]
    pub(crate) fn join_roots(&mut self, a: u32, b: u32) {
        if let Some(place) = self.parent.get_mut(a.max(b) as usize) {
            *place = a.min(b);
        }
    }

    /// Joins the sets of two numbers.
    #[inline]
    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.join_roots(a, b);
        }
    }

    /// Joins all numbers with the same id; ids are below `count`, others join nothing.
    pub(crate) fn join_by(&mut self, ids: &[u32], count: u32) {
        let mut first = vec![u32::MAX; count as usize];
        for (node, id) in (0u32..).zip(ids) {
            match first.get_mut(*id as usize) {
                Some(place) if *place == u32::MAX => *place = node,
                Some(place) => self.join(*place, node),
                None => {}
            }
        }
    }
}
