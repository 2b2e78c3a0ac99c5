/** Lists that come in pages: the rows so far, the next page, and what a DataTable needs to show them. */
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

export interface PageOf<Row> {
  items: Row[];
  next_cursor?: string | null;
  total?: number | null;
}

export interface Pages<Row> {
  rows: Row[] | undefined;
  total: number | null | undefined;
  loading: boolean;
  error: unknown;
  hasMore: boolean;
  onMore: () => void;
  onRetry: () => void;
}

/** `read(cursor)` asks for one page; the key must hold every filter that `read` uses. */
export function usePages<Row>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<PageOf<Row>>,
  options: { refetchMs?: number | false; enabled?: boolean } = {},
): Pages<Row> {
  const query = useInfiniteQuery<
    PageOf<Row>,
    Error,
    InfiniteData<PageOf<Row>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: options.refetchMs ?? false,
    enabled: options.enabled ?? true,
  });
  const { data, fetchNextPage, refetch, isFetchingNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const onMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const onRetry = useCallback(() => void refetch(), [refetch]);
  return {
    rows,
    total: data?.pages[0]?.total,
    loading: query.isPending || isFetchingNextPage,
    error: query.error,
    hasMore: query.hasNextPage,
    onMore,
    onRetry,
  };
}
