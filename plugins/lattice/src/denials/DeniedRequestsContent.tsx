import { Route, Routes } from 'react-router-dom';
import { DenialCausesPage } from './DenialCausesPage';
import { DenialPage } from './DenialPage';

/** Denied requests: the list, and one of them explained. */
export function DeniedRequestsContent() {
  return (
    <Routes>
      <Route index element={<DenialCausesPage />} />
      <Route path=":deniedRequestId" element={<DenialPage />} />
    </Routes>
  );
}
