import type { QueuePoller, WidgetBridge } from 'bankside';
import type { BanksideInspector } from 'bankside/inspector';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Shows the inspector on demand: nobody loads it who does not ask for it. */
export function Inspector({
  bridge,
  poller,
}: {
  bridge: WidgetBridge | undefined;
  poller: QueuePoller | undefined;
}): ReactNode {
  const [isShown, setShown] = useState(false);
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isShown) return;
    let inspector: BanksideInspector | undefined;
    let isOver = false;
    void import('bankside/inspector').then(({ defineInspector }) => {
      if (isOver) return;
      defineInspector();
      inspector = document.createElement('bankside-inspector');
      inspector.observe(bridge, poller);
      room.current?.append(inspector);
      inspector.scrollIntoView({ block: 'nearest' }); // the button may be at the bottom of the window
    });
    return () => {
      isOver = true;
      inspector?.remove();
    };
  }, [isShown, bridge, poller]);
  return (
    <section className="inspector-room" aria-labelledby="inspector-title">
      <div className="inspector-head">
        <div>
          <h2 id="inspector-title">The inspector</h2>
          <p>
            Requests, the queue and the banks’ channels as a picture: loaded when you ask for it, and not
            before.
          </p>
        </div>
        <button
          type="button"
          className="button"
          id="inspector-toggle"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide the inspector' : 'Show the inspector'}
        </button>
      </div>
      <div id="inspector" ref={room} />
    </section>
  );
}
