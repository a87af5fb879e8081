import type { View } from '../availability/view';
import { ChannelTable } from '../channels/channel-table';
import { WorstChannels } from '../channels/worst-channels';
import { LongestOutages } from '../downtimes/longest-outages';
import { OutageTable } from '../downtimes/outage-table';
import type { FilterProperties } from '../filters/filters';
import { useLightPrint } from '../layout/use-light-print';

export { ChannelTable };

/** The tables below the figures, which load after them. On paper, they are the ten longest outages and worst channels. */
export function Tables({ view, filters, setFilters }: FilterProperties & { view: View }) {
  useLightPrint();
  return (
    <>
      <div className="no-print">
        <ChannelTable view={view} filters={filters} setFilters={setFilters} />
      </div>
      <div id="outages" className="no-print">
        <OutageTable view={view} />
      </div>
      <div className="print-only print-columns">
        <LongestOutages view={view} />
        <WorstChannels view={view} />
      </div>
    </>
  );
}
