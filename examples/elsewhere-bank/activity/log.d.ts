/** A place for what happens. */
export interface NoteLog {
  addNote(name: string, detail?: string): void;
}

export interface RequestLog extends NoteLog {
  begin(request: { server: string; type: string | undefined; requestId: string | number }): void;
  /** A reply that is not passed on. */
  addHeld(requestId: string, title: string): void;
  find(requestId: string): LoggedRequest | undefined;
}

export interface LoggedRequest {
  readonly title: string;
  readonly state: string;
  readonly pending: boolean;
  answered(duration: number | undefined): void;
  failed(code: string, duration: number | undefined): void;
}
