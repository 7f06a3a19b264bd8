import { type EnvironmentProviders, provideZonelessChangeDetection } from '@angular/core';

/** Signals alone say that something is to be shown. */
export const zoneless: EnvironmentProviders = provideZonelessChangeDetection();
