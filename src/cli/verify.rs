//! `dizhang verify`: the proof that a county's ledger, features and attachments are whole.

use std::process::ExitCode;

use clap::Args;

use crate::app::{attachments, features};
use crate::cli::{CliError, Database, county, open};
use crate::domain::ledger::chain::hex;
use crate::domain::region::County;
use crate::storage::db::Db;
use crate::storage::ledger::verify;

#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    database: Database,
    /// 县代码 / county
    #[arg(long, value_parser = county)]
    county: County,
}

impl Verify {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let pool = open(&self.database.database, 2)?;
        let is_whole = prove(&mut *pool.get()?, self.county)?;
        Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Proves a county and says what was found; whether all of it is whole.
pub fn prove(db: &mut Db, county: County) -> Result<bool, CliError> {
    let report = db.read(|db| verify::verify(db, county, |_| ()))?;
    let rendered = db.read(|db| features::verify(db, county))?;
    let kept = db.read(|db| attachments::verify(db, county))?;
    println!("{} vouchers, {} lines", report.vouchers, report.lines);
    println!("{} features", rendered.features);
    println!("{} attachments", kept.attachments);
    println!("head hash {}", hex(&report.head_hash));
    let found = [("ledger is", report.faults), ("features are", rendered.faults), ("attachments are", kept.faults)];
    let mut is_whole = true;
    for (what, faults) in found {
        for fault in &faults {
            println!("FAULT: {fault}");
        }
        println!("the {what} {}", if faults.is_empty() { "whole" } else { "NOT whole" });
        is_whole &= faults.is_empty();
    }
    Ok(is_whole)
}
