import { loadBuild } from '../../../examples/showcase/shared/widget/builds.js';
import { callShapes } from '../../../examples/showcase/shared/widget/other/call-shapes.js';
import { createOtherBuild } from '../../../examples/showcase/shared/widget/other/other-build.js';
import { putOnPage } from '../../../examples/showcase/shared/widget/put-on-page.js';
import type { WidgetBuild } from '../settings.ts';

/** `builds` calls the shipped build `a`. This one calls in the same shape, and is otherwise like the other builds. */
const SHAPE_A: (typeof callShapes)['b'] = {
  ...callShapes.c,
  title: 'Headers, body, id',
  signature: '(requestHeaders, body, requestId)',
  request: (delegate, sender, { headers, body, requestId }) => delegate[sender]?.(headers, body, requestId),
};

/** Puts the stand-in for the vendor's widget on the page, as its script would. */
export function putWidget(build: WidgetBuild): void {
  if (build === 'shipped') loadBuild('a');
  else if (build === 'a') putOnPage('a', (views, replies) => createOtherBuild(SHAPE_A, views, replies));
  else loadBuild(build);
}
