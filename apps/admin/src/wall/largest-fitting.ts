/**
 * Returns the largest whole number of a range that fits, in few tries: one that fits is followed only by smaller ones that do.
 *
 * @param fits asked for the least number first
 * @returns undefined if none fits
 */
export function largestFitting(least: number, most: number, fits: (size: number) => boolean): number | undefined {
  if (least > most || !fits(least)) return undefined;
  let [fitting, limit] = [least, most];
  while (fitting < limit) {
    const middle = Math.ceil((fitting + limit) / 2);
    if (fits(middle)) fitting = middle;
    else limit = middle - 1;
  }
  return fitting;
}
