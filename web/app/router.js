// Addresses: `#/plots/410183000000001?township=410183101`. The part behind the hash never reaches the server, so the
// page works under any path; filters stand in it, so that an address can be kept and sent.

/** @typedef {Record<string, string | number | boolean | null | undefined>} Query */
/** @typedef {{ path: string, query: URLSearchParams }} Place */

/** Where the address bar points. @returns {Place} */
export function place() {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return { path: path.replace(/\/$/, ''), query: new URLSearchParams(query) };
}

/** The address of a page, for links. @param {string} path @param {Query | URLSearchParams} [query] */
export function link(path, query) {
  const search = query instanceof URLSearchParams ? new URLSearchParams(query) : parameters(query ?? {});
  const text = search.toString();
  return `#/${path}${text ? `?${text}` : ''}`;
}

/** @param {Query} query */
export function parameters(query) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '' && value !== false) search.set(name, String(value));
  }
  return search;
}

/** @param {string} path @param {Query | URLSearchParams} [query] @param {{ replace?: boolean }} [how] */
export function go(path, query, how = {}) {
  const address = link(path, query);
  if (address === location.hash) {
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else if (how.replace) {
    location.replace(address);
  } else {
    location.hash = address;
  }
}

/**
 * Writes members of the query into the address bar without loading the page anew.
 * @param {Query} change empty values leave the address
 */
export function setQuery(change) {
  const { path, query } = place();
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === '' || value === false) query.delete(name);
    else query.set(name, String(value));
  }
  history.replaceState(history.state, '', link(path, query));
  return query;
}

/**
 * The variables of a path that fits a pattern like `plots/{id}`.
 * @param {string} pattern @param {string} path
 * @returns {Record<string, string> | null}
 */
export function match(pattern, path) {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  /** @type {Record<string, string>} */
  const variables = {};
  for (const [at, part] of wanted.entries()) {
    const segment = given[at] ?? '';
    if (part.startsWith('{')) {
      if (!segment) return null;
      try {
        variables[part.slice(1, -1)] = decodeURIComponent(segment);
      } catch {
        return null;
      }
    } else if (part !== segment) {
      return null;
    }
  }
  return variables;
}
