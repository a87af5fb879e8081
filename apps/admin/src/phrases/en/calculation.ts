export const calculation = {
  title: 'How is this calculated?',
  close: 'Close',
  silence: 'When is chat silent?',
  silenceText:
    'When more than two minutes pass without a message. Downtime begins two minutes after the last message and ends with the next one.',
  messages: 'Two consecutive messages',
  downtime: 'Downtime',
  apartTwo: 'Exactly two minutes apart',
  none: 'None',
  apartLong: 'At 10:28 and 11:00',
  apartLongDowntime: '30 minutes, from 10:30 to 11:00',
  channels:
    'The messages of all channels count together. If you choose a channel, only its messages do. The conversation of an outage is that of the last message before it.',
  availability: 'What is availability?',
  availabilityText:
    'The share of the observed time in which chat was not silent. The time before the very first message and the future are not observed: they count neither as up nor as down. The API calls this share observed_availability_percentage; the field availability_percentage counts unobserved time as up. Percentages are rounded down, so 100 % means no downtime at all.',
  edges: 'What happens at the edges of the period?',
  edgesText:
    'Silence that began before the period, or is still going on at its end, counts for the part within the period. If you switch that off under Rules, only the time between two messages of the period counts.',
  hours: 'What about opening hours?',
  hoursText:
    'If your organization has opening hours, only the time within them counts, and so do the two minutes: the clock stands still while you are closed. Holidays and other exceptions replace the hours of a day, and exclusions such as maintenance are taken out. Under Rules, you can count all time instead.',
  weekend: 'Fri 17:57 and Mon 9:30, open Mon–Fri 9–18',
  weekendDowntime: '31 minutes: 1 on Friday, 30 on Monday',
  budget: 'What is the error budget?',
  budgetText:
    'The downtime that your target allows: 99.5 % of 30 days allows 3 hours 36 minutes. The budget of a month is that of the whole month, even before the month is over. For other periods, it is that of the observed time.',
  before: 'What is “before”?',
  beforeText:
    'The same number of days immediately before the period. A month is compared with the same part of the month before, and both by the same rules. Nothing is called better or worse if the period before is observed only in part, or had clearly fewer channels.',
  api: 'Get the same figures from the API',
};
