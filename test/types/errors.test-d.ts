import { describe, expectTypeOf, test } from 'vitest';
import {
  type AnyBanksideError,
  BanksideError,
  type ErrorCode,
  type ErrorDetails,
  isBanksideError,
  type ServerName,
} from '../../src/index.ts';

interface OfRequest {
  readonly requestId: string | number;
  readonly server: ServerName | 'queue';
  readonly type: string | undefined;
  readonly elapsed: number;
}

describe('errors', () => {
  test('the codes are these', () => {
    expectTypeOf<ErrorCode>().toEqualTypeOf<
      | 'INVALID_OPTIONS'
      | 'INVALID_CALL'
      | 'DUPLICATE_REQUEST'
      | 'OVERLOADED'
      | 'NO_ENDPOINT'
      | 'NO_CHANNEL'
      | 'TIMEOUT'
      | 'NETWORK'
      | 'HTTP'
      | 'UNAUTHORIZED'
      | 'INVALID_RESPONSE'
      | 'ABORTED'
      | 'DISPOSED'
      | 'QUEUE_EXPIRED'
      | 'LOAD_FAILED'
    >();
  });

  test('each code has details of its own', () => {
    expectTypeOf<ErrorDetails['INVALID_OPTIONS']['option']>().toEqualTypeOf<string>();
    expectTypeOf<ErrorDetails['INVALID_CALL']['call']>().toEqualTypeOf<string>();
    expectTypeOf<ErrorDetails['OVERLOADED']['maxPending']>().toEqualTypeOf<number>();
    expectTypeOf<ErrorDetails['TIMEOUT']['timeout']>().toEqualTypeOf<number>();
    expectTypeOf<ErrorDetails['HTTP']['status']>().toEqualTypeOf<number>();
    expectTypeOf<ErrorDetails['INVALID_RESPONSE']['expected']>().toEqualTypeOf<string>();
    expectTypeOf<ErrorDetails['QUEUE_EXPIRED']['queueId']>().toEqualTypeOf<string>();
    expectTypeOf<ErrorDetails['NO_CHANNEL']['requestId']>().toEqualTypeOf<string | number | undefined>();
  });

  test('those about a request say which', () => {
    type AboutRequest =
      | 'DUPLICATE_REQUEST'
      | 'OVERLOADED'
      | 'NO_ENDPOINT'
      | 'TIMEOUT'
      | 'NETWORK'
      | 'HTTP'
      | 'UNAUTHORIZED'
      | 'INVALID_RESPONSE'
      | 'ABORTED';
    expectTypeOf<ErrorDetails[AboutRequest]>().toExtend<OfRequest>();
  });

  test('`code` narrows `details`', () => {
    const read = (error: AnyBanksideError): void => {
      // @ts-expect-error not every error has a timeout
      void error.details.timeout;
      if (error.code === 'TIMEOUT') expectTypeOf(error.details.timeout).toEqualTypeOf<number>();
      else if (error.code === 'HTTP') expectTypeOf(error.details.status).toEqualTypeOf<number>();
      switch (error.code) {
        case 'INVALID_OPTIONS':
          expectTypeOf(error.details.option).toEqualTypeOf<string>();
          // @ts-expect-error it has no request
          void error.details.requestId;
          break;
        case 'OVERLOADED':
          expectTypeOf(error.details.maxPending).toEqualTypeOf<number>();
      }
    };
    expectTypeOf(read).toBeFunction();
  });

  test('isBanksideError narrows what was caught', () => {
    const read = (caught: unknown): void => {
      if (isBanksideError(caught)) expectTypeOf(caught).toExtend<AnyBanksideError>();
      if (isBanksideError(caught) && caught.code === 'TIMEOUT') {
        expectTypeOf(caught.details.timeout).toEqualTypeOf<number>();
      }
      if (isBanksideError(caught, 'UNAUTHORIZED')) {
        expectTypeOf(caught.code).toEqualTypeOf<'UNAUTHORIZED'>();
        expectTypeOf(caught.details).toExtend<OfRequest>();
      }
      // @ts-expect-error there is no such code
      isBanksideError(caught, 'TIME_OUT');
      // @ts-expect-error a caught value may have no code
      void caught.code;
    };
    expectTypeOf(read).toBeFunction();
  });

  test('a transport’s own error has the details of its code', () => {
    const about = { requestId: 'r1', server: 'ob', type: undefined, elapsed: 0 } as const;
    expectTypeOf(new BanksideError('NETWORK', 'x', about)).toExtend<AnyBanksideError>();
    // @ts-expect-error the status is missing
    new BanksideError('HTTP', 'x', about);
    // @ts-expect-error there is no such code
    new BanksideError('OOPS', 'x', about);
    // @ts-expect-error there is no such server
    new BanksideError('NETWORK', 'x', { ...about, server: 'p' });
  });
});
