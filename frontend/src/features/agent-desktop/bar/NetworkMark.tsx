/** Quality of the line, as a word and a shape. */
import { IconAntennaBars1, IconAntennaBars2, IconAntennaBars3, IconAntennaBars5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLine } from '../telephone';
import classes from './TopBar.module.css';

const SHAPES = {
  unknown: IconAntennaBars1,
  poor: IconAntennaBars2,
  fair: IconAntennaBars3,
  good: IconAntennaBars5,
};

export function NetworkMark() {
  const { t } = useTranslation('agent-desktop');
  const { network, leg } = useLine();
  const quality = leg === 'up' ? network.quality : 'unknown';
  const Shape = SHAPES[quality];
  return (
    <span className={classes.network} data-quality={quality} data-testid="network">
      <Shape size={18} aria-hidden />
      {t(`network.${quality}`)}
    </span>
  );
}
