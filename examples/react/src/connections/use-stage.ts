import type { QueuePoller } from 'bankside';
import { useEffect, useMemo } from 'react';
import type { OtherBanks } from '../../../elsewhere-bank/sandbox/other-banks.js';
import { createStage } from '../../../elsewhere-bank/sandbox/stage.js';

export type Stage = ReturnType<typeof createStage>;

/** What other banks do, where the sandbox plays them. */
export function useStage(
  poller: QueuePoller | undefined,
  banks: OtherBanks | undefined,
  watch: (connectionId: string) => Promise<void>,
): Stage | undefined {
  const stage = useMemo(
    () => (poller && banks ? createStage({ poller, banks, watch }) : undefined),
    [poller, banks, watch],
  );
  useEffect(() => {
    poller?.start().then(stage?.goOn, () => {}); // how it fails, the panel tells
  }, [poller, stage]);
  return stage;
}
