/** Who I am: language, theme, the other desktop, signing out. */
import { Button, Divider, Popover, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { IconChevronDown, IconHeadset, IconLayoutDashboard, IconLogout } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, type Language, setLanguage } from '@/i18n';
import { api, unwrap } from '@/lib/api/client';
import { useMe, useSignOut } from '@/lib/api/session';
import { notifyError } from './notify';

type Theme = 'auto' | 'light' | 'dark';

/** `desktop`: on which of the two desktops the menu stands. `beforeSignOut` may refuse by throwing. */
export function UserMenu({
  desktop,
  beforeSignOut,
}: {
  desktop: 'agent' | 'manager';
  beforeSignOut?: () => Promise<void>;
}) {
  const { t } = useTranslation('common');
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, setOpened] = useState(false);

  const remember = (change: { language?: Language; theme?: Theme }): void => {
    unwrap(api.PATCH('/api/auth/me', { body: change })).catch(notifyError);
  };
  const chooseLanguage = (language: string): void => {
    void setLanguage(language as Language);
    remember({ language: language as Language });
  };
  const chooseTheme = (theme: string): void => {
    setColorScheme(theme as Theme);
    remember({ theme: theme as Theme });
  };
  const go = (to: '/agent' | '/floor'): void => {
    setOpened(false);
    void navigate({ to });
  };
  const leave = async (): Promise<void> => {
    try {
      await beforeSignOut?.();
      await signOut();
    } catch (error) {
      setOpened(false);
      notifyError(error);
    }
  };

  return (
    <Popover
      position="bottom-end"
      width={260}
      shadow="md"
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-testid="user-menu"
          onClick={() => setOpened(!opened)}
        >
          {me.display_name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown data-own-keys aria-label={t('user.menu')} p="xs">
        <Text size="xs" c="dimmed" px={6}>
          {t(`role.${me.role}`)}
        </Text>
        {me.role !== 'agent' && desktop === 'manager' && (
          <Item icon={<IconHeadset size={16} />} onClick={() => go('/agent')}>
            {t('user.myDesktop')}
          </Item>
        )}
        {me.role !== 'agent' && desktop === 'agent' && (
          <Item icon={<IconLayoutDashboard size={16} />} onClick={() => go('/floor')}>
            {t('user.manage')}
          </Item>
        )}
        <Divider my={6} />
        <Text size="xs" c="dimmed" px={6} id="menu-language">
          {t('user.language')}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          my={4}
          aria-labelledby="menu-language"
          value={currentLanguage()}
          onChange={chooseLanguage}
          data={[
            { value: 'fr', label: t('user.french') },
            { value: 'en', label: t('user.english') },
          ]}
        />
        <Text size="xs" c="dimmed" px={6} mt={6} id="menu-theme">
          {t('user.theme')}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          my={4}
          aria-labelledby="menu-theme"
          value={colorScheme}
          onChange={chooseTheme}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({
            value,
            label: value === 'auto' ? 'Auto' : t(`user.${value}`),
          }))}
        />
        <Divider my={6} />
        <Item icon={<IconLogout size={16} />} onClick={() => void leave()} testId="sign-out">
          {t('user.signOut')}
        </Item>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ItemProps {
  icon: ReactNode;
  onClick: () => void;
  testId?: string;
  children: ReactNode;
}

function Item({ icon, onClick, testId, children }: ItemProps) {
  return (
    <Button
      fullWidth
      variant="subtle"
      color="gray"
      justify="start"
      size="sm"
      px={6}
      leftSection={icon}
      onClick={onClick}
      data-testid={testId}
    >
      {children}
    </Button>
  );
}
