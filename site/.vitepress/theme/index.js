// The default theme, with the fonts of the reader's system: it loads none.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default {
  ...theme,
  enhanceApp(context) {
    theme.enhanceApp(context);
    context.app.mixin({ mounted: nameForScreenReaders });
    // Not in config.js: VitePress would need to evaluate text to get a function from there.
    context.siteData.value.themeConfig.search.options.miniSearch = {
      searchOptions: { boostDocument: weightInSearch },
    };
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

/** Guides and exported names come before the many members of exported names. `address` is that of a heading. */
function weightInSearch(address) {
  const [path, heading = ''] = address.split('#');
  const isReference = path.includes('/api/bankside/');
  const isName = /^(class|function|interface|type-alias|variable)-/.test(heading);
  return isReference && !isName ? 0.2 : 1;
}
