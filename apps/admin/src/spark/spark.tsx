import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bucket } from '../availability/report';
import classes from './spark.module.css';
import { sparkShape } from './spark-shape';

interface Properties {
  buckets: Bucket[];
  /** Percent. */
  target: number;
}

/** The history of a period as a strip of few elements, as wide as its place and as high as its style says. */
export function Spark({ buckets, target }: Properties) {
  const { t } = useTranslation();
  const { counts, ...paths } = useMemo(() => sparkShape(buckets, target), [buckets, target]);
  const { known, missed, all } = counts;
  return (
    <svg
      className={classes.spark}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      role="img"
      aria-label={t('organizations.strip', { known, missed, count: all })}
    >
      <path d={paths.known} className={classes.known} />
      <path d={paths.allowed} className={classes.allowed} />
      <path d={paths.missed} className={classes.missed} />
    </svg>
  );
}
