/**
 * Runs in the page: texts in sight that have too little contrast to what is behind them (WCAG 2.2, 1.4.3). Decoration does not
 * count, nor does what cannot be used at the moment.
 */
export function findPaleTexts(): readonly string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];

  // As painted: engines write colours in many ways, and a canvas understands them all.
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  function read(colour: string): Colour {
    if (!context) throw new Error('There is no canvas');
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function luminance([red, green, blue]: Colour): number {
    const linear = (channel: number): number => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  function behind(element: Element | null): Colour {
    if (!element) return [255, 255, 255, 1];
    const colour = read(getComputedStyle(element).backgroundColor);
    return colour[3] > 0.99 ? colour : behind(element.parentElement);
  }

  function contrast(element: Element): number {
    const front = luminance(read(getComputedStyle(element).color));
    const back = luminance(behind(element));
    return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  }

  function isLarge(element: Element): boolean {
    const { fontSize, fontWeight } = getComputedStyle(element);
    const size = Number.parseFloat(fontSize);
    return size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pale: string[] = [];
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent?.trim() || !element?.getClientRects().length) continue;
    if (element.closest('.choice-mark, .visually-hidden, [inert], [aria-disabled="true"], noscript'))
      continue;
    seen += 1;
    const ratio = contrast(element);
    if (ratio < (isLarge(element) ? 3 : 4.5)) pale.push(`${node.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return seen > 50 ? pale : [`only ${seen} texts were found`];
}
