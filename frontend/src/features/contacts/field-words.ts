/** A field's name and a value as people read them, by the names of the API: "city", "phones.mobile", "custom.effectif". */
import { useTranslation } from 'react-i18next';
import { formatAnswer } from '@/lib/format/answer';
import { formatPhone } from '@/lib/format/phone';
import type { CustomField } from './types';

export interface FieldWords {
  label: (field: string) => string;
  value: (field: string, value: unknown) => string;
}

export function useFieldWords(fields: CustomField[] = []): FieldWords {
  const { t } = useTranslation('contact-card');
  return {
    label: (field) => {
      const [group, key = ''] = field.split('.');
      if (group === 'phones') return t(`common:phoneKind.${key}`);
      if (group === 'custom') return fields.find((one) => one.key === key)?.label ?? key;
      if (group === 'answers') return t('change.answer', { key: field.split('.')[2] ?? '' });
      return t(`contacts:field.${field}`);
    },
    value: (field, value) => {
      if (value === null || value === undefined || value === '') return t('empty');
      return field.startsWith('phones.') ? formatPhone(String(value)) : formatAnswer(value);
    },
  };
}
