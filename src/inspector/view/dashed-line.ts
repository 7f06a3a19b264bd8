/** Draws a horizontal line of dashes. @param pattern The length of a dash, and of the gap after it. */
export function dashedLine(
  pen: CanvasRenderingContext2D,
  colour: string,
  pattern: readonly [number, number],
  left: number,
  right: number,
  y: number,
): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.setLineDash([...pattern]);
  pen.beginPath();
  pen.moveTo(left, y);
  pen.lineTo(right, y);
  pen.stroke();
  pen.setLineDash([]);
}
