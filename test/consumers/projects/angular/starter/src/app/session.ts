import { Injectable } from '@angular/core';
import type { Credential } from 'bankside';

@Injectable({ providedIn: 'root' })
export class Session {
  readonly userKey = 'user-1';

  readonly accessToken: Exclude<Credential, string> = async ({ signal }) => {
    return (await fetch('/session/access-token', { method: 'POST', signal })).text();
  };
}
