import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

const BACKEND = 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/admin/',
  // The server sends the compressed files as they are.
  plugins: [react(), compression({ algorithms: ['gzip', 'brotliCompress'] })],
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  server: { proxy: { '/backend': BACKEND } },
});
