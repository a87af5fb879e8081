import { isPeriodEnd } from './period-end';

describe('isPeriodEnd', () => {
  it.each(['2023-02-30', '2023-01-01T10:00', 'yesterday', '', '1969-12-31', '1969-12-31T10:00Z'])(
    'rejects %j',
    (text) => expect(isPeriodEnd(text)).toBe(false),
  );
});
