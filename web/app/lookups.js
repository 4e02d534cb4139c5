// Names behind codes and ids, read once per county and kept while the page is open.

import * as api from './api.js';

/** @typedef {import('../types.js').Schema<'TownshipView'>} Township */

/** @type {Map<string, Promise<Township[]>>} */
const townshipLists = new Map();

/** The townships of a county. @param {string} county @returns {Promise<Township[]>} */
export function townships(county) {
  let list = townshipLists.get(county);
  if (!list) {
    list = api.get('/api/v1/counties/{county}/townships', { path: { county } }).then(({ items }) => items);
    list.catch(() => townshipLists.delete(county));
    townshipLists.set(county, list);
  }
  return list;
}

/** Forgets the townships of a county: one was written. @param {string} county */
export const forgetTownships = (county) => townshipLists.delete(county);

/** Choices for a select. @param {string} county */
export const townshipChoices = async (county) =>
  (await townships(county)).map(({ code, name }) => ({ value: code, text: name }));

/** @param {string} county @param {string | null | undefined} code */
export async function townshipName(county, code) {
  if (!code) return '';
  return (await townships(county)).find((one) => one.code === code)?.name ?? code;
}

/** @typedef {{ id: number, display_name: string, roles: import('../types.js').Role[] }} Colleague */

/** @type {Map<string, Promise<Colleague[]>>} */
const peopleLists = new Map();

/** Who works in a county; nobody for those who may not see names. @param {string} county @returns {Promise<Colleague[]>} */
export function people(county) {
  let list = peopleLists.get(county);
  if (!list) {
    list = api.send('get', '/api/v1/counties/{county}/people', { path: { county } }).then(({ data }) => data.items, () => []);
    peopleLists.set(county, list);
  }
  return list;
}

/** @param {string} county @param {number} id */
export const personName = async (county, id) => (await people(county)).find((one) => one.id === id)?.display_name;

/**
 * People with one of the roles, for a select.
 * @param {string} county @param {...import('../types.js').Role} roles
 */
export const peopleChoices = async (county, ...roles) =>
  (await people(county)).filter((one) => one.roles.some((role) => roles.includes(role))).map(({ id, display_name }) => ({ value: String(id), text: display_name }));

/** @typedef {'plots' | 'parcels' | 'projects'} Coded records that people know by a code */

/** Codes that were looked up. @type {Map<string, Promise<string | null>>} */
const codes = new Map();
/** What was asked for in this moment, so that a long list is not a request for each of its rows. @type {Map<Coded, Map<number, (code: string | null) => void>>} */
const asked = new Map();
const PAGE = 1000;
/** More than this many are read from the list. */
const FEW = 6;

/**
 * The code by which people know a record.
 * @param {string} county @param {Coded} collection @param {number} id @returns {Promise<string | null>}
 */
export function codeOf(county, collection, id) {
  const key = `${county}/${collection}/${id}`;
  let code = codes.get(key);
  if (!code) {
    code = new Promise((resolve) => {
      const waiting = asked.get(collection) ?? new Map();
      if (waiting.size === 0) setTimeout(() => void look(county, collection), 20);
      asked.set(collection, waiting.set(id, resolve));
    });
    codes.set(key, code);
  }
  return code;
}

/** @param {string} county @param {Coded} collection */
async function look(county, collection) {
  const waiting = asked.get(collection) ?? new Map();
  asked.delete(collection);
  try {
    if (waiting.size <= FEW) {
      await Promise.all([...waiting].map(async ([id, resolve]) => resolve((await api.get(`/api/v1/counties/{county}/${collection}/{id}`, { path: { county, id } })).code)));
    } else {
      const last = Math.max(...waiting.keys());
      let after = Math.min(...waiting.keys()) - 1;
      while (after < last) {
        const { items } = await api.get(`/api/v1/counties/{county}/${collection}`, { path: { county }, query: { after, limit: PAGE } });
        for (const { id, code } of items) waiting.get(id)?.(code);
        after = items.length < PAGE ? last : items.at(-1)?.id ?? last;
      }
    }
  } catch {
    // The number says which it is, too.
  }
  for (const resolve of waiting.values()) resolve(null);
}

/** Forgets everything: somebody else signed in. */
export function forgetLookups() {
  codes.clear();
  townshipLists.clear();
  peopleLists.clear();
}
