//! `dizhang demo` and `dizhang demo-data`: the demonstration county, served at once or put into a database.

use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::App;
use crate::app::accounts::TokenWish;
use crate::app::clock::{Clock, SystemClock};
use crate::app::demo::{DemoLoaded, DemoPeople, DemoStaff};
use crate::app::users::{By, NewUser};
use crate::cli::{CliError, Database, Face, log_to_stderr, open, serve_on};
use crate::domain::demo::{COUNTY_CODE, Demo};
use crate::domain::ledger::kind::Role;
use crate::domain::password::Password;
use crate::domain::region::UserId;
use crate::domain::text::Text;
use crate::storage::db::{DatabaseUrl, Pool};

/// Plots of `demo`: enough to look around in, made in a few seconds.
const PLOTS: u64 = 2000;
const SEED: u64 = 20_250_707;

#[derive(Debug, Args)]
pub struct ServeDemo {
    #[command(flatten)]
    face: Face,
    /// 地块数 / plots
    #[arg(long, default_value_t = PLOTS)]
    plots: u64,
    /// 随机种子 / seed
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

#[derive(Debug, Args)]
pub struct DemoData {
    #[command(flatten)]
    database: Database,
    /// 地块数,至多 1000000 / plots, at most 1000000
    #[arg(long, default_value_t = PLOTS)]
    plots: u64,
    /// 随机种子,相同种子得到相同的县 / seed: the same one makes the same county
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

/// An account for each role, and a second one where two people of a role are needed: login, name, role.
const STAFF: &[(&str, &str, Role)] = &[
    ("demo-viewer", "演示查阅", Role::Viewer),
    ("demo-clerk", "演示经办", Role::Clerk),
    ("demo-reviewer", "演示审核", Role::Reviewer),
    ("demo-approver", "演示审批", Role::Approver),
    ("demo-auditor", "演示审计", Role::Auditor),
    ("demo-admin", "演示系统管理", Role::Admin),
    ("demo-price-keeper", "演示地价经办", Role::PriceKeeper),
    ("demo-price-reviewer", "演示地价审核", Role::PriceKeeper),
    ("demo-price-approver", "演示地价审批", Role::PriceApprover),
];

impl ServeDemo {
    pub fn run(self) -> Result<ExitCode, CliError> {
        log_to_stderr();
        let folder = std::env::temp_dir().join(format!("dizhang-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let path = folder.join("demo.db").display().to_string();
        let pool = open(&DatabaseUrl::Sqlite { path }, self.face.connections)?;
        load(&pool, self.plots, self.seed)?;
        let tokens = tokens(&pool)?;
        let password = passwords(&pool)?;
        let served = serve_on(pool, &self.face, |address| {
            println!("接口文档 / API pages   http://{address}/docs/");
            println!("接口描述 / OpenAPI     http://{address}/openapi.json");
            println!("演示县 / the county    {COUNTY_CODE}(合成数据 / synthetic)");
            for (login, _, role) in STAFF {
                println!("登录 / login  {login:<20} 密码 / password {password}  {role:#}");
            }
            for (role, token) in tokens {
                println!("令牌 / token  {role:<9} {token}");
            }
            println!("按 Ctrl-C 停止 / stop with Ctrl-C; 数据不保留 / nothing is kept");
            Ok(())
        });
        // The database is gone with the demonstration; a file that stays behind in the temporary folder does no harm.
        drop(std::fs::remove_dir_all(&folder));
        served.map(|()| ExitCode::SUCCESS)
    }
}

impl DemoData {
    pub fn run(self) -> Result<ExitCode, CliError> {
        let pool = open(&self.database.database, 2)?;
        let DemoLoaded { approvals, plots, parcels, vouchers } = load(&pool, self.plots, self.seed)?;
        println!("{approvals} approvals, {plots} plots, {parcels} parcels, {vouchers} vouchers");
        for (role, token) in tokens(&pool)? {
            println!("token {role} {token}");
        }
        let password = passwords(&pool)?;
        for (login, _, role) in STAFF {
            println!("login {role} {login} {password}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn said(text: Text) -> CliError {
    format!("{} / {}", text.zh, text.en).into()
}

/// Makes the accounts and loads the county, with a bar for those who wait.
fn load(pool: &Pool, plots: u64, seed: u64) -> Result<DemoLoaded, CliError> {
    let app = App::new(pool.clone(), Box::new(SystemClock))?;
    let demo = Demo::new(plots, seed, SystemClock.today()).map_err(said)?;
    let mut ids = Vec::new();
    for (login, name, role) in STAFF {
        let grant = format!("{}@{COUNTY_CODE}", role.as_str()).parse().map_err(said)?;
        let new = NewUser { login: (*login).to_owned(), display_name: (*name).to_owned(), grants: vec![grant] };
        ids.push((*role, app.create_user(By::CommandLine, new)?.row.user.id));
    }
    let of = |role| ids.iter().find(|(held, _)| *held == role).map_or(UserId(0), |(_, id)| *id);
    let staff = DemoStaff { clerk: of(Role::Clerk), reviewer: of(Role::Reviewer), approver: of(Role::Approver) };
    let bar = ProgressBar::new(plots).with_style(
        ProgressStyle::with_template("{wide_bar} {pos}/{len} 地块 / plots, {per_sec}, {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let loaded = app.load_demo(demo, staff, |loaded| bar.set_position(loaded.plots))?;
    bar.finish_and_clear();
    let person = |login: &str| app.caller_by_login(login);
    app.tell_demo(&DemoPeople {
        clerk: person("demo-clerk")?,
        reviewer: person("demo-reviewer")?,
        approver: person("demo-approver")?,
        price_keeper: person("demo-price-keeper")?,
        price_reviewer: person("demo-price-reviewer")?,
        price_approver: person("demo-price-approver")?,
    })?;
    Ok(loaded)
}

/// A token for each account.
fn tokens(pool: &Pool) -> Result<Vec<(Role, String)>, CliError> {
    let app = App::new(pool.clone(), Box::new(SystemClock))?;
    let mut tokens = Vec::new();
    for (login, _, role) in STAFF {
        let user = app.user_by_login(login)?.ok_or("the account was just made")?;
        let wish = TokenWish { label: "演示".to_owned(), roles: None, days: 30 };
        tokens.push((*role, app.create_token(By::CommandLine, user, wish)?.secret));
    }
    Ok(tokens)
}

/// A password for all accounts, made anew each time.
fn passwords(pool: &Pool) -> Result<String, CliError> {
    let app = App::new(pool.clone(), Box::new(SystemClock))?;
    let word = || -> String { (0..4).map(|_| char::from(b'a' + rand::random::<u8>() % 26)).collect() };
    let text = [word(), word(), word(), word()].join("-");
    let password = Password::made(text.clone());
    for (login, _, _) in STAFF {
        password.judge(login).map_err(said)?;
        let user = app.user_by_login(login)?.ok_or("the account was just made")?;
        app.give_password(user, &password)?;
    }
    Ok(text)
}
