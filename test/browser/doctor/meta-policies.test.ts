import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaPolicies } from '../../../src/doctor/policy/meta-policies.ts';
import { readPolicies } from '../../../src/doctor/policy/policy.ts';

// The browser's own parser is the measure. It parses for a page without scripts, where `<noscript>` has elements: its own are
// no children of the head, either.

const META = '<meta http-equiv="Content-Security-Policy" content="connect-src https://a.example">';

/** The values of the policies that a browser would find in the head. */
function found(html: string): readonly string[] {
  // A byte order mark is taken away before the text is parsed.
  const { head } = new DOMParser().parseFromString(html.replace(/^\ufeff/, ''), 'text/html');
  const metas = [...head.children].filter(
    (element) => element.localName === 'meta' && isPolicy(element.getAttribute('http-equiv')),
  );
  return metas.map((meta) => meta.getAttribute('content') ?? '');
}

function isPolicy(kind: string | null): boolean {
  return kind?.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) === 'content-security-policy';
}

function expectSame(html: string): void {
  const { policies, doubt } = metaPolicies(html);
  const expected = readPolicies(found(html), 'meta');
  // In doubt, those that were read are right.
  expect(policies, html).toEqual(doubt === undefined ? expected : expected.slice(0, policies.length));
}

const heads = [
  META,
  `<!doctype html><html><head>${META}</head><body>${META}</body></html>`,
  `<title>${META}</title>${META}`,
  `<!--${META}-->${META}`,
  `<!-->${META}<!--->${META}<!-- --!>${META}<!---->${META}`,
  `<!--> --> ${META}`,
  `<!-- <!-- -->${META}`,
  `<!- ->${META}<?xml version="1.0"?>${META}<![CDATA[ x ]]>${META}</ x>${META}</>${META}`,
  `<script>${META}</script>${META}`,
  `<script><!-- <script> </script> ${META} --></script>${META}`,
  `<script><!--<script></script>--></script>${META}`,
  `<script><!--> <script> </script>${META}`,
  `<script><!---> <script> </script>${META}`,
  `<script><!-- </script>${META}`,
  `<script><!-- <scripts> </script>${META}`,
  `<script></scripts></script >${META}`,
  `<script></script/ x=">">${META}`,
  `<script/>${META}</script>${META}`,
  `<style>${META}</style>${META}<noframes>${META}</noframes>${META}`,
  `<link rel=x><base href="/"><basefont><bgsound>${META}`,
  `</head>${META}<!-- x --><title>x</title>${META}`,
  `</head>x${META}`,
  `x${META}`,
  `<p>${META}`,
  `<head><head><html><head>${META}`,
  `</p></div></title>${META}`,
  `</br>${META}`,
  `</body>${META}`,
  `</html>${META}`,
  `<head></html>${META}`,
  `<body>${META}`,
  `<frameset>${META}`,
  `\ufeff \t\n\f\r${META}`,
  `<${META}`,
  `<1${META}`,
  `<meta http-equiv=Content-Security-Policy content=connect-src>`,
  `<META HTTP-EQUIV='content-security-policy' CONTENT='connect-src "x"'>`,
  `<meta content="connect-src 'self'" http-equiv="Content-Security-Policy">`,
  `<meta/http-equiv="Content-Security-Policy"/content="connect-src *"/>`,
  `<meta http-equiv = "Content-Security-Policy"\ncontent\n=\n"connect-src *">`,
  `<meta http-equiv="Content-Security-Policy" content="connect-src *" content="connect-src 'none'">`,
  `<meta http-equiv="Content-Security-Policy"content="connect-src *">`,
  `<meta ="x" http-equiv="Content-Security-Policy" content="connect-src *">`,
  `<meta http-equiv=" Content-Security-Policy" content="connect-src *">`,
  `<meta http-equiv="Content-Security-Policy" content="connect-src *`,
  `<meta http-equiv="Content-Security-Policy" content>`,
  `<meta http-equiv="Content-Security-Policy">`,
  `<meta name="Content-Security-Policy" content="connect-src *">`,
  `<meta http-equiv="Content-Security-Policy-Report-Only" content="connect-src *">`,
  `<meta http-equiv="Content-Security-Policy" content="a &#39;self&#x27; &quot;&amp;&amp &lt&gt; &semi; x &#59; c&colon;d &#0; &#128; &#xd800;">`,
  `<meta http-equiv="Content-Security-Policy" content="report-uri /r?a=1&lt=2&copy=3&b; connect-src *">`,
  `<meta http-equiv="Content-Security-Policy" content="report-uri /r?a=1&ltx&bcd=; connect-src *">`,
  `<meta http-equiv="Content-Security-Policy" content="a &#; &#x; & && &; b">`,
  `<meta http-equiv="Content&#45;Security&#x2d;Policy" content="connect-src *">`,
  `<meta http-equiv="Content-Security-Policy" content="a &notin; b; connect-src *">${META}`,
  `<meta a=">" b='>' http-equiv="Content-Security-Policy" content="connect-src *">`,
  `<meta http-equiv=Content-Security-Policy content=connect-src/>`,
  `<meta http-equiv="Content-\u212aecurity-Policy" content="connect-src *">`,
  `<template>${META}</template>${META}`,
  `<object>${META}`,
  `<title>&lt;/title></title>${META}`,
  `<title>`,
  `<script>`,
  '<',
  '</',
  '<!',
  '<!-',
  '<!--',
  '<meta',
  '<meta ',
  '<meta a=',
  "<meta a='",
  '',
];

describe('the policies in a page, as this browser finds them', () => {
  it.each(heads)('%s', (html) => {
    expectSame(html);
  });

  const pieces = [
    META,
    '<meta http-equiv="Content-Security-Policy" content="connect-src ',
    '<!--',
    '-->',
    '--!>',
    '<!',
    '<?',
    '>',
    '<',
    '</',
    '/',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '-',
    '!',
    'x',
    '&',
    ';',
    '&quot;',
    '&#39;',
    '&amp',
    '<head>',
    '</head>',
    '<html>',
    '<body',
    '</body>',
    '</br>',
    '<link ',
    '<base ',
    '<title>',
    '</title>',
    '</title ',
    '<style>',
    '</style>',
    '<script>',
    '<script ',
    '</script>',
    '</script ',
    '<noframes>',
    '</noframes>',
    '<p>',
    '</p>',
    '<template>',
    '<!doctype html>',
    '<!DOCTYPE "',
    'content=',
    'http-equiv=',
  ];

  it('whatever the page looks like', () => {
    const anyPage = fc.array(fc.constantFrom(...pieces), { maxLength: 30 });
    const withPolicy = anyPage.map((parts) => `${parts.join('')}${META}`);
    fc.assert(fc.property(withPolicy, expectSame), { numRuns: 1000 });
  });
});
