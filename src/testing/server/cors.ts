/** What a page on another port of this machine may do: all that one of the same origin may. */
export function allow(origin: string, response: Response): Response {
  if (response.type === 'error') return response;
  const headers = {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'location, retry-after, date',
    vary: 'origin',
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method');
}

/** Any header may be sent: pages add their own, for CSRF, signing or tracing. */
export function preflightAnswer({ headers }: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': headers.get('access-control-request-headers') ?? '',
      'access-control-max-age': '600',
    },
  });
}
