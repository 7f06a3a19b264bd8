/** What is drawn on, and how large it is in CSS pixels. */
export interface Canvas {
  readonly element: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D;
  /** Makes it so large, as sharp as the screen is. Empties it. */
  prepare(width: number, height: number): void;
}

export function makeCanvas(attributes: Readonly<Record<string, string>>): Canvas {
  const element = document.createElement('canvas');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const pen = element.getContext('2d') as CanvasRenderingContext2D;
  return {
    element,
    pen,
    prepare(width, height) {
      const ratio = Math.min(devicePixelRatio || 1, 3);
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== wide || element.height !== high) {
        element.width = wide;
        element.height = high;
        element.style.width = `${width}px`;
        element.style.height = `${height}px`;
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
    },
  };
}
