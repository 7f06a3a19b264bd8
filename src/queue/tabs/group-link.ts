import type { Pacer } from '../pace/pacer.ts';
import { openTabChannel, type TabChannel } from './tab-channel.ts';
import type { TabMessage } from './tab-messages.ts';

/** Sends to the other tabs of a group while it is open. */
export class GroupLink {
  readonly #name: string;
  readonly #pacer: Pacer;
  #channel: TabChannel | undefined;

  constructor(name: string, pacer: Pacer) {
    this.#name = name;
    this.#pacer = pacer;
  }

  /** If it does not open, there are no channels here. */
  get isOpen(): boolean {
    return this.#channel !== undefined;
  }

  open(receive: (message: TabMessage) => void): void {
    this.#channel = openTabChannel(this.#name, receive);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Returns whether the message could be sent; true if it is not open. */
  post(message: TabMessage): boolean {
    return this.#channel?.post(message) ?? true;
  }

  ask(kind: 'ask' | 'wake' | 'hello' | 'ping'): boolean {
    return this.post({ kind, isClose: this.#pacer.isClose });
  }
}
