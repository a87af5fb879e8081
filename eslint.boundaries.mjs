/** Which part of the code may import which. Imports run downwards only, so there are no circles. */

import boundaries from 'eslint-plugin-boundaries';

const RULES = 'libs/reports/src/availability/!(availability.@(service|report|measurement|breakdown|state)).ts';

/** What the sections of the page are made of. */
const PAGE_MODEL = ['page: api', 'page: availability', 'page: filters', 'page: layout', 'page: phrases', 'page: time'];

/** The files of each part, and the parts below it that it may import. */
const PARTS = {
  'library: esm-only': ['libs/reports/src/esm-only/**', []],
  'library: rules': [RULES, ['library: activity', 'library: esm-only']],
  'library: activity': ['libs/reports/src/messages/activity.ts', []],
  'library: opening-hours': ['libs/reports/src/opening-hours/**', ['library: esm-only', 'library: rules']],
  'library: unavailable': ['libs/reports/src/unavailable.@(error|exception).ts', []],
  'library: database': ['libs/reports/src/database/**', []],
  'library: message-table': ['libs/reports/src/message-table/**', ['library: database']],
  'library: messages': [
    'libs/reports/src/messages/!(activity).ts',
    ['library: database', 'library: message-table', 'library: activity', 'library: unavailable'],
  ],
  'library: rollups': [
    'libs/reports/src/rollups/**',
    ['library: database', 'library: message-table', 'library: activity', 'library: messages', 'library: unavailable'],
  ],
  'library: availability': [
    'libs/reports/src/availability/availability.@(service|report|measurement|breakdown|state).ts',
    ['library: rules', 'library: opening-hours', 'library: activity', 'library: messages'],
  ],
  'library: auth': ['libs/reports/src/auth/**', ['library: esm-only', 'library: unavailable']],
  'library: http': [
    'libs/reports/src/http/**',
    [
      'library: auth',
      'library: rules',
      'library: opening-hours',
      'library: availability',
      'library: messages',
      'library: unavailable',
    ],
  ],
  'library: module': ['libs/reports/src/!(unavailable.error|unavailable.exception).ts', ['library: *']],

  'host: text': ['src/text/**', []],
  'host: process': ['src/process.ts', ['host: text']],
  'host: config': ['src/config/**', ['host: text']],
  'host: embedded-postgres': ['src/embedded-postgres/**', []],
  'host: http': ['src/http/**', []],
  'host: health': ['src/health/**', []],
  'host: import': ['src/import/**', ['host: text']],
  'host: export': ['src/export/**', []],
  'host: rate-limit': ['src/rate-limit/**', []],
  'host: schedule': ['src/schedule/**', ['host: config']],
  'host: logging': ['src/logging/**', ['host: config', 'host: http', 'host: text']],
  'host: metrics': ['src/metrics/**', ['host: http', 'host: rollups']],
  'host: sample': ['src/sample/**', ['host: import']],
  'host: auth': ['src/auth/**', ['host: config', 'host: embedded-postgres']],
  'host: database': ['src/database/**', ['host: auth', 'host: config', 'host: embedded-postgres']],
  'host: rollups': ['src/rollups/**', ['host: database']],
  'host: application': [
    'src/app.module.ts',
    [
      'host: auth',
      'host: database',
      'host: health',
      'host: metrics',
      'host: rate-limit',
      'host: rollups',
      'host: schedule',
    ],
  ],
  'host: commands': ['src/commands/**', ['host: *']],
  'host: server': ['src/!(app.module|process).ts', ['host: !(commands)']],

  'page: api': ['apps/admin/src/api/**', []],
  'page: layout': ['apps/admin/src/layout/**', []],
  // The notation of hours is read by the parser of the library, which depends on nothing.
  'page: time': ['apps/admin/src/time/**', ['library: opening-hours']],
  'page: session': ['apps/admin/src/session/**', ['page: api', 'page: layout']],
  'page: filters': ['apps/admin/src/filters/**', ['page: time']],
  'page: availability': [
    'apps/admin/src/availability/**',
    ['page: api', 'page: session', 'page: filters', 'page: time'],
  ],
  'page: downtimes': ['apps/admin/src/downtimes/**', [...PAGE_MODEL, 'page: hours']],
  'page: phrases': ['apps/admin/src/phrases/**', []],
  'page: now': ['apps/admin/src/now/**', PAGE_MODEL],
  'page: spark': ['apps/admin/src/spark/**', ['page: availability', 'page: layout']],
  'page: channels': ['apps/admin/src/channels/**', [...PAGE_MODEL, 'page: spark']],
  'page: hours': ['apps/admin/src/hours/**', [...PAGE_MODEL, 'page: session', 'library: opening-hours']],
  'page: history': ['apps/admin/src/history/**', [...PAGE_MODEL, 'page: downtimes', 'page: spark']],
  'page: bar': ['apps/admin/src/bar/**', [...PAGE_MODEL, 'page: session']],
  'page: calculation': ['apps/admin/src/calculation/**', PAGE_MODEL],
  'page: organizations': ['apps/admin/src/organizations/**', ['page: !(dashboard|wall|main)']],
  'page: dashboard': ['apps/admin/src/dashboard/**', ['page: !(wall|organizations|main)']],
  'page: wall': ['apps/admin/src/wall/**', ['page: !(main)']],
  'page: main': ['apps/admin/src/*.{ts,tsx}', ['page: *']],
};

/** What knows HTTP, Nest or the database, and must stay out of the rules. */
const FRAMEWORKS = ['@nestjs/*', 'class-*', 'fastify', 'jsonwebtoken', 'node:http', 'pg*', 'rxjs', 'typeorm'];

/** What the published package contains compiled, so that only src/esm-only may import it. */
const ESM_ONLY = ['jose', 'temporal-polyfill'];

export default [
  {
    files: ['{apps/admin,libs/reports}/src/**/*.{ts,tsx}', 'src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/files': Object.entries(PARTS).map(([category, [pattern]]) => ({ category, pattern })),
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(PARTS).map(([part, [, below]]) => ({
            from: { file: { categories: part } },
            allow: { to: { file: { categories: { anyOf: [part, ...below] } } } },
          })),
        },
      ],
    },
  },
  {
    files: ['libs/reports/src/**'],
    ignores: ['libs/reports/src/esm-only/**', '**/*.spec.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: ESM_ONLY }] },
  },
  { files: [RULES], rules: { 'no-restricted-imports': ['error', { patterns: FRAMEWORKS }] } },
];
