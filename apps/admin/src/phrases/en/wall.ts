export const wall = {
  title: 'Chat availability of {{org}}',
  outdated: 'Not up to date',
  outdatedSince: 'The last response from the server was at {{time}}, {{duration}} ago. The page tries again by itself.',
  neverAnswered: 'The server has not answered yet. The page tries again by itself.',
  foreign: 'The token does not include the organization {{org}}.',
  asOf: '{{org}}, {{period}}, as of {{time}} ({{zone}})',
  noPeriod: 'The period has not started yet.',
};
