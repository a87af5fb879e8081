import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

const BACKEND = 'http://127.0.0.1:3000';

export default defineConfig(({ command }) => ({
  // The built page may be served below any path.
  base: command === 'build' ? './' : '/admin/',
  resolve: { alias: [{ find: /^temporal-polyfill$/, replacement: '/src/time/temporal.ts' }] },
  // The server sends these compressed files unchanged.
  plugins: [react(), compression({ algorithms: ['gzip', 'brotliCompress'] })],
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    // What the first screen needs is one file: it is smaller and arrives sooner than sixty.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/backend': BACKEND } },
}));
