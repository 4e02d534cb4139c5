//! Work on all processors whose results come out in the order of what went in, with a bounded number on the way.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{channel, sync_channel};

use crate::app::error::{AppError, StorageError};

/// More threads than this gain nothing: the one that takes the results is busy then.
const THREADS_MAX: usize = 8;

/// Takes from `next` until it ends, runs `work` on several threads, and gives each result to `taken` in order.
///
/// The first error ends it.
pub(super) fn in_order<I: Send, O: Send>(
    mut next: impl FnMut() -> Option<Result<I, AppError>>,
    work: impl Fn(I) -> O + Sync,
    mut taken: impl FnMut(O) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
    let ahead = threads * 2;
    let (give, jobs) = sync_channel::<(usize, I)>(ahead);
    let (done, results) = channel::<(usize, Option<O>)>();
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        // Dropped when this returns by an error: the threads then find nothing more to do.
        let give = give;
        for _ in 0..threads {
            let (done, jobs, work) = (done.clone(), &jobs, &work);
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().ok().and_then(|jobs| jobs.recv().ok());
                    let Some((number, input)) = job else { return };
                    let output = catch_unwind(AssertUnwindSafe(|| work(input))).ok();
                    if done.send((number, output)).is_err() {
                        return;
                    }
                }
            });
        }
        let (mut given, mut wanted, mut ended) = (0, 0, false);
        let mut early = BTreeMap::new();
        loop {
            while !ended && given - wanted < ahead {
                match next() {
                    Some(input) => {
                        give.send((given, input?)).map_err(|_| AppError::Storage(StorageError::Panicked))?;
                        given += 1;
                    }
                    None => ended = true,
                }
            }
            if wanted == given {
                return Ok(());
            }
            let (number, output) = results.recv().map_err(|_| AppError::Storage(StorageError::Panicked))?;
            early.insert(number, output);
            while let Some(output) = early.remove(&wanted) {
                taken(output.ok_or(AppError::Storage(StorageError::Panicked))?)?;
                wanted += 1;
            }
        }
    })
}
