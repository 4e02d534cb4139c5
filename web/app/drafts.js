// What somebody typed and has not sent: kept in this window until it is sent or its writer signs out, so that a reload, a
// lost connection or an ended session loses nothing, and the next person at the same computer sees nothing.

const PREFIX = 'dizhang.draft.';

/** Whose drafts these are; set by session.js. */
let owner = '';

/** @param {string} name */
const key = (name) => `${PREFIX}${owner}.${name}`;

/** @param {string} name @param {unknown} value */
export function keepDraft(name, value) {
  try {
    sessionStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    // A full or forbidden store: the form works, only without its draft.
  }
}

/** @template T @param {string} name @returns {T | null} */
export function draft(name) {
  try {
    return JSON.parse(sessionStorage.getItem(key(name)) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string} name */
export function dropDraft(name) {
  try {
    sessionStorage.removeItem(key(name));
  } catch {
    // Nothing was kept there.
  }
}

/** Drops the drafts of everybody, or of everybody but one. @param {string} [but] */
export function dropDrafts(but) {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(PREFIX) && !(but && name.startsWith(`${PREFIX}${but}.`))) sessionStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept there.
  }
}

/** The drafts of another person are not theirs to see. @param {string} user */
export function draftsOf(user) {
  owner = user;
  if (user) dropDrafts(user);
}
