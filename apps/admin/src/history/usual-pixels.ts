/** What the widest page leaves to a section. */
const WIDEST = 1254;
/** What is beside a section's content on both sides. */
const MARGINS = 66;

/** Returns how wide a drawing will be, for its first frame, in which it is not measured yet. Pixels. */
export function usualPixels(): number {
  return Math.min(WIDEST, innerWidth - MARGINS);
}
