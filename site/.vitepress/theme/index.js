// The default theme, with the fonts of the reader's system: it loads none.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default {
  ...theme,
  enhanceApp(context) {
    theme.enhanceApp(context);
    context.app.mixin({ mounted: nameForScreenReaders });
  },
};

/** Adds what the default theme leaves out. `this` is a component. */
function nameForScreenReaders() {
  const element = this.$el;
  if (!(element instanceof Element)) return;
  if (element.matches('.VPHome')) element.setAttribute('role', 'main');
  if (element.matches('.DocSearch-Button')) {
    element.removeAttribute('aria-label');
    element.querySelector('.DocSearch-Button-Keys')?.setAttribute('aria-hidden', 'true');
  }
}
