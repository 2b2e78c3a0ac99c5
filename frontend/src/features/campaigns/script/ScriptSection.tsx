/** The script: its pages and objections at the left, the one being written in the middle, what the agent will see at the right. */
import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../Campaign.module.css';
import { type Draft, type DraftObjection, type DraftPage, moved, uid } from '../draft';
import { ListButtons, moveWithArrows } from '@/components/ListButtons';
import { ObjectionEditor } from './ObjectionEditor';
import { PageEditor } from './PageEditor';
import { Preview } from './Preview';

interface ScriptSectionProps {
  script: Draft['script'];
  variables: string[];
  callerName: string;
  onChange: (script: Draft['script']) => void;
}

export function ScriptSection({ script, variables, callerName, onChange }: ScriptSectionProps) {
  const { t } = useTranslation('campaigns');
  const { pages, objections } = script;
  const [chosen, setChosen] = useState<string | undefined>();
  const page = pages.find((one) => one.uid === chosen);
  const objection = objections.find((one) => one.uid === chosen);
  const open = objection ? undefined : (page ?? pages[0]);
  const setPages = (next: DraftPage[]): void => onChange({ ...script, pages: next });
  const setObjections = (next: DraftObjection[]): void => onChange({ ...script, objections: next });
  const addPage = (): void => {
    const made = {
      uid: uid(),
      id: '',
      title: t('script.page', { number: pages.length + 1 }),
      text: '',
      return_text: '',
      questions: [],
    };
    setPages([...pages, made]);
    setChosen(made.uid);
  };
  const addObjection = (): void => {
    const made = { uid: uid(), id: '', title: '', answer: '' };
    setObjections([...objections, made]);
    setChosen(made.uid);
  };
  return (
    <div className={classes.script}>
      <Stack gap="md">
        <Outline
          title={t('script.pages')}
          rows={pages.map((one, index) => ({
            uid: one.uid,
            name: one.title || t('script.page', { number: index + 1 }),
          }))}
          chosen={open?.uid}
          onChoose={setChosen}
          onMove={(from, to) => setPages(moved(pages, from, to))}
          onRemove={pages.length > 1 ? (index) => setPages(pages.filter((_, i) => i !== index)) : undefined}
          add={t('script.addPage')}
          onAdd={addPage}
        />
        <Outline
          title={t('script.objections')}
          rows={objections.map((one) => ({ uid: one.uid, name: one.title || t('script.newObjection') }))}
          chosen={objection?.uid}
          onChoose={setChosen}
          onMove={(from, to) => setObjections(moved(objections, from, to))}
          onRemove={(index) => setObjections(objections.filter((_, i) => i !== index))}
          add={t('script.addObjection')}
          onAdd={addObjection}
        />
      </Stack>
      {objection && (
        <ObjectionEditor
          key={objection.uid}
          objection={objection}
          variables={variables}
          onChange={(change) =>
            setObjections(objections.map((one) => (one.uid === objection.uid ? { ...one, ...change } : one)))
          }
        />
      )}
      {open && (
        <PageEditor
          key={open.uid}
          page={open}
          variables={variables}
          onChange={(change) =>
            setPages(pages.map((one) => (one.uid === open.uid ? { ...one, ...change } : one)))
          }
        />
      )}
      {!open && !objection && <Text c="dimmed">{t('script.none')}</Text>}
      <Preview page={open} objection={objection} callerName={callerName} />
    </div>
  );
}

interface OutlineProps {
  title: string;
  rows: { uid: string; name: string }[];
  chosen: string | undefined;
  onChoose: (uid: string) => void;
  onMove: (from: number, to: number) => void;
  onRemove: ((index: number) => void) | undefined;
  add: string;
  onAdd: () => void;
}

function Outline({ title, rows, chosen, onChoose, onMove, onRemove, add, onAdd }: OutlineProps) {
  return (
    <section aria-label={title}>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {title}
      </Text>
      <div className={classes.outline}>
        {rows.map((row, index) => (
          <div key={row.uid} className={classes.outlineRow} data-active={row.uid === chosen || undefined}>
            <Button
              variant="transparent"
              size="compact-sm"
              color="var(--mantine-color-text)"
              justify="start"
              aria-pressed={row.uid === chosen}
              title={row.name}
              onClick={() => onChoose(row.uid)}
              onKeyDown={moveWithArrows(index, (to) => onMove(index, to))}
            >
              {row.name}
            </Button>
            {row.uid === chosen && (
              <ListButtons
                name={row.name}
                index={index}
                count={rows.length}
                onMove={(to) => onMove(index, to)}
                onRemove={onRemove && (() => onRemove(index))}
              />
            )}
          </div>
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          justify="start"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={onAdd}
        >
          {add}
        </Button>
      </div>
    </section>
  );
}
