import { type EnvironmentProviders, provideZonelessChangeDetection } from '@angular/core';

/** Signals alone trigger change detection. */
export const zoneless: EnvironmentProviders = provideZonelessChangeDetection();
