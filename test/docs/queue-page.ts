import { type Mock, vi } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import type { Sandbox, ScenarioName } from '../../src/testing/index.ts';
import { BankPage } from './bank-page.ts';
import { bankside } from './built.ts';

/** The page of a bank that follows connections: what the names of the snippets stand for. */
export class QueuePage extends BankPage {
  readonly connectionId: string = 'connection-1';
  readonly userKey: string = 'user-key';
  readonly queueIdOfWidget: string;
  /** One that begins with the page. */
  readonly poller: QueuePoller;
  readonly codePrompt: Record<'show' | 'hide', Mock> = { show: vi.fn(), hide: vi.fn() };
  readonly readAccounts: Mock<(connectionId: string) => void> = vi.fn();
  readonly showAccounts: Mock = vi.fn();
  readonly showConnection: Mock = vi.fn();
  /** The back end's: begins it, and tells when that was. */
  readonly startSynchronisation: (connectionId: string) => Promise<{ startedAt: number }>;

  constructor(sandbox: Sandbox, scenario: ScenarioName) {
    super();
    this.queueIdOfWidget = sandbox.linxo.subscribe();
    this.startSynchronisation = async (connectionId) => {
      sandbox.linxo.synchronise(connectionId, scenario);
      return { startedAt: Math.floor(Date.now() / 1_000) };
    };
    this.poller = new bankside.QueuePoller({
      baseUrl: 'https://gateway.bank.example/linxo',
      accessToken: () => sandbox.issueAccessToken(),
      storage: false,
    });
    Object.assign(this.window, {
      setTimeout: (...given: Parameters<typeof setTimeout>) => setTimeout(...given),
      addEventListener: vi.fn(),
    });
  }
}
