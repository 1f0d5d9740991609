//! Flatbuffer tables, as far as Arrow's metadata needs them.
//!
//! Every read is checked against the buffer, so bytes that are no flatbuffer give an error or
//! odd values, never a panic. Nothing is copied. Positions are those of the whole payload.

use super::ArrowError;

/// A table: fields found through its vtable.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'p> {
    bytes: &'p [u8],
    at: usize,
    /// Where `bytes` starts in the payload, for messages.
    base: usize,
    vtable: usize,
    vtable_len: usize,
}

/// A vector: `len` elements from `at` on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector<'p> {
    bytes: &'p [u8],
    at: usize,
    base: usize,
    /// How many elements.
    pub len: usize,
}

fn read<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk::<N>().copied()
}

fn broken(base: usize, at: usize) -> ArrowError {
    let message =
        "the stream's metadata is broken; send the bytes of an Arrow IPC stream as they are";
    ArrowError::at_byte(base.saturating_add(at), message)
}

/// Follows the unsigned offset at `at`.
fn follow(bytes: &[u8], base: usize, at: usize) -> Result<usize, ArrowError> {
    let offset = read(bytes, at)
        .map(u32::from_le_bytes)
        .ok_or_else(|| broken(base, at))?;
    usize::try_from(offset)
        .ok()
        .and_then(|offset| at.checked_add(offset))
        .filter(|target| *target < bytes.len())
        .ok_or_else(|| broken(base, at))
}

impl<'p> Table<'p> {
    /// The root table of a buffer that starts at byte `base` of the payload.
    pub fn root(bytes: &'p [u8], base: usize) -> Result<Self, ArrowError> {
        Table::new(bytes, base, follow(bytes, base, 0)?)
    }

    fn new(bytes: &'p [u8], base: usize, at: usize) -> Result<Self, ArrowError> {
        let find = || {
            let back = read(bytes, at).map(i32::from_le_bytes)?;
            let vtable = i64::try_from(at).ok()?.checked_sub(i64::from(back))?;
            let vtable = usize::try_from(vtable).ok()?;
            let vtable_len = usize::from(read(bytes, vtable).map(u16::from_le_bytes)?);
            bytes.get(vtable..vtable.checked_add(vtable_len)?)?;
            Some(Table {
                bytes,
                at,
                base,
                vtable,
                vtable_len,
            })
        };
        find().ok_or_else(|| broken(base, at))
    }

    /// Where field number `slot` is, if it is there.
    fn field(&self, slot: usize) -> Option<usize> {
        let entry = 4 + 2 * slot;
        if entry + 2 > self.vtable_len {
            return None;
        }
        let offset = u16::from_le_bytes(read(self.bytes, self.vtable + entry)?);
        (offset != 0).then(|| self.at + usize::from(offset))
    }

    fn scalar<const N: usize>(&self, slot: usize) -> Result<Option<[u8; N]>, ArrowError> {
        let Some(at) = self.field(slot) else {
            return Ok(None);
        };
        read(self.bytes, at)
            .map(Some)
            .ok_or_else(|| broken(self.base, at))
    }

    /// A byte, 0 when absent.
    pub fn u8(&self, slot: usize) -> Result<u8, ArrowError> {
        Ok(self.scalar(slot)?.map_or(0, u8::from_le_bytes))
    }

    /// A short enumeration or number.
    pub fn i16(&self, slot: usize, absent: i16) -> Result<i16, ArrowError> {
        Ok(self.scalar(slot)?.map_or(absent, i16::from_le_bytes))
    }

    /// A number.
    pub fn i32(&self, slot: usize, absent: i32) -> Result<i32, ArrowError> {
        Ok(self.scalar(slot)?.map_or(absent, i32::from_le_bytes))
    }

    /// A long number, 0 when absent.
    pub fn i64(&self, slot: usize) -> Result<i64, ArrowError> {
        Ok(self.scalar(slot)?.map_or(0, i64::from_le_bytes))
    }

    /// A table within this one.
    pub fn table(&self, slot: usize) -> Result<Option<Table<'p>>, ArrowError> {
        let Some(at) = self.field(slot) else {
            return Ok(None);
        };
        Table::new(self.bytes, self.base, follow(self.bytes, self.base, at)?).map(Some)
    }

    /// A table that must be there.
    pub fn required(&self, slot: usize) -> Result<Table<'p>, ArrowError> {
        self.table(slot)?.ok_or_else(|| broken(self.base, self.at))
    }

    /// A vector of elements of `size` bytes; an absent one is empty.
    pub fn vector(&self, slot: usize, size: usize) -> Result<Vector<'p>, ArrowError> {
        let Some(at) = self.field(slot) else {
            return Ok(Vector {
                bytes: self.bytes,
                at: 0,
                base: self.base,
                len: 0,
            });
        };
        let at = follow(self.bytes, self.base, at)?;
        let find = || {
            let len = usize::try_from(u32::from_le_bytes(read(self.bytes, at)?)).ok()?;
            let start = at + 4;
            self.bytes
                .get(start..start.checked_add(len.checked_mul(size)?)?)?;
            Some(Vector {
                bytes: self.bytes,
                at: start,
                base: self.base,
                len,
            })
        };
        find().ok_or_else(|| broken(self.base, at))
    }

    /// A text; an absent one is empty.
    pub fn text(&self, slot: usize) -> Result<&'p str, ArrowError> {
        let vector = self.vector(slot, 1)?;
        let bytes = self
            .bytes
            .get(vector.at..vector.at + vector.len)
            .unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| broken(self.base, vector.at))
    }
}

impl<'p> Vector<'p> {
    /// The table that element `index` points to.
    pub fn table(&self, index: usize) -> Result<Table<'p>, ArrowError> {
        let at = self.at.saturating_add(index.saturating_mul(4));
        Table::new(self.bytes, self.base, follow(self.bytes, self.base, at)?)
    }

    /// The elements as 8-byte words: one an element, or two for vectors of 16-byte structs.
    pub fn words(&self, per_element: usize) -> &'p [[u8; 8]] {
        let end = self
            .at
            .saturating_add(self.len.saturating_mul(8 * per_element));
        self.bytes
            .get(self.at..end)
            .unwrap_or_default()
            .as_chunks::<8>()
            .0
    }
}
