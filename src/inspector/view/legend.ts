import type { RequestEntry, Step } from '../model/entry.ts';
import { timeScale } from '../model/time-scale.ts';
import { Canvas, type Scene } from './canvas.ts';
import { drawDoubts } from './draw-doubts.ts';
import { drawRequest } from './draw-request.ts';
import { makeElement } from './make-element.ts';
import type { Palette } from './palette.ts';

const WIDTH = 30;
const HEIGHT = 14;

const base = {
  kind: 'request',
  number: 0,
  call: 0,
  requestId: '',
  server: 'pserver',
  type: '',
  slot: 0,
  at: 4,
} as const;
const step = (state: Step['state'], at: number): Step => ({ state, at, count: 1 });
const endAt = (at: number, code?: 'HTTP'): RequestEntry['end'] => ({
  at,
  code,
  status: undefined,
  timeout: undefined,
});

/** A sample request for each shape. Their times are in pixels. */
const REQUESTS: readonly (readonly [name: string, entry: RequestEntry])[] = [
  ['waits for a token', { ...base, steps: [step('token', 4)], end: undefined, lateAt: undefined }],
  ['in flight', { ...base, steps: [step('sent', 4)], end: undefined, lateAt: undefined }],
  ['answered', { ...base, steps: [step('sent', 4)], end: endAt(26), lateAt: undefined }],
  [
    'retried',
    {
      ...base,
      steps: [step('sent', 4), step('retry', 10), step('sent', 19)],
      end: endAt(26),
      lateAt: undefined,
    },
  ],
  ['failed', { ...base, steps: [step('sent', 4)], end: endAt(23, 'HTTP'), lateAt: undefined }],
  ['answered late', { ...base, steps: [step('sent', 2)], end: endAt(10, 'HTTP'), lateAt: 24 }],
  ['answered twice', { ...base, steps: [step('sent', 2)], end: endAt(10), lateAt: 24 }],
];

/** Each shape, and how it is drawn. */
const SAMPLES: readonly (readonly [name: string, draw: (scene: Scene) => void])[] = [
  ...REQUESTS.map(([name, entry]) => {
    const draw = (scene: Scene): void => drawRequest(scene, entry, 3, HEIGHT - 6);
    return [name, draw] as const;
  }),
  ['in doubt', (scene) => drawDoubts(scene, [{ from: 4, to: 26 }], { top: 0, height: HEIGHT })],
];

/** Explains the shapes of the picture. */
export class Legend {
  readonly element: HTMLElement;
  readonly #canvases: readonly Canvas[] = SAMPLES.map(() => new Canvas({ 'aria-hidden': 'true' }));

  constructor() {
    const items = SAMPLES.map(([name], index) =>
      makeElement('li', {}, this.#canvases[index]?.element ?? '', name),
    );
    this.element = makeElement('ul', { class: 'legend', 'aria-label': 'What the shapes mean' }, ...items);
  }

  paint(palette: Palette): void {
    const scale = timeScale(0, WIDTH, WIDTH, WIDTH);
    SAMPLES.forEach(([, draw], index) => {
      const canvas = this.#canvases[index];
      canvas?.prepare(WIDTH, HEIGHT);
      if (canvas) draw({ pen: canvas.pen, palette, scale, now: 23, width: WIDTH });
    });
  }
}
