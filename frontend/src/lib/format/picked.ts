/** How date pickers write what was picked, in the letters of dayjs: "mar. 1er déc. 2026 14:00", "Tue 1 Dec 2026 14:00". */
import dayjs from 'dayjs';
import advancedFormat from 'dayjs/plugin/advancedFormat';
import { currentLanguage } from '@/i18n';

dayjs.extend(advancedFormat);

/** In French "Do" is "1er", then plainly 2, 3… */
const day = (): string => (currentLanguage() === 'en' ? 'D' : 'Do');

export const pickedDay = (): string => `${day()} MMM YYYY`;
export const pickedMoment = (): string => `${pickedDay()} HH:mm`;
export const pickedFullMoment = (): string => `ddd ${pickedMoment()}`;
