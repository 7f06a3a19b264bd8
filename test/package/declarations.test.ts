import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer } from './consumer.ts';

const program = `
  import { httpTransport, type Transport, WidgetBridge } from 'bankside';

  const transport: Transport = httpTransport({ endpoints: { pserver: '/pserver' }, authToken: false });
  export function start(): WidgetBridge {
    const bridge = new WidgetBridge({ transport });
    bridge.on('failure', ({ error }) => {
      if (error.code === 'TIMEOUT') console.warn(error.details.timeout.toFixed());
    });
    return bridge;
  }
  // @ts-expect-error: the declarations are more than \`any\`.
  export const wrong: number = start().getSnapshot();`;

/** The strictest that a bank's project may be, and the oldest library that the package promises to work with. */
const options = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

describe('the declarations', () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = createConsumer();
    consumer.write('package.json', '{ "type": "module" }');
    consumer.write('program.ts', program);
  });

  afterAll(() => {
    consumer.remove();
  });

  it.each([
    { module: 'NodeNext', moduleResolution: 'NodeNext' },
    { module: 'ESNext', moduleResolution: 'Bundler' },
  ])('are complete for a strict project on an older library ($moduleResolution)', (resolution) => {
    const config = { compilerOptions: { ...options, ...resolution }, files: ['program.ts'] };
    consumer.write('tsconfig.json', JSON.stringify(config));
    const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', consumer.folder], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });

  it('keep what was written about the surface', () => {
    const files = readdirSync(join(consumer.folder, 'node_modules/bankside/dist'))
      .filter((name) => name.endsWith('.d.ts'))
      .map((name) => readFileSync(join(consumer.folder, 'node_modules/bankside/dist', name), 'utf8'));
    const undocumented = files.flatMap(
      (text) => text.match(/(?<!\*\/\n)^declare (class|function) \w+/gm) ?? [],
    );
    expect(undocumented).toEqual([]);
  });
});
