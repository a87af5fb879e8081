import { useEffect } from 'react';

/** Keeps the screen on while the page is visible, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const request = async () => {
      // The browser releases it whenever the page is hidden. It may also refuse, as on a low battery.
      if (document.visibilityState === 'visible')
        lock = await (navigator as Partial<Navigator>).wakeLock?.request('screen').catch(() => undefined);
    };
    void request();
    const again = () => void request();
    document.addEventListener('visibilitychange', again);
    return () => {
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
