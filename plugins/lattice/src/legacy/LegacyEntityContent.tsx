import { LatticeQueryProvider } from '../api';
import { EntityLatticeContent } from '../entity/EntityLatticeContent';

/** The entity tab with the provider the old frontend system has no place for. */
export function LegacyEntityContent() {
  return (
    <LatticeQueryProvider>
      <EntityLatticeContent />
    </LatticeQueryProvider>
  );
}
