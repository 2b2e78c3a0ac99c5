/** Where the campaign calls now: chosen, counted before it is applied, and obeyed by the next call. */
import { Button, Group, NumberInput, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { formatDateTime } from '@/lib/format/time';
import { Counts } from '../restriction/Counts';
import type { Campaign } from '../types';
import type { Unapplied } from '../useUnapplied';
import { type Part, RADIUS_KM, samePlaces, type Territory, townOf, withRadius } from './parts';
import { PlacesInput } from './PlacesInput';
import { previewQuery, territoryQuery } from './queries';
import classes from './Territory.module.css';
import { useTerritory } from './useTerritory';

interface TerritoryProps {
  campaign: Campaign;
  unapplied: Unapplied;
}

export function TerritorySection({ campaign, unapplied }: TerritoryProps) {
  const { t } = useTranslation('territory');
  const territory = useQuery(territoryQuery(campaign.id));
  return (
    <Section title={t('title')} help={t('help')} stacked>
      {territory.error && <ErrorMessage error={territory.error} onRetry={() => void territory.refetch()} />}
      {territory.data && <Form campaign={campaign} unapplied={unapplied} kept={territory.data} />}
    </Section>
  );
}

function Form({ campaign, unapplied, kept }: TerritoryProps & { kept: Territory }) {
  const { t } = useTranslation('territory');
  const edited = unapplied.edits.territory;
  const parts = edited ?? kept.parts;
  const put = useTerritory(campaign.id, (now) => {
    unapplied.edit('territory', undefined);
    notifyDone(now.parts.length ? t('applied', { label: now.label }) : t('lifted'));
  });
  const change = (next: Part[]): void => {
    put.reset();
    unapplied.edit('territory', samePlaces(next, kept.parts) ? undefined : next);
  };
  const towns = parts.flatMap((part, n) => (townOf(part) ? [{ part, n }] : []));
  return (
    <>
      <PlacesInput value={parts} onChange={change} />
      {towns.map(({ part, n }) => (
        <Town
          key={townOf(part)?.town}
          part={part}
          onChange={(one) => change(parts.map((other, m) => (m === n ? one : other)))}
        />
      ))}
      <Preview id={campaign.id} parts={parts} />
      {put.error && <ErrorMessage error={put.error} />}
      <Group gap="sm">
        <Button
          disabled={edited === undefined || (edited.length === 0 && kept.parts.length === 0)}
          loading={put.isPending}
          onClick={() => put.mutate(parts)}
          data-testid="apply-territory"
        >
          {t('apply')}
        </Button>
        {edited && (
          <Button variant="default" onClick={() => unapplied.edit('territory', undefined)}>
            {t('common:actions.cancel')}
          </Button>
        )}
        {!edited && kept.parts.length > 0 && (
          <Button
            variant="default"
            loading={put.isPending}
            onClick={() => put.mutate([])}
            data-testid="lift-territory-here"
          >
            {t('lift')}
          </Button>
        )}
      </Group>
      {kept.set_at && (
        <Text size="xs" c="dimmed">
          {t('lastChange', { who: kept.set_by || t('somebody'), when: formatDateTime(kept.set_at) })}
        </Text>
      )}
    </>
  );
}

function Town({ part, onChange }: { part: Part; onChange: (part: Part) => void }) {
  const { t } = useTranslation('territory');
  const km = townOf(part)?.km ?? null;
  const name = withRadius(part, null).name;
  return (
    <div className={classes.town} data-testid={`town-${townOf(part)?.town ?? ''}`}>
      <Text size="sm" fw={600} truncate title={name}>
        {name}
      </Text>
      <Switch
        label={t('around')}
        aria-label={t('aroundTown', { name })}
        checked={km !== null}
        onChange={(event) => onChange(withRadius(part, event.currentTarget.checked ? RADIUS_KM.usual : null))}
      />
      {km !== null && (
        <NumberInput
          aria-label={t('radiusOf', { name })}
          min={RADIUS_KM.min}
          max={RADIUS_KM.max}
          step={5}
          suffix=" km"
          clampBehavior="blur"
          value={km}
          onChange={(value) => {
            const wanted = Number(value);
            if (wanted >= RADIUS_KM.min && wanted <= RADIUS_KM.max)
              onChange(withRadius(part, Math.round(wanted)));
          }}
        />
      )}
    </div>
  );
}

/** Before it is applied: how many contacts it would leave to call. */
function Preview({ id, parts }: { id: number; parts: Part[] }) {
  const { t } = useTranslation('territory');
  const [settled] = useDebouncedValue(parts, 250);
  const preview = useQuery(previewQuery(id, settled));
  if (preview.error) return <ErrorMessage error={preview.error} onRetry={() => void preview.refetch()} />;
  const counts = preview.data;
  const figures = [
    ['callableNow', counts?.callable_now],
    ['inside', counts?.inside],
    ['waiting', counts?.waiting],
    ['promises', counts?.promises],
  ] as const;
  return (
    <>
      <Counts
        id="territory"
        figures={figures.map(([key, value]) => ({ key, label: t(`count.${key}`), value }))}
        stale={preview.isPlaceholderData || settled !== parts}
      />
      {/* Its line is kept: the buttons below do not move as it is counted. */}
      {parts.length > 0 && (
        <Text size="sm" role="status" mih="1.25rem">
          {counts?.inside === 0 && t('nobody')}
        </Text>
      )}
    </>
  );
}
