/** A titled part of a column, with its key and what stands at the right of the title. */
import type { ReactNode, Ref } from 'react';
import { KeyHint } from '@/components/KeyHint';
import classes from './Section.module.css';

interface SectionProps {
  title: string;
  keyHint?: string;
  aside?: ReactNode;
  /** Share of the column's height; without it the section takes what its content needs. */
  grow?: number;
  children: ReactNode;
  scrollRef?: Ref<HTMLDivElement>;
  testId?: string;
}

export function Section({ title, keyHint, aside, grow, children, scrollRef, testId }: SectionProps) {
  return (
    <div
      className={classes.section}
      style={grow ? { flex: `${grow} 1 0` } : { flex: 'none' }}
      data-testid={testId}
    >
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        {keyHint && <KeyHint>{keyHint}</KeyHint>}
        <span className={classes.aside}>{aside}</span>
      </header>
      {/* Focusable, so that it can be scrolled with the keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.body} ref={scrollRef} role="group" aria-label={title} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
