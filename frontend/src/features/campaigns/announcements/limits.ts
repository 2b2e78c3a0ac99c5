/** How long an announcement lasts, as the server takes it. */
export const AT_LEAST_S = 1;
export const AT_MOST_S = 60;
export const LONGEST_TEXT = 600;
