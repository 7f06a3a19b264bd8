import type { ConnectionState, RequiredAction } from 'bankside';
import { type ReactNode, useActionState, useId } from 'react';
import { linkAgain } from '../../../shared/connections/link-again.js';
import { prompts } from '../../../shared/connections/prompts.js';
import { addressAtBank } from '../../../shared/connections/visit.js';
import type { Stage } from '../../../shared/sandbox/stage.js';
import { Icon } from '../icon.tsx';

interface PromptProps {
  action: RequiredAction;
  connection: ConnectionState;
  bank: string;
  stage: Stage | undefined;
}

/** What the customer has to do before a connection can go on. */
export function Prompt({ action: { type }, connection, bank, stage }: PromptProps): ReactNode {
  const titleId = useId();
  return (
    <div className="prompt" role="group" aria-labelledby={titleId} data-prompt={type}>
      <div className="prompt-words">
        <h4 id={titleId}>{prompts[type].title(bank)}</h4>
        <p>{prompts[type].text}</p>
      </div>
      <WayOut type={type} connection={connection} bank={bank} stage={stage} />
    </div>
  );
}

function WayOut({
  type,
  connection,
  bank,
  stage,
}: Omit<PromptProps, 'action'> & { type: RequiredAction['type'] }): ReactNode {
  const { id } = connection;
  const { go } = prompts[type];
  if (type === 'CHALLENGE_REQUIRED') {
    if (stage) return <CodeForm answer={() => stage.answer(id)} />;
    return <p className="row-note">It is entered where you signed in.</p>;
  }
  if (!stage) return <Remedy name="link-again" words="Link this bank again" act={linkAgain} />;
  if (!go) return <Remedy name="sign-in" words="Sign in again" act={() => stage.signIn(id)} />;
  return (
    <a className="button" data-remedy="visit" href={addressAtBank(connection, type)}>
      {go(bank)}
      <Icon name="forward" />
    </a>
  );
}

function Remedy({ name, words, act }: { name: string; words: string; act: () => void }): ReactNode {
  return (
    <button type="button" className="button" data-remedy={name} onClick={act}>
      {words}
    </button>
  );
}

function CodeForm({ answer }: { answer: () => Promise<boolean> }): ReactNode {
  const id = useId();
  const [note, submit, isPending] = useActionState(async () => {
    const isTaken = await answer().catch(() => false);
    return isTaken ? 'The bank checks the code…' : 'The code was not taken. Please try again.';
  }, 'Any digits will do here.');
  return (
    <form className="code-form" action={submit}>
      <label className="field" htmlFor={id}>
        <span>Code</span>
        <input
          id={id}
          className="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={8}
          aria-describedby={`${id}-note`}
        />
      </label>
      <button type="submit" className="button" aria-disabled={isPending}>
        Send the code
      </button>
      <p id={`${id}-note`} className="row-note" role="status">
        {isPending ? 'The code is on its way…' : note}
      </p>
    </form>
  );
}
