import {
  Button,
  SearchField,
  Select,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { RiPauseLine, RiPlayLine } from '@remixicon/react';
import {
  type MapServiceNetwork,
  outcomes,
} from '@lattice-portal/plugin-lattice-common';
import {
  NetworkSelect,
  ToolbarField,
  ToolbarSpacer,
  WindowSelect,
} from '../components';
import { outcomeDescriptions } from '../format';
import type { MapView } from './useMapView';

const outcomeOptions = [
  { id: 'all', label: 'all outcomes' },
  { id: 'trouble', label: 'anything but allowed' },
  { id: 'denied', label: 'any denial' },
  ...outcomes.map(outcome => ({
    id: outcome,
    label: outcomeDescriptions[outcome].name,
  })),
];

/** What of the map to show, how, and whether it follows. */
export function MapToolbar(props: {
  view: MapView;
  change: (changes: Partial<MapView>) => void;
  networks: MapServiceNetwork[];
}) {
  const { view, change, networks } = props;
  return (
    <>
      <ToolbarField>
        <SearchField
          aria-label="Find callers, services, owners, accounts"
          placeholder="Find callers, services, owners"
          size="small"
          value={view.text}
          onChange={text => change({ text })}
        />
      </ToolbarField>
      <Select
        aria-label="Outcome"
        size="small"
        options={outcomeOptions}
        value={view.outcome ?? 'all'}
        onChange={key =>
          change({
            outcome: key === 'all' ? undefined : (key as MapView['outcome']),
          })
        }
      />
      <NetworkSelect
        networks={networks}
        value={view.network}
        onChange={network => change({ network })}
      />
      <ToolbarSpacer />
      <WindowSelect hours={view.hours} onChange={hours => change({ hours })} />
      <Button
        size="small"
        variant="secondary"
        iconStart={view.live ? <RiPauseLine /> : <RiPlayLine />}
        aria-label={view.live ? 'Live; pause' : 'Paused; follow'}
        onPress={() => change({ live: !view.live })}
      >
        {view.live ? 'Live' : 'Paused'}
      </Button>
      <ToggleButtonGroup
        aria-label="Show as"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view.shape]}
        onSelectionChange={keys =>
          change({ shape: [...keys][0] as MapView['shape'] })
        }
      >
        <ToggleButton id="map">Map</ToggleButton>
        <ToggleButton id="table">Table</ToggleButton>
      </ToggleButtonGroup>
    </>
  );
}
