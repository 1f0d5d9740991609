//! Numbers as bytes, for partials: variable length, zigzag for signs.

/// Appends numbers.
#[derive(Debug, Default)]
pub struct Writer {
    /// What was written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// Appends an unsigned number, seven bits a byte.
    pub fn unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// Appends a signed number.
    pub fn signed(&mut self, value: i64) {
        self.unsigned(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Appends a text with its length.
    pub fn text(&mut self, text: &str) {
        self.unsigned(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// The bytes are not what a [`Writer`] of this version wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// First number of what shards say of the whole shop, in this version.
const VERSION: u64 = 2;

/// Begins what is measured or told for a day: [`opened`] reads it.
pub fn begun(as_of_day: i32) -> Writer {
    let mut out = Writer::default();
    out.unsigned(VERSION);
    out.signed(i64::from(as_of_day));
    out
}

/// The day of what [`begun`] began, and what stands behind it.
///
/// # Errors
/// When it is of another version.
pub fn opened(bytes: &[u8]) -> Result<(i32, Reader<'_>), Malformed> {
    let mut input = Reader { bytes };
    if input.unsigned()? != VERSION {
        return Err(Malformed);
    }
    let day = i32::try_from(input.signed()?).map_err(|_| Malformed)?;
    Ok((day, input))
}

/// Takes numbers from the front.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// What is left.
    pub bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The next unsigned number.
    ///
    /// # Errors
    /// At the end of the bytes, or past 64 bits.
    pub fn unsigned(&mut self) -> Result<u64, Malformed> {
        let mut value = 0u64;
        let mut shift = 0;
        loop {
            let (byte, rest) = self.bytes.split_first().ok_or(Malformed)?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7F).checked_shl(shift).ok_or(Malformed)?;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// The next signed number.
    ///
    /// # Errors
    /// As [`Reader::unsigned`].
    pub fn signed(&mut self) -> Result<i64, Malformed> {
        let value = self.unsigned()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A count of things that take at least one byte each: never more than there are bytes.
    ///
    /// # Errors
    /// When it is.
    pub fn count(&mut self) -> Result<usize, Malformed> {
        let count = self.unsigned()?;
        if count > self.bytes.len() as u64 {
            Err(Malformed)
        } else {
            Ok(count as usize)
        }
    }

    /// The next text.
    ///
    /// # Errors
    /// When it is cut off or not UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Malformed> {
        let length = self.count()?;
        let (text, rest) = self.bytes.split_at_checked(length).ok_or(Malformed)?;
        self.bytes = rest;
        std::str::from_utf8(text).map_err(|_| Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_cut_ones_are_refused() {
        let numbers = [0, 1, -1, 63, 64, -64, i64::MAX, i64::MIN];
        let mut writer = Writer::default();
        for number in numbers {
            writer.signed(number);
        }
        writer.text("おかえり");
        let mut reader = Reader {
            bytes: &writer.bytes,
        };
        for number in numbers {
            assert_eq!(reader.signed(), Ok(number));
        }
        assert_eq!(reader.text(), Ok("おかえり"));
        assert_eq!(reader.unsigned(), Err(Malformed));
        assert_eq!(Reader { bytes: &[0xFF; 20] }.unsigned(), Err(Malformed));
        assert_eq!(Reader { bytes: &[9, 1] }.count(), Err(Malformed));
    }
}
