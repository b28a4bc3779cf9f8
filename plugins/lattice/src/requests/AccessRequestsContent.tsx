import { Route, Routes } from 'react-router-dom';
import { AccessRequestList } from './AccessRequestList';
import { NewAccessRequestPage } from './form/NewAccessRequestPage';
import { AccessRequestPage } from './review/AccessRequestPage';

/** Access requests: the list, asking, and one of them judged. */
export function AccessRequestsContent() {
  return (
    <Routes>
      <Route index element={<AccessRequestList />} />
      <Route path="new" element={<NewAccessRequestPage />} />
      <Route path=":accessRequestId" element={<AccessRequestPage />} />
    </Routes>
  );
}
