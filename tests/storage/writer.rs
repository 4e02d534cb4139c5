//! The writer: groups of writes in one transaction, each kept or left out by itself.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use diesel::prelude::*;
use dizhang::storage::db::{Db, Lane, Pool, StorageError};
use dizhang::storage::schema::app_user;
use dizhang::storage::writer::Writer;

use crate::support::both;

fn writer(pool: &Pool) -> Writer {
    Writer::new(pool.clone(), pool.get().unwrap().is_sqlite())
}

fn insert(db: &mut Db, id: i64) -> Result<(), StorageError> {
    diesel::insert_into(app_user::table)
        .values((
            app_user::id.eq(id),
            app_user::is_active.eq(true),
            app_user::created_at.eq("2026-01-01T00:00:00".parse::<chrono::NaiveDateTime>().unwrap()),
        ))
        .execute(db)?;
    Ok(())
}

fn kept(pool: &Pool) -> BTreeSet<i64> {
    let ids: Vec<i64> = app_user::table.select(app_user::id).load(&mut *pool.get().unwrap()).unwrap();
    ids.into_iter().collect()
}

/// Holds the lane until many writes wait in it, so that they share a transaction.
fn together(
    writer: &Writer,
    lane: Lane,
    jobs: usize,
    job: impl Fn(usize) -> bool + Sync,
    work: fn(&mut Db, usize) -> Result<(), StorageError>,
) {
    let (release, held) = sync_channel::<()>(0);
    std::thread::scope(|scope| {
        let holder = writer.clone();
        scope.spawn(move || {
            holder.write::<(), StorageError>(lane, move |_| {
                held.recv_timeout(Duration::from_secs(30)).expect("the others are queued by then");
                Ok(())
            })
        });
        // The lane is taken once the first write runs; those that come now wait for it.
        std::thread::sleep(Duration::from_millis(100));
        for n in 0..jobs {
            let (writer, job) = (writer.clone(), &job);
            scope.spawn(move || {
                let outcome = writer.write(lane, move |db| work(db, n));
                assert_eq!(outcome.is_ok(), job(n), "{n}: {outcome:?}");
            });
        }
        std::thread::sleep(Duration::from_millis(200));
        release.send(()).expect("the holder waits");
    });
}

#[test]
fn a_write_that_fails_takes_none_of_its_group_with_it() {
    both(|pool| {
        insert(&mut pool.get().unwrap(), 1000).unwrap();
        let writer = writer(&pool);
        together(
            &writer,
            Lane::REGISTRY,
            100,
            |n| n % 5 > 2,
            |db, n| {
                let id = i64::try_from(n).unwrap();
                match n % 5 {
                    // The database refuses: the key is taken.
                    0 => insert(db, 1000),
                    // It writes, and then thinks better of it.
                    1 => insert(db, id).and(Err(StorageError::Busy)),
                    // It writes, and then falls over.
                    2 => insert(db, id).map(|()| panic!("a deliberate panic")),
                    _ => insert(db, id),
                }
            },
        );
        let wanted: BTreeSet<i64> = (0..100).filter(|n| n % 5 > 2).chain([1000]).collect();
        assert_eq!(kept(&pool), wanted);
    });
}

#[test]
fn a_write_sees_what_those_before_it_wrote() {
    both(|pool| {
        let writer = writer(&pool);
        together(
            &writer,
            Lane::REGISTRY,
            80,
            |_| true,
            |db, _| {
                let last: Option<i64> = app_user::table.select(diesel::dsl::max(app_user::id)).first(db)?;
                insert(db, last.unwrap_or(0) + 1)
            },
        );
        assert_eq!(kept(&pool), (1..=80).collect(), "without a gap and without a repetition");
    });
}

#[test]
fn two_writers_on_one_database_leave_no_gap() {
    both(|pool| {
        // As two processes would: each with lanes of its own, the lock is the database's.
        let writers = [writer(&pool), writer(&pool)];
        let start = Barrier::new(8);
        std::thread::scope(|scope| {
            for n in 0..8 {
                let (writer, start) = (&writers[n % 2], &start);
                scope.spawn(move || {
                    start.wait();
                    for _ in 0..10 {
                        let next = |db: &mut Db| {
                            let last: Option<i64> = app_user::table.select(diesel::dsl::max(app_user::id)).first(db)?;
                            insert(db, last.unwrap_or(0) + 1)
                        };
                        writer.write(Lane::REGISTRY, next).unwrap();
                    }
                });
            }
        });
        assert_eq!(kept(&pool), (1..=80).collect());
    });
}

#[test]
fn counties_do_not_wait_for_each_other_on_postgres() {
    both(|pool| {
        if pool.get().unwrap().is_sqlite() {
            return; // It has one writer for the whole database.
        }
        let writer = writer(&pool);
        let (done, waits) = sync_channel::<()>(1);
        std::thread::scope(|scope| {
            let first = writer.clone();
            scope.spawn(move || {
                let outcome: Result<(), StorageError> = first.write(Lane(410_183), move |_| {
                    waits.recv_timeout(Duration::from_secs(30)).expect("the other county writes meanwhile");
                    Ok(())
                });
                outcome.unwrap();
            });
            let outcome: Result<(), StorageError> = writer.write(Lane(410_184), |db| insert(db, 1));
            outcome.unwrap();
            done.send(()).unwrap();
        });
    });
}

#[test]
fn who_comes_during_a_long_write_is_told_to_come_again_and_who_came_before_is_not() {
    both(|pool| {
        let writer = writer(&pool);
        let (release, held) = sync_channel::<()>(0);
        let (begin, begun) = sync_channel::<()>(0);
        std::thread::scope(|scope| {
            let long = writer.clone();
            let holder = scope.spawn(move || {
                long.write_long::<(), StorageError>(Lane(410_183), move |db| {
                    begin.send(()).expect("the test waits for it");
                    held.recv_timeout(Duration::from_secs(30)).expect("the test lets it go");
                    insert(db, 1)
                })
            });
            begun.recv_timeout(Duration::from_secs(30)).unwrap();
            let asked = std::time::Instant::now();
            let turned_away = writer.write::<(), StorageError>(Lane(410_183), |db| insert(db, 2));
            assert!(matches!(turned_away, Err(StorageError::Busy)), "{turned_away:?}");
            assert!(asked.elapsed() < Duration::from_secs(1));
            release.send(()).unwrap();
            holder.join().unwrap().unwrap();
        });
        writer.write::<(), StorageError>(Lane(410_183), |db| insert(db, 3)).unwrap();
        assert_eq!(kept(&pool), BTreeSet::from([1, 3]));
    });
}

#[test]
fn a_lock_that_another_program_holds_is_no_failure_of_ours() {
    both(|pool| {
        if !pool.get().unwrap().is_sqlite() {
            return; // PostgreSQL's lock waits without a limit.
        }
        // Without the patience of ten seconds that each connection has.
        let all: Vec<_> = std::iter::from_fn(|| pool.try_get()).collect();
        for mut connection in all {
            diesel::sql_query("PRAGMA busy_timeout = 0").execute(&mut *connection).unwrap();
        }
        let writer = writer(&pool);
        let mut other = pool.get().unwrap();
        other
            .write::<(), StorageError>(Lane(410_183), |_| {
                let turned_away = writer.write::<(), StorageError>(Lane(410_183), |db| insert(db, 1));
                assert!(matches!(turned_away, Err(StorageError::Busy)), "{turned_away:?}");
                Ok(())
            })
            .unwrap();
    });
}
