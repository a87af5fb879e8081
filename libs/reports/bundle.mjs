/**
 * Compiles the libraries in src/esm-only into the package. They are published as ES modules only, which Jest cannot load in an
 * application that is CommonJS, such as those of Nest 10 and 11. Runs before the package is packed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';

/** Each file of src/esm-only, and the license of its library, which has to go with it. */
const LIBRARIES = [
  { file: 'jose', name: 'jose', license: 'LICENSE.md' },
  { file: 'temporal', name: 'temporal-polyfill', license: 'LICENSE' },
];

for (const { file, name, license } of LIBRARIES) {
  const text = readFileSync(join(import.meta.dirname, '../../node_modules', name, license), 'utf8');
  await build({
    cwd: import.meta.dirname,
    input: `src/esm-only/${file}.ts`,
    platform: 'node',
    output: { file: `dist/esm-only/${file}.js`, format: 'cjs', banner: `/*\n${text}*/` },
    logLevel: 'warn',
  });
}
