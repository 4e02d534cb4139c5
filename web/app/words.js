// What the codes of the API are called: Chinese as the service says it (vocabulary.js is made from its tables), English
// from the code itself unless it reads badly.

import { t } from './i18n.js';
import { VOCABULARY } from './vocabulary.js';

/** @typedef {keyof typeof VOCABULARY} VocabularyName */

/** @type {Partial<Record<VocabularyName, Record<string, string>>>} */
const ENGLISH = {
  Role: { admin: 'administrator' },
};

/**
 * What a code is called; the code itself if it is unknown.
 * @param {VocabularyName} vocabulary @param {string | null | undefined} code
 */
export function word(vocabulary, code) {
  if (!code) return '';
  /** @type {Record<string, string>} */
  const words = VOCABULARY[vocabulary];
  return t(words[code] ?? code, ENGLISH[vocabulary]?.[code] ?? code.replaceAll('_', ' '));
}

/** Choices for a list to select from. @param {VocabularyName} vocabulary */
export const choices = (vocabulary) =>
  Object.keys(VOCABULARY[vocabulary]).map((value) => ({ value, text: word(vocabulary, value) }));
