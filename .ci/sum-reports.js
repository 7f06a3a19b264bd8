// Sums Vitest's JSON reports: `node .ci/sum-reports.js report.json…`. Fails if a test did, and if a report says less than it should.
// What failed is told once more, by name: the runner told it thousands of lines ago.
import { readFileSync } from 'node:fs';

const sum = { passed: 0, failed: 0, skipped: 0 };

for (const path of process.argv.slice(2)) {
  try {
    for (const file of JSON.parse(readFileSync(path, 'utf8')).testResults) addFile(file);
  } catch (error) {
    console.error(`${path} cannot be counted: ${error.message}`);
    process.exitCode = 1;
  }
}

if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);

function addFile({ name, status, message, assertionResults }) {
  const outcomes = assertionResults.map(outcomeOf);
  for (const outcome of outcomes) sum[outcome] += 1;
  for (const test of assertionResults.filter((test) => outcomeOf(test) === 'failed')) {
    console.error(`${name} > ${test.fullName}: ${test.failureMessages?.[0] ?? test.status}`);
  }
  // The reports call a file passed that never ran, and a failed `beforeAll` leaves no failed test behind.
  const isEmpty = outcomes.length === 0;
  if (isEmpty || (status === 'failed' && !outcomes.includes('failed'))) {
    sum.failed += 1;
    console.error(
      `${name}: ${message || (isEmpty ? 'no test of this file has run' : 'failed outside of its tests')}`,
    );
  }
}

function outcomeOf({ status }) {
  if (status === 'passed') return 'passed';
  // `pending` is a test that was begun, or waited for its turn, when the run ended.
  return status === 'failed' || status === 'pending' ? 'failed' : 'skipped';
}
