/** The one save bar of a form page: what is not saved yet, what was refused, and the two ways out. Leaving with changes asks first. */
import { Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { errorFromThrown } from '@/lib/api/error';
import { LeaveGuard } from './LeaveGuard';
import classes from './SaveBar.module.css';

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  error?: unknown;
  /** What stands in the way of saving, where the form itself knows ("2 champs à corriger"). */
  problem?: string | undefined;
  onSave: () => void;
  onDiscard: () => void;
  /** What waits for a button of its own elsewhere on the page: not everything is saved then. */
  unapplied?: string | undefined;
  /** This address and those below it belong to the same form: going there loses nothing. Left out: the page guards itself. */
  within?: string;
}

export function SaveBar(props: SaveBarProps) {
  const { dirty, saving, error, problem, unapplied, onSave, onDiscard, within } = props;
  const { t } = useTranslation('forms');
  const save = (): void => {
    if (dirty && !saving && !problem) onSave();
  };
  useHotkeys([['mod+S', save]], []);
  return (
    <div
      className={classes.bar}
      role="region"
      aria-label={t('saveBar')}
      data-testid="save-bar"
      data-dirty={dirty || undefined}
    >
      <Text size="sm" role="status" c={error || problem ? 'var(--state-fault-ink)' : 'dimmed'} lineClamp={2}>
        {error
          ? errorFromThrown(error).message
          : (problem ?? (dirty ? t('unsaved') : (unapplied ?? t('allSaved'))))}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <Button variant="default" disabled={!dirty || saving} onClick={onDiscard}>
          {t('discard')}
        </Button>
        <Button
          disabled={!dirty || Boolean(problem)}
          loading={saving}
          onClick={save}
          aria-keyshortcuts="Control+S"
        >
          {t('common:actions.save')}
        </Button>
      </Group>
      {within !== undefined && <LeaveGuard dirty={dirty} within={within} />}
    </div>
  );
}
