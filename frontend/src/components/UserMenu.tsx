/** Who I am: language, theme, the other desktop, signing out. */
import { Button, Menu, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { IconChevronDown, IconHeadset, IconLayoutDashboard, IconLogout } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
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
  const leave = async (): Promise<void> => {
    try {
      await beforeSignOut?.();
      await signOut();
    } catch (error) {
      notifyError(error);
    }
  };

  return (
    <Menu position="bottom-end" width={260} closeOnItemClick>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-testid="user-menu"
        >
          {me.display_name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(`role.${me.role}`)}</Menu.Label>
        {me.role !== 'agent' && desktop === 'manager' && (
          <Menu.Item leftSection={<IconHeadset size={16} />} onClick={() => void navigate({ to: '/agent' })}>
            {t('user.myDesktop')}
          </Menu.Item>
        )}
        {me.role !== 'agent' && desktop === 'agent' && (
          <Menu.Item
            leftSection={<IconLayoutDashboard size={16} />}
            onClick={() => void navigate({ to: '/floor' })}
          >
            {t('user.manage')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Text size="xs" c="dimmed" px="sm" pt={4} id="menu-language">
          {t('user.language')}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          m={6}
          aria-labelledby="menu-language"
          value={currentLanguage()}
          onChange={chooseLanguage}
          data={[
            { value: 'fr', label: t('user.french') },
            { value: 'en', label: t('user.english') },
          ]}
        />
        <Text size="xs" c="dimmed" px="sm" pt={4} id="menu-theme">
          {t('user.theme')}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          m={6}
          aria-labelledby="menu-theme"
          value={colorScheme}
          onChange={chooseTheme}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({
            value,
            label: value === 'auto' ? 'Auto' : t(`user.${value}`),
          }))}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()} data-testid="sign-out">
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
