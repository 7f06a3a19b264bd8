import { describe, expect, it } from 'vitest';
import { createSandbox } from '../../../src/testing/index.ts';

function server() {
  const { pserver } = createSandbox();
  const ask = (type: string, fields: object) => pserver.execute({ type, ...fields });
  return { pserver, ask, rating: (id: string) => ask('getInsightRating', { id }) };
}

describe('ratings and feedback', () => {
  it('are empty at first', () => {
    const { pserver, rating } = server();
    expect(rating('insight-3')).toMatchObject({ ok: true, id: 'insight-3', rating: 0, feedback: '' });
    expect(pserver.ratings).toEqual([]);
  });

  it('are stored independently, and returned', () => {
    const { pserver, ask, rating } = server();
    ask('updateInsightRating', { id: 'insight-3', rating: 4 });
    ask('updateInsightFeedback', { id: 'insight-3', feedback: 'Good to know' });
    ask('updateInsightFeedback', { id: 'insight-1', feedback: 'Wrong' });
    expect(rating('insight-3')).toMatchObject({ id: 'insight-3', rating: 4, feedback: 'Good to know' });
    expect(rating('insight-1')).toMatchObject({ id: 'insight-1', rating: 0, feedback: 'Wrong' });
    ask('updateInsightRating', { id: 'insight-3', rating: '2' }); // the widget also sends strings
    expect(pserver.ratings).toEqual([
      { id: 'insight-3', rating: 2, feedback: 'Good to know' },
      { id: 'insight-1', rating: 0, feedback: 'Wrong' },
    ]);
  });

  it.each([6, -1, 2.5, 'many', '', ' ', null, undefined, true, [3]])('refuse %j stars', (rating) => {
    const { pserver, ask } = server();
    expect(ask('updateInsightRating', { id: 'insight-1', rating })).toEqual({
      ok: false,
      status: '400',
      statusMessage: 'The rating must be a whole number from 0 to 5.',
    });
    expect(pserver.ratings).toEqual([]);
  });

  it.each(['getInsightRating', 'updateInsightRating', 'updateInsightFeedback'])(
    '%s refuses an unknown insight',
    (type) => {
      const { pserver, ask } = server();
      const reply = ask(type, { id: 'insight-99', rating: 3, feedback: 'x' });
      expect(reply).toMatchObject({ ok: false, status: '404' });
      expect(pserver.ratings).toEqual([]);
    },
  );
});
