import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What `npm start` in the root of the repository serves. */
const sandbox = 'http://127.0.0.1:4173';

export default defineConfig({
  base: './', // the page may be served below any path
  plugins: [react()],
  server: {
    proxy: { '^/(shared|config\\.json|session|sandbox|pserver|enrich|ob|linxo|gateway)': sandbox },
  },
});
