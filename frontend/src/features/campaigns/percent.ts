/** Shares typed as percentages: 0.021 in the data, 2.1 in the field, "2,1 %" on the screen. */

/** Without the crumbs of binary fractions. */
export const percent = (fraction: number): number => Math.round(fraction * 1000) / 10;
export const share = (typed: number): number => Math.round(typed * 10) / 1000;
