// Words in both languages: pairs in the code, Chinese first.

/** @typedef {'zh' | 'en'} Language */
/** @typedef {{ zh: string, en: string }} Words */

const KEY = 'dizhang.language';

/** @type {Language} */
let chosen = stored();

function stored() {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

/** The language in use. @returns {Language} */
export const language = () => chosen;

/** What `lang` and `Accept-Language` say. */
export const languageTag = () => (chosen === 'en' ? 'en' : 'zh-CN');

/** @param {Language} wanted */
export function setLanguage(wanted) {
  chosen = wanted;
  try {
    localStorage.setItem(KEY, wanted);
  } catch {
    // A browser that keeps nothing still shows the page in the language just chosen.
  }
  document.documentElement.lang = languageTag();
}

const HAN = '\u3000-\u303f\u4e00-\u9fff\uff00-\uffef';
/** @type {Record<string, string>} */
const FULL_WIDTH = { ',': '\uff0c', ';': '\uff1b', ':': '\uff1a', '?': '\uff1f', '!': '\uff01' };
const MARKS = new RegExp(`(?<=[${HAN}])[,;:?!]|[,;:?!](?=[${HAN}])`, 'gu');
const BRACKETS = new RegExp(`\\((?=[^()]*[${HAN}])([^()]*)\\)|(?<=[${HAN}])\\(([^()]*)\\)`, 'gu');

/** Chinese with the marks of Chinese type: code and API write plain ones. @param {string} zh */
export const typeset = (zh) =>
  zh
    .replace(BRACKETS, (_, /** @type {string | undefined} */ a, /** @type {string | undefined} */ b) => `\uff08${a ?? b ?? ''}\uff09`)
    .replace(MARKS, (mark) => FULL_WIDTH[mark] ?? mark);

/**
 * The words of the language in use.
 * @param {string} zh @param {string} en
 */
export const t = (zh, en) => (chosen === 'en' ? en : typeset(zh));

/**
 * The same for a text of the API.
 * @param {Words | null | undefined} words
 */
export const say = (words) => (words ? t(words.zh, words.en) : '');
