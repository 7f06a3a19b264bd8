import '@angular/compiler';
import {
  type ApplicationRef,
  Component,
  type EnvironmentProviders,
  type Provider,
  type Type,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';

let components = 0;

/** A component without a decorator, so that the file is plain TypeScript. */
export function component<T>(type: Type<T>, template: string, providers: Provider[] = []): Type<T> {
  components += 1;
  Component({ selector: `bank-page-${components}`, template, providers, standalone: true })(type);
  return type;
}

export interface Application<T> {
  readonly app: ApplicationRef;
  readonly page: T;
  text(): string;
  destroy(): void;
}

/** The application's providers are those of its injector, as in `bootstrapApplication`. */
export async function start<T>(
  page: Type<T>,
  providers: (Provider | EnvironmentProviders)[],
): Promise<Application<T>> {
  const host = document.body.appendChild(document.createElement('bank-page'));
  const app = await createApplication({ providers });
  const { instance } = app.bootstrap(page, host);
  return {
    app,
    page: instance,
    text: () => host.textContent ?? '',
    destroy() {
      app.destroy();
      host.remove();
    },
  };
}
