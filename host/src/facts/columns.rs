//! Orders as columns.
