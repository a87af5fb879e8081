import type { View } from '../availability/view';
import { ChannelTable } from '../channels/channel-table';
import { WorstChannels } from '../channels/worst-channels';
import { LongestOutages } from '../downtimes/longest-outages';
import type { SilentDay } from '../downtimes/outage-rows';
import { OutageTable } from '../downtimes/outage-table';
import type { FilterProperties } from '../filters/filters';
import { useLightPrint } from '../layout/use-light-print';

export { ChannelTable };

interface Properties extends FilterProperties {
  view: View;
  days: readonly SilentDay[];
}

/** The tables below the figures, which load after them. On paper, they are the ten longest outages and worst channels. */
export function Tables({ view, days, filters, setFilters }: Properties) {
  useLightPrint();
  return (
    <>
      <div className="no-print">
        <ChannelTable view={view} filters={filters} setFilters={setFilters} />
      </div>
      <div id="outages" className="no-print">
        <OutageTable view={view} days={days} />
      </div>
      <div className="print-only print-columns">
        <LongestOutages view={view} />
        <WorstChannels view={view} />
      </div>
    </>
  );
}
