import { SearchField } from '@backstage/ui';
import { useState } from 'react';
import { ToolbarField } from '../components';

/** Takes the id of a request. */
export function RecordSearch(props: {
  requestId: string;
  onSearch: (requestId: string) => void;
}) {
  const { requestId, onSearch } = props;
  const [text, setText] = useState(requestId);
  return (
    <ToolbarField>
      <SearchField
        aria-label="Request id"
        placeholder="Request id: all that is on record of it"
        size="small"
        value={text}
        onChange={setText}
        onSubmit={value => onSearch(value.trim())}
        onClear={() => onSearch('')}
      />
    </ToolbarField>
  );
}
