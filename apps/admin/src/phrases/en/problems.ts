export const problems = {
  stopped: 'The page has stopped',
  stoppedText: 'An error has occurred in your browser. The messages and reports on the server are not affected.',
  reload: 'Reload',
  signOut: 'Sign out',
  withoutFilters: 'Start without filters',
  refusedToken: 'The server refused the token: it is invalid, expired or revoked.',
  refusedTokenFor: 'The server refused the token: {{explanation}}.',
  tooMany: 'Too many requests in a short time.',
  busy: 'The server cannot answer now: {{explanation}}.',
  refused: 'The server refused the request: {{explanation}}.',
  failed: 'The server failed to answer ({{status}}).',
  unreachable: 'The server cannot be reached: it or the network may be down.',
};
