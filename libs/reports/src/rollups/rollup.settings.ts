/** When days are stored, and how long a day is. Only tests change this, because they cannot wait for hours. */
export interface RollupSettings {
  /** Length of a day, in milliseconds. */
  dayMs: number;
  /**
   * How long after the end of a day writes still leave no marks, in milliseconds, so that recent messages cost nothing.
   */
  latenessMs: number;
  /** How much later than that a day is stored, in milliseconds: more than a clock is ever set back. */
  marginMs: number;
}

/** The settings of every application. */
export const ROLLUP_SETTINGS: RollupSettings = { dayMs: 86_400_000, latenessMs: 7_200_000, marginMs: 3_600_000 };
