/** A field's name and a value as people read them, by the names of the API: "city", "phones.mobile", "custom.effectif". */
import { useTranslation } from 'react-i18next';
import { formatAnswer } from '@/lib/format/answer';
import { formatPhone } from '@/lib/format/phone';
import type { CustomField } from './types';

export interface FieldWords {
  label: (field: string) => string;
  /** `kind`: of an answer's question; those of the floor's own fields are known. */
  value: (field: string, value: unknown, kind?: CustomField['kind'] | null) => string;
}

export function useFieldWords(fields: CustomField[] = []): FieldWords {
  const { t } = useTranslation('contact-card');
  const own = (field: string): CustomField | undefined => fields.find(({ key }) => field === `custom.${key}`);
  return {
    label: (field) => {
      const [group, key = ''] = field.split('.');
      if (group === 'phones') return t(`common:phoneKind.${key}`);
      if (group === 'custom') return own(field)?.label ?? key;
      if (group === 'answers') return t('change.answer', { key: field.split('.')[2] ?? '' });
      return t(`contacts:field.${field}`);
    },
    value: (field, value, kind = null) => {
      if (value === null || value === undefined || value === '') return t('empty');
      if (field.startsWith('phones.')) return formatPhone(String(value));
      return formatAnswer(value, kind ?? own(field)?.kind ?? null);
    },
  };
}
