/** Who is acting: sign-in, roles, sessions. For whoever serves pages and commands; docs/people.md tells how it looks to people. */
export {
  accountByEmail,
  accountById,
  changeLanguage,
  changeRoles,
  disable,
  invite,
  listAccounts,
  reset,
  type Invited,
  type Link,
  type Reset,
} from './accounts.ts';
export { authorise } from './authorise.ts';
export { permissionText } from './permission-words.ts';
export { countFailure, failuresSince, type By, type FailureKind } from './audit.ts';
export {
  Letter,
  listBoxKeys,
  listMarks,
  openBox,
  openBoxes,
  receiveForDpo,
  recoverBox,
  type Message,
  type MessageMark,
  type OpenBox,
  type OpenBoxes,
} from './compartment.ts';
export { askForKey, changePassphrase, makeBox, type BoxKey } from './compartment-keys.ts';
export {
  beginCode,
  beginPasskey,
  confirmCode,
  confirmPasskey,
  finishEnrolment,
  openLink,
  removeFactor,
  renewRecoveryCodes,
  resumeCode,
  setPassword,
} from './enrol.ts';
export {
  adoptDeclaration,
  checkConfidentiality,
  confidentiality,
  declarationInForce,
  signDeclaration,
  type Confidentiality,
  type Declaration,
} from './declarations.ts';
export { checkDirectory, type DirectoryAccount, type DirectoryReport, type PasswordPolicy } from './directory.ts';
export {
  hasSecondFactor,
  isOpen,
  roles,
  roleTitles,
  Role,
  type Account,
  type Actor,
  type From,
  type Shown,
  type Stage,
} from './model.ts';
export { ownNotices, noticesSent, noticeTexts, takeNotices, type ChangeLetter, type NoticeKind } from './notices.ts';
export {
  beginProvider,
  finishProvider,
  openProviders,
  redirectUri,
  unlink,
  type Provided,
  type Purpose,
} from './oidc.ts';
export { listPasskeys, renamePasskey, type PasskeyView } from './passkeys.ts';
export { openBlocklist, passwordLengths } from './passwords.ts';
export {
  allow,
  can,
  clientsSeenBy,
  isFresh,
  notThere,
  permissions,
  permissionsPage,
  requireStepUp,
  ruleOf,
  type About,
  type Permission,
} from './permissions.ts';
export { recoveryCodesLeft } from './recovery.ts';
export {
  checkSecondFactors,
  closeReview,
  decide,
  openReview,
  readReview,
  reviewState,
  secondFactorCoverage,
  staleAccounts,
  type Coverage,
  type Review,
  type ReviewState,
} from './reviews.ts';
export {
  askSecondLook,
  giveSecondLook,
  listSecondLooks,
  takeSecondLook,
  type Asked,
  type SecondLook,
} from './second-look.ts';
export {
  actorOf,
  cookies,
  formToken,
  isFormToken,
  listSessions,
  setCookie,
  type SessionView,
  type Token,
} from './sessions.ts';
export { accessJsonSchema, defaultSettings, Directory, isLoopback, Provider, Settings } from './settings.ts';
export {
  beginPasskeySignIn,
  finishPasskeySignIn,
  finishSignIn,
  passkeyForSecondFactor,
  signInWithPassword,
  type Factor,
  type Second,
  type SignedIn,
  type SignIn,
} from './sign-in.ts';
export { endOwnSession, revoke, signOut } from './sign-out.ts';
export { beginStepUp, finishStepUp, type Again, type StepUp } from './step-up.ts';
export { tendAccess, type Tended } from './tend.ts';
export type { AccessWorld } from './world.ts';
