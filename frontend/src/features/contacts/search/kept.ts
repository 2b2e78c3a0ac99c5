/** The panel's filter while the tab lives: it may hold names and numbers, so it is never in an address. */
import { useState } from 'react';
import { emptyTree, type Tree } from '@/components/filter/tree';

const KEY = 'decroche.filter.contacts';

function kept(): Tree {
  try {
    const tree = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Tree | null;
    return tree?.kind === 'group' && Array.isArray(tree.items) ? tree : emptyTree();
  } catch {
    return emptyTree();
  }
}

export function useKeptTree(): [Tree, (tree: Tree) => void] {
  const [tree, setTree] = useState(kept);
  const keep = (next: Tree): void => {
    sessionStorage.setItem(KEY, JSON.stringify(next));
    setTree(next);
  };
  return [tree, keep];
}
