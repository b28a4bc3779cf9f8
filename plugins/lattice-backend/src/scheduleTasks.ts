import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { LatticeConfig } from '@lattice-portal/plugin-lattice-node';
import type { AccessRequestLifecycle } from './accessRequests/AccessRequestLifecycle';
import type { EstateService } from './estate/EstateService';
import type { AccessLogIngester } from './ingest/AccessLogIngester';
import type { Retention } from './ingest/Retention';
import type { RecordKeeper } from './records/RecordKeeper';
import type { ReplayService } from './replay/ReplayService';
import type { StatementUseService } from './statementUse/StatementUseService';

/**
 * Starts the plugin's work. One replica does each task at a time, and never twice at once.
 */
export async function scheduleTasks(options: {
  scheduler: SchedulerService;
  schedule: LatticeConfig['schedule'];
  estate: EstateService;
  ingester: AccessLogIngester;
  retention: Retention;
  /** Absent: there is no store of all records. */
  recordKeeper?: RecordKeeper;
  lifecycle: AccessRequestLifecycle;
  replays: ReplayService;
  statementUse: StatementUseService;
}): Promise<void> {
  const {
    scheduler,
    schedule,
    estate,
    ingester,
    retention,
    recordKeeper,
    lifecycle,
    replays,
    statementUse,
  } = options;
  let readOnce = false;
  await scheduler.scheduleTask({
    id: 'lattice-estate',
    ...schedule.estate,
    fn: async signal => {
      await estate.refreshAll({ signal });
      if (!readOnce) {
        // A new portal learns its log sources just now: don't let it wait for its first data.
        readOnce = true;
        await scheduler.triggerTask('lattice-access-logs').catch(() => {});
      }
    },
  });
  await scheduler.scheduleTask({
    id: 'lattice-access-logs',
    ...schedule.accessLogs,
    fn: signal => ingester.run({ signal }),
  });
  await scheduler.scheduleTask({
    id: 'lattice-retention',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    fn: async signal => {
      await retention.run({ signal });
      await replays.prune();
    },
  });
  await scheduler.scheduleTask({
    id: 'lattice-replays',
    frequency: { seconds: 5 },
    timeout: { minutes: 1 },
    // Whoever has room takes up what waits, and what another replica left behind.
    scope: 'local',
    fn: () => replays.work(),
  });
  if (recordKeeper) {
    await scheduler.scheduleTask({
      id: 'lattice-records',
      frequency: { minutes: 10 },
      // Not while everything starts.
      initialDelay: { minutes: 1 },
      timeout: { minutes: 30 },
      fn: signal => recordKeeper.run({ signal }),
    });
  }
  await scheduler.scheduleTask({
    id: 'lattice-access-requests',
    ...schedule.accessRequests,
    fn: signal => lifecycle.run({ signal }),
  });
  await scheduler.scheduleTask({
    id: 'lattice-statement-use',
    // What is known well enough is not looked at again.
    frequency: { minutes: 2 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 30 },
    fn: signal => statementUse.refresh({ signal }),
  });
}
