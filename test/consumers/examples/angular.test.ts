import { testExample } from './test-example.ts';

// `ng build` does the same, with a command that installs many more packages.
testExample('angular', 'dist', { buildMinimal: ['exec', '--', 'architect', 'minimal:build'] });
