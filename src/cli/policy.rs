//! `dizhang policy check`: files of policy parameters and calendars, each fault with its file and line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::cli::CliError;
use crate::domain::{calendar, policy};

#[derive(Debug, Subcommand)]
pub enum Policy {
    /// 检查政策参数文件 / check files of policy parameters, naming file, line and fault
    Check(Check),
}

#[derive(Debug, Args)]
pub struct Check {
    /// 文件夹 / folder
    folder: PathBuf,
}

impl Policy {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let Self::Check(check) = self;
        let mut files = Vec::new();
        collect(&check.folder, &mut files)?;
        files.sort();
        let mut faults = 0;
        for path in &files {
            let label = path.display().to_string();
            let text = std::fs::read_to_string(path)?;
            let in_calendar = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "calendar");
            let found =
                if in_calendar { calendar::check_file(&label, &text) } else { policy::check_file(&label, &text) };
            faults += found.len();
            for fault in found {
                println!("{}:{}: {} / {}", fault.file, fault.line, fault.message.zh, fault.message.en);
            }
        }
        println!("{} 个文件,{faults} 处错误 / {} files, {faults} faults", files.len(), files.len());
        Ok(if faults == 0 && !files.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), CliError> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
