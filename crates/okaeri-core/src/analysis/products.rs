//! Products: orders of new and repeat customers, quantity, revenue (商品別 新規・リピート).

use super::pairs::PairCounts;
use super::pass::Options;
use super::sums::{Sums, add};
use crate::book::Book;
use crate::order::sort_numbers;

/// Column names of the table.
pub const COLUMNS: [&str; 9] = [
    "product_id",
    "orders",
    "new_orders",
    "repeat_orders",
    "guest_orders",
    "qty",
    "revenue",
    "customers",
    "repeaters",
];

/// Pieces and revenue come from the book.
#[derive(Clone, Copy, Debug, Default)]
struct Product {
    new: i64,
    repeat: i64,
    guest: i64,
    customers: i64,
    repeaters: i64,
    /// Serial of the last customer seen with it, and whether in one order only so far.
    last_customer: u32,
    is_once: bool,
}

/// Sums by product id, and the pairs of products, which need the same baskets.
#[derive(Clone, Debug)]
pub struct Products {
    products: Vec<Product>,
    customer: u32,
    basket: Vec<u32>,
    owned: Vec<u32>,
    basket_max: usize,
    counts_pairs: bool,
    /// Pairs within an order.
    pub pairs_order: PairCounts,
    /// Pairs within a customer.
    pub pairs_customer: PairCounts,
    /// Baskets of orders too large for pairs.
    pub large_orders: u64,
    /// Baskets of customers too large for pairs.
    pub large_customers: u64,
}

impl Products {
    /// For `products` products.
    pub fn new(products: usize, options: &Options) -> Self {
        let paired = if options.pairs { products } else { 0 };
        Products {
            products: vec![Product::default(); products],
            customer: 0,
            basket: Vec::new(),
            owned: Vec::new(),
            basket_max: options.basket_products_max as usize,
            counts_pairs: options.pairs,
            pairs_order: PairCounts::new(paired),
            pairs_customer: PairCounts::new(paired),
            large_orders: 0,
            large_customers: 0,
        }
    }

    /// Adds an order of these products; the same one may come twice. `seq` counts a customer's
    /// orders from 1, 0 for a guest's.
    #[inline]
    pub fn add(&mut self, of_order: &[u32], seq: u32) {
        self.basket.clear();
        of_order.iter().for_each(|id| self.basket.push(*id));
        if self.basket.len() > 1 {
            sort(&mut self.basket);
            self.basket.dedup();
        }
        for id in &self.basket {
            let Some(product) = self.products.get_mut(*id as usize) else {
                continue;
            };
            match seq {
                0 => {
                    add(&mut product.guest, 1);
                    continue;
                }
                1 => add(&mut product.new, 1),
                _ => add(&mut product.repeat, 1),
            }
            if product.last_customer == self.customer {
                add(&mut product.repeaters, i64::from(product.is_once));
                product.is_once = false;
            } else {
                product.last_customer = self.customer;
                product.is_once = true;
                add(&mut product.customers, 1);
                self.owned.push(*id);
            }
        }
        if self.basket.len() > self.basket_max {
            self.large_orders += 1;
        } else if self.counts_pairs && self.basket.len() > 1 {
            self.pairs_order.add(&self.basket);
        }
    }

    /// Begins a customer.
    #[inline]
    pub fn begin_customer(&mut self) {
        self.customer = self.customer.wrapping_add(1);
        self.owned.clear();
    }

    /// Ends a customer, whose orders were all added.
    #[inline]
    pub fn end_customer(&mut self) {
        if self.owned.len() > self.basket_max {
            self.large_customers += 1;
        } else if self.counts_pairs && self.owned.len() > 1 {
            sort(&mut self.owned);
            self.pairs_customer.add(&self.owned);
        }
    }

    /// The table's sums by rank; products never sold are absent.
    pub fn sums(&self, book: &Book) -> Sums {
        let mut sums = Sums::new(1, COLUMNS.len());
        for (rank, id) in (0i64..).zip(&book.product_of_rank) {
            let product = self.products.get(*id as usize).copied().unwrap_or_default();
            let sold = book.sold.get(*id as usize).copied().unwrap_or_default();
            let orders = product.new + product.repeat + product.guest;
            if orders > 0 {
                sums.push([
                    rank,
                    orders,
                    product.new,
                    product.repeat,
                    product.guest,
                    sold.quantity,
                    sold.amount,
                    product.customers,
                    product.repeaters,
                ]);
            }
        }
        sums
    }
}

/// Sorts a basket: mostly a few products.
#[inline]
fn sort(basket: &mut Vec<u32>) {
    const FEW: usize = 32;
    if basket.len() > FEW {
        return sort_numbers(basket, u64::from);
    }
    for end in 1..basket.len() {
        for at in (1..=end).rev() {
            match basket.get_mut(at - 1..=at) {
                Some([a, b]) if *a > *b => std::mem::swap(a, b),
                _ => break,
            }
        }
    }
}
