import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PROJECT, run } from './run.mjs';
import { readTableCases } from './table-cases.mjs';

const APPLICATIONS = join(import.meta.dirname, 'applications');
const README = readFileSync(join(PROJECT, 'libs/reports/README.md'), 'utf8');
/** The commands of the README: for every backend, and for bearer tokens. */
const [[INSTALL], [INSTALL_PASSPORT]] = README.matchAll(/^npm install .*$/gm);

/** The application that is checked before Passport is installed. */
export const WITHOUT_PASSPORT = 'without-passport';

/** A new application for a version of Nest, and what is in it. */
export class Host {
  constructor(work, options) {
    this.name = `Nest ${options.nest}, TypeORM ${options.typeorm}`;
    this.folder = join(work, `nest-${options.nest}`);
    this.options = options;
    this.isModule = options.nest === '12';
  }

  /** Makes the application with `nest new`, without what checks its style. */
  async create() {
    const { nest } = this.options;
    const nestNew = ['new', basename(this.folder), '--skip-git', '--skip-install', '--package-manager', 'npm'];
    await run(dirname(this.folder), 'npx', ['--yes', '-p', `@nestjs/cli@${nest}`, 'nest', ...nestNew]);
    const file = join(this.folder, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    for (const name of Object.keys(manifest.devDependencies)) {
      if (/lint|prettier|@nestjs\/(cli|mau|schematics)|coverage|ts-loader/.test(name))
        delete manifest.devDependencies[name];
    }
    writeFileSync(file, JSON.stringify(manifest, null, 2));
  }

  /** Runs the command of the README for every backend. */
  async install(tarball) {
    await this.follow(INSTALL, tarball);
  }

  /** Runs the command of the README for bearer tokens. */
  async installPassport() {
    await this.follow(INSTALL_PASSPORT);
  }

  async follow(command, tarball) {
    const { nest, typeorm, validator } = this.options;
    const packages = command
      .split(' ')
      .slice(2)
      .map((name) => name.replace('@chat-reports/nestjs', tarball))
      .map((name) => name.replace(/^(@nestjs\/\w+)@11$/, `$1@${nest}`))
      .map((name) => name.replace(/^typeorm@0\.3$/, `typeorm@${typeorm}`))
      .map((name) => name.replace(/^class-validator$/, `class-validator@${validator}`));
    await this.add(packages);
  }

  async add(packages) {
    await run(this.folder, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages]);
  }

  /** Copies an application to src/applications, and its tests from outside to test. */
  addApplication(application) {
    for (const file of readdirSync(join(APPLICATIONS, application))) {
      const folder = file.endsWith('.e2e-spec.ts') ? 'test' : `src/applications/${application}`;
      mkdirSync(join(this.folder, folder), { recursive: true });
      const text = this.adapt(readFileSync(join(APPLICATIONS, application, file), 'utf8'));
      writeFileSync(join(this.folder, folder, file), text);
    }
  }

  /** Replaces the application without Passport by all others; the new application imports the one that the README begins with. */
  addApplications() {
    rmSync(join(this.folder, 'src/applications', WITHOUT_PASSPORT), { recursive: true });
    for (const name of readdirSync(APPLICATIONS)) if (name !== WITHOUT_PASSPORT) this.addApplication(name);
    this.addGuide();
    const file = join(this.folder, 'src/app.module.ts');
    const text = readFileSync(file, 'utf8').replace('imports: []', 'imports: [ReadmeModule]');
    const path = this.adapt("'./applications/readme/app.module.js'");
    writeFileSync(file, `import { AppModule as ReadmeModule } from ${path};\n${text}`);
  }

  /** Adds the modules and the tables that the guides show, whose tests are among the applications. */
  addGuide() {
    const applications = join(this.folder, 'src/applications');
    writeFileSync(join(applications, 'messages-tables/cases.ts'), readTableCases());
    for (const file of ['own-login.module.ts', 'global-guard.module.ts']) {
      cpSync(join(PROJECT, 'docs/examples', file), join(applications, 'guide-examples', file));
    }
  }

  /** Copies programs that only import the package. */
  addConsumers() {
    cpSync(join(import.meta.dirname, 'consumers'), join(this.folder, 'consumers'), { recursive: true });
  }

  /** The Jest of a CommonJS application does not find the source of a file that is imported with its extension. */
  adapt(source) {
    return this.isModule ? source : withoutExtensions(source);
  }

  /** The files of the applications whose names end so. */
  filesOf(ending) {
    return readdirSync(APPLICATIONS, { recursive: true }).filter((file) => file.endsWith(ending));
  }
}

/** @throws Error if the README does not show an example as it is in applications/readme, or has a link out of the package */
export function checkReadme() {
  const guide = readFileSync(join(PROJECT, 'docs/embedding.md'), 'utf8');
  const commands = `${INSTALL}\n${INSTALL_PASSPORT}\n`;
  if (!guide.includes(commands)) throw new Error(`docs/embedding.md has other commands than\n${commands}`);
  const folder = join(APPLICATIONS, 'readme');
  for (const file of readdirSync(folder)) {
    const source = withoutExtensions(readFileSync(join(folder, file), 'utf8'));
    if (!README.includes('```ts\n' + source + '```')) throw new Error(`The README does not show ${file}`);
  }
  const links = [...README.matchAll(/\]\((?!https:|#)([^)]*)\)/g)].map(([, link]) => link);
  if (links.length > 0)
    throw new Error(`The README of the package has links to ${links.join(', ')}, which are not in it`);
}

function withoutExtensions(source) {
  return source.replace(/('\.[^']*)\.js'/g, "$1'");
}
