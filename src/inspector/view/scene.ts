import type { TimeScale } from '../model/time-scale.ts';
import type { Palette } from './palette.ts';

/** What a part of the picture is drawn with. */
export interface Scene {
  readonly pen: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly scale: TimeScale;
  readonly now: number;
  readonly width: number;
}

/** Where a lane is, in pixels. */
export interface Band {
  readonly top: number;
  readonly height: number;
}
