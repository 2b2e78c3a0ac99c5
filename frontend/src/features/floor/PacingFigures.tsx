/** The pacing of a campaign: three figures on its card, the others in the band below the cards. */
import { IconAlertTriangle, IconShieldHalfFilled, IconX } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Formula } from '@/components/Formula';
import type { CampaignRow, PacingView } from '@/lib/floor/types';
import { formatDecimals, formatNumber, formatShare, formatTenthsShare } from '@/lib/format/number';
import { formatClock } from '@/lib/format/time';
import { limitSentence } from '@/lib/limit';
import classes from './Pacing.module.css';
import { abandonedShare, capState } from './pacing';

export const bandId = (campaignId: number): string => `pacing-${campaignId}`;

/** Shares, times and counts as they are shown; "–" where there is nothing to count yet. */
const showWait = (seconds: number | null): string => (seconds === null ? '–' : formatClock(seconds));
const showDelay = (ms: number | null): string => (ms === null ? '–' : formatDecimals(ms / 1000, 2));

function AgainstCap({ pacing }: { pacing: PacingView }) {
  return (
    <>
      {formatTenthsShare(abandonedShare(pacing.abandoned_24h, pacing.answered_24h))}
      <span className={classes.cap}> / {formatShare(pacing.cap)}</span>
    </>
  );
}

/** The word and the shape that say what the colour says. */
function CapWord({ pacing }: { pacing: PacingView }) {
  const { t } = useTranslation('floor');
  const state = capState(pacing);
  if (state !== 'near' && state !== 'over') return null;
  return (
    <span className={classes.word}>
      <IconAlertTriangle size={12} aria-hidden /> {t(`pacing.${state}`)}
    </span>
  );
}

interface OneProps {
  t: TFunction;
  name: string;
  children: ReactNode;
  /** Its place in the band, in rem: whatever it shows, the others stay where they are. */
  width?: number;
  state?: string;
  word?: ReactNode;
}

function One({ t, name, children, width, state, word }: OneProps) {
  return (
    <div
      className={classes.figure}
      style={width ? { flexBasis: `${width}rem` } : undefined}
      data-cap={state}
      data-testid={`pacing-${name}`}
    >
      <dt>
        <Formula
          label={t(`floor:pacing.figure.${name}`)}
          formula={t(`floor:pacing.formula.${name}`)}
          position="bottom"
        />{' '}
        {word}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** On the card: what a manager looks at most. */
export function MainPacing({ pacing }: { pacing: PacingView }) {
  const { t } = useTranslation('floor');
  return (
    <dl className={classes.main}>
      <One t={t} name="abandoned" state={capState(pacing)} word={<CapWord pacing={pacing} />}>
        <AgainstCap pacing={pacing} />
      </One>
      <One t={t} name="utilisation">
        {formatTenthsShare(pacing.utilisation)}
      </One>
      <One t={t} name="wait">
        {showWait(pacing.wait_s)}
      </One>
    </dl>
  );
}

export function SafetyLine() {
  const { t } = useTranslation('floor');
  return (
    <div className={classes.safety} role="status" data-testid="pacing-safety">
      <IconShieldHalfFilled size={14} aria-hidden />
      <span>{t('pacing.safety')}</span>
    </div>
  );
}

interface BandProps {
  campaign: CampaignRow;
  pacing: PacingView;
  onClose: () => void;
}

/** What the card has no room for, over the width of the page: every figure keeps its place. */
export function PacingBand({ campaign, pacing, onClose }: BandProps) {
  const { t } = useTranslation('floor');
  const { name } = campaign;
  const plain = (value: number | null, digits: number): string =>
    value === null ? '–' : formatDecimals(value, digits);
  return (
    <section
      id={bandId(campaign.id)}
      className={classes.band}
      aria-label={t('pacing.detail', { name })}
      data-testid="pacing-band"
    >
      <div className={classes.head}>
        <strong title={name}>{name}</strong>
        <Held pacing={pacing} />
        {pacing.expected_free !== null && pacing.expected_answers !== null && (
          <span className={classes.expected} title={t('pacing.expectedHelp')}>
            {t('pacing.expected', {
              free: formatDecimals(pacing.expected_free, 1),
              answers: formatDecimals(pacing.expected_answers, 1),
            })}
          </span>
        )}
        <ActionIcon
          size="sm"
          color="gray"
          ml="auto"
          aria-label={t('pacing.hide', { name })}
          onClick={onClose}
        >
          <IconX size={15} />
        </ActionIcon>
      </div>
      <dl className={classes.all}>
        <One t={t} name="lines" width={3.5}>
          {formatNumber(pacing.lines)}
        </One>
        <One t={t} name="ringing" width={4}>
          {formatNumber(pacing.ringing)}
        </One>
        <One t={t} name="waiting" width={4.5}>
          {formatNumber(pacing.waiting)}
        </One>
        <One t={t} name="level" width={5.5}>
          {plain(pacing.level, 2)}
        </One>
        <One t={t} name="today" width={9}>
          {formatTenthsShare(abandonedShare(pacing.abandoned_today, pacing.answered_today))}{' '}
          <Counts part={pacing.abandoned_today} whole={pacing.answered_today} />
        </One>
        <One t={t} name="day" width={12} state={capState(pacing)} word={<CapWord pacing={pacing} />}>
          <AgainstCap pacing={pacing} /> <Counts part={pacing.abandoned_24h} whole={pacing.answered_24h} />
        </One>
        <One t={t} name="allowance" width={6.5}>
          {plain(pacing.allowance, 1)}
        </One>
        <One t={t} name="delay" width={9}>
          {t('pacing.seconds', {
            value: `${showDelay(pacing.answer_delay_ms)} / ${showDelay(pacing.answer_delay_p95_ms)}`,
          })}
        </One>
        <One t={t} name="machines" width={5.5}>
          {formatNumber(pacing.machines_today)}
        </One>
      </dl>
    </section>
  );
}

/** What holds calls down: one line, in the place where the safety is told when it is on. */
function Held({ pacing }: { pacing: PacingView }) {
  const { t } = useTranslation('floor');
  const sentence = pacing.switched_off
    ? t('pacing.safetyHelp', { cap: formatShare(pacing.cap) })
    : t('pacing.limit', { limit: limitSentence(t, pacing.limit) });
  return (
    <span
      className={classes.sentence}
      data-safety={pacing.switched_off || undefined}
      title={sentence}
      data-testid="pacing-limit"
    >
      {pacing.switched_off && <IconShieldHalfFilled size={15} aria-hidden />}
      {sentence}
    </span>
  );
}

/** "4 sur 190", after their share. */
function Counts({ part, whole }: { part: number; whole: number }) {
  const { t } = useTranslation('floor');
  return (
    <span className={classes.counts}>
      {t('pacing.of', { part: formatNumber(part), whole: formatNumber(whole) })}
    </span>
  );
}
