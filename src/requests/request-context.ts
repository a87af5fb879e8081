import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that is being worked on, for whoever logs something meanwhile. */
export const requestContext = new AsyncLocalStorage<{ requestId: string }>();
