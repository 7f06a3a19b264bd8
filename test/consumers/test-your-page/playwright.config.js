import { defineConfig } from '@playwright/test';

const baseURL = `http://127.0.0.1:${process.env.PORT}`;

export default defineConfig({
  timeout: 60_000,
  expect: { timeout: 30_000 },
  use: { baseURL, launchOptions: { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] } },
  webServer: { command: 'node serve.js', url: baseURL },
});
