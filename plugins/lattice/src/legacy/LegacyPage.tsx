import { PluginHeader } from '@backstage/ui';
import { RiShareLine } from '@remixicon/react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { LatticeQueryProvider } from '../api';
import { DeniedRequestsContent } from '../denials/DeniedRequestsContent';
import { LogSourcesContent } from '../logs/LogSourcesContent';
import { ServiceMapContent } from '../map/ServiceMapContent';
import { AccessRequestsContent } from '../requests/AccessRequestsContent';
import { useLatticePaths } from '../useLatticePaths';

/** Header, tabs and pages, which the new frontend system would bring itself. */
export function LegacyPage() {
  const paths = useLatticePaths();
  const tab = (id: string, label: string, href: string) => ({
    id,
    label,
    href,
    matchStrategy: 'prefix' as const,
  });
  return (
    <LatticeQueryProvider>
      <PluginHeader
        title="Lattice"
        icon={<RiShareLine />}
        tabs={[
          tab('map', 'Service map', paths.map()),
          tab('denied', 'Denied requests', paths.denied()),
          tab('requests', 'Access requests', paths.requests()),
          tab('logs', 'Access logs', paths.logs()),
        ]}
      />
      <Routes>
        <Route index element={<Navigate to="map" replace />} />
        <Route path="map" element={<ServiceMapContent />} />
        <Route path="denied/*" element={<DeniedRequestsContent />} />
        <Route path="requests/*" element={<AccessRequestsContent />} />
        <Route path="logs" element={<LogSourcesContent />} />
      </Routes>
    </LatticeQueryProvider>
  );
}
