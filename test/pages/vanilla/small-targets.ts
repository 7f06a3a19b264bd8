/**
 * Runs in the page: buttons, fields and links that are smaller than 24 by 24 CSS pixels (WCAG 2.2, 2.5.8). Links within a sentence
 * are as high as their line, and a label counts with its field.
 */
export function findSmallTargets(): readonly string[] {
  const least = 24;
  const targets = document.querySelectorAll<HTMLElement>(
    'button, select, input:not([type="radio"]), label.shape, nav a',
  );
  return [...targets]
    .map((target) => ({ target, ...target.getBoundingClientRect().toJSON() }))
    .filter(({ width, height }) => width > 0 && (width < least || height < least))
    .map(
      ({ target, width, height }) =>
        `${target.textContent?.trim()} ${Math.round(width)} × ${Math.round(height)}`,
    );
}
