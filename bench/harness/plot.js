/**
 * @typedef {object} Line
 * @property {string} name
 * @property {readonly (readonly [x: number, y: number])[]} points
 * @property {keyof typeof marks} [mark] Without one, it is dashed.
 */
/** @typedef {{ title: string, x: string, y: string, lines: readonly Line[] }} Plot */

const size = { width: 720, height: 400 };
const frame = { left: 64, right: 24, top: 48, bottom: 56 };

/** Shapes around 0, 0, which distinguish lines that overlap. */
const marks = {
  disc: '<circle r="5"/>',
  circle: '<circle r="8" class="hollow"/>',
  square: '<rect x="-6" y="-6" width="12" height="12" class="hollow"/>',
  diamond: '<path d="M0-9 9 0 0 9-9 0Z" class="hollow"/>',
  cross: '<path d="M-4-4 4 4M-4 4 4-4"/>',
};

/** Has its own background, so that it can be read on any page. */
const style = `
  svg { color-scheme: light dark; font: 13px system-ui, sans-serif; --ground: #fff; --ink: #1f2328; --faint: #d1d9e0; --c0: #0969da; --c1: #bc4c00; --c2: #8250df; --c3: #1a7f37; --c4: #59636e; --c5: #1f2328 }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --ink: #f0f6fc; --faint: #3d444d; --c0: #4493f8; --c1: #f0883e; --c2: #ab7df8; --c3: #3fb950; --c4: #9198a1; --c5: #f0f6fc }
  }
  .ground { fill: var(--ground) } text { fill: var(--ink) } .title { font-weight: 600 } .end { text-anchor: end } .middle { text-anchor: middle }
  .grid { stroke: var(--faint) } .line { fill: none; stroke-width: 1.5 } .dashed { stroke-dasharray: 5 4 } .mark { stroke-width: 1.5 } .hollow { fill: none }
${[0, 1, 2, 3, 4, 5].map((index) => `  .c${index} { stroke: var(--c${index}); fill: var(--c${index}) }`).join('\n')}
  .line { fill: none }`;

/** @param {Plot} plot An image as SVG. */
export function toSvg({ title, x, y, lines }) {
  const points = lines.flatMap((line) => line.points);
  const xAxis = axis(points.map(([value]) => value));
  const yAxis = axis(points.map(([, value]) => value));
  const right = size.width - frame.right;
  const bottom = size.height - frame.bottom;
  const toX = scale(xAxis.end, frame.left, right);
  const toY = scale(yAxis.end, bottom, frame.top);

  const grid = [
    ...yAxis.ticks.flatMap((tick) => [
      `<path class="grid" d="M${frame.left} ${toY(tick)}H${right}"/>`,
      `<text class="end" x="${frame.left - 8}" y="${toY(tick) + 4}">${tick}</text>`,
    ]),
    ...xAxis.ticks.map((tick) => `<text class="middle" x="${toX(tick)}" y="${bottom + 20}">${tick}</text>`),
    `<text class="middle" x="${(frame.left + right) / 2}" y="${bottom + 42}">${x}</text>`,
    `<text class="middle" transform="translate(18 ${(frame.top + bottom) / 2}) rotate(-90)">${y}</text>`,
  ];
  const drawn = lines.map(({ points, mark }, index) => {
    const places = points.map(([px, py]) => `${toX(px)} ${toY(py)}`);
    return group(index, mark, places);
  });
  const legend = lines.map(({ name, mark }, index) => {
    const at = { x: right - 230, y: frame.top + 16 + index * 22 };
    const line = group(index, mark, [`${at.x} ${at.y}`, `${at.x + 36} ${at.y}`]);
    return `${line}<text x="${at.x + 50}" y="${at.y + 4}">${name}</text>`;
  });

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}">
<style>${style}
</style>
<rect class="ground" width="${size.width}" height="${size.height}" rx="8"/>
<text class="title" x="${frame.left}" y="28">${title}</text>
${[...grid, ...drawn, ...legend].join('\n')}
</svg>
`;
}

/** @param {number} index @param {Line['mark']} mark @param {readonly string[]} places */
function group(index, mark, places) {
  const line = `<path class="line c${index}${mark ? '' : ' dashed'}" d="M${places.join('L')}"/>`;
  const shapes = mark ? places.map((place) => `<g transform="translate(${place})">${marks[mark]}</g>`) : [];
  return `${line}<g class="mark c${index}">${shapes.join('')}</g>`;
}

/** From 0 to a round number beyond the largest, in about five steps. @param {readonly number[]} values */
function axis(values) {
  const largest = Math.max(...values);
  const rough = 10 ** Math.floor(Math.log10(largest));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * rough).find((size) => largest / size <= 6) ?? rough;
  const count = Math.ceil(largest / step);
  return {
    end: count * step,
    ticks: Array.from({ length: count + 1 }, (_none, index) => Number((index * step).toPrecision(3))),
  };
}

/** @param {number} end @param {number} from @param {number} to */
function scale(end, from, to) {
  return (/** @type {number} */ value) => Math.round((from + (value / end) * (to - from)) * 10) / 10;
}
