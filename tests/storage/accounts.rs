//! Accounts through the application: who sees whom, what tokens let through, and that an administrator stays.

use std::sync::{Arc, Barrier};

use chrono::{Days, NaiveDateTime};
use diesel::prelude::*;
use dizhang::app::App;
use dizhang::app::accounts::TokenWish;
use dizhang::app::caller::Caller;
use dizhang::app::clock::FixedClock;
use dizhang::app::error::AppError;
use dizhang::app::listing::Place;
use dizhang::app::records::JournalPage;
use dizhang::app::users::{By, Change, NewUser, UserFile};
use dizhang::domain::county::{CountyBody, Extent};
use dizhang::domain::input::Line;
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::region::UserId;
use dizhang::domain::user::Grant;
use dizhang::storage::db::Pool;
use dizhang::storage::schema::api_token;

use crate::support::both;

const HERE: &str = "410183";
const THERE: &str = "410184";

fn now() -> NaiveDateTime {
    "2026-03-02T01:15:00".parse().unwrap()
}

/// The application some days after [`now`].
fn app(pool: &Pool, days: u64) -> App {
    App::new(pool.clone(), Box::new(FixedClock(now() + Days::new(days)))).unwrap()
}

fn grant(role: &str, prefix: &str) -> Grant {
    format!("{role}@{prefix}").parse().unwrap()
}

fn enter(app: &App, by: By, login: &str, grants: &[Grant]) -> Result<UserFile, AppError> {
    app.create_user(by, NewUser { login: login.into(), display_name: "测试人员".into(), grants: grants.to_vec() })
}

fn wish(days: u32, roles: Option<Vec<Role>>) -> TokenWish {
    TokenWish { label: "办公电脑".into(), roles, days }
}

fn id(file: &UserFile) -> UserId {
    file.row.user.id
}

/// A user from the command line, signed in.
fn signed_in(app: &App, login: &str, grants: &[Grant]) -> Caller {
    let user = id(&enter(app, By::CommandLine, login, grants).unwrap());
    let secret = app.create_token(By::CommandLine, user, wish(30, None)).unwrap().secret;
    app.caller_by_token(&secret).unwrap().unwrap()
}

fn admin(app: &App, prefix: &str) -> Caller {
    signed_in(app, &format!("admin{prefix}"), &[grant("admin", prefix)])
}

/// Whom an administrator finds in the list; each can be opened, and nobody else can.
fn seen(app: &App, by: &Caller, all: &[UserId]) -> Vec<UserId> {
    let listed: Vec<UserId> = app.users(by, 0, 1000).unwrap().iter().map(|row| row.user.id).collect();
    for user in all {
        let opened = app.user(by, *user);
        assert_eq!(opened.is_ok(), listed.contains(user), "user {user}");
        if let Err(error) = opened {
            assert!(matches!(error, AppError::NotFound(_)), "{error}");
        }
    }
    listed.into_iter().filter(|user| all.contains(user)).collect()
}

#[test]
fn a_user_is_seen_by_the_maker_until_the_first_role_and_then_where_the_roles_are() {
    both(|pool| {
        let app = app(&pool, 0);
        let (here, there, city) = (admin(&app, HERE), admin(&app, THERE), admin(&app, "4101"));
        let user = id(&enter(&app, By::from(&here), "jb01", &[]).unwrap());
        assert_eq!(seen(&app, &here, &[user]), [user]);
        assert_eq!(seen(&app, &there, &[user]), []);
        assert_eq!(seen(&app, &city, &[user]), []);

        let change = |by: &Caller, change| app.change_user(By::from(by), user, change);
        change(&here, Change::Grant(grant("clerk", HERE))).unwrap();
        assert_eq!(seen(&app, &here, &[user]), [user]);
        assert_eq!(seen(&app, &there, &[user]), []);
        assert_eq!(seen(&app, &city, &[user]), [user]);

        // The person moves to the neighbouring county: the maker has no more to do with the account.
        let (file, _) = change(&city, Change::Grant(grant("clerk", THERE))).unwrap();
        let first = file.row.grants.iter().find(|granted| granted.grant == grant("clerk", HERE)).unwrap().id;
        change(&city, Change::Revoke(first)).unwrap();
        assert_eq!(seen(&app, &here, &[user]), []);
        assert_eq!(seen(&app, &there, &[user]), [user]);
        assert!(matches!(change(&here, Change::SetActive(false)), Err(AppError::NotFound(_))));

        // Without any role they may take the account up again where it was used, and where it was made.
        let (file, _) = change(&there, Change::Grant(grant("viewer", THERE))).unwrap();
        for granted in file.row.grants {
            change(&there, Change::Revoke(granted.id)).unwrap();
        }
        assert_eq!(seen(&app, &here, &[user]), [user]);
        assert_eq!(seen(&app, &there, &[user]), [user]);
    });
}

#[test]
fn an_administrator_grants_nothing_beyond_the_own_prefix() {
    both(|pool| {
        let app = app(&pool, 0);
        let here = admin(&app, HERE);
        let user = id(&enter(&app, By::from(&here), "jb01", &[grant("clerk", HERE)]).unwrap());
        for prefix in [THERE, "4101", "41"] {
            let refused = app.change_user(By::from(&here), user, Change::Grant(grant("clerk", prefix)));
            assert!(matches!(refused, Err(AppError::Forbidden(_))), "{prefix}");
            let refused = enter(&app, By::from(&here), "jb02", &[grant("clerk", HERE), grant("clerk", prefix)]);
            assert!(matches!(refused, Err(AppError::Forbidden(_))), "{prefix}");
        }
        enter(&app, By::from(&here), "jb02", &[]).expect("nothing was left of the refused user");
    });
}

#[test]
fn administration_and_business_are_kept_apart_on_the_command_line_too() {
    both(|pool| {
        let app = app(&pool, 0);
        for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
            // Even where the two lie in different counties.
            let grants = [grant("admin", HERE), grant(role.as_str(), THERE)];
            assert!(matches!(enter(&app, By::CommandLine, "both", &grants), Err(AppError::Conflict(_))), "{role}");
        }
    });
}

#[test]
fn of_administrators_who_disable_each_other_at_once_one_stays() {
    both(|pool| {
        let app = Arc::new(app(&pool, 0));
        for round in 0..5 {
            let pair = ["a", "b"].map(|name| signed_in(&app, &format!("{name}{round}"), &[grant("admin", HERE)]));
            let together = Arc::new(Barrier::new(2));
            let outcomes = [0, 1].map(|at| {
                let (app, together) = (Arc::clone(&app), Arc::clone(&together));
                let (by, other) = (By::from(&pair[at]), pair[1 - at].user);
                std::thread::spawn(move || {
                    together.wait();
                    app.change_user(by, other, Change::SetActive(false)).is_ok()
                })
            });
            let succeeded = outcomes.map(|outcome| outcome.join().unwrap());
            assert_eq!(succeeded.iter().filter(|succeeded| **succeeded).count(), 1, "round {round}");
        }
    });
}

#[test]
fn the_last_administrator_cannot_leave() {
    both(|pool| {
        let app = app(&pool, 0);
        let last = admin(&app, HERE);
        let number = app.user(&last, last.user).unwrap().row.grants[0].id;
        for change in [Change::SetActive(false), Change::Erase, Change::Revoke(number)] {
            let refused = app.change_user(By::from(&last), last.user, change.clone());
            assert!(matches!(refused, Err(AppError::Conflict(_))), "{change:?}");
        }
        assert_eq!(app.me(&last).unwrap().grants, [grant("admin", HERE)]);
    });
}

#[test]
fn a_token_is_kept_as_a_digest_and_ends_with_its_day_its_revocation_or_its_owner() {
    both(|pool| {
        let app_now = app(&pool, 0);
        let here = admin(&app_now, HERE);
        let user = id(&enter(&app_now, By::from(&here), "jb01", &[grant("clerk", HERE)]).unwrap());
        let issue = |days| app_now.create_token(By::from(&here), user, wish(days, None)).unwrap();
        let lives = |app: &App, secret: &str| app.caller_by_token(secret).unwrap().is_some();

        let dated = issue(7);
        let digests: Vec<Vec<u8>> =
            api_token::table.select(api_token::secret_sha256).load(&mut *pool.get().unwrap()).unwrap();
        assert!(digests.iter().all(|digest| digest.len() == 32 && !dated.secret.as_bytes().ends_with(digest)));
        assert!(lives(&app(&pool, 6), &dated.secret));
        assert!(!lives(&app(&pool, 7), &dated.secret), "the last moment is not in it");

        let revoked = issue(7);
        app_now.revoke_token(By::from(&here), user, revoked.token.id).unwrap();
        assert!(!lives(&app_now, &revoked.secret));
        assert!(lives(&app_now, &dated.secret), "the other one stays");

        app_now.change_user(By::from(&here), user, Change::SetActive(false)).unwrap();
        assert!(!lives(&app_now, &dated.secret));
    });
}

#[test]
fn a_token_lets_through_its_own_roles_and_breeds_no_wider_one() {
    both(|pool| {
        let app = app(&pool, 0);
        let owner = signed_in(&app, "jb01", &[grant("clerk", HERE), grant("viewer", HERE)]);
        let narrow = app.create_my_token(&owner, wish(30, Some(vec![Role::Viewer]))).unwrap();
        let narrow = app.caller_by_token(&narrow.secret).unwrap().unwrap();
        assert_eq!(narrow.grants, [grant("viewer", HERE)]);
        let refused = app.create_my_token(&narrow, wish(30, Some(vec![Role::Clerk])));
        assert!(matches!(refused, Err(AppError::Fields(_))));
        let bred = app.create_my_token(&narrow, wish(30, None)).unwrap();
        assert_eq!(app.caller_by_token(&bred.secret).unwrap().unwrap().grants, [grant("viewer", HERE)]);
    });
}

#[test]
fn erasing_leaves_the_number_and_takes_the_person() {
    both(|pool| {
        let app = app(&pool, 0);
        let here = admin(&app, HERE);
        let clerk = id(&enter(&app, By::from(&here), "jb01", &[grant("clerk", HERE)]).unwrap());
        let secret = app.create_token(By::from(&here), clerk, wish(30, None)).unwrap().secret;
        app.change_user(By::from(&here), clerk, Change::Erase).unwrap();
        let file = app.user(&here, clerk).unwrap();
        assert!(file.row.user.person.is_none() && !file.row.user.is_active && file.row.grants.is_empty());
        assert!(file.tokens.iter().all(|token| token.revoked_at.is_some() && token.label.is_empty()));
        assert!(app.caller_by_token(&secret).unwrap().is_none());
        assert_eq!(app.user_by_login("jb01").unwrap(), None);
    });
}

#[test]
fn a_county_is_entered_once_and_begins_empty() {
    both(|pool| {
        let app = app(&pool, 0);
        let county = HERE.parse().unwrap();
        let body = CountyBody { county, name: Line::new("新密市").unwrap(), extent: Extent::COUNTRY };
        app.add_county(body.clone()).unwrap();
        let head = app.ledger_head(county).unwrap();
        assert_eq!((head.seq, head.hash), (0, [0; 32]));
        assert!(matches!(app.add_county(body), Err(AppError::Taken(_))));
        let page = JournalPage { at: Place::by_id(0, 10), ..JournalPage::default() };
        let journal = app.journal(county, &page).unwrap().rows;
        let [entry] = &journal[..] else { panic!("{journal:?}") };
        assert_eq!((entry.user, entry.operation.as_str()), (UserId::COMMAND_LINE, "createCounty"));
        assert!(entry.after.as_ref().unwrap().contains("新密市"));
    });
}
