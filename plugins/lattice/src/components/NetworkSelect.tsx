import { FilterSelect } from './FilterSelect';

/** The service network that calls came over, by ARN. */
export function NetworkSelect(props: {
  networks: { arn: string; name: string; accountId: string }[];
  value: string | undefined;
  onChange: (arn: string | undefined) => void;
}) {
  const { networks, value, onChange } = props;
  const isAmbiguous = (name: string) =>
    networks.filter(network => network.name === name).length > 1;
  return (
    <FilterSelect
      label="Service network"
      all="all networks"
      options={networks
        .map(({ arn, name, accountId }) => ({
          id: arn,
          label: isAmbiguous(name) ? `${name} (${accountId})` : name,
        }))
        .sort((a, b) => a.label.localeCompare(b.label))}
      value={value}
      onChange={onChange}
    />
  );
}
