/** The conditions that are asked, in words: each may be taken out; a click on its words opens the builder. */
import { Button, CloseButton, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterChips.module.css';
import { type Catalogue, emptyTree, type Path, toFilter, type Tree, without } from './tree';
import { type FilterWords, useFilterWords } from './words';

interface FilterChipsProps {
  catalogue: Catalogue;
  tree: Tree;
  /** Absent: they are only read. */
  onChange?: (tree: Tree) => void;
  onOpen?: () => void;
}

export function FilterChips({ catalogue, tree, onChange, onOpen }: FilterChipsProps) {
  const { t } = useTranslation('search');
  const words = useFilterWords(catalogue, tree);
  const box = useRef<HTMLDivElement>(null);
  const remove = (path: Path): void => {
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('[data-remove]') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    onChange?.(without(tree, path));
    // Whoever goes by the keyboard goes on where he was.
    requestAnimationFrame(() => {
      const left = box.current?.querySelectorAll<HTMLElement>('[data-remove]');
      left?.[Math.min(at, left.length - 1)]?.focus();
    });
  };
  return (
    <div ref={box} className={classes.bar} data-testid="filter-chips" role="group" aria-label={t('asked')}>
      <Chips tree={tree} path={[]} words={words} onOpen={onOpen} onRemove={onChange && remove} />
      {onChange && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(emptyTree())}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}

interface ChipsProps {
  tree: Tree;
  path: Path;
  words: FilterWords;
  onOpen: (() => void) | undefined;
  onRemove: ((path: Path) => void) | undefined;
}

function Chips({ tree, path, words, onOpen, onRemove }: ChipsProps) {
  const { t } = useTranslation('search');
  const items = tree.items.flatMap((item, index) => (toFilter(item) ? [{ item, index }] : []));
  return items.map(({ item, index }, n) => {
    const here = [...path, index];
    return (
      <span key={index} className={classes.item}>
        {n > 0 && <span className={classes.join}>{t(tree.join === 'all' ? 'said.and' : 'said.or')}</span>}
        {item.kind === 'group' ? (
          <span className={classes.group} role="group" aria-label={words.tree(item)}>
            {item.not && <span className={classes.join}>{t('said.except')}</span>}
            <span aria-hidden>(</span>
            <Chips tree={item} path={here} words={words} onOpen={onOpen} onRemove={onRemove} />
            <span aria-hidden>)</span>
          </span>
        ) : (
          <Chip words={words.line(item)} onOpen={onOpen} onRemove={onRemove && (() => onRemove(here))} />
        )}
      </span>
    );
  });
}

interface ChipProps {
  words: string;
  onOpen: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

function Chip({ words, onOpen, onRemove }: ChipProps) {
  const { t } = useTranslation('search');
  const text = (
    <span className={classes.words} title={words}>
      {words}
    </span>
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove?.();
  };
  return (
    <span className={classes.chip} data-testid="filter-chip">
      {onOpen ? (
        <UnstyledButton className={classes.open} onClick={onOpen} aria-label={t('changeLine', { words })}>
          {text}
        </UnstyledButton>
      ) : (
        text
      )}
      {onRemove && (
        <CloseButton
          size="xs"
          data-remove
          aria-label={t('takeOut', { words })}
          onClick={onRemove}
          onKeyDown={onKeyDown}
        />
      )}
    </span>
  );
}
