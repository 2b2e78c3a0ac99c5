/** The campaigns that the batch feeds, by whatever way, and where its contacts stand there. */
import { Anchor, Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { formatNumber } from '@/lib/format/number';
import { campaignsFedQuery } from './queries';

const COUNTS = ['total', 'waiting', 'called', 'finished', 'withdrawn'] as const;

export function CampaignsFed({ batchId }: { batchId: number }) {
  const { t } = useTranslation('imports');
  const { data, error, refetch } = useQuery(campaignsFedQuery(batchId));
  if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <Paper p="md" data-testid="campaigns-fed">
      <Title order={2} size="h3" mb="xs">
        {t('fed.title')}
      </Title>
      {data.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('fed.none')}
        </Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('fed.campaign')}</Table.Th>
              {COUNTS.map((key) => (
                <Table.Th key={key} ta="right">
                  {t(`fed.${key}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((one) => (
              <Table.Tr key={one.campaign.id}>
                <Table.Td>
                  <Anchor
                    component={Link}
                    to="/campaigns/$id/$section"
                    params={{ id: String(one.campaign.id), section: 'queue' } as never}
                    size="sm"
                    underline="always"
                  >
                    {one.campaign.name}
                  </Anchor>
                </Table.Td>
                {COUNTS.map((key) => (
                  <Table.Td key={key} ta="right" className="tabular">
                    {formatNumber(one[key])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}
