import { onTestFinished } from 'vitest';
import { scriptAnswers } from '../answer-script.ts';

/** A frame of another origin, and its messages. */
export interface Frame {
  readonly element: HTMLIFrameElement;
  readonly window: Window;
  readonly origin: string;
  /** Resolves once the frame has sent this message, also if it was earlier. */
  reported(what: string): Promise<void>;
}

/** Opens a frame of another origin until the test ends. The frame has not loaded yet when this resolves. */
export async function openFrame(role: 'host' | 'client' | 'none'): Promise<Frame> {
  const script = new URL('./frame.ts', import.meta.url).href;
  const answers = await scriptAnswers({
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><script type="module" src="${script}"></script>`,
  });
  const element = document.createElement('iframe');
  element.src = `${answers.address('frame')}#${role}=${location.origin}`;
  document.body.append(element);
  const window = element.contentWindow as Window;
  const reported = new Set<string>();
  const waiting = new Map<string, () => void>();
  const listen = ({ source, data }: MessageEvent): void => {
    if (source !== window || typeof data?.report !== 'string') return;
    reported.add(data.report);
    waiting.get(data.report)?.();
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
    reported: (what) =>
      new Promise((resolve) => {
        if (reported.has(what)) resolve();
        else waiting.set(what, resolve);
      }),
  };
}
