//! The hash chain: each voucher's hash covers its canonical bytes and the hash before it.
//!
//! The canonical form is ours and fixed: netstrings (`length:bytes,`) in the order below, `~` for what
//! is absent. It holds ids of users and a salted digest of the memo, never a name or the memo itself.
//! A change of the form is a new version in its first field, and old vouchers keep theirs.

use sha2::{Digest as _, Sha256};

use crate::domain::ledger::voucher::{Holding, Recorded};

/// 32 bytes of SHA-256.
pub type Hash = [u8; 32];

/// What stands before the first voucher of a county.
pub const GENESIS: Hash = [0; 32];

const FORM: &str = "dizhang-voucher-1";

/// The salted digest under which a memo enters the hashed bytes; the memo itself may be erased.
pub fn memo_digest(salt: &[u8], memo: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(memo.as_bytes());
    hasher.finalize().into()
}

/// The digest under which land enters the hashed bytes, of its WKB on the grid.
pub fn land_digest(wkb: &[u8]) -> Hash {
    Sha256::digest(wkb).into()
}

/// The hash of a voucher in its chain.
pub fn hash(previous: &Hash, recorded: &Recorded, memo: Option<&Hash>) -> Hash {
    Sha256::digest(canonical_bytes(previous, recorded, memo)).into()
}

/// The bytes that are hashed.
pub fn canonical_bytes(previous: &Hash, recorded: &Recorded, memo: Option<&Hash>) -> Vec<u8> {
    let Recorded { county, seq, voucher, signatures, recorded_at, late, flags, land } = recorded;
    let mut bytes = Fields(Vec::with_capacity(512));
    bytes.put(FORM);
    bytes.put(&county.to_string());
    bytes.put(&seq.to_string());
    bytes.put(&hex(previous));
    bytes.put(&voucher.client_id);
    bytes.put(voucher.kind.as_str());
    bytes.put(&voucher.effective_on.to_string());
    bytes.put(&recorded_at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string());
    bytes.put(&signatures.proposer.to_string());
    bytes.maybe(signatures.reviewer.map(|user| user.to_string()));
    bytes.maybe(signatures.approver.map(|user| user.to_string()));
    bytes.maybe(voucher.document.number.as_deref());
    bytes.maybe(voucher.document.authority.as_deref());
    bytes.maybe(voucher.document.dated.map(|day| day.to_string()));
    bytes.put(&voucher.document.attachments.join(" "));
    bytes.maybe(voucher.corrects.map(|seq| seq.to_string()));
    bytes.maybe(voucher.write_off.map(|kind| kind.as_str()));
    bytes.maybe(voucher.method.map(|method| method.as_str()));
    bytes.put(if voucher.historical { "historical" } else { "" });
    bytes.put(if *late { "late" } else { "" });
    bytes.put(&flags.iter().map(|flag| flag.as_str()).collect::<Vec<_>>().join(" "));
    bytes.maybe(memo.map(|digest| hex(digest)));
    bytes.put(&voucher.lines.len().to_string());
    for (number, line) in voucher.lines.iter().enumerate() {
        bytes.holding(&line.from);
        bytes.holding(&line.to);
        bytes.put(&line.area.to_units().to_string());
        bytes.maybe(voucher.drawn.get(&number).map(|digest| hex(digest)));
        bytes.maybe(land.get(&number).map(|digest| hex(digest)));
    }
    bytes.0
}

struct Fields(Vec<u8>);

impl Fields {
    fn put(&mut self, field: &str) {
        self.0.extend_from_slice(field.len().to_string().as_bytes());
        self.0.push(b':');
        self.0.extend_from_slice(field.as_bytes());
        self.0.push(b',');
    }

    fn maybe(&mut self, field: Option<impl AsRef<str>>) {
        match field {
            Some(field) => self.put(field.as_ref()),
            None => self.0.push(b'~'),
        }
    }

    fn holding(&mut self, holding: &Holding) {
        self.put(holding.account.as_str());
        self.put(&holding.plot.to_string());
        self.maybe(holding.parcel.map(|parcel| parcel.to_string()));
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
