// Makes what the page takes over from the service, so that neither is written twice:
//
//   web/api.d.ts             the types of the API, from openapi/dizhang.json
//   web/app/vocabulary.js    the Chinese words of its codes, from the `vocabulary!` tables in src/, the words for
//                            answers of calculations, and the columns that src/formats/shapefile knows
//
//   node generate.mjs          compares with what is committed
//   node generate.mjs --write  writes them

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = process.env.DIZHANG_ROOT ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The document without what only lengthens the types: refusals, examples and prose. */
function shortened(document) {
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      for (const status of Object.keys(operation.responses ?? {})) {
        if (!status.startsWith('2')) delete operation.responses[status];
        else delete operation.responses[status].headers;
      }
    }
  }
  const strip = (node) => {
    if (Array.isArray(node)) node.forEach(strip);
    else if (node && typeof node === 'object') {
      for (const key of ['description', 'summary', 'example', 'examples', 'pattern']) {
        if (typeof node[key] !== 'object' || key.startsWith('example')) delete node[key];
      }
      Object.values(node).forEach(strip);
    }
  };
  strip(document);
  return document;
}

async function types() {
  const document = shortened(JSON.parse(readFileSync(join(root, 'openapi', 'dizhang.json'), 'utf8')));
  const text = astToString(await openapiTS(document, { defaultNonNullable: false }));
  // Unused members of addresses make up half of what the generator writes.
  const plain = text.replaceAll(/^\s*(?:get|put|post|delete|options|head|patch|trace|query|header|path|cookie|requestBody|headers)\?: never;\n/gm, '');
  return `// Generated from openapi/dizhang.json; to write it anew: scripts/web-types\n\n${plain}`;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith('.rs') ? [path] : [];
  });
}

function vocabulary(document) {
  const found = [];
  for (const path of sources(join(root, 'src')).sort()) {
    for (const [, body] of readFileSync(path, 'utf8').matchAll(/^(?:crate::)?vocabulary!\s*[({]\n([\s\S]*?)\n[)}];?$/gm)) {
      for (const [, name, rows] of body.matchAll(/pub enum (\w+) \{([\s\S]*?)\n {4}\}/g)) {
        const words = [...rows.matchAll(/^\s*\w+ = "([^"]+)"\s+"([^"]+)",/gm)].map(([, code, zh]) => [code, zh]);
        if (words.length > 0) found.push({ name, path, words });
      }
    }
  }
  // The kinds of calculation are declared together with what calculates them.
  const kinds = join(root, 'src', 'domain', 'rules', 'calculation', 'batch.rs');
  const [, declared] = /^kinds! \{\n([\s\S]*?)\n\}$/m.exec(readFileSync(kinds, 'utf8'));
  found.push({ name: 'CalculationKind', path: kinds, words: [...declared.matchAll(/^\s*\w+ = "([^"]+)"\s+"([^"]+)",/gm)].map(([, code, zh]) => [code, zh]) });
  const tables = new Map();
  for (const { name, path, words } of found) {
    // Two may share a name in the code; the one that the document shows keeps it.
    const isAlone = found.filter((other) => other.name === name).length === 1;
    const isShown = document.components.schemas[name]?.enum?.join() === words.map(([code]) => code).join();
    const file = basename(path, '.rs').replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
    const key = isAlone || isShown ? name : `${file}${name}`;
    if (tables.has(key)) throw new Error(`two vocabularies are called ${key}`);
    tables.set(key, words);
  }
  return tables;
}

/** The kinds of voucher: between which accounts they move land, and what stands behind them. */
function kinds(tables) {
  const accounts = new Map(tables.get('Account').map(([code, zh]) => [zh, code]));
  const rows = readFileSync(join(root, 'docs', 'four-eyes.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((line) => {
    const [kind, , moves, , reviewed, posted, document, attachment, day] = line.split('|').slice(1).map((cell) => cell.trim());
    const pairs = [...moves.matchAll(/([^;→]+) → ([^;→]+)/g)].flatMap(([, from, to]) => {
      const pair = [accounts.get(from.trim()), accounts.get(to.replace('(another plot)', '').trim())];
      return pair.every(Boolean) ? [pair] : [];
    });
    const [zh, en] = day.split(' — ');
    return [kind.replaceAll('`', ''), { moves: pairs, reviewed: reviewed !== '', posted, document: document !== '', attachment: attachment !== '', day: { zh, en } }];
  });
}

/** The names under which a Shapefile's columns are known, by member of a plot. */
function shapeColumns() {
  const text = readFileSync(join(root, 'src', 'formats', 'shapefile', 'attributes.rs'), 'utf8');
  const [, names] = /const NAMES: [^=]+= &\[\n([\s\S]*?)\n\];/.exec(text);
  const [, areas] = /const AREAS: [^=]+= &\[\n([\s\S]*?)\n\];/.exec(text);
  const quoted = (part) => [...part.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const members = [...names.matchAll(/\("(\w+)", &\[([^\]]*)\]\)/g)].map(([, member, list]) => [member, quoted(list)]);
  return [...members, ['area', quoted(areas)]].map(([member, list]) => `  ${member}: ${JSON.stringify(list)},`);
}

/** What the members of a calculation's answer are called, by its kind: the Chinese words with which the document begins. */
function answers(document) {
  const schemas = document.components.schemas;
  return schemas.CalculationKind.enum.map((kind) => {
    const name = `${kind.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase())}Answer`;
    const words = Object.entries(schemas[name].properties).flatMap(([member, property]) => {
      const text = property.description ?? property.oneOf?.map((one) => one.description).find(Boolean) ?? '';
      const zh = text.split(' — ')[0].replace(/[.。]$/, '');
      return /[\u4e00-\u9fff]/.test(zh) ? [[member, zh]] : [];
    });
    return `  ${kind}: ${JSON.stringify(Object.fromEntries(words))},`;
  });
}

/** What operations do, as the journal names them: the Chinese words with which each begins. */
const operations = (document) =>
  Object.values(document.paths).flatMap((methods) => Object.values(methods)).flatMap(({ operationId, summary = '' }) => {
    const zh = summary.split(' — ')[0];
    return /[\u4e00-\u9fff]/.test(zh) ? [`  ${operationId}: ${JSON.stringify(zh)},`] : [];
  }).sort();

function words(document) {
  const tables = vocabulary(document);
  const lines = [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, rows]) => {
    const members = rows.map(([code, zh]) => `    ${JSON.stringify(code)}: ${JSON.stringify(zh)},`);
    return `  ${name}: {\n${members.join('\n')}\n  },`;
  });
  const vouchers = kinds(tables).map(([kind, row]) => `  ${kind}: ${JSON.stringify(row)},`);
  return [
    '// Generated from the vocabularies in src/ and docs/four-eyes.md; to write it anew: scripts/web-types\n',
    `export const VOCABULARY = {\n${lines.join('\n')}\n};\n`,
    `/** @type {Record<string, { moves: [string, string][], reviewed: boolean, posted: string, document: boolean, attachment: boolean, day: { zh: string, en: string } }>} */`,
    `export const KINDS = {\n${vouchers.join('\n')}\n};\n`,
    `/** @type {Record<string, string>} */`,
    `export const OPERATIONS = {\n${operations(document).join('\n')}\n};\n`,
    `/** @type {Record<string, Record<string, string>>} */`,
    `export const ANSWERS = {\n${answers(document).join('\n')}\n};\n`,
    `/** @type {Record<string, string[]>} */`,
    `export const SHAPE_COLUMNS = {\n${shapeColumns().join('\n')}\n};\n`,
  ].join('\n');
}

const document = JSON.parse(readFileSync(join(root, 'openapi', 'dizhang.json'), 'utf8'));
const wanted = { 'web/api.d.ts': await types(), 'web/app/vocabulary.js': words(document) };
let stale = false;
for (const [name, text] of Object.entries(wanted)) {
  const path = join(root, name);
  if (process.argv.includes('--write')) {
    writeFileSync(path, text);
    continue;
  }
  let there = '';
  try {
    there = readFileSync(path, 'utf8');
  } catch {
    // It is missing: that differs too.
  }
  if (there !== text) {
    console.error(`${name} is not what it is made from says: run scripts/web-types`);
    stale = true;
  }
}
process.exitCode = stale ? 1 : 0;
