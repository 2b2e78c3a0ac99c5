/** Who works on the campaign: groups and agents, each with a priority. */
import { ActionIcon, NumberInput, Select, Text } from '@mantine/core';
import { IconTrash, IconUser, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { groupsQuery, usersQuery } from '@/lib/api/names';
import classes from '../Campaign.module.css';
import type { Draft } from '../draft';

type Rows = Draft['assignments'];

interface PeopleSectionProps {
  value: Rows;
  onChange: (rows: Rows) => void;
}

const keyOf = (row: Pick<Rows[number], 'user_id' | 'group_id'>): string =>
  row.group_id ? `g${row.group_id}` : `u${row.user_id}`;

export function PeopleSection({ value, onChange }: PeopleSectionProps) {
  const { t } = useTranslation('campaigns');
  const { data: groups } = useQuery(groupsQuery);
  const { data: users } = useQuery(usersQuery);
  const taken = new Set(value.map(keyOf));
  const groupName = new Map(
    (groups?.items ?? []).map(({ id, name, member_ids }) => [
      id,
      t('people.group', { name, count: member_ids.length }),
    ]),
  );
  const userName = new Map((users?.items ?? []).map(({ id, display_name }) => [id, display_name]));
  const free = (code: string): boolean => !taken.has(code);
  const add = (code: string | null): void => {
    if (!code) return;
    const id = Number(code.slice(1));
    onChange([
      ...value,
      { group_id: code[0] === 'g' ? id : null, user_id: code[0] === 'u' ? id : null, priority: 0 },
    ]);
  };
  const active = (users?.items ?? []).filter((user) => user.is_active);
  return (
    <Section title={t('people.title')} help={t('people.help')}>
      <Select
        maw={360}
        searchable
        aria-label={t('people.add')}
        placeholder={t('people.add')}
        value={null}
        key={value.length}
        onChange={add}
        data-testid="add-assignment"
        nothingFoundMessage={t('people.nobody')}
        data={[
          {
            group: t('people.groups'),
            items: [...groupName]
              .map(([id, label]) => ({ value: `g${id}`, label }))
              .filter((one) => free(one.value)),
          },
          {
            group: t('people.agents'),
            items: active
              .map(({ id, display_name }) => ({ value: `u${id}`, label: display_name }))
              .filter((one) => free(one.value)),
          },
        ]}
      />
      {value.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('people.none')}
        </Text>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('people.who')}</th>
              <th scope="col" style={{ width: '7rem' }}>
                {t('field.priority')}
              </th>
              <th scope="col" style={{ width: '3rem' }}>
                <span className="visually-hidden">{t('common:actions.delete')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {value.map((row, index) => {
              const name =
                (row.group_id ? groupName.get(row.group_id) : userName.get(row.user_id ?? 0)) ?? '…';
              const Icon = row.group_id ? IconUsersGroup : IconUser;
              return (
                <tr key={keyOf(row)}>
                  <td>
                    <Icon size={15} aria-hidden style={{ verticalAlign: '-2px', marginRight: 8 }} />
                    {name}
                  </td>
                  <td>
                    <NumberInput
                      size="xs"
                      min={-100}
                      max={100}
                      aria-label={t('people.priorityOf', { name })}
                      value={row.priority}
                      onChange={(typed) =>
                        typed !== '' &&
                        onChange(
                          value.map((one, i) => (i === index ? { ...one, priority: Number(typed) } : one)),
                        )
                      }
                    />
                  </td>
                  <td>
                    <ActionIcon
                      color="gray"
                      aria-label={t('forms:remove', { name })}
                      onClick={() => onChange(value.filter((_, i) => i !== index))}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Text size="xs" c="dimmed">
        {t('people.priorityHelp')}{' '}
        <Link to="/settings/$section" params={{ section: 'groups' }}>
          {t('people.manage')}
        </Link>
      </Text>
    </Section>
  );
}
