// Who is signed in: the cookie session, the person's rights, the county they work in.

import * as api from './api.js';
import { draftsOf, dropDrafts } from './drafts.js';
import { forgetLookups } from './lookups.js';
import { Problem } from './problem.js';

/** @typedef {import('../types.js').Me} Me */
/** @typedef {import('../types.js').Role} Role */
/** @typedef {import('../types.js').Schema<'CountyView'>} County */

export const state = {
  me: /** @type {Me | null} */ (null),
  counties: /** @type {County[]} */ ([]),
  county: '',
};

const COUNTY_KEY = 'dizhang.county';

/** Windows of the same browser hear when somebody signs out or in. */
const channel = new BroadcastChannel('dizhang.session');

/** What is done when another window signs out. @param {() => void} action */
export function onSignedOutElsewhere(action) {
  channel.addEventListener('message', ({ data }) => {
    if (data === 'signed-out') {
      forget();
      action();
    }
  });
}

function forget() {
  forgetLookups();
  state.me = null;
  state.counties = [];
  api.credentials.headers = {};
  dropDrafts();
  draftsOf('');
}

/** Reads who is signed in. */
export async function load() {
  try {
    await readSession();
    const me = await api.get('/api/v1/me');
    const { items } = await api.get('/api/v1/counties');
    if (state.me?.id !== me.id) forgetLookups();
    state.me = me;
    state.counties = items;
    draftsOf(String(me.id));
    let kept = '';
    try {
      kept = localStorage.getItem(COUNTY_KEY) ?? '';
    } catch {
      // The first county, then.
    }
    state.county = (items.find(({ county }) => county === (state.county || kept)) ?? items[0])?.county ?? '';
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error;
    state.me = null;
  }
  return state.me;
}

/** @param {string} county */
export function chooseCounty(county) {
  state.county = county;
  try {
    localStorage.setItem(COUNTY_KEY, county);
  } catch {
    // It holds until the page is closed.
  }
}

/** Whether a grant's prefix takes in a county. @param {string} prefix @param {string} county */
const takesIn = (prefix, county) => county.startsWith(prefix.replace(/\*+$/, ''));

/** Whether the person holds one of the roles in the county in use. @param {...Role} roles */
export function can(...roles) {
  return Boolean(
    state.me?.grants.some(({ role, prefix }) => roles.includes(role) && (!state.county || takesIn(prefix, state.county))),
  );
}

/** @typedef {{ csrf_token: string }} Current */

/** Takes the token that changes name from an answer about the session. @param {Current} current */
function take(current) {
  api.credentials.headers = { 'x-csrf-token': current.csrf_token };
}

async function readSession() {
  take((await api.send('get', '/api/v1/session')).data);
}

// Another window of this browser signed in anew: this one asks for the token of the new session.
api.credentials.renew = readSession;

/** @param {string} login @param {string} password */
export async function signIn(login, password) {
  take((await api.send('post', '/api/v1/session', { body: { login, password } })).data);
  return load();
}

export async function signOut() {
  await api.send('delete', '/api/v1/session');
  forget();
  channel.postMessage('signed-out');
}
