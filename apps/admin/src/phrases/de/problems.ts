export const problems = {
  stopped: 'Die Seite ist stehen geblieben',
  stoppedText:
    'In diesem Browser ist ein Fehler aufgetreten. Nachrichten und Berichte auf dem Server sind davon nicht betroffen.',
  reload: 'Neu laden',
  signOut: 'Abmelden',
  withoutFilters: 'Ohne Filter beginnen',
  refusedToken: 'Der Server hat das Token abgelehnt: Es ist ungültig, abgelaufen oder widerrufen.',
  refusedTokenFor: 'Der Server hat das Token abgelehnt: {{explanation}}.',
  tooMany: 'Zu viele Anfragen in kurzer Zeit.',
  busy: 'Der Server kann gerade nicht antworten: {{explanation}}.',
  refused: 'Der Server hat die Anfrage abgelehnt: {{explanation}}.',
  failed: 'Der Server konnte nicht antworten ({{status}}).',
  unreachable: 'Der Server ist nicht erreichbar: Er oder das Netz ist ausgefallen.',
};
