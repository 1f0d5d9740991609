//! Columns of the ledger: orders, their lines, and values that most shops do not have.

/// A column that takes no memory until a value differs from its default.
#[derive(Clone, Debug)]
pub struct Sparse<T> {
    values: Vec<T>,
    default: T,
}

impl<T: Copy + PartialEq> Sparse<T> {
    /// A column of which every row holds `default`.
    pub fn new(default: T) -> Self {
        Sparse {
            values: Vec::new(),
            default,
        }
    }

    /// The value of `row`.
    #[inline]
    pub fn get(&self, row: u32) -> T {
        self.values
            .get(row as usize)
            .copied()
            .unwrap_or(self.default)
    }

    /// Sets the value of `row`.
    #[inline]
    pub fn set(&mut self, row: u32, value: T) {
        if value == self.default && row as usize >= self.values.len() {
            return;
        }
        if row as usize >= self.values.len() {
            self.values.resize(row as usize + 1, self.default);
        }
        if let Some(place) = self.values.get_mut(row as usize) {
            *place = value;
        }
    }

    /// Forgets the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.values.truncate(rows);
    }
}

/// What became of an order, as far as counting goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Counts.
    #[default]
    Counted = 0,
    /// Cancelled.
    Cancelled = 1,
    /// Wholly returned.
    Returned = 2,
    /// Not yet an order.
    Draft = 3,
    /// Taken up into another order.
    Merged = 4,
}

impl Status {
    /// The status with this number.
    pub fn of(number: i64) -> Option<Self> {
        Some(match number {
            0 => Status::Counted,
            1 => Status::Cancelled,
            2 => Status::Returned,
            3 => Status::Draft,
            4 => Status::Merged,
            _ => return None,
        })
    }
}

/// One order as it stands in the ledger.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrderRow {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Dense id of the order.
    pub id: u32,
    /// Dense id of the shop, or NONE.
    pub shop: u32,
    /// Record (contact) of the buyer, or NONE.
    pub record: u32,
    /// First of its lines.
    pub line_start: u32,
    /// How many lines of goods.
    pub line_count: u32,
    /// Number of the load that brought it.
    pub load: u32,
    /// What became of it.
    pub status: Status,
}

/// One line of goods.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineRow {
    /// Line total in minor units.
    pub amount: i64,
    /// Dense id of the product.
    pub product: u32,
    /// Pieces.
    pub quantity: i32,
}

/// Orders in order of arrival. A row is alive when the ledger's `latest` points to it.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The rows.
    pub rows: Vec<OrderRow>,
    /// When the cart last changed it, UTC seconds; `i64::MIN` when unknown.
    pub updated_at: Sparse<i64>,
    /// Discount on the whole order, positive.
    pub discount: Sparse<i64>,
    /// Distinct destinations; 0 when unknown.
    pub shipments: Sparse<u16>,
    /// Any destination is marked as a gift.
    pub is_gift: Sparse<bool>,
    /// For rows of an order that came back within one load: the row that they belong to.
    pub head: Sparse<u32>,
}

impl Default for Orders {
    fn default() -> Self {
        Orders {
            rows: Vec::new(),
            updated_at: Sparse::new(i64::MIN),
            discount: Sparse::new(0),
            shipments: Sparse::new(0),
            is_gift: Sparse::new(false),
            head: Sparse::new(crate::keys::NONE),
        }
    }
}

impl Orders {
    /// Forgets the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
        self.updated_at.truncate(rows);
        self.discount.truncate(rows);
        self.shipments.truncate(rows);
        self.is_gift.truncate(rows);
        self.head.truncate(rows);
    }
}
