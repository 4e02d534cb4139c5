//! Group commit: writes that wait for the same lock share one transaction, a savepoint each.
//!
//! A commit costs a flush of the disk; sixteen clients that each wait for their own get a sixteenth of
//! what the disk can do. Here the writes of a lane queue up while one commits, and the next transaction
//! takes them all. A write that fails is rolled back to its savepoint and its neighbours stay. A long write, such as an
//! import, runs alone and turns away those that come meanwhile.
//! No thread stands by: the first caller of a group runs it for all, and hands the lane to the next.
//! On SQLite there is one lane for the database, on PostgreSQL one per county (docs/adr/0004).

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diesel::connection::SimpleConnection as _;

use crate::storage::db::{Db, Lane, Pool, StorageError};

/// Writes that share one transaction.
const BATCH_MAX: usize = 64;

/// Writes that may wait in one lane before the next is told to come again.
const QUEUE_MAX: usize = 4096;

/// Queues writes by lane and commits them in groups.
#[derive(Clone)]
pub struct Writer {
    shared: Arc<Shared>,
    is_rehearsal: bool,
}

struct Shared {
    pool: Pool,
    one_lane: bool,
    lanes: Mutex<HashMap<Lane, Queue>>,
}

/// What waits for a lane, and whether a long write holds it now.
#[derive(Default)]
struct Queue {
    jobs: VecDeque<Box<dyn Job>>,
    is_held: bool,
}

type Jobs = Vec<Box<dyn Job>>;

/// A write that waits for its turn.
trait Job: Send {
    /// Whether it takes so long that nobody should wait behind it.
    fn is_long(&self) -> bool;
    /// Does the work inside the transaction; false asks for its part to be rolled back.
    fn run(&mut self, db: &mut Db) -> bool;
    /// Tells the caller: what came of the work, or that the transaction around it failed.
    fn finish(self: Box<Self>, failed: Option<StorageError>);
    /// Asks the caller, who waits, to serve the lane; false if there is nobody any more.
    fn lead(&self) -> bool;
}

/// What a waiting caller hears.
enum Word<T, E> {
    /// Its write stands first in the queue: it serves the next group.
    Lead,
    Done(Result<T, E>),
}

struct Task<W, T, E> {
    is_long: bool,
    /// Whether it is rolled back however it ends.
    is_rehearsal: bool,
    work: Option<W>,
    outcome: Option<Result<T, E>>,
    reply: SyncSender<Word<T, E>>,
}

impl<W, T, E> Job for Task<W, T, E>
where
    W: FnOnce(&mut Db) -> Result<T, E> + Send,
    T: Send,
    E: From<StorageError> + Send,
{
    fn is_long(&self) -> bool {
        self.is_long
    }

    fn run(&mut self, db: &mut Db) -> bool {
        let Some(work) = self.work.take() else { return false };
        let outcome =
            catch_unwind(AssertUnwindSafe(|| work(db))).unwrap_or_else(|_| Err(StorageError::Panicked.into()));
        let keep = outcome.is_ok() && !self.is_rehearsal;
        self.outcome = Some(outcome);
        keep
    }

    fn finish(self: Box<Self>, failed: Option<StorageError>) {
        let outcome = match (failed, self.outcome) {
            // A refusal stands whatever became of the transaction: nothing of it was to be kept.
            (_, Some(Err(error))) => Err(error),
            // So does what was only tried.
            (_, Some(Ok(value))) if self.is_rehearsal => Ok(value),
            (Some(error), _) => Err(error.into()),
            (None, Some(Ok(value))) => Ok(value),
            (None, None) => Err(StorageError::Panicked.into()),
        };
        // The caller may be gone; then nobody waits for the answer.
        drop(self.reply.send(Word::Done(outcome)));
    }

    fn lead(&self) -> bool {
        self.reply.send(Word::Lead).is_ok()
    }
}

impl Writer {
    pub fn new(pool: Pool, one_lane: bool) -> Self {
        Self { shared: Arc::new(Shared { pool, one_lane, lanes: Mutex::default() }), is_rehearsal: false }
    }

    /// The same queue for writes that are only tried: each is done, answers, and is rolled back.
    pub fn rehearsal(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), is_rehearsal: true }
    }

    /// Runs `work` as the only writer of the lane and waits until it is committed.
    pub fn write<T, E>(&self, lane: Lane, work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.submit(lane, false, work)
    }

    /// The same for work of seconds: it shares its transaction with no other, and whoever comes meanwhile is told to
    /// come again instead of being kept waiting.
    pub fn write_long<T, E>(
        &self,
        lane: Lane,
        work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.submit(lane, true, work)
    }

    fn submit<T, E>(
        &self,
        lane: Lane,
        is_long: bool,
        work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let lane = if self.shared.one_lane { Lane::REGISTRY } else { lane };
        // Room for both words, so that nobody who speaks ever waits.
        let (reply, answer) = sync_channel(2);
        let job = Box::new(Task { is_long, is_rehearsal: self.is_rehearsal, work: Some(work), outcome: None, reply });
        let starts = {
            let mut lanes = self.shared.lanes();
            match lanes.get_mut(&lane) {
                Some(queue) if queue.is_held || queue.jobs.len() >= QUEUE_MAX => return Err(StorageError::Busy.into()),
                Some(queue) => {
                    queue.jobs.push_back(job);
                    false
                }
                None => {
                    lanes.insert(lane, Queue { jobs: VecDeque::from([job as Box<dyn Job>]), is_held: false });
                    true
                }
            }
        };
        if starts {
            self.shared.serve(lane);
        }
        loop {
            match answer.recv() {
                Ok(Word::Done(outcome)) => return outcome,
                Ok(Word::Lead) => self.shared.serve(lane),
                Err(_) => return Err(StorageError::Panicked.into()),
            }
        }
    }
}

/// The lane is served by this thread; when it stops, whatever the reason, the next in the queue goes on.
struct Leading<'a> {
    shared: &'a Shared,
    lane: Lane,
}

impl Drop for Leading<'_> {
    fn drop(&mut self) {
        let mut lanes = self.shared.lanes();
        let Some(queue) = lanes.get_mut(&self.lane) else { return };
        while let Some(first) = queue.jobs.front() {
            if first.lead() {
                return;
            }
            queue.jobs.pop_front();
        }
        lanes.remove(&self.lane);
    }
}

impl Shared {
    fn lanes(&self) -> MutexGuard<'_, HashMap<Lane, Queue>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits one group of what waits in the lane.
    fn serve(&self, lane: Lane) {
        let _leading = Leading { shared: self, lane };
        let (mut group, behind) = match self.lanes().get_mut(&lane) {
            Some(queue) => next_group(queue),
            None => return,
        };
        for job in behind {
            job.finish(Some(StorageError::Busy));
        }
        let committed = match self.pool.get() {
            Ok(mut db) => db
                .write(lane, |db| commit_group(db, &mut group))
                .map_err(|error| if is_locked(&error) { StorageError::Busy } else { StorageError::Database(error) }),
            Err(error) => Err(StorageError::Pool(error)),
        };
        // Before the caller hears of it, who may write again at once.
        if let Some(queue) = self.lanes().get_mut(&lane) {
            queue.is_held = false;
        }
        // The first hears why; the others that they may come again.
        let mut failed = committed.err();
        let whole = failed.is_some();
        for job in group {
            job.finish(failed.take().or(whole.then_some(StorageError::Busy)));
        }
    }
}

/// The jobs of the next transaction, and those that are told to come again because a long one is about to run.
///
/// Those that came before a long job go first; then it runs alone.
fn next_group(queue: &mut Queue) -> (Jobs, Jobs) {
    queue.is_held = queue.jobs.front().is_some_and(|job| job.is_long());
    if queue.is_held {
        let long = queue.jobs.pop_front();
        return (long.into_iter().collect(), queue.jobs.drain(..).collect());
    }
    let count = queue.jobs.iter().take(BATCH_MAX).take_while(|job| !job.is_long()).count();
    (queue.jobs.drain(..count).collect(), Vec::new())
}

/// Whether another program, such as an import from the command line, keeps SQLite's one lock for longer than we wait.
fn is_locked(error: &diesel::result::Error) -> bool {
    matches!(error, diesel::result::Error::DatabaseError(_, why) if why.message() == "database is locked")
}

/// Runs the group's jobs, each after a savepoint of its own; one alone needs none.
fn commit_group(db: &mut Db, group: &mut [Box<dyn Job>]) -> Result<(), diesel::result::Error> {
    if let [job] = group {
        return if job.run(db) { Ok(()) } else { Err(diesel::result::Error::RollbackTransaction) };
    }
    for (n, job) in group.iter_mut().enumerate() {
        // One journey: the job before is past undoing, and they shall not pile up.
        db.batch_execute(if n == 0 { "SAVEPOINT job" } else { "RELEASE SAVEPOINT job; SAVEPOINT job" })?;
        if !job.run(db) {
            db.batch_execute("ROLLBACK TO SAVEPOINT job")?;
        }
    }
    Ok(())
}
