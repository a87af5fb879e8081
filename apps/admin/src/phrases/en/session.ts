export const session = {
  heading: 'Sign in to see when chat was silent',
  please: 'Please sign in',
  credential: 'Bearer token or API key',
  kept: 'Kept only in this tab, until you close it.',
  signIn: 'Sign in',
  operator:
    'No token or API key? Ask whoever runs Chat Reports at your company. They can create a token with <command>npm run -s token -- --org ORGANIZATION</command> or an API key with <command>npm run -s api-key -- create</command>.',
  link: 'Sign-in link',
  useLink: 'Sign in with the link you opened?',
  linkShows: 'It shows {{organizations}}, and replaces your session. Agree only if you know where the link is from.',
  keepSession: 'Keep my session',
  acceptLink: 'Use the link',
  linkRefused: 'The link cannot be used, so your session stays',
  close: 'Close',
  noExpiry: 'This token has no expiry (exp), so the server will not accept it.',
  expired: 'The token has expired.',
  noOrganization: 'This token names no organization (org_id).',
  noToken:
    'This is not a bearer token, which looks like eyJhbGci….eyJvcmdf….kX2vQ…, or an API key, which begins with cr_.',
  noScope: 'The token does not have the scope reports:read.',
};
