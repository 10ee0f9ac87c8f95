/** Who is acting: sign-in, roles, sessions. For whoever serves pages; see docs/people.md. */
export { roles, roleTitles, Role, type Account, type Actor, type Shown, type Stage } from './model.ts';
export {
  allow,
  can,
  clientsSeenBy,
  isFresh,
  permissions,
  requireStepUp,
  ruleOf,
  type About,
  type Permission,
} from './permissions.ts';
export {
  actorOf,
  cookies,
  endSession,
  endSessionsOf,
  formToken,
  listSessions,
  setCookie,
  type SessionView,
  type Token,
} from './sessions.ts';
export { defaultSettings, isLoopback, Provider, Settings } from './settings.ts';
export type { AccessWorld } from './world.ts';
