/** Every text of retention, Dutch and English side by side. */
import { Mistake, Refusal } from '../world.ts';

export const refusals = {
  unknownPlan: (id: string) =>
    new Refusal('plan-unknown', {
      nl: `Er is geen plan "${id}". Maak er een met: gestand plan`,
      en: `There is no plan "${id}". Make one with: gestand plan`,
    }),
  tampered: (id: string) =>
    new Refusal('plan-tampered', {
      nl: `Plan "${id}" is niet meer wat er getekend is en wordt niet uitgevoerd. Maak een nieuw plan, en zoek uit wie de rij veranderde.`,
      en: `Plan "${id}" is no longer what was signed, and is not carried out. Make a new plan, and find out who changed the row.`,
    }),
  expired: (id: string) =>
    new Refusal('plan-expired', {
      nl: `Plan "${id}" is verlopen: wat het toonde kan veranderd zijn. Maak een nieuw plan met: gestand plan`,
      en: `Plan "${id}" has expired: what it showed may have changed. Make a new one with: gestand plan`,
    }),
  forecast: (id: string) =>
    new Refusal('plan-forecast', {
      nl: `Plan "${id}" kijkt vooruit: wat het toont is nog niet aan de beurt. Maak op de dag zelf een plan.`,
      en: `Plan "${id}" looks ahead: what it shows is not due yet. Make a plan on the day itself.`,
    }),
  policyChanged: (id: string) =>
    new Refusal('plan-policy-changed', {
      nl: `Beleid of landschap is veranderd sinds plan "${id}" werd gemaakt. Maak een nieuw plan met: gestand plan`,
      en: `The policy or the estate has changed since plan "${id}" was made. Make a new one with: gestand plan`,
    }),
  notApproved: (id: string) =>
    new Refusal('plan-not-approved', {
      nl: `Plan "${id}" is niet goedgekeurd. Bekijk het en keur het goed met: gestand approve ${id} --by NAAM`,
      en: `Plan "${id}" is not approved. Look at it and approve it with: gestand approve ${id} --by NAME`,
    }),
  unknownRule: (id: string, rule: string) =>
    new Mistake('plan-unknown-rule', {
      nl: `Plan "${id}" heeft geen regel "${rule}".`,
      en: `Plan "${id}" has no rule "${rule}".`,
    }),
  noName: () =>
    new Mistake('name-needed', {
      nl: 'Een beslissing heeft een naam nodig: --by NAAM.',
      en: 'A decision needs a name: --by NAME.',
    }),
};
