export type Route = (request: Request) => Response | Promise<Response>;

/** What a path does, by the method of the request. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Route>>>;

/** Where the pushed replies are. */
export const REPLIES = '/sandbox/replies';

export type Routes = Readonly<Record<string, Methods>>;
