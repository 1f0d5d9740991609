//! Texts come back as they were, errors stand where they are, and the columns say of each customer
//! what the sentence says.

mod complete;
mod dice;
mod errors;
mod holds;
mod shop;
mod syntax;
mod trees;
mod words;
