/** Letters that the agent's desktop keeps for itself: no outcome is given under them (dispositions/editing.py refuses them too). */
export const DESKTOP_LETTERS = 'bcdefhiklmnoprsx';
