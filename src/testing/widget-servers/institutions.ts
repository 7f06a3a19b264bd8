/** A bank that accounts can be linked from. */
export interface Institution {
  /** Its id. */
  readonly id: string;
  /** An invented name. */
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** Dark enough for white text. */
  readonly colour: string;
}

/** Letters that Unicode does not split into a letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** All names are invented. */
const NAMES: readonly (readonly [country: string, name: string])[] = [
  ['FR', 'Banque du Héron Bleu'],
  ['FR', 'Crédit Éolien des Trois Collines'],
  ['FR', 'Caisse Forêt-Façade'],
  ['BE', 'Banque de la Gaufre Dorée'],
  ['NL', 'Kaasmolen Bank'],
  ['DE', 'Sparhaus Grünfink'],
  ['DE', 'Müßiggang Genossenschaftsbank'],
  ['AT', 'Gämsentaler Bank'],
  ['CH', 'Glühwürmli Kantonalkasse'],
  ['ES', 'Banco Cigüeña'],
  ['ES', 'Caja Piñonera del Sur'],
  ['PT', 'Banco São Girassol'],
  ['IT', 'Banca Perlalibertà'],
  ['IT', 'Cassa Papavero'],
  ['IE', 'Ballyquince Savings'],
  ['DK', 'Møllebæk Sparekasse'],
  ['SE', 'Smörblomma Bank'],
  ['NO', 'Blåbær Sparebank'],
  ['FI', 'Käpypöllö Pankki'],
  ['IS', 'Þokusól Sparisjóður'],
  ['PL', 'Bank Żółwik i Spółka'],
  ['CZ', 'Spořitelna U Tří Ježků'],
  ['HU', 'Bükkfa Takarékpénztár'],
  ['RO', 'Banca Știucă'],
];

const COLOURS = ['#1f4e79', '#6b2d5c', '#0f5c4d', '#8a3324', '#3d3a7c', '#5a4a1d'];

export const INSTITUTIONS: readonly Institution[] = NAMES.map(([country, name], index) => ({
  id: `${country.toLowerCase()}-${slug(name)}`,
  name,
  country,
  colour: COLOURS[index % COLOURS.length] ?? '#1f4e79',
}));

/** The institutions whose name contains every word of the query. */
export function findInstitutions(query: string): Institution[] {
  const words = fold(query).split(/\s+/);
  return INSTITUTIONS.filter(({ name }) => words.every((word) => fold(name).includes(word)));
}

function slug(name: string): string {
  return fold(name).replace(/[^a-z]+/g, '-');
}

/** Lower case without accents: `Møllebæk` becomes `mollebaek`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[øłđßæœþ]/g, (letter) => LETTERS[letter] ?? letter);
}
