import type { Sandbox, SandboxOptions } from 'bankside/testing';

export interface ServerOptions {
  /** The next one that is free is taken if it is not; 0 for any. @default PORT of the environment, or 4173 */
  readonly port?: number;
  /** @default HOST of the environment, or 127.0.0.1 */
  readonly host?: string;
  /** Says whether the sandbox or real end points are used; see README.md. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default `examples/showcase/vanilla` */
  readonly pageFolder?: string;
  /** Folders of further pages, by their place: `{ '/react/': '…' }`. */
  readonly otherPages?: Readonly<Record<string, string>>;
  readonly sandbox?: Omit<SandboxOptions, 'baseUrl' | 'onPush'>;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** The port that was asked for; another one than `port` if it was taken. */
  readonly wanted: number;
  /** `undefined` where real end points are used. */
  readonly sandbox: Sandbox | undefined;
  /** Ends the server and all of its connections. */
  close(): Promise<void>;
}

/** Throws a `ConfigError` whose message is one line if the environment makes no sense. */
export declare function startServer(options?: ServerOptions): Promise<RunningServer>;
