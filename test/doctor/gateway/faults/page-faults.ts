import { type GatewayRequest, type HeaderLine, withHeader } from '../reply.ts';
import { type Fault, fault } from './fault.ts';
import { isOfPage } from './requests.ts';

const POLICY = 'Content-Security-Policy';

/** Adds policies. The page has one that says who may frame it. */
function policy(name: string, finds: Fault['finds'], ...values: readonly string[]): Fault {
  return fault(name, finds, 'gateway', isOfPage, (reply) => {
    const lines = values.map((value): HeaderLine => [POLICY, value]);
    return { ...reply, headers: [...reply.headers, ...lines] };
  });
}

export const PAGE_FAULTS: readonly Fault[] = [
  policy('the policy allows connections to the page’s origin alone', ['connect-src'], "connect-src 'self'"),
  policy('the policy allows nothing by default', ['connect-src'], "default-src 'none'"),
  policy('one of two policies allows no connections', ['connect-src'], 'connect-src *', "connect-src 'none'"),
  policy(
    'the policy allows no default policy for trusted types',
    ['trusted-types'],
    "require-trusted-types-for 'script'; trusted-types bank",
  ),
  policy('the page is in a sandbox', ['page-sandboxed'], 'sandbox allow-scripts'),
  fault('the page can be framed', ['page-framing'], 'gateway', isOfPage, (reply) => ({
    ...reply,
    headers: reply.headers.filter(([, value]) => !value.includes('frame-ancestors')),
  })),
  fault('the page has moved', ['page-moved'], 'wire', isOfThisHost, (reply, { headers, path }) => {
    const place = `http://localhost:${headers.host?.split(':')[1]}${path}`;
    return withHeader({ ...reply, status: 302 }, 'Location', `${place}?marked-query-4715`);
  }),
];

function isOfThisHost(request: GatewayRequest): boolean {
  return isOfPage(request) && request.headers.host?.startsWith('127.0.0.1') === true;
}
