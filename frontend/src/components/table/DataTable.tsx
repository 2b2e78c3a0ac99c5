/**
 * A list of any length: only the rows on the screen exist. Columns can be chosen; sorting and filtering are the server's, so
 * the caller holds them (in the URL). Empty and failed states are written, never blank.
 */
import { Button, Center, Group, Loader, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import {
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
  type RowData,
} from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHeldRows } from '@/lib/hold';
import { ErrorMessage } from '../ErrorMessage';
import { useChosenColumns } from './columns';
import classes from './DataTable.module.css';
import { useRowKeys } from './useRowKeys';

export interface DataColumn<Row> {
  id: string;
  header: string;
  /** The header is only said to screen readers. */
  headerHidden?: boolean;
  /** Shown on hover and focus of the header: what the column is. */
  help?: string | undefined;
  cell: (row: Row) => ReactNode;
  /** CSS grid track: '8rem', 'minmax(10rem, 1fr)'. */
  width?: string;
  align?: 'left' | 'right';
  /** Name that the server sorts by. */
  sort?: string;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Read whole: the row grows with it. */
  wrap?: boolean;
}

interface DataTableProps<Row extends RowData> {
  /** Names the table: chosen columns are kept under it. */
  id: string;
  columns: DataColumn<Row>[];
  rows: Row[] | undefined;
  rowId: (row: Row) => string;
  label: string;
  onRowClick?: ((row: Row) => void) | undefined;
  /** 'name' or '-name'. */
  sort?: string | undefined;
  onSort?: ((sort: string) => void) | undefined;
  total?: number | null | undefined;
  hasMore?: boolean | undefined;
  onMore?: (() => void) | undefined;
  loading?: boolean | undefined;
  error?: unknown;
  onRetry?: (() => void) | undefined;
  /** What to say, and offer, when there is nothing. */
  empty?: ReactNode;
  /** Beside the column chooser: filters, search. */
  tools?: ReactNode;
  rowHeight?: number;
  /** Its rows change by themselves: none moves while the pointer is among them. */
  live?: boolean;
}

const features = tableFeatures({ columnVisibilityFeature });
const NO_ROWS: never[] = [];
/** Rows drawn above and below those in sight. */
const OVERSCAN = 12;

export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, rowHeight = 36, onMore, hasMore, loading } = props;
  const { t } = useTranslation('common');
  const hidden = columns.filter((column) => column.hidden).map((column) => column.id);
  const [visible, choose] = useChosenColumns(props.id, hidden);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) => helper.display({ id: column.id, header: column.header }));
  }, [columns]);
  const held = useHeldRows<Row>((props.live && rows) || NO_ROWS, rowId);
  const table = useTable<typeof features, Row>({
    features,
    columns: definitions,
    data: (props.live ? held.rows : rows) ?? NO_ROWS,
    getRowId: rowId,
    state: { columnVisibility: visible },
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = columns.filter((column) => visible[column.id] !== false);
  const tracks = shown.map((column) => column.width ?? 'minmax(6rem, 1fr)').join(' ');
  const model = table.getRowModel().rows;

  const scroller = useRef<HTMLDivElement>(null);
  const { drawn, ...keys } = useRowKeys(scroller, model.length, rowHeight);
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor: (range) => drawn(defaultRangeExtractor(range)),
  });
  const isMeasured = shown.some((column) => column.wrap);
  const items = virtual.getVirtualItems();
  const lastShown = (virtual.range?.endIndex ?? 0) + OVERSCAN;
  useEffect(() => {
    if (hasMore && !loading && lastShown >= model.length - 15) onMore?.();
  }, [hasMore, loading, lastShown, model.length, onMore]);

  return (
    <div className={classes.frame}>
      <Group gap="sm" className={classes.tools} wrap="nowrap">
        <div className={classes.filters}>{props.tools}</div>
        {typeof props.total === 'number' && (
          <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
            {t('table.rows', { count: props.total })}
          </Text>
        )}
        <ColumnChooser columns={columns} visible={visible} choose={choose} />
      </Group>
      <div
        ref={scroller}
        {...(props.onRowClick ? {} : { tabIndex: 0 })}
        className={classes.scroller}
        role="table"
        aria-label={props.label}
        aria-rowcount={props.total ?? model.length}
        data-testid={`table-${props.id}`}
      >
        <div className={classes.head} role="rowgroup">
          <div className={classes.row} role="row" style={{ gridTemplateColumns: tracks }}>
            {shown.map((column) => (
              <Header key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={classes.body}
          style={{ height: virtual.getTotalSize() }}
          {...(props.onRowClick ? keys : {})}
          {...(props.live ? held.holder : {})}
        >
          {items.map((item) => {
            const row = model[item.index];
            if (!row) return null;
            return (
              <Row
                key={row.id}
                index={item.index}
                isGone={props.live === true && held.gone.has(row.id)}
                onOpen={props.onRowClick && (() => props.onRowClick?.(row.original))}
                top={item.start}
                height={rowHeight}
                measured={isMeasured ? { index: item.index, ref: virtual.measureElement } : undefined}
                tracks={tracks}
              >
                {row.getVisibleCells().map((cell) => (
                  <div
                    key={cell.id}
                    role="cell"
                    className={classes.cell}
                    data-align={byId.get(cell.column.id)?.align}
                    data-wrap={byId.get(cell.column.id)?.wrap}
                  >
                    {/* Called, not mounted as a component: a cell stays, with what is open in it, when columns change. */}
                    {byId.get(cell.column.id)?.cell(row.original)}
                  </div>
                ))}
              </Row>
            );
          })}
        </div>
        <Foot {...props} count={model.length} />
      </div>
    </div>
  );
}

interface RowProps {
  index: number;
  isGone: boolean;
  onOpen: (() => void) | undefined;
  top: number;
  height: number;
  /** As high as what is in it, which the list asks for. */
  measured: { index: number; ref: (row: HTMLElement | null) => void } | undefined;
  tracks: string;
  children: ReactNode;
}

function Row({ index, isGone, onOpen, top, height, measured, tracks, children }: RowProps) {
  const style = {
    gridTemplateColumns: tracks,
    transform: `translateY(${top}px)`,
    ...(measured ? { minHeight: height } : { height }),
  };
  const place = measured && { ref: measured.ref, 'data-index': measured.index };
  if (!onOpen || isGone)
    return (
      <div className={`${classes.row} ${classes.data}`} role="row" style={style} inert={isGone} {...place}>
        {children}
      </div>
    );
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen();
  };
  return (
    <div
      className={`${classes.row} ${classes.data} ${classes.clickable}`}
      role="row"
      data-index={index}
      tabIndex={0}
      style={style}
      {...place}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

interface HeaderProps<Row> {
  column: DataColumn<Row>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function Header<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const { t } = useTranslation('common');
  const ascending = column.sort !== undefined && sort === column.sort;
  const descending = column.sort !== undefined && sort === `-${column.sort}`;
  const ariaSort = ascending ? 'ascending' : descending ? 'descending' : undefined;
  return (
    <div role="columnheader" className={classes.header} data-align={column.align} aria-sort={ariaSort}>
      <Tooltip
        label={column.help}
        disabled={!column.help}
        events={{ hover: true, focus: true, touch: false }}
        multiline
        maw={320}
        withinPortal
      >
        {column.sort && onSort ? (
          <UnstyledButton
            className={classes.sort}
            aria-label={t('table.sortBy', { column: column.header })}
            onClick={() => onSort(ascending ? `-${column.sort}` : (column.sort ?? ''))}
          >
            <span className={classes.headerText}>{column.header}</span>
            {ascending && <IconArrowUp size={12} aria-hidden />}
            {descending && <IconArrowDown size={12} aria-hidden />}
          </UnstyledButton>
        ) : (
          <span className={column.headerHidden ? 'visually-hidden' : undefined}>{column.header}</span>
        )}
      </Tooltip>
    </div>
  );
}

interface ColumnChooserProps<Row> {
  columns: DataColumn<Row>[];
  visible: Record<string, boolean>;
  choose: (id: string, shown: boolean) => void;
}

function ColumnChooser<Row>({ columns, visible, choose }: ColumnChooserProps<Row>) {
  const { t } = useTranslation('common');
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {t('actions.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        {columns.map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={visible[column.id] !== false}
            onChange={(shown) => choose(column.id, shown)}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Foot<Row extends RowData>(props: DataTableProps<Row> & { count: number }) {
  const { t } = useTranslation('common');
  if (props.error)
    return (
      <div className={classes.foot}>
        <ErrorMessage error={props.error} title={t('table.failed')} onRetry={props.onRetry} whole />
      </div>
    );
  if (props.loading && props.count === 0)
    return (
      <Center className={classes.foot}>
        <Loader size="sm" role="status" aria-label={t('loading')} />
      </Center>
    );
  if (props.rows && props.count === 0)
    return (
      <div role="rowgroup">
        <div role="row">
          <Center role="cell" className={classes.foot} data-testid="table-empty">
            {props.empty ?? <Text c="dimmed">{t('table.empty')}</Text>}
          </Center>
        </div>
      </div>
    );
  if (props.loading)
    return (
      <Text size="xs" c="dimmed" ta="center" p="xs">
        {t('table.more')}
      </Text>
    );
  return null;
}
