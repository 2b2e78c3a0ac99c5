import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { furthest, type Outlook, outlookQuery } from './queries';

vi.mock('@/lib/api/client', () => ({ api: {}, unwrap: () => undefined }));

const counting: Outlook = {
  id: 1,
  status: 'counting',
  campaign_id: 1,
  total: 0,
  callable: 0,
  reasons: [],
  asked_at: '2026-11-23T08:59:00Z',
  counted_at: null,
};
const done: Outlook = {
  ...counting,
  status: 'done',
  total: 9,
  callable: 9,
  counted_at: '2026-11-23T09:00:00Z',
};

test('a count that ended is shown, though it was first met under way', () => {
  const client = new QueryClient();
  client.setQueryData(outlookQuery(counting).queryKey, counting);
  const { data } = new QueryObserver(client, outlookQuery(done)).getCurrentResult();
  expect(furthest(done, data ?? counting)).toEqual(done);
});

test('one that is under way is shown as the server says now', () => {
  expect(furthest(counting, done)).toEqual(done);
});
