import type { Settings } from '../settings.ts';
import { angularFiles } from './angular-files.ts';
import type { CodeFile } from './code-file.ts';
import { reactFiles } from './react-files.ts';
import { vanillaFiles } from './vanilla-files.ts';

export type { CodeFile } from './code-file.ts';

const FILES: Readonly<Record<Settings['code'], (settings: Settings) => readonly CodeFile[]>> = {
  vanilla: vanillaFiles,
  react: reactFiles,
  angular: angularFiles,
};

/** The files of a bank's page that is wired as the settings say. */
export function wiringCode(settings: Settings): readonly CodeFile[] {
  return FILES[settings.code](settings);
}
