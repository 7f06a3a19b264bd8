import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../site/playground/read-settings.ts';
import type { Settings } from '../../../site/playground/settings.ts';
import { wiringCode } from '../../../site/playground/wiring-code/wiring-code.ts';
import { compile } from './fixtures/compile.ts';
import { everySetting } from './fixtures/every-setting.ts';

const codeOf = (some: Partial<Settings>) =>
  wiringCode({ ...DEFAULTS, ...some })
    .map(({ text }) => text)
    .join('\n');

describe('the wiring code of every combination of settings', () => {
  const textOf = (settings: Settings) => JSON.stringify(wiringCode(settings));
  const inOtherApps = everySetting.filter(({ shownIn }) => !['browser', 'ios'].includes(shownIn));
  const different = new Map(
    everySetting
      .filter((settings) => !inOtherApps.includes(settings))
      .map((settings) => [textOf(settings), wiringCode(settings)]),
  );

  it('differs between apps in the name of the shell alone', () => {
    for (const settings of inOtherApps) {
      const inIos = textOf({ ...settings, shownIn: 'ios' });
      expect(textOf(settings)).toBe(inIos.replace("shell: 'ios'", `shell: '${settings.shownIn}'`));
    }
  });

  it('compiles with the strict compiler', { timeout: 120_000 }, () => {
    const wrong = new Map([
      ['wrong/page.js', "import { WidgetBridge } from 'bankside';\nnew WidgetBridge({ timeOut: 5 });\n"],
      ['wrong/insights.tsx', 'export const insights: string = <p />;\n'],
    ]);
    const scripts = [...different.values()].flatMap((files, index) =>
      files
        .filter(({ name }) => !name.endsWith('.html'))
        .map(({ name, text }) => [`${index}/${name}`, text] as const),
    );
    const faults = compile(new Map([...scripts, ...wrong]));
    expect([...faults].filter(([path, found]) => found.length > 0 && !wrong.has(path))).toEqual([]);
    expect(faults.get('wrong/page.js')?.join()).toContain("'timeOut' does not exist in type 'BridgeOptions'");
    expect(faults.get('wrong/insights.tsx')?.join()).toContain("is not assignable to type 'string'");
  });

  it('has short lines and no space at their ends', () => {
    const lines = [...different.values()].flat().flatMap(({ text }) => text.split('\n'));
    expect(lines.filter((line) => line.length > 110 || line !== line.trimEnd())).toEqual([]);
  });

  it('ends each file with one line break', () => {
    for (const { text } of [...different.values()].flat()) expect(text).toMatch(/\S\n$/);
  });
});

describe('the wiring code', () => {
  it.each([
    ['vanilla', ['page.js', 'index.html']],
    ['react', ['insights.tsx']],
    ['angular', ['app.config.ts', 'insights.ts']],
  ] as const)('for %s is in the files %s', (code, names) => {
    expect(wiringCode({ ...DEFAULTS, code }).map(({ name }) => name)).toEqual(names);
  });

  it.each(['vanilla', 'react', 'angular'] as const)('for %s is made of what was chosen', (code) => {
    const inBrowser = codeOf({ code });
    expect(inBrowser).toContain("authToken: sessionToken('/session/token')");
    expect(inBrowser).toContain("accessToken: sessionToken('/session/access-token')");
    expect(inBrowser).not.toContain('nativeTransport');

    const inApp = codeOf({ code, shownIn: 'android' });
    expect(inApp).toContain("nativeTransport({ shell: 'android'");
    expect(inApp).toContain('accessToken: false');
    expect(inApp).not.toMatch(/sessionToken|httpTransport|Credential/);

    expect(codeOf({ code, synchronisation: 'none' })).not.toMatch(/poller|queue|connection/i);
    expect(codeOf({ code, replies: 'json', widget: 'c' })).toContain('reply: asJson');
    const base64 = codeOf({ code, replies: 'base64' });
    expect(base64).toContain('reply: asBase64');
    expect(base64).toContain('base64EncodeResponse: true');
    expect(codeOf({ code, timeout: 1_234_567 })).toContain('timeout: 1_234_567');
    expect(codeOf({ code, timeout: 900 })).toMatch(/timeout: 900[ ,]/);
    expect(codeOf({ code, widget: 'd' })).toContain('bridge.attach(personetics, PersoWidget)');
  });

  it('says that the shipped widget does not take JSON text', () => {
    expect(codeOf({ replies: 'json' })).toContain('// Core 21.5 takes JSON text for a failure');
    expect(codeOf({ replies: 'json', widget: 'b' })).not.toContain('21.5');
  });
});
