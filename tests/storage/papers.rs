//! The register of numbers on both databases: one paper a number, void ones kept, gaps in sight, however many write at once.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use dizhang::app::App;
use dizhang::app::caller::{Caller, Credential, Grant};
use dizhang::app::clock::FixedClock;
use dizhang::app::error::AppError;
use dizhang::app::papers::VoidNumberBody;
use dizhang::domain::county::CountyBody;
use dizhang::domain::input::read;
use dizhang::domain::ledger::kind::Role;
use dizhang::domain::paper::number::OfficialNumber;
use dizhang::domain::region::{County, UserId};
use dizhang::storage::db::{Db, Lane, Pool, StorageError};
use dizhang::storage::paper_number;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde_json::json;

use crate::support::both;

fn county() -> County {
    "410183".parse().unwrap()
}

fn now() -> NaiveDateTime {
    "2026-03-02T08:00:00".parse().unwrap()
}

fn caller() -> Caller {
    let grant = |role| Grant { prefix: "41".parse().unwrap(), role };
    Caller {
        user: UserId(1),
        credential: Credential::Token(1),
        grants: vec![grant(Role::Admin), grant(Role::Approver)],
    }
}

fn app(pool: &Pool) -> App {
    let app = App::new(pool.clone(), Box::new(FixedClock(now()))).unwrap();
    let body = json!({
        "county": "410183", "name": "新密市",
        "extent": {"west": "113.1", "south": "34.28", "east": "113.72", "north": "34.68"}
    });
    let body: CountyBody = read(body.to_string().as_bytes()).unwrap();
    app.create_county(&caller(), body).unwrap();
    app
}

fn number(word: &str, year: i64, n: i64) -> OfficialNumber {
    OfficialNumber { word: word.parse().unwrap(), year, n }
}

fn void(number: &OfficialNumber, reason: &str) -> VoidNumberBody {
    let body = json!({
        "number": {"word": number.word.as_str(), "year": number.year, "n": number.n}, "reason": reason
    });
    read(body.to_string().as_bytes()).unwrap()
}

fn take(db: &mut Db, number: &OfficialNumber) -> Result<(), StorageError> {
    db.write(Lane(county().number()), |db| {
        if paper_number::find(db, county(), number)?.is_some() {
            return Ok(());
        }
        paper_number::insert(db, county(), number, None, (now(), UserId(1)))
    })
}

#[test]
fn the_register_is_what_was_done_to_it() {
    both(|pool| {
        let app = app(&pool);
        let mut dice = ChaCha8Rng::seed_from_u64(13);
        // What each number must be: void with its reason, or used.
        let mut model: BTreeMap<(&str, i64, i64), Option<String>> = BTreeMap::new();
        for round in 0..160 {
            let mut throw = |sides: u32| i64::from(dice.next_u32() % sides);
            let word = if throw(2) == 0 { "演示自然资闲" } else { "演示自然资函" };
            let (year, n, is_taken) = (2025 + throw(2), 1 + throw(24), throw(10) < 6);
            let of = number(word, year, n);
            if is_taken {
                take(&mut pool.get().unwrap(), &of).unwrap();
                model.entry((word, year, n)).or_default();
                continue;
            }
            let reason = format!("理由{}", round % 3);
            let done = app.void_paper_number(&caller(), county(), void(&of, &reason));
            match model.entry((word, year, n)).or_default() {
                Some(known) if *known == reason => assert!(!done.unwrap().is_new),
                Some(_) => assert!(matches!(done, Err(AppError::Conflict(_)))),
                state @ None => {
                    assert!(done.unwrap().is_new);
                    *state = Some(reason);
                }
            }
        }
        let registers = app.paper_registers(county()).unwrap();
        let mut count = 0;
        for register in &registers {
            let of = (register.word.clone(), register.year);
            let lines = app.paper_numbers(county(), of, 0, i64::MAX).unwrap();
            // Every number up to the last stands in exactly one line.
            let mut next = 1;
            for line in &lines {
                assert_eq!(line.from, next);
                next = line.to + 1;
                let Some((taken, _)) = &line.entry else { continue };
                let reason = taken.void.as_ref().map(|void| void.reason.clone());
                assert_eq!(model.get(&(register.word.as_str(), register.year, taken.n)), Some(&reason));
                count += 1;
            }
            assert_eq!(next, register.last + 1);
            let missing: i64 =
                lines.iter().filter(|line| line.entry.is_none()).map(|line| line.to - line.from + 1).sum();
            assert_eq!(missing, register.last - register.taken);
        }
        assert_eq!(count, model.len());
    });
}

#[test]
fn a_number_is_taken_once_though_everybody_wants_it_at_the_same_moment() {
    both(|pool| {
        let app = app(&pool);
        let outcomes: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|at| {
                    let app = &app;
                    scope.spawn(move || {
                        (1..=20)
                            .map(|n| {
                                let body = void(&number("演示自然资闲", 2026, n), &format!("第{at}人"));
                                app.void_paper_number(&caller(), county(), body).is_ok()
                            })
                            .filter(|taken| *taken)
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(outcomes.len(), 20);
        let lines = app.paper_numbers(county(), ("演示自然资闲".parse().unwrap(), 2026), 0, 100).unwrap();
        assert_eq!(lines.len(), 20);
        // The database itself would refuse a second one.
        let of = number("演示自然资闲", 2026, 1);
        let db = &mut *pool.get().unwrap();
        assert!(paper_number::insert(db, county(), &of, None, (now(), UserId(1))).is_err());
    });
}
