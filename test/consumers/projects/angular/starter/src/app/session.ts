import { Injectable } from '@angular/core';

@Injectable({ providedIn: 'root' })
export class Session {
  readonly userKey = 'user-1';

  async accessToken(): Promise<string> {
    return (await fetch('/session/access-token', { method: 'POST' })).text();
  }
}
