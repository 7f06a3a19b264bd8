import type { SeededRandom } from '../seeded-random.ts';
import { dayFromNow } from './calendar.ts';
import { createService, type Service } from './service.ts';

/** A regular payment that Enrich has found. */
export interface Subscription {
  /** Its id. */
  readonly id: string;
  /** The payee. */
  readonly name: string;
  /** The amount of each payment, in whole units of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** The interval. */
  readonly cadence: 'monthly' | 'yearly';
  /** `YYYY-MM-DD`. */
  readonly nextPayment: string;
  /** The purpose. */
  readonly category: string;
}

/** The Enrich server. */
export interface EnrichServer extends Service {
  /** The regular payments. */
  readonly subscriptions: readonly Subscription[];
}

interface Offer {
  readonly name: string;
  readonly category: string;
  readonly cadence: Subscription['cadence'];
  readonly price: readonly [low: number, high: number];
}

const OFFERS: readonly Offer[] = [
  { name: 'Lichtspielhaus Daheim', category: 'Films and series', cadence: 'monthly', price: [9, 15] },
  { name: 'Tonwelle', category: 'Music', cadence: 'monthly', price: [8, 12] },
  { name: 'Vélo Papillon', category: 'Getting around', cadence: 'monthly', price: [19, 29] },
  { name: 'Nimbus Loft Storage', category: 'Software', cadence: 'monthly', price: [2, 5] },
  { name: 'Kraftwinkel Gym', category: 'Sport', cadence: 'monthly', price: [29, 45] },
  { name: 'Gazette de la Lune', category: 'Press', cadence: 'yearly', price: [90, 140] },
  { name: 'Funkelnetz Mobile', category: 'Phone and internet', cadence: 'monthly', price: [14, 24] },
];

export function createEnrichServer(random: SeededRandom): EnrichServer {
  const subscriptions = OFFERS.map((offer, index): Subscription => {
    const { name, category, cadence, price } = offer;
    return {
      id: `subscription-${index + 1}`,
      name,
      amount: random.amount(...price),
      currency: 'EUR',
      cadence,
      nextPayment: dayFromNow(random.between(1, cadence === 'monthly' ? 28 : 300)),
      category,
    };
  });

  const service = createService('enrich', { getUserSubscriptions: () => ({ subscriptions }) });
  return { ...service, subscriptions };
}
