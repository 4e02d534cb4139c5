// Compares what lies under web/vendor with the packages of the same name in web/package-lock.json, file by file, by SHA-256.
// The lock names each package by version and digest, so that nobody has to believe what stands in the repository. A `.d.mts`
// is written here: it holds as much of the types as the page uses.
//
//   node vendored.mjs PACKAGES    PACKAGES: where the packages of the lock are installed

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env.DIZHANG_ROOT;
const packages = process.argv[2];
const digest = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

let isWrong = false;
const wrong = (text) => {
  console.error(text);
  isWrong = true;
};

for (const name of readdirSync(join(root, 'web', 'vendor'))) {
  const home = join(packages, name);
  if (!existsSync(home)) {
    wrong(`web/vendor/${name}: web/package.json does not name this package`);
    continue;
  }
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  for (const file of readdirSync(join(root, 'web', 'vendor', name)).filter((one) => !one.endsWith('.d.mts'))) {
    const ours = join(root, 'web', 'vendor', name, file);
    const theirs = [join(home, 'dist', file), join(home, file)].find(existsSync);
    if (!theirs) wrong(`web/vendor/${name}/${file}: ${name} ${version} has no such file`);
    else if (digest(ours) !== digest(theirs)) wrong(`web/vendor/${name}/${file} is not that of ${name} ${version}: copy it anew from the package`);
  }
}
process.exitCode = isWrong ? 1 : 0;
