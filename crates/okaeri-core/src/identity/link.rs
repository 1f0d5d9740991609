//! Why two contacts are one person, or may be.

/// Two records that are one person, or may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The record that came first.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// How strong the evidence is, 0 strongest; 4 is for a person to judge.
    pub tier: u8,
    /// What agrees.
    pub evidence: Evidence,
    /// For review: what speaks against it.
    pub blocked_by: Option<Blocker>,
}

/// What agrees between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A person's judgement.
    Judged,
    /// The cart's customer number.
    CustomerId,
    /// E-mail and given name.
    EmailAndGivenName,
    /// E-mail.
    Email,
    /// Phone.
    Phone,
    /// Phone and full name in kana.
    PhoneAndKana,
    /// Full name in kana, postcode and address up to the house number.
    KanaAndAddress,
    /// Phone and family name.
    PhoneAndSurname,
    /// Phone and full name as written.
    PhoneAndName,
}

impl Evidence {
    /// As answers write it.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Judged => "judged",
            Evidence::CustomerId => "customer_id",
            Evidence::EmailAndGivenName => "email_and_given_name",
            Evidence::Email => "email",
            Evidence::Phone => "phone",
            Evidence::PhoneAndKana => "phone_and_kana",
            Evidence::KanaAndAddress => "kana_and_address",
            Evidence::PhoneAndSurname => "phone_and_surname",
            Evidence::PhoneAndName => "phone_and_name",
        }
    }
}

/// What keeps two records apart although keys of theirs agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blocker {
    /// Birth dates differ.
    Birth,
    /// Given names in kana differ.
    GivenName,
    /// One is 法人, the other 個人.
    Company,
    /// Rooms behind the same house number differ, or only one of several rooms is known.
    Room,
    /// Nothing between these two, but a third contact shares the key and conflicts, so that it
    /// cannot be told to whom the key belongs.
    Ambiguous,
    /// A person's judgement.
    Judged,
}

impl Blocker {
    /// As answers write it.
    pub fn name(self) -> &'static str {
        match self {
            Blocker::Birth => "birth_differs",
            Blocker::GivenName => "given_name_differs",
            Blocker::Company => "company_differs",
            Blocker::Room => "room_differs",
            Blocker::Ambiguous => "ambiguous",
            Blocker::Judged => "judged",
        }
    }
}
