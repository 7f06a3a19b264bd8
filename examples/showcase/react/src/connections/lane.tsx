import type { ChannelState } from 'bankside';
import type { ReactNode } from 'react';
import { type Step, titleOfLane } from '../../../shared/connections/story.js';
import { channelWords, wordsOf } from '../../../shared/connections/words.js';

/** What comes from one channel of a connection, oldest first. */
export function Lane({
  channel,
  steps = [],
}: {
  channel: ChannelState;
  steps: readonly Step[] | undefined;
}): ReactNode {
  const { id, kind, status, action } = channel;
  return (
    <section
      className="lane"
      data-channel={id}
      data-kind={kind}
      data-status={status}
      data-needs-user={Boolean(action)}
      aria-labelledby={`lane-${id}`}
    >
      <div className="lane-head">
        <h4 id={`lane-${id}`}>{titleOfLane(channel)}</h4>
        {kind && <span className="tag">{channelWords[kind].note}</span>}
      </div>
      <span className="lane-state">{wordsOf(status)}</span>
      <span className="lane-bar" aria-hidden="true" />
      <ol className="steps" role="list">
        {steps.map(({ name, words, at, isLookedUp }) => (
          <li
            className="step"
            data-step={name}
            data-looked-up={isLookedUp}
            key={`${name} ${at} ${isLookedUp}`}
          >
            <span className="step-words">{words}</span>
            {isLookedUp && <span className="step-note">looked up</span>}
            <time className="step-time" dateTime={new Date(at * 1_000).toISOString()}>
              {new Date(at * 1_000).toLocaleTimeString('en-GB')}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
