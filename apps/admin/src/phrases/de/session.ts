export const session = {
  heading: 'Anmelden und sehen, wann der Chat still war',
  please: 'Bitte anmelden',
  credential: 'Bearer-Token oder API-Schlüssel',
  kept: 'Bleibt nur in diesem Tab, bis er geschlossen wird.',
  signIn: 'Anmelden',
  operator:
    'Sie haben keins von beiden? Wenden Sie sich an die Person, die Chat Reports in Ihrer Firma betreibt. Sie erstellt mit <command>npm run -s token -- --org ORGANIZATION</command> ein Token oder mit <command>npm run -s api-key -- create</command> einen API-Schlüssel.',
  link: 'Anmeldelink',
  useLink: 'Mit dem geöffneten Link anmelden?',
  linkShows:
    'Er zeigt {{organizations}} und ersetzt die laufende Sitzung. Nur zustimmen, wenn bekannt ist, woher der Link stammt.',
  keepSession: 'Sitzung behalten',
  acceptLink: 'Link verwenden',
  linkRefused: 'Der Link ist nicht verwendbar, die Sitzung bleibt',
  close: 'Schließen',
  noExpiry: 'Dieses Token hat kein Ende (exp), deshalb nimmt der Server es nicht an.',
  expired: 'Das Token ist abgelaufen.',
  noOrganization: 'Dieses Token nennt keine Organisation (org_id).',
  noToken:
    'Das ist weder ein Bearer-Token, das aussieht wie eyJhbGci….eyJvcmdf….kX2vQ…, noch ein API-Schlüssel, der mit cr_ beginnt.',
  noScope: 'Sein Token hat nicht den Scope reports:read.',
};
