import { WidgetBridge } from 'bankside';
import { defineInspector } from 'bankside/inspector';
import { insights } from './messages.js';

const bridge = new WidgetBridge({ transport: { send: answer } });
const ask = requestAnimationFrame;
/** How many frames the inspector has requested. */
let renderings = 0;

/**
 * A page after 10,000 requests.
 *
 * @param {{ hasInspector: boolean }} options
 */
export async function fill({ hasInspector }) {
  if (hasInspector) show();
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(Array.from({ length: 500 }, (_, index) => send(index)));
  }
  for (let frames = 0; frames < 30; frames += 1) await new Promise((resolve) => ask(resolve));
}

/**
 * Sends more requests for a while. Returns how often the inspector rendered, and the gaps between the page's
 * frames, in ms.
 *
 * @param {{ perSecond: number, seconds: number }} options
 */
export async function live({ perSecond, seconds }) {
  renderings = 0;

  const gaps = /** @type {number[]} */ ([]);
  let sent = 0;
  const began = performance.now();
  await new Promise((resolve) => {
    let last = 0;
    ask(function next(/** @type {number} */ at) {
      if (last) gaps.push(at - last);
      last = at;
      const passed = performance.now() - began;
      if (passed > seconds * 1_000) return resolve(undefined);
      for (; sent < (passed / 1_000) * perSecond; sent += 1) send(sent);
      ask(next);
    });
  });
  return { renderings, gaps };
}

function show() {
  // Counts the frames of the inspector alone.
  window.requestAnimationFrame = (paint) => {
    renderings += 1;
    return ask(paint);
  };
  defineInspector();
  const inspector = document.createElement('bankside-inspector');
  document.body.append(inspector);
  inspector.observe(bridge);
}

/** @param {number} index */
function send(index) {
  const servers = /** @type {const} */ (['pserver', 'enrich', 'ob']);
  const server = servers[index % 3] ?? 'pserver';
  return bridge.send(server, { type: `getThing${index % 20}` }).catch(() => {});
}

/**
 * Reports each step, and answers after 20 ms to half a second, now and then with an error.
 *
 * @type {import('bankside').Transport['send']}
 */
function answer(_request, { attempt }) {
  attempt?.({ state: 'token', count: 0 });
  const chance = Math.random();
  return new Promise((resolve, reject) => {
    setTimeout(
      () => {
        attempt?.({ state: 'sent', count: 1 });
        if (chance < 0.02) reject(new Error('An error now and then'));
        else resolve(insights);
      },
      20 + chance * 480,
    );
  });
}
