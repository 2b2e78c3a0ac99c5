/** The columns of the list of contacts: those of every base, then this floor's own fields. */
import { Checkbox } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Result } from '@/components/Result';
import type { DataColumn } from '@/components/table/DataTable';
import { customFieldsQuery } from '@/lib/api/names';
import { formatAnswer } from '@/lib/format/answer';
import { contactName } from '@/lib/format/contact';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime } from '@/lib/format/time';
import { isChosen, type Selection, toggled } from './bulk/selection';
import type { ContactRow } from './types';

const text = (value: string) => <span title={value}>{value}</span>;

export function useColumns(
  selection: Selection,
  choose: (selection: Selection) => void,
): DataColumn<ContactRow>[] {
  const { t } = useTranslation('contacts');
  const { data: custom } = useQuery(customFieldsQuery);
  const fixed = useMemo<DataColumn<ContactRow>[]>(
    () => [
      {
        id: 'name',
        header: t('field.name'),
        width: 'minmax(8.5rem, 1.5fr)',
        sort: 'name',
        cell: (row) => (
          <span style={{ fontWeight: 600 }} title={contactName(row)}>
            {contactName(row)}
          </span>
        ),
      },
      {
        id: 'company',
        header: t('field.company'),
        width: 'minmax(7rem, 1.2fr)',
        sort: 'company',
        cell: (row) => text(row.company),
      },
      {
        id: 'phones',
        header: t('field.phones'),
        width: 'minmax(9.5rem, 1.6fr)',
        cell: (row) => <Phones row={row} />,
      },
      {
        id: 'postal_code',
        header: t('field.postal_code'),
        width: '5.75rem',
        sort: 'postal_code',
        cell: (row) => row.postal_code,
      },
      {
        id: 'city',
        header: t('field.city'),
        width: 'minmax(5.5rem, 1fr)',
        sort: 'city',
        cell: (row) => text(row.city),
      },
      {
        id: 'client_code',
        header: t('field.client_code'),
        width: '6.25rem',
        sort: 'client_code',
        cell: (row) => text(row.client_code),
      },
      {
        id: 'address',
        header: t('field.address'),
        width: 'minmax(9rem, 1fr)',
        hidden: true,
        cell: (row) => text(row.address),
      },
      {
        id: 'email',
        header: t('field.email'),
        width: 'minmax(9rem, 1fr)',
        hidden: true,
        cell: (row) => text(row.email),
      },
      {
        id: 'last_result',
        header: t('field.last_result'),
        width: '8.75rem',
        cell: (row) => (row.last_call_at ? <Result code={row.last_result} /> : ''),
      },
      {
        id: 'last_call_at',
        header: t('field.last_call_at'),
        width: '9.5rem',
        cell: (row) => formatDateTime(row.last_call_at),
      },
      {
        id: 'created_at',
        header: t('field.created_at'),
        width: '9.5rem',
        sort: 'created',
        hidden: true,
        cell: (row) => formatDateTime(row.created_at),
      },
    ],
    [t],
  );
  const own = useMemo<DataColumn<ContactRow>[]>(
    () =>
      (custom ?? []).map(({ key, label, kind }) => ({
        id: `custom.${key}`,
        header: label,
        width: 'minmax(7rem, 1fr)',
        hidden: true,
        cell: (row) => text(formatAnswer(row.custom[key], kind)),
      })),
    [custom],
  );
  return useMemo(
    () => [
      {
        id: 'chosen',
        header: t('search:select.column'),
        headerHidden: true,
        width: '2.25rem',
        cell: (row) => (
          // A click beside the box must not open the record.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <span onClick={(event) => event.stopPropagation()}>
            <Checkbox
              size="xs"
              aria-label={t('search:select.row', { name: contactName(row) })}
              checked={isChosen(selection, row.id)}
              onChange={() => choose(toggled(selection, row.id))}
            />
          </span>
        ),
      },
      ...fixed,
      ...own,
    ],
    [t, fixed, own, selection, choose],
  );
}

function Phones({ row }: { row: ContactRow }) {
  const { t } = useTranslation('contacts');
  const shown = row.phones.filter(({ kind }) => kind !== 'fax');
  return (
    <span className="tabular" title={shown.map(({ e164 }) => formatPhone(e164)).join(', ')}>
      {shown.map((phone, index) => (
        <span key={phone.kind}>
          {index > 0 && ' · '}
          {phone.do_not_call ? (
            <s>
              <IconPhoneOff size={12} aria-label={t('onList')} /> {formatPhone(phone.e164)}
            </s>
          ) : (
            formatPhone(phone.e164)
          )}
        </span>
      ))}
    </span>
  );
}
