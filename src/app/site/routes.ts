/** Every route of the site. A test walks this list as everyone, and as everyone else. */
import { holdRoutes } from './api/holds.ts';
import { ledgerRoutes } from './api/ledger.ts';
import { notificationRoutes } from './api/notifications.ts';
import { promiseRoutes } from './api/promises.ts';
import { planRoutes } from './api/plans.ts';
import { policyRoutes } from './api/policy.ts';
import { publicationRoutes } from './api/publication.ts';
import { versionRoutes } from './api/versions.ts';
import { systemRoutes } from './api/systems.ts';
import { taskRoutes } from './api/tasks.ts';
import { boardPages } from './pages/board.ts';
import { accountPages } from './pages/account.ts';
import { centreContactPages } from './pages/centre-contact.ts';
import { centrePages } from './pages/centre.ts';
import { changeSystemPages } from './pages/change-system.ts';
import { declarePages } from './pages/declare.ts';
import { documentPages } from './pages/documents.ts';
import { dpoPages } from './pages/dpo.ts';
import { framePages } from './pages/frame-pages.ts';
import { holdPages } from './pages/holds.ts';
import { ledgerPages } from './pages/ledger.ts';
import { peoplePages } from './pages/people.ts';
import { planPages } from './pages/plans.ts';
import { policyPages } from './pages/policy.ts';
import { publicationPages } from './pages/publication.ts';
import { registerPages } from './pages/register.ts';
import { setUpPages } from './pages/set-up.ts';
import { notificationPages } from './pages/notifications.ts';
import { settingsPages } from './pages/settings.ts';
import { signInPages } from './pages/sign-in.ts';
import { systemPages } from './pages/systems.ts';
import { taskPages } from './pages/tasks.ts';
import type { SiteRoute } from './seat.ts';

export const routes: readonly SiteRoute[] = [
  ...promiseRoutes,
  ...planRoutes,
  ...holdRoutes,
  ...taskRoutes,
  ...systemRoutes,
  ...ledgerRoutes,
  ...notificationRoutes,
  ...policyRoutes,
  ...publicationRoutes,
  ...versionRoutes,
  ...boardPages,
  ...declarePages,
  ...planPages,
  ...policyPages,
  ...documentPages,
  ...publicationPages,
  ...registerPages,
  ...holdPages,
  ...taskPages,
  ...systemPages,
  ...changeSystemPages,
  ...ledgerPages,
  ...peoplePages,
  ...setUpPages,
  ...notificationPages,
  ...settingsPages,
  ...signInPages,
  ...accountPages,
  ...dpoPages,
  ...centrePages,
  ...centreContactPages,
  ...framePages(() => routes),
];
