import { describe, expectTypeOf, it } from 'vitest';
import { httpTransport, WidgetBridge, widgetActions } from '../../src/index.ts';
import type { Personetics, PersoneticsViewOptions } from '../../src/personetics.ts';
import '../../src/personetics.ts';

const transport = httpTransport({ endpoints: { pserver: '/pserver' }, authToken: false });
const bridge = new WidgetBridge({ transport });

describe('the globals of the widget', () => {
  it('fit the bridge without a cast', () => {
    bridge.attach(personetics);
    bridge.attach(() => window.personetics);
    bridge.attach(() => window.personetics, window.PersoWidget);
    bridge.attach(personetics, PersoWidget);
    window.EventDelegate = bridge.EventDelegate;
    const { delegate } = bridge;
    personetics.initialize({ eventsDelegate: delegate, pDelegate: delegate, base64EncodeResponse: false });
    widgetActions(bridge, { widget: personetics });
    widgetActions(bridge, { widget: () => window.personetics });
  });

  it('are undefined on `window` until the widget has loaded', () => {
    expectTypeOf(window.personetics).toEqualTypeOf<Personetics | undefined>();
    expectTypeOf(personetics).toEqualTypeOf<Personetics>();
    // @ts-expect-error: it may not have loaded yet.
    bridge.attach(window.personetics);
  });
});

describe('the options of the widget', () => {
  it('are known, and open for others', () => {
    personetics.startWidget({ widgetType: 'hub', el: document.body, ownOption: true });
    personetics.startWidget({ widgetType: 'a view of another build' });
    // @ts-expect-error: the id of a user is a string.
    personetics.startWidget({ userId: 1 });
    // @ts-expect-error: a string would be true.
    personetics.initialize({ base64EncodeResponse: 'false' });
  });

  it('may come from a variable whose type is an interface', () => {
    interface User {
      readonly userId: string;
      readonly bankField: number;
    }
    const user = {} as User;
    personetics.initialize(user);
    personetics.startWidget({ ...user, widgetType: 'inbox' });
    expectTypeOf(personetics.getConfig()).toEqualTypeOf<PersoneticsViewOptions>();
  });
});

describe('a command', () => {
  it('has callbacks that name the type of the reply', () => {
    personetics.callPersoneticsAPI('getInsights', {}, (reply: { insights: object[] }) => reply.insights);
  });
});
