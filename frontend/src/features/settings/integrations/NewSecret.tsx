/** A new key, or the secret of a webhook. */
import { Text } from '@mantine/core';
import { ShownOnce } from '../ShownOnce';

export interface Once {
  title: string;
  help: string;
  text: string;
}

export function NewSecret({ shown, onClose }: { shown: Once | null; onClose: () => void }) {
  return (
    <ShownOnce title={shown?.title ?? ''} secret={shown?.text ?? null} testId="shown-once" onClose={onClose}>
      <Text size="sm">{shown?.help}</Text>
    </ShownOnce>
  );
}
