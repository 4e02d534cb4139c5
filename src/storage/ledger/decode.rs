//! Rows back into vouchers: the second half of the pair assertion.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use diesel::prelude::*;

use super::{LineRow, NoteRow, VoucherRow};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::chain::Hash;
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::voucher::{Document, Flag, Holding, Line, Recorded, Signatures, Voucher};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{County, ParcelId, PlotId, UserId};
use crate::domain::text::Text;
use crate::storage::db::{Db, StorageError};
use crate::storage::listing::{Place, sortable};
use crate::storage::schema::{voucher, voucher_line, voucher_note};

/// A voucher as it rests, with the hash that was stored.
pub(super) struct Stored {
    pub recorded: Recorded,
    pub hash: Hash,
    pub memo_digest: Option<Hash>,
}

pub(super) fn hash(county: County, seq: i64, bytes: &[u8]) -> Result<Hash, StorageError> {
    bytes.try_into().map_err(|_| StorageError::corrupt(format!("voucher {county}/{seq}"), "the hash has not 32 bytes"))
}

pub(super) fn word<T: FromStr<Err = Text>>(what: &str, text: &str) -> Result<T, StorageError> {
    text.parse().map_err(|error: Text| StorageError::corrupt(what, error.en))
}

impl LineRow {
    pub(super) fn line(&self) -> Result<Line, StorageError> {
        let what = || format!("line {}/{}/{}", self.county, self.seq, self.line);
        let account = |text: &str| word::<Account>(&what(), text);
        Ok(Line {
            from: Holding {
                plot: PlotId(self.from_plot),
                account: account(&self.from_account)?,
                parcel: self.from_parcel.map(ParcelId),
            },
            to: Holding {
                plot: PlotId(self.to_plot),
                account: account(&self.to_account)?,
                parcel: self.to_parcel.map(ParcelId),
            },
            area: AreaM2::from_units(self.area_cm2).map_err(|error| StorageError::corrupt(what(), error))?,
        })
    }

    pub(super) fn kind(&self) -> Result<Kind, StorageError> {
        word("a line's kind", &self.kind)
    }

    pub(super) fn of(recorded: &Recorded) -> Vec<Self> {
        let Recorded { county, seq, voucher, land, .. } = recorded;
        let (county, seq) = (*county, *seq);
        let digest = |of: &BTreeMap<usize, Hash>, number| of.get(&number).map(|digest| digest.to_vec());
        let row = |(number, line): (usize, &Line)| Self {
            county: county.number(),
            seq,
            line: i32::try_from(number).unwrap_or(i32::MAX),
            kind: voucher.kind.as_str().to_owned(),
            effective_on: voucher.effective_on,
            from_account: line.from.account.as_str().to_owned(),
            from_plot: line.from.plot.0,
            from_parcel: line.from.parcel.map(|parcel| parcel.0),
            to_account: line.to.account.as_str().to_owned(),
            to_plot: line.to.plot.0,
            to_parcel: line.to.parcel.map(|parcel| parcel.0),
            area_cm2: line.area.to_units(),
            drawn_sha256: digest(&voucher.drawn, number),
            moved_sha256: digest(land, number),
        };
        voucher.lines.iter().enumerate().map(row).collect()
    }
}

impl VoucherRow {
    pub(super) fn of(recorded: &Recorded, hash: &Hash, memo_digest: Option<&Hash>) -> Self {
        let Recorded { county, seq, voucher, signatures, recorded_at, late, flags, land: _ } = recorded;
        Self {
            county: county.number(),
            seq: *seq,
            client_id: voucher.client_id.clone(),
            kind: voucher.kind.as_str().to_owned(),
            effective_on: voucher.effective_on,
            recorded_at: *recorded_at,
            proposer_id: signatures.proposer.0,
            reviewer_id: signatures.reviewer.map(|user| user.0),
            approver_id: signatures.approver.map(|user| user.0),
            document_number: voucher.document.number.clone(),
            document_authority: voucher.document.authority.clone(),
            document_dated: voucher.document.dated,
            attachments: voucher.document.attachments.join(" "),
            corrects: voucher.corrects,
            write_off: voucher.write_off.map(|word| word.as_str().to_owned()),
            method: voucher.method.map(|word| word.as_str().to_owned()),
            is_historical: voucher.historical,
            is_late: *late,
            flags: flags.iter().map(|flag| flag.as_str()).collect::<Vec<_>>().join(" "),
            memo_digest: memo_digest.map(|digest| digest.to_vec()),
            hash: hash.to_vec(),
        }
    }

    fn stored(self, rows: &[LineRow], memo: Option<String>) -> Result<Stored, StorageError> {
        let what = format!("voucher {}/{}", self.county, self.seq);
        let county = County::from_number(self.county).map_err(|error| StorageError::corrupt(&what, error.en))?;
        let stored_hash = hash(county, self.seq, &self.hash)?;
        let memo_digest = self.memo_digest.as_deref().map(|bytes| hash(county, self.seq, bytes)).transpose()?;
        let digests = |of: fn(&LineRow) -> &Option<Vec<u8>>| {
            let given = rows.iter().enumerate().filter_map(|(number, row)| Some((number, of(row).as_deref()?)));
            given
                .map(|(number, bytes)| Ok((number, hash(county, self.seq, bytes)?)))
                .collect::<Result<_, StorageError>>()
        };
        let words = |text: &str| text.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let flags = words(&self.flags).iter().map(|text| word::<Flag>(&what, text)).collect::<Result<_, _>>()?;
        let recorded = Recorded {
            county,
            seq: self.seq,
            voucher: Voucher {
                kind: word(&what, &self.kind)?,
                client_id: self.client_id,
                effective_on: self.effective_on,
                document: Document {
                    number: self.document_number,
                    authority: self.document_authority,
                    dated: self.document_dated,
                    attachments: words(&self.attachments),
                },
                corrects: self.corrects,
                write_off: self.write_off.as_deref().map(|text| word(&what, text)).transpose()?,
                method: self.method.as_deref().map(|text| word(&what, text)).transpose()?,
                historical: self.is_historical,
                memo,
                lines: rows.iter().map(LineRow::line).collect::<Result<_, _>>()?,
                drawn: digests(|row| &row.drawn_sha256)?,
            },
            signatures: Signatures {
                proposer: UserId(self.proposer_id),
                reviewer: self.reviewer_id.map(UserId),
                approver: self.approver_id.map(UserId),
            },
            recorded_at: self.recorded_at,
            late: self.is_late,
            flags,
            land: digests(|row| &row.moved_sha256)?,
        };
        Ok(Stored { recorded, hash: stored_hash, memo_digest })
    }
}

sortable! {
    /// 凭证列表的排序列 — by what the list of vouchers is put in order.
    pub enum VoucherColumn of "voucher" by Seq {
        Seq = "seq" "凭证号": Number, "voucher.seq";
        Kind = "kind" "种类": Text, "voucher.kind";
        EffectiveOn = "effective_on" "生效日": Day, "voucher.effective_on";
        Area = "area_m2" "面积": Number,
            "(SELECT CAST(COALESCE(SUM(l.area_cm2), 0) AS BIGINT) FROM voucher_line l \
              WHERE l.county = voucher.county AND l.seq = voucher.seq)";
        DocumentNumber = "document_number" "文号": Text | None, "voucher.document_number";
        RecordedAt = "recorded_at" "入账时刻": Moment, "voucher.recorded_at";
    }
}

/// Which vouchers a page holds.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub at: Place<VoucherColumn>,
    pub kind: Option<Kind>,
    pub plot: Option<PlotId>,
    pub late_only: bool,
}

/// One page of vouchers.
pub fn page(db: &mut Db, county: County, page: &Page) -> Result<Vec<(Recorded, Hash)>, StorageError> {
    let mut query = voucher::table
        .filter(voucher::county.eq(county.number()))
        .filter(page.at.beyond())
        .order(page.at.by())
        .limit(page.at.limit)
        .select(VoucherRow::as_select())
        .into_boxed();
    if let Some(kind) = page.kind {
        query = query.filter(voucher::kind.eq(kind.as_str()));
    }
    if page.late_only {
        query = query.filter(voucher::is_late.eq(true));
    }
    if let Some(PlotId(plot)) = page.plot {
        let lines = || voucher_line::table.filter(voucher_line::county.eq(county.number())).select(voucher_line::seq);
        let to = lines().filter(voucher_line::to_plot.eq(plot));
        let from =
            lines().filter(voucher_line::from_plot.eq(plot).and(voucher_line::from_plot.ne(voucher_line::to_plot)));
        query = query.filter(voucher::seq.eq_any(to).or(voucher::seq.eq_any(from)));
    }
    let rows = query.load(db)?;
    let stored = assemble(db, county, rows)?;
    Ok(stored.into_iter().map(|stored| (stored.recorded, stored.hash)).collect())
}

/// The vouchers from one number to another, both included, for `verify`.
pub(super) fn range(db: &mut Db, county: County, first: i64, last: i64) -> Result<Vec<Stored>, StorageError> {
    let rows = voucher::table
        .filter(voucher::county.eq(county.number()).and(voucher::seq.between(first, last)))
        .order(voucher::seq)
        .select(VoucherRow::as_select())
        .load(db)?;
    assemble(db, county, rows)
}

/// One voucher by its number.
pub fn by_seq(db: &mut Db, county: County, seq: i64) -> Result<Option<(Recorded, Hash)>, StorageError> {
    let row = voucher::table.find((county.number(), seq)).select(VoucherRow::as_select()).load(db)?;
    Ok(assemble(db, county, row)?.pop().map(|stored| (stored.recorded, stored.hash)))
}

/// Adds their lines and memos to rows, in whatever order they stand.
fn assemble(db: &mut Db, county: County, rows: Vec<VoucherRow>) -> Result<Vec<Stored>, StorageError> {
    let numbers = || rows.iter().map(|row| row.seq);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return Ok(Vec::new());
    };
    // A filtered page may be sparse: then ask for its numbers rather than for all between.
    let sparse = usize::try_from(last - first).unwrap_or(usize::MAX) > rows.len().saturating_mul(4);
    let lines = voucher_line::table.filter(voucher_line::county.eq(county.number())).into_boxed();
    let lines = if sparse {
        lines.filter(voucher_line::seq.eq_any(numbers().collect::<Vec<_>>()))
    } else {
        lines.filter(voucher_line::seq.between(first, last))
    };
    let lines: Vec<LineRow> =
        lines.order((voucher_line::seq, voucher_line::line)).select(LineRow::as_select()).load(db)?;
    let notes: Vec<NoteRow> = voucher_note::table
        .filter(voucher_note::county.eq(county.number()).and(voucher_note::seq.between(first, last)))
        .select(NoteRow::as_select())
        .load(db)?;
    let mut memos: HashMap<i64, String> = notes.into_iter().map(|n| (n.seq, n.memo)).collect();
    let mut of: HashMap<i64, Vec<LineRow>> = HashMap::with_capacity(rows.len());
    for line in lines {
        of.entry(line.seq).or_default().push(line);
    }
    rows.into_iter()
        .map(|row| {
            let own = of.remove(&row.seq).unwrap_or_default();
            let memo = memos.remove(&row.seq);
            row.stored(&own, memo)
        })
        .collect()
}
