/**
 * Writes what follows from the code of the API; with --check fails where that is out of date:
 *   1. the library's types and docstrings, as metadata that @nestjs/swagger makes an OpenAPI document of;
 *   2. the types of the admin page's client, from that document.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import * as prettier from 'prettier';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const { PluginMetadataGenerator } = require('@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator');
const { ReadonlyVisitor } = require('@nestjs/swagger/plugin');

process.chdir(join(import.meta.dirname, '..'));
await update('libs/reports/src/openapi.metadata.ts', describe('libs/reports'));
run('npx', ['tsc', '--build']);
const document = run('npm', ['run', '-s', 'openapi']);
await update('apps/admin/src/api/schema.d.ts', astToString(await openapiTypescript(document)));

function describe(library) {
  const outputDir = mkdtempSync(join(tmpdir(), 'chat-reports-metadata-'));
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${library}/tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    resolve(library),
  );
  new PluginMetadataGenerator().generate({
    visitors: [
      new ReadonlyVisitor({
        introspectComments: true,
        pathToSource: resolve(library, 'src'),
        dtoFileNameSuffix: ['.query.ts', '.response.ts'],
        controllerFileNameSuffix: ['.controller.ts'],
      }),
    ],
    outputDir,
    tsProgramRef: ts.createProgram(fileNames, options),
  });
  const metadata = readFileSync(join(outputDir, 'metadata.ts'), 'utf8');
  rmSync(outputDir, { recursive: true });
  return importStatically(metadata);
}

/** Without an extension, only static imports are found by both TypeScript and CommonJS. */
function importStatically(metadata) {
  const files = new Map();
  const body = metadata.replace(/(?:await )?import\("(.+?)"\)/g, (_, path) => {
    files.set(path, path.split(/\W+/).at(-1));
    return files.get(path);
  });
  const imports = [...files].map(([path, name]) => `import * as ${name} from '${path}';`);
  const docstring =
    '/** What @nestjs/swagger is to know of this library: `SwaggerModule.loadPluginMetadata(openapiMetadata)`. */';
  const constant = `\n${docstring}\nexport const openapiMetadata = async`;
  return [...imports, body.replace('/* eslint-disable */', '').replace('export default async', constant)].join('\n');
}

async function update(file, code) {
  const options = await prettier.resolveConfig(file);
  const text = await prettier.format(`/* Made by \`npm run generate\`. */\n/* eslint-disable */\n${code}`, {
    ...options,
    filepath: file,
  });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (process.argv.includes('--check')) throw new Error(`${file} is out of date: npm run generate`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${file} is new`);
}

function run(program, parameters) {
  return execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
