import 'zone.js';
import { type EnvironmentProviders, provideZoneChangeDetection, VERSION } from '@angular/core';

if (VERSION.full !== '16.0.0') throw new Error(`Angular ${VERSION.full} is not the oldest`);

/** Before Angular 18, only a zone triggers change detection, signals do not. */
export const zoneless: EnvironmentProviders = provideZoneChangeDetection();
