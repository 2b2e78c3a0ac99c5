/** Rings a number through a trunk, step by step: what a person would try first on a new line. */
import { Alert, Button, Group, Loader, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { superviseSocket } from '@/lib/floor/supervise';
import type { Notice } from '@/lib/floor/types';
import { typedPhone } from '@/lib/format/phone';
import classes from '../Settings.module.css';
import type { Trunk } from './types';

interface Ended {
  result: string;
  cause: number;
  sip_code: number;
}

export function TestCall({ trunk, onClose }: { trunk: Trunk | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={trunk !== null}
      onClose={onClose}
      title={trunk ? t('trunks.testOf', { name: trunk.name }) : ''}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {trunk && <Trial key={trunk.id} trunk={trunk} onClose={onClose} />}
    </Modal>
  );
}

function Trial({ trunk, onClose }: { trunk: Trunk; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [number, setNumber] = useState('');
  const [steps, setSteps] = useState<Notice[]>([]);
  const [running, setRunning] = useState(false);
  const [ended, setEnded] = useState<Ended | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(
    () =>
      superviseSocket.onNotice(
        (notice) =>
          notice.code.startsWith('test_') &&
          notice.code !== 'test_over' &&
          setSteps((all) => [...all, notice]),
      ),
    [],
  );
  const call = (event: FormEvent): void => {
    event.preventDefault();
    setSteps([]);
    setEnded(null);
    setError(null);
    setRunning(true);
    superviseSocket
      .command('test_call', { trunk_id: trunk.id, number: typedPhone(number) })
      .then((result) => setEnded(result as unknown as Ended), setError)
      .finally(() => setRunning(false));
  };
  const good = ended?.result === 'connected';
  return (
    <form onSubmit={call}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t(trunk.simulator ? 'trunks.testSimulator' : 'trunks.testHelp')}
        </Text>
        <TextInput
          type="tel"
          label={t('trunks.testNumber')}
          required
          data-autofocus
          disabled={running}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        {steps.length > 0 && (
          <ol className={classes.steps} aria-live="polite" data-testid="test-steps">
            {steps.map((step, index) => (
              <li key={index}>
                {running && index === steps.length - 1 ? (
                  <Loader size={14} aria-hidden />
                ) : (
                  <IconCheck size={14} aria-hidden />
                )}
                {step.message}
              </li>
            ))}
          </ol>
        )}
        {ended && (
          <Alert
            color={good ? 'teal' : 'red'}
            role="status"
            data-testid="test-result"
            data-result={ended.result}
          >
            <Text size="sm">
              {t(`trunks.testResult.${good ? 'good' : 'bad'}`, { result: t(`words:result.${ended.result}`) })}
              {!good &&
                ended.cause > 0 &&
                ` ${t('trunks.testCause', { cause: ended.cause, sip: ended.sip_code || '–' })}`}
            </Text>
          </Alert>
        )}
        {error ? <ErrorMessage error={error} /> : null}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          <Button type="submit" loading={running} disabled={!number.trim()} data-testid="test-call">
            {t('trunks.call')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
