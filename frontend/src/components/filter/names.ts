/** Words for what the catalogue names by codes. */
import { useTranslation } from 'react-i18next';
import type { Catalogue, Field } from './tree';

export interface Choice {
  value: string;
  label: string;
}

export interface Names {
  field: (field: Field) => string;
  choices: (field: Field) => Choice[];
}

export function useNames(catalogue: Catalogue | undefined): Names {
  const { t } = useTranslation('search');
  const word = (field: Field, code: string): string => {
    switch (field.id) {
      case 'queue_state':
        return t(`words:queueState.${code}`);
      case 'last_result':
      case 'call_result':
        return t(`words:result.${code}`);
      case 'kind':
        return t(`contactKind.${code}`);
      case 'phone_kind':
        return t(`phoneKind.${code}`);
      case 'refused_reason':
      case 'finished_reason':
        return t([`reason.${code}`, `words:result.${code}`]);
      default:
        return code;
    }
  };
  return {
    field: (field) => field.label || t(`field.${field.id}`),
    choices: (field) =>
      field.source
        ? (catalogue?.sources.find(({ source }) => source === field.source)?.choices ?? [])
        : field.values.map((code) => ({ value: code, label: word(field, code) })),
  };
}
