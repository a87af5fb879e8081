export const wall = {
  title: 'Verfügbarkeit des Chats von {{org}}',
  outdated: 'Nicht aktuell',
  outdatedSince:
    'Die letzte Antwort des Servers ist von {{time}}, vor {{duration}}. Die Seite versucht es selbst erneut.',
  neverAnswered: 'Der Server hat noch nicht geantwortet. Die Seite versucht es selbst erneut.',
  foreign: 'Das Token umfasst die Organisation {{org}} nicht.',
  asOf: '{{org}}, {{period}}, Stand {{time}} ({{zone}})',
  noPeriod: 'Der Zeitraum hat noch nicht begonnen.',
};
