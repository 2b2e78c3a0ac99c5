/** The pacing of a campaign: three figures on its card, all of them in the band below the cards. */
import { IconAlertTriangle, IconShieldHalfFilled, IconX } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Formula } from '@/components/Formula';
import type { CampaignRow, PacingView } from '@/lib/floor/types';
import { formatDecimals, formatNumber, formatShare } from '@/lib/format/number';
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
      {formatShare(abandonedShare(pacing.abandoned_24h, pacing.answered_24h))}
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
  state?: string;
  word?: ReactNode;
}

function One({ t, name, children, state, word }: OneProps) {
  return (
    <div className={classes.figure} data-cap={state} data-testid={`pacing-${name}`}>
      <dt>
        <Formula label={t(`floor:pacing.figure.${name}`)} formula={t(`floor:pacing.formula.${name}`)} />{' '}
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
        {formatShare(pacing.utilisation)}
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

/** The whole of it, over the width of the page: every figure keeps its place. */
export function PacingBand({ campaign, pacing, onClose }: BandProps) {
  const { t } = useTranslation('floor');
  const { name } = campaign;
  const share = (part: number, whole: number): string =>
    `${formatShare(abandonedShare(part, whole))} (${t('pacing.of', {
      part: formatNumber(part),
      whole: formatNumber(whole),
    })})`;
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
        <span className={classes.sentence} data-testid="pacing-limit">
          {t('pacing.limit', { limit: limitSentence(t, pacing.limit) })}
        </span>
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
      {pacing.switched_off && (
        <p className={classes.banner} role="status">
          <IconShieldHalfFilled size={16} aria-hidden />
          {t('pacing.safetyHelp', { cap: formatShare(pacing.cap) })}
        </p>
      )}
      <dl className={classes.all}>
        <One t={t} name="lines">
          {formatNumber(pacing.lines)}
        </One>
        <One t={t} name="ringing">
          {formatNumber(pacing.ringing)}
        </One>
        <One t={t} name="waiting">
          {formatNumber(pacing.waiting)}
        </One>
        <One t={t} name="level">
          {plain(pacing.level, 2)}
        </One>
        <One t={t} name="today">
          {share(pacing.abandoned_today, pacing.answered_today)}
        </One>
        <One t={t} name="day" state={capState(pacing)} word={<CapWord pacing={pacing} />}>
          {share(pacing.abandoned_24h, pacing.answered_24h)}
          <span className={classes.cap}> / {formatShare(pacing.cap)}</span>
        </One>
        <One t={t} name="allowance">
          {plain(pacing.allowance, 1)}
        </One>
        <One t={t} name="utilisation">
          {formatShare(pacing.utilisation)}
        </One>
        <One t={t} name="wait">
          {showWait(pacing.wait_s)}
        </One>
        <One t={t} name="delay">
          {t('pacing.seconds', {
            value: `${showDelay(pacing.answer_delay_ms)} / ${showDelay(pacing.answer_delay_p95_ms)}`,
          })}
        </One>
        <One t={t} name="machines">
          {formatNumber(pacing.machines_today)}
        </One>
      </dl>
    </section>
  );
}
