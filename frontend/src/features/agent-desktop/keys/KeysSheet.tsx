/** The sheet of keys, under "?". */
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import type { Desk } from '../model';
import { withKeys } from '../outcomes/choose';
import { setPanel, usePanel } from '../panels';
import classes from './KeysSheet.module.css';

export function KeysSheet({ desk }: { desk: Desk | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const open = usePanel();
  const groups: [string, [string, string][]][] = [
    [
      t('keys.call'),
      [
        [t('keys.space'), t('keys.primary')],
        [t('keys.escape'), t('controls.hangUp')],
        ['M', t('controls.mute')],
        ['H', t('controls.hold')],
        ['K', t('controls.keypad')],
        ['X', t('controls.nextNumber')],
        ['E', t('controls.record')],
        ['B', t('recording.pause')],
        ['I', t('recording.refuse')],
        ['S', t('controls.skip')],
      ],
    ],
    [
      t('keys.contact'),
      [
        ['R', t('controls.callback')],
        ['D', t('controls.appointment')],
        ['C', t('consents:desk.title')],
        ['L', t('mails:desk')],
        ['O', t('objections.title')],
        ['N', t('notes.title')],
        ['← →', t('keys.pages')],
        ['F', t('controls.search')],
        ['P', t('pause.title')],
        ['+', t('controls.extend')],
        ['?', t('keys.title')],
      ],
    ],
    [
      t('outcomes.title'),
      withKeys(desk?.dispositions ?? []).map(({ key, disposition }) => [
        key.toUpperCase(),
        disposition.label,
      ]),
    ],
  ];
  return (
    <Modal
      opened={open?.panel === 'keys'}
      onClose={() => setPanel(null)}
      title={t('keys.title')}
      size="46rem"
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      data-own-keys
    >
      <div className={classes.sheet} data-testid="keys-list">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key + what}>
                  <dt>
                    <KeyHint>{key}</KeyHint>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.help}>{t('keys.help')}</p>
    </Modal>
  );
}
