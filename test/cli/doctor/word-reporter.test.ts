import { describe, expect, it } from 'vitest';
import { type Paint, paintFor } from '../../../src/cli/colour.ts';
import type { DoctorSettings } from '../../../src/cli/doctor/doctor-settings.ts';
import type { Examination } from '../../../src/cli/doctor/examine-targets.ts';
import { readDoctorFlags } from '../../../src/cli/doctor/read-doctor-flags.ts';
import { summaryOf } from '../../../src/cli/doctor/summary.ts';
import { wordReporter } from '../../../src/cli/doctor/word-reporter.ts';
import type { Check } from '../../../src/doctor/diagnosis.ts';
import type { Finding } from '../../../src/doctor/finding.ts';

const NO_PAINT = paintFor({ write() {} }, {}, []);
const PAINTED: Paint = (style, text) => `<${style}>${text}</${style}>`;

const FIXES = { nginx: 'add_header A b;\n\n', apache: 'Header set A b', spring: 's', envoy: 'e', azure: 'z' };
const MISSING: Finding = {
  id: 'answer-origin',
  severity: 'error',
  subject: 'pserver',
  request: 'POST /pserver/execute',
  seen: 'It has no Access-Control-Allow-Origin.',
  effect: 'The page cannot read the answer.',
  advice: 'Send the header.',
  header: 'Access-Control-Allow-Origin: https://www.bank.example',
  fixes: FIXES,
};
const CLOCK: Finding = {
  id: 'clock',
  severity: 'warning',
  subject: 'linxo',
  request: 'GET /linxo/queues/{id}',
  seen: 'It is 20 s fast.',
  effect: 'Times are wrong.',
  advice: 'Set the clock.',
};
const NO_HTTP2: Finding = { ...CLOCK, id: 'no-http2', severity: 'advice', seen: 'HTTP/1.1.' };
const CHECKS: readonly Check[] = [
  { subject: 'pserver', name: 'a command', result: 'found' },
  { subject: 'linxo', name: 'a new queue', result: 'fine' },
  { subject: 'linxo', name: 'reading the queue', result: 'skipped', reason: 'there is no token' },
];

function report(
  { findings = [], gateway }: Partial<Examination>,
  flags: readonly string[] = [],
  paint = NO_PAINT,
): string {
  const written: string[] = [];
  const address = 'https://www.bank.example';
  const settings = readDoctorFlags(['--origin', address, '--page', address, ...flags], {}) as DoctorSettings;
  const reporter = wordReporter(settings, { stdout: { write: (text) => written.push(text) } }, paint);
  reporter.plan(['pserver:', '- POST /pserver/execute']);
  for (const check of CHECKS) reporter.check(check);
  const examination = { findings, checks: CHECKS, gateway };
  reporter.end(examination, summaryOf(examination));
  return written.join('');
}

describe('the report in words', () => {
  it('has the plan, the checks, the worst findings first, and a summary', () => {
    const second: Finding = { ...MISSING, subject: 'enrich', request: 'POST /enrich/execute' };
    expect(
      report({ findings: [NO_HTTP2, CLOCK, MISSING, second] }),
    ).toBe(`This is sent, as by a page of https://www.bank.example:

  pserver:
    POST /pserver/execute

Checks

  found    pserver  a command
  ok       linxo    a new queue
  skipped  linxo    reading the queue: there is no token

ERROR  answer-origin
  pserver  POST /pserver/execute: It has no Access-Control-Allow-Origin.
  enrich   POST /enrich/execute: It has no Access-Control-Allow-Origin.
  Effect   The page cannot read the answer.
  Do       Send the header.
  Header   Access-Control-Allow-Origin: https://www.bank.example

WARNING  clock
  linxo    GET /linxo/queues/{id}: It is 20 s fast.
  Effect   Times are wrong.
  Do       Set the clock.

ADVICE  no-http2
  linxo    GET /linxo/queues/{id}: HTTP/1.1.
  Effect   Times are wrong.
  Do       Set the clock.

For lines of configuration, add --gateway with one of: nginx, apache, spring, envoy, azure.

2 errors, 1 warning, 1 piece of advice; 1 check fine, 1 skipped
`);
  });

  it('says that nothing was found', () => {
    expect(report({})).toMatch(/\n\nNothing found; 1 check fine, 1 skipped\n$/);
  });

  it('has the configuration of the named gateway once, for all findings that it ends', () => {
    const other: Finding = { ...MISSING, id: 'error-answer-origin' };
    const lines = `Configuration of nginx

  For answer-origin, error-answer-origin:

    add_header A b;

2 errors;`;
    expect(report({ findings: [MISSING, other], gateway: 'nginx' })).toContain(lines);
    expect(report({ findings: [MISSING, other], gateway: 'apache' }, ['--gateway', 'nginx'])).toContain(
      lines,
    );
    const all = report({ findings: [MISSING] }, ['--gateway', 'all']);
    for (const title of [
      'nginx',
      'Apache HTTP Server',
      'Spring Cloud Gateway',
      'Envoy',
      'Azure API Management',
    ])
      expect(all).toContain(`\nConfiguration of ${title}\n\n  For answer-origin:\n\n    `);
  });

  it('breaks long lines between words, and keeps addresses whole', () => {
    const address = `https://${'a'.repeat(120)}.example`;
    const text = report({ findings: [{ ...CLOCK, effect: `${'word '.repeat(60)}${address}` }] });
    const long = text.split('\n').filter(({ length }) => length > 100);
    expect(long).toEqual([`           ${address}`]);
  });

  it('paints marks and titles', () => {
    const text = report({ findings: [MISSING] }, [], PAINTED);
    expect(text).toContain('  <red>found  </red>  pserver  a command\n  <green>ok     </green>  linxo');
    expect(text).toContain('<red>ERROR</red>  <bold>answer-origin</bold>\n');
    expect(text).toContain('<bold>1 error; 1 check fine, 1 skipped</bold>');
  });
});
