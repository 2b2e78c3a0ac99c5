/** Up, down, remove: order without a mouse, for every list that can be ordered. Alt + arrows do the same from any field of the row. */
import { ActionIcon, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface ListButtonsProps {
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onRemove?: (() => void) | undefined;
}

export function ListButtons({ name, index, count, onMove, onRemove }: ListButtonsProps) {
  const { t } = useTranslation('forms');
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        size="sm"
        color="gray"
        disabled={index === 0}
        aria-label={t('moveUp', { name })}
        onClick={() => onMove(index - 1)}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        color="gray"
        disabled={index === count - 1}
        aria-label={t('moveDown', { name })}
        onClick={() => onMove(index + 1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      {onRemove && (
        <ActionIcon size="sm" color="gray" aria-label={t('remove', { name })} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}

/** For `onKeyDown` of a row. */
export function moveWithArrows(index: number, onMove: (to: number) => void) {
  return (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? index - 1 : index + 1);
  };
}
