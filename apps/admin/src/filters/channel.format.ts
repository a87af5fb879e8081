import i18next from 'i18next';

/** Formats the name of a channel, which may be empty. */
export function formatChannel(name: string): string {
  return name || i18next.t('channels.noName');
}

/** Whether the API can report on a channel alone. An empty parameter counts as not given. */
export function isSelectable(name: string): boolean {
  return name !== '';
}
