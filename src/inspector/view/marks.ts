/** Small shapes, so that nothing is told by colour alone. All are drawn around a point. */
type Mark = (pen: CanvasRenderingContext2D, x: number, y: number, colour: string) => void;

const SIZE = 4;

export const cross: Mark = (pen, x, y, colour) => {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - SIZE, y - SIZE);
  pen.lineTo(x + SIZE, y + SIZE);
  pen.moveTo(x + SIZE, y - SIZE);
  pen.lineTo(x - SIZE, y + SIZE);
  pen.stroke();
};

export const diamond: Mark = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - SIZE - 1);
  pen.lineTo(x + SIZE + 1, y);
  pen.lineTo(x, y + SIZE + 1);
  pen.lineTo(x - SIZE - 1, y);
  pen.fill();
};

export const triangle: Mark = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - SIZE - 1);
  pen.lineTo(x + SIZE + 1, y + SIZE);
  pen.lineTo(x - SIZE - 1, y + SIZE);
  pen.fill();
};

export const dot: Mark = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, SIZE, 0, 2 * Math.PI);
  pen.fill();
};

/** The head of an arrow: it goes on. */
export const arrow: Mark = (pen, x, y, colour) => {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - SIZE - 1);
  pen.lineTo(x + SIZE + 1, y);
  pen.lineTo(x, y + SIZE + 1);
  pen.fill();
};

/** A line from top to bottom, or in dashes. */
export function upright(
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
