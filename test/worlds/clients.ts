/** The reference policy of a provider with two clients: what one may see, the other must not. */
import { referencePolicy } from './home.ts';

export const florist = 'Bloemen Vuurvlinder';

export const twoClients = referencePolicy
  .replace(
    '\nclients:\n',
    `\nclients:\n  - { id: florist, name: ${florist}, email: privacy@vuurvlinder.example, processing: { nl: Bezorgroutes plannen, en: Planning delivery routes } }\n`,
  )
  .replace(
    '\n  - id: hosting\n',
    `
  - id: routes
    promise: P04
    role: processor
    client: florist
    subjects: [clients-people]
    data: [client-database]
    text: { nl: Bezorgroutes plannen voor een bloemist, en: Planning delivery routes for a florist }
    owner: engineer
    reviewed: 2026-11-02
  - id: hosting
`,
  );
