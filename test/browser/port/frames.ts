import { onTestFinished } from 'vitest';
import { scriptAnswers } from '../answer-script.ts';

/** A frame of another origin, and what it tells. */
export interface Frame {
  readonly element: HTMLIFrameElement;
  readonly window: Window;
  readonly origin: string;
  /** Resolves when it has told this, also if it has already. */
  told(what: string): Promise<void>;
}

/** Opens a frame of another origin, for as long as the test runs. It has not loaded yet when this resolves. */
export async function openFrame(role: 'far' | 'near' | 'none'): Promise<Frame> {
  const script = new URL('./frame.ts', import.meta.url).href;
  const answers = await scriptAnswers({
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><script type="module" src="${script}"></script>`,
  });
  const element = document.createElement('iframe');
  element.src = `${answers.address('frame')}#${role}=${location.origin}`;
  document.body.append(element);
  const window = element.contentWindow as Window;
  const told = new Set<string>();
  const waiting = new Map<string, () => void>();
  const listen = ({ source, data }: MessageEvent): void => {
    if (source !== window || typeof data?.told !== 'string') return;
    told.add(data.told);
    waiting.get(data.told)?.();
  };
  addEventListener('message', listen);
  onTestFinished(() => {
    removeEventListener('message', listen);
    element.remove();
  });
  return {
    element,
    window,
    origin: new URL(element.src).origin,
    told: (what) =>
      new Promise((resolve) => {
        if (told.has(what)) resolve();
        else waiting.set(what, resolve);
      }),
  };
}
