import type { TimeScale } from '../model/time-scale.ts';
import { makeElement } from './make-element.ts';
import type { Palette } from './palette.ts';

/** What each part of the picture is drawn with. */
export interface Scene {
  readonly pen: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly scale: TimeScale;
  readonly now: number;
  readonly width: number;
}

/** The vertical position of a lane or a bar, in pixels. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/** Draws a small shape around a point. Shapes differ, so that no meaning depends on colour alone. */
type DrawShape = (pen: CanvasRenderingContext2D, x: number, y: number, colour: string) => void;

const SIZE = 4;

/** A canvas that is sized in CSS pixels. */
export class Canvas {
  readonly element: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D;

  constructor(attributes: Readonly<Record<string, string>>) {
    this.element = makeElement('canvas', attributes);
    this.pen = this.element.getContext('2d') as CanvasRenderingContext2D;
  }

  /** Clears the canvas and sets its size, at the resolution of the screen. */
  prepare(width: number, height: number): void {
    const ratio = Math.min(devicePixelRatio || 1, 3);
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.element.width !== wide || this.element.height !== high) {
      this.element.width = wide;
      this.element.height = high;
      this.element.style.width = `${width}px`;
      this.element.style.height = `${height}px`;
    }
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, width, height);
  }
}

export const cross: DrawShape = (pen, x, y, colour) => {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - SIZE, y - SIZE);
  pen.lineTo(x + SIZE, y + SIZE);
  pen.moveTo(x + SIZE, y - SIZE);
  pen.lineTo(x - SIZE, y + SIZE);
  pen.stroke();
};

export const diamond: DrawShape = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - SIZE - 1);
  pen.lineTo(x + SIZE + 1, y);
  pen.lineTo(x, y + SIZE + 1);
  pen.lineTo(x - SIZE - 1, y);
  pen.fill();
};

export const triangle: DrawShape = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - SIZE - 1);
  pen.lineTo(x + SIZE + 1, y + SIZE);
  pen.lineTo(x - SIZE - 1, y + SIZE);
  pen.fill();
};

export const dot: DrawShape = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, SIZE, 0, 2 * Math.PI);
  pen.fill();
};

/** The head of an arrow, for a bar that is still growing. */
export const arrow: DrawShape = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - SIZE - 1);
  pen.lineTo(x + SIZE + 1, y);
  pen.lineTo(x, y + SIZE + 1);
  pen.fill();
};

/** A vertical line, solid or dashed. */
export function verticalLine(
  pen: CanvasRenderingContext2D,
  x: number,
  [top, bottom]: readonly [number, number],
  colour: string,
  dashes: readonly number[] = [],
): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.setLineDash([...dashes]);
  pen.beginPath();
  pen.moveTo(Math.round(x) + 0.5, top);
  pen.lineTo(Math.round(x) + 0.5, bottom);
  pen.stroke();
  pen.setLineDash([]);
}
