/** Where lines of a remedy belong. */
export type Place = 'http' | 'server' | 'location' | 'preflights' | 'virtual host';

const PLACES: readonly (readonly [Place, RegExp])[] = [
  ['http', /^# In the block http/],
  ['server', /^# In the server/],
  ['preflights', /^# In the block that answers OPTIONS/],
  ['virtual host', /^# In the VirtualHost/],
  ['location', /^# In the location|, add in the location:|^# Where the page is served/i],
];

/** Puts the lines of remedies where their comments say. A line that stands there already is left out. */
export function sectionsOf(remedies: readonly string[]): Readonly<Record<Place, string>> {
  const sections = { http: '', server: '', location: '', preflights: '', 'virtual host': '' };
  for (const remedy of remedies) {
    let place: Place = 'location';
    let lines = '';
    const add = (): void => {
      sections[place] += lines;
      lines = '';
    };
    for (const line of remedy.split('\n')) {
      const next = PLACES.find(([, words]) => words.test(line))?.[0];
      if (next) add();
      place = next ?? place;
      const isNew = !(sections[place] + lines).split('\n').includes(line);
      if (isNew && !line.startsWith('#')) lines += `${line}\n`;
    }
    add();
  }
  return sections;
}
