//! `dizhang user`: the first administrator, and a way back in when the last one's token or password is gone.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::app::App;
use crate::app::accounts::{Issued, TokenWish};
use crate::app::clock::SystemClock;
use crate::app::error::AppError;
use crate::app::passwords::PasswordSecret;
use crate::app::users::{By, NewUser};
use crate::cli::{CliError, Database, open};
use crate::domain::input::Line;
use crate::domain::region::UserId;
use crate::domain::text::Text;
use crate::domain::user::{Grant, Login, TOKEN_DAYS, TOKEN_DAYS_MAX};

#[derive(Debug, Subcommand)]
pub enum User {
    /// 建立用户并打印一次令牌或设置密码的口令 / enter a user and print once a token, or a secret for setting a password
    Add(Add),
    /// 为已有用户签发令牌并打印一次 / issue a token to a user and print it once
    Token(Token),
    /// 为已有用户签发设置密码的一次性口令并打印一次 / issue a secret with which a user sets a password, and print it once
    Password(Password),
}

#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    database: Database,
    /// 登录名,一人一号 / login, one a person
    #[arg(long, value_parser = bilingual::<Login>)]
    login: Login,
    /// 姓名 / name
    #[arg(long, value_parser = name::<60>)]
    name: Line<60>,
    /// 角色@区划,可重复,如 admin@410183 / ROLE@PREFIX, may be repeated, such as admin@410183
    #[arg(long = "role", required = true, value_parser = bilingual::<Grant>)]
    roles: Vec<Grant>,
    /// 令牌有效天数 / days the token is valid
    #[arg(long, default_value_t = TOKEN_DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(TOKEN_DAYS_MAX)))]
    token_days: u32,
    /// 不签发令牌,而打印在页面设置密码的一次性口令 / print no token but a one-time secret with which the person sets a password
    #[arg(long)]
    password_secret: bool,
}

#[derive(Debug, Args)]
pub struct Password {
    #[command(flatten)]
    database: Database,
    /// 登录名 / login
    #[arg(long)]
    login: String,
}

#[derive(Debug, Args)]
pub struct Token {
    #[command(flatten)]
    database: Database,
    /// 登录名 / login
    #[arg(long)]
    login: String,
    /// 令牌有效天数 / days the token is valid
    #[arg(long, default_value_t = TOKEN_DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(TOKEN_DAYS_MAX)))]
    token_days: u32,
}

fn bilingual<T: std::str::FromStr<Err = Text>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|text: Text| format!("{} / {}", text.zh, text.en))
}

pub(super) fn name<const MAX: usize>(text: &str) -> Result<Line<MAX>, String> {
    Line::new(text).map_err(|text| format!("{} / {}", text.zh, text.en))
}

impl User {
    pub fn run(self) -> Result<ExitCode, CliError> {
        match self {
            Self::Add(add) => {
                let app = App::new(open(&add.database.database, 2)?, Box::new(SystemClock))?;
                let new =
                    NewUser { login: add.login.into_string(), display_name: add.name.into_string(), grants: add.roles };
                let user = app.create_user(By::CommandLine, new).map_err(told)?.row.user.id;
                eprintln!("用户编号 / user id {user}");
                if add.password_secret {
                    return print_secret(app.create_password_secret(By::CommandLine, user));
                }
                print_token(app.create_token(By::CommandLine, user, wish(add.token_days)))
            }
            Self::Token(token) => {
                let app = App::new(open(&token.database.database, 2)?, Box::new(SystemClock))?;
                let user = known(&app, &token.login)?;
                print_token(app.create_token(By::CommandLine, user, wish(token.token_days)))
            }
            Self::Password(password) => {
                let app = App::new(open(&password.database.database, 2)?, Box::new(SystemClock))?;
                let user = known(&app, &password.login)?;
                print_secret(app.create_password_secret(By::CommandLine, user))
            }
        }
    }
}

fn known(app: &App, login: &str) -> Result<UserId, CliError> {
    let user = app.user_by_login(login)?;
    user.ok_or_else(|| format!("没有登录名“{login}” / there is no login {login:?}").into())
}

fn wish(days: u32) -> TokenWish {
    TokenWish { label: "命令行签发".to_owned(), roles: None, days }
}

/// The secret alone goes to standard output, so that a script can keep it.
fn print_token(issued: Result<Issued, AppError>) -> Result<ExitCode, CliError> {
    let issued = issued.map_err(told)?;
    eprintln!(
        "令牌只显示这一次,有效至 / the token is shown this once, valid until {}",
        crate::domain::instant::Instant(issued.token.expires_at)
    );
    println!("{}", issued.secret);
    Ok(ExitCode::SUCCESS)
}

/// The secret alone goes to standard output here too.
fn print_secret(issued: Result<PasswordSecret, AppError>) -> Result<ExitCode, CliError> {
    let issued = issued.map_err(told)?;
    eprintln!(
        "一次性口令只显示这一次,用它设置密码,有效至 / this secret is shown once and sets a password once (POST /api/v1/password), \
         valid until {}",
        crate::domain::instant::Instant(issued.expires_at)
    );
    println!("{}", issued.secret);
    Ok(ExitCode::SUCCESS)
}

/// What would be told in the API.
pub(super) fn told(error: AppError) -> CliError {
    let text = match error {
        AppError::Taken(text) | AppError::NotFound(text) | AppError::Forbidden(text) | AppError::Conflict(text) => text,
        AppError::Refused(refused) => refused.text(),
        other => return other.into(),
    };
    format!("{} / {}", text.zh, text.en).into()
}
