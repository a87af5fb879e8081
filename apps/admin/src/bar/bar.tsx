import { Box } from '@mantine/core';
import type { View } from '../availability/view';
import type { FilterProperties } from '../filters/filters';
import { Logo } from '../layout/logo';
import type { Session } from '../session/session';
import classes from './bar.module.css';
import { ChannelSelect } from './channel-select';
import { MenuButton } from './menu-button';
import { OrganizationSelect } from './organization-select';
import { PeriodPicker } from './period-picker';
import { RulesButton } from './rules-button';
import { ShareButton } from './share-button';

interface Properties extends FilterProperties {
  session: Session;
  /** What is shown; undefined while it loads, null if the filters select no period. */
  view: View | null | undefined;
}

/** The bar at the top of the page: what is shown, by which rules, and the menu. */
export function Bar({ session, view, ...properties }: Properties) {
  const channels = view?.breakdown.channels.map(({ channel }) => channel).sort() ?? [];
  return (
    <Box component="header" className={classes.bar}>
      <div className={classes.line}>
        <Logo />
        <OrganizationSelect organizationIds={session.organizationIds} {...properties} />
        <PeriodPicker {...properties} />
        <ChannelSelect channels={channels} {...properties} />
        <RulesButton {...properties} />
        <div className={classes.space} />
        <ShareButton view={view} />
        <MenuButton {...properties} />
      </div>
    </Box>
  );
}
