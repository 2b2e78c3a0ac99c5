/** Over every part of the campaign's page while it calls some of its contacts only: whom, since when, by whom; one click ends it. */
import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorMessage } from '@/components/ErrorMessage';
import classes from './Restriction.module.css';

interface RestrictionBannerProps {
  /** Names its parts for tests: `<id>-banner`, `lift-<id>`. */
  id: string;
  icon: ReactNode;
  title: string;
  children: ReactNode;
  /** Not counted yet while undefined: its line is kept. */
  detail: string | undefined;
  liftLabel: string;
  onLift?: (() => void) | undefined;
  lifting: boolean;
  error: unknown;
}

export function RestrictionBanner(props: RestrictionBannerProps) {
  return (
    <div className={classes.banner} role="status" data-testid={`${props.id}-banner`}>
      {props.icon}
      <div className={classes.bannerText}>
        <Text size="sm" fw={600} truncate title={props.title}>
          {props.children}
        </Text>
        <Text size="xs">{props.detail ?? '…'}</Text>
        {props.error ? <ErrorMessage error={props.error} /> : null}
      </div>
      {props.onLift && (
        <Button
          size="xs"
          variant="default"
          loading={props.lifting}
          onClick={props.onLift}
          data-testid={`lift-${props.id}`}
        >
          {props.liftLabel}
        </Button>
      )}
    </div>
  );
}
