// The client of the API: typed by its document, signed in by cookie.

import { languageTag } from './i18n.js';
import { Problem, Unreachable } from './problem.js';

/** @typedef {import('../types.js').paths} Paths */
/** @typedef {import('../types.js').Method} Method */
/** @typedef {Record<string, string | number | boolean | null | undefined> | URLSearchParams} AnyQuery */

/**
 * @typedef {object} Options
 * @property {Record<string, string | number>} [path] the variables of the address
 * @property {AnyQuery} [query]
 * @property {unknown} [body] sent as JSON; a Blob goes as it is
 * @property {string} [type] the media type of a Blob
 * @property {string | null} [version] the ETag that was read, for `If-Match`
 * @property {AbortSignal} [signal]
 * @property {Record<string, string>} [headers]
 */

/** @template T @typedef {{ data: T, etag: string | null, status: number }} Answered */

/** What the service wants to see in writes of a signed-in browser. Set by session.js. */
export const credentials = {
  /** @type {Record<string, string>} */ headers: {},
  /** @type {() => Promise<void>} */ renew: async () => {},
};

/** What is done when the session has ended: true means that somebody signed in again. Set by session.js. */
export const expired = { /** @type {() => Promise<boolean>} */ handle: async () => false };

/**
 * Where the service lies: beside the start file of the page.
 * @param {string} pattern @param {Options} [options]
 */
export function address(pattern, options = {}) {
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const value = options.path?.[name];
    if (value === undefined || value === '') throw new Error(`${pattern}: ${name} is missing`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  const given = options.query instanceof URLSearchParams ? Object.fromEntries(options.query) : options.query ?? {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return new URL(`.${path}${text ? `?${text}` : ''}`, document.baseURI.split('#')[0]).href;
}

/** @param {Method} method @param {string} pattern @param {Options} options @param {string} accept */
async function ask(method, pattern, options, accept) {
  const headers = new Headers({ accept, 'accept-language': languageTag(), ...options.headers });
  /** @type {BodyInit | undefined} */
  let body;
  if (options.body instanceof Blob) {
    body = options.body;
    headers.set('content-type', options.type || options.body.type || 'application/octet-stream');
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers.set('content-type', options.type ?? 'application/json');
  }
  if (options.version) headers.set('if-match', options.version);
  if (method !== 'get') for (const [name, value] of Object.entries(credentials.headers)) headers.set(name, value);
  const url = address(pattern, options);
  try {
    return await fetch(url, {
      method: method.toUpperCase(), headers, body, signal: options.signal, credentials: 'same-origin', redirect: 'error',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable();
  }
}

/**
 * Signals of requests that nobody waits for, such as checks while somebody types: when the session has ended, they fail and
 * nobody is asked to sign in for them.
 * @type {WeakSet<AbortSignal>}
 */
export const unattended = new WeakSet();

/** Addresses whose 401 says that nobody is signed in, not that a session ended. */
const SESSION = '/api/v1/session';

/** @param {Method} method @param {string} pattern @param {Options} options @param {string} accept */
async function request(method, pattern, options, accept) {
  const response = await ask(method, pattern, options, accept);
  if (response.ok) return response;
  const problem = await problemOf(response);
  const isAttended = !options.signal || !unattended.has(options.signal);
  if (problem instanceof Problem && pattern !== SESSION && (isAttended || problem.status !== 401)) {
    const again = problem.status === 401 ? await expired.handle() : problem.kind === 'csrf-token' && (await renewed());
    if (again) {
      const second = await ask(method, pattern, options, accept);
      if (second.ok) return second;
      throw await problemOf(second);
    }
  }
  throw problem;
}

async function renewed() {
  await credentials.renew();
  return true;
}

/** @param {Response} response */
async function problemOf(response) {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  return isProblem ? new Problem(await response.json()) : new Unreachable();
}

/**
 * @param {Method} method @param {string} pattern @param {Options} options
 * @returns {Promise<Answered<any>>}
 */
async function json(method, pattern, options) {
  const response = await request(method, pattern, options, 'application/json');
  const data = response.status === 204 ? null : await response.json();
  return { data, etag: response.headers.get('etag'), status: response.status };
}

/**
 * Any operation, without types: for parts that serve many addresses.
 * @param {Method} method @param {string} pattern @param {Options} [options]
 */
export const send = (method, pattern, options = {}) => json(method, pattern, options);

/**
 * Reads. `api.get('/api/v1/counties/{county}/plots', { path: { county }, query, signal })`.
 * @template {import('../types.js').PathWith<'get'>} P
 * @param {P} pattern @param {Options} [options]
 * @returns {Promise<import('../types.js').Answer<P, 'get'>>}
 */
export const get = async (pattern, options = {}) => (await json('get', pattern, options)).data;

/**
 * Reads a record together with the version that a change of it names.
 * @template {import('../types.js').PathWith<'get'>} P
 * @param {P} pattern @param {Options} [options]
 * @returns {Promise<Answered<import('../types.js').Answer<P, 'get'>>>}
 */
export const getVersion = (pattern, options = {}) => json('get', pattern, options);

/**
 * @template {import('../types.js').PathWith<'post'>} P
 * @param {P} pattern
 * @param {Omit<Options, 'body'> & { body?: import('../types.js').Body<P, 'post'> | Blob }} [options]
 * @returns {Promise<Answered<import('../types.js').Answer<P, 'post'>>>}
 */
export const post = (pattern, options = {}) => json('post', pattern, options);

/**
 * @template {import('../types.js').PathWith<'put'>} P
 * @param {P} pattern
 * @param {Omit<Options, 'body'> & { body?: import('../types.js').Body<P, 'put'> }} [options]
 * @returns {Promise<Answered<import('../types.js').Answer<P, 'put'>>>}
 */
export const put = (pattern, options = {}) => json('put', pattern, options);

/**
 * @template {import('../types.js').PathWith<'delete'>} P
 * @param {P} pattern @param {Options} [options]
 */
export const remove = async (pattern, options = {}) => {
  await request('delete', pattern, options, 'application/json');
};

/**
 * Lines of JSON: one is sent, one comes back.
 * @param {Method} method @param {string} pattern @param {Options} [options]
 * @returns {Promise<any[]>}
 */
export async function lines(method, pattern, options = {}) {
  const response = await request(method, pattern, options, 'application/x-ndjson');
  return (await response.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/**
 * Any address, for what the document does not type (features under /ogc, problems).
 * @param {string} pattern @param {Options} [options]
 */
export const fetchFrom = (pattern, options = {}) => request('get', pattern, options, options.headers?.accept ?? '*/*');

/**
 * Fetches a file and hands it to the browser to keep.
 * @param {string} pattern @param {Options & { name?: string, method?: Method }} [options]
 */
export async function download(pattern, options = {}) {
  const response = await request(options.method ?? 'get', pattern, options, '*/*');
  const given = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = options.name ?? (given ? decodeURIComponent(given) : pattern.split('/').pop() ?? 'file');
  link.click();
  URL.revokeObjectURL(link.href);
}
