/** From the words of the policy language to the terms of the W3C Data Privacy Vocabulary 2.3. Tables, no logic. */
import type { Policy, Recipient } from '../../../policy/index.ts';
import type { Activity, Basis, DataUsed, Measure, Mechanism, Subject } from '../register/model.ts';

/** Inlined in every document: a reader needs no network. Always https: that is how DPV names its terms. */
export const context = {
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'legal-eu': 'https://w3id.org/dpv/legal/eu#',
  'legal-nl': 'https://w3id.org/dpv/legal/nl#',
  pd: 'https://w3id.org/dpv/pd#',
  tech: 'https://w3id.org/dpv/tech#',
  loc: 'https://w3id.org/dpv/loc#',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** Groups that DPV has no narrower word for are people, and no more is said. */
export const subjects: Readonly<Record<Subject['kind'], string>> = {
  customer: 'dpv:Customer',
  supplier: 'dpv:HumanSubject',
  prospect: 'dpv:HumanSubject',
  applicant: 'dpv:JobApplicant',
  employee: 'dpv:Employee',
  caller: 'dpv:HumanSubject',
  filmed: 'dpv:Visitor',
  'website-visitor': 'dpv:User',
  partner: 'dpv:HumanSubject',
  member: 'dpv:Member',
  patient: 'dpv:Patient',
  parent: 'dpv:HumanSubject',
  subscriber: 'dpv:Subscriber',
  contact: 'dpv:HumanSubject',
  'end-user': 'dpv:User',
  other: 'dpv:HumanSubject',
};

/** What a kind of data holds when the policy names no terms. Video has none of its own: a narrower thing than a picture. */
export const dataKinds: Readonly<Record<DataUsed['kind'], readonly string[]>> = {
  ordinary: [],
  special: [],
  criminal: [],
  'national-number': ['pd:OfficialID'],
  'id-copy': ['pd:OfficialID'],
  credential: ['pd:Username', 'pd:Password'],
  traffic: ['pd:CommunicationsMetadata', 'pd:CallLog'],
  location: [],
  'call-recording': ['pd:VoiceCommunicationRecording'],
  video: ['pd:Picture', 'tech:VideoContent'],
  log: [],
  anonymous: [],
};

export const dataTypes: Readonly<Partial<Record<DataUsed['kind'], string>>> = {
  special: 'dpv:SpecialCategoryPersonalData',
  credential: 'dpv:SensitivePersonalData',
  criminal: 'dpv:SensitivePersonalData',
  'national-number': 'dpv:SensitivePersonalData',
};

export const bases: Readonly<Record<Basis, string>> = {
  consent: 'eu-gdpr:A6-1-a',
  contract: 'eu-gdpr:A6-1-b-contract-performance',
  'legal-obligation': 'eu-gdpr:A6-1-c',
  'vital-interests': 'eu-gdpr:A6-1-d',
  'public-task': 'eu-gdpr:A6-1-e',
  'legitimate-interests': 'eu-gdpr:A6-1-f-controller',
};

/** Purpose of a basis, when the policy names no terms: these two say what they are for. */
export const purposeOfBasis: Readonly<Partial<Record<Basis, string>>> = {
  contract: 'dpv:FulfilmentOfContractualObligation',
  'legal-obligation': 'dpv:LegalCompliance',
};

/** "9(2)(b)" as eu-gdpr:A9-2-b. */
export function article(prefix: string, of: string): string {
  return `eu-gdpr:A${prefix}${of.replaceAll(/[()]+/gu, '-').replace(/-$/u, '')}`;
}

/** Chapter V. Binding corporate rules are Art. 47, the instrument of Art. 46(2)(b). */
export function mechanism(of: Mechanism): string {
  if (of === '45') return 'eu-gdpr:A45-3';
  if (of === '47') return 'eu-gdpr:A46-2-b';
  return of === '49(1)-2' ? 'eu-gdpr:A49-2' : article('', of);
}

/** Territories whose adequacy decision DPV 2.3 has a term for. */
export const adequacy: readonly string[] = 'AD AR CA CH FO GB GG IL IM JE JP NZ UY'.split(' ');

type Property =
  | 'dpv:hasTechnicalMeasure'
  | 'dpv:hasOrganisationalMeasure'
  | 'dpv:hasLegalMeasure'
  | 'dpv:hasPhysicalMeasure';

const technical = (term: string): readonly [Property, string] => ['dpv:hasTechnicalMeasure', `dpv:${term}`];
const organisational = (term: string): readonly [Property, string] => ['dpv:hasOrganisationalMeasure', `dpv:${term}`];

export const measures: Readonly<Record<Measure['kind'], readonly [Property, string]>> = {
  confidentiality: ['dpv:hasLegalMeasure', 'dpv:ConfidentialityAgreement'],
  passwords: technical('PasswordAuthentication'),
  mfa: technical('MultiFactorAuthentication'),
  sso: technical('SingleSignOn'),
  backups: technical('DataBackupProtocols'),
  'restore-test': organisational('DataRestorationPolicy'),
  encryption: technical('Encryption'),
  'access-control': technical('AccessControlMethod'),
  'access-review': organisational('AuthorisationProcedure'),
  logging: organisational('LoggingPolicy'),
  awareness: organisational('StaffTraining'),
  physical: ['dpv:hasPhysicalMeasure', 'dpv:PhysicalMeasure'],
  suppliers: organisational('ThirdPartySecurityProcedures'),
  'risk-review': organisational('RiskAssessment'),
  audit: organisational('SecurityAudit'),
  standard: organisational('StandardsConformance'),
  other: organisational('OrganisationalMeasure'),
};

/** Claims of the statement that are measures; the others are said by the processes themselves. */
export const claims: Readonly<Partial<Record<Policy['claims'][number]['kind'], readonly [Property, string]>>> = {
  anonymised: technical('Anonymisation'),
  'automatic-deletion': organisational('DataErasurePolicy'),
  seal: organisational('CertificationSeal'),
  standard: organisational('StandardsConformance'),
};

type Right = NonNullable<Policy['rights']>['list'][number]['right'];

export const rights: Readonly<Record<Right, readonly string[]>> = {
  access: ['eu-gdpr:A15'],
  rectification: ['eu-gdpr:A16', 'eu-gdpr:A19'],
  erasure: ['eu-gdpr:A17'],
  restriction: ['eu-gdpr:A18'],
  portability: ['eu-gdpr:A20'],
  objection: ['eu-gdpr:A21'],
  withdrawal: ['eu-gdpr:A7-3'],
  'human-review': ['eu-gdpr:A22', 'eu-gdpr:A22-3-a', 'eu-gdpr:A22-3-b', 'eu-gdpr:A22-3-c'],
};

export const recipients: Readonly<
  Record<Recipient['role'], { readonly by: string; readonly types: readonly string[] }>
> = {
  processor: { by: 'dpv:hasDataProcessor', types: ['dpv:DataProcessor'] },
  'sub-processor': { by: 'dpv:hasDataProcessor', types: ['dpv:DataSubProcessor', 'dpv:DataProcessor'] },
  controller: { by: 'dpv:hasRecipientThirdParty', types: ['dpv:ThirdParty', 'dpv:DataController'] },
  'joint-controller': { by: 'dpv:hasRecipient', types: ['dpv:DataController'] },
  authority: { by: 'dpv:hasRecipient', types: ['dpv:Authority'] },
};

/** What is done with data, as far as the register shows it. */
export function processing(activity: Activity): readonly string[] {
  const kinds = activity.data.map((one) => one.kind);
  const then = activity.data.flatMap((one) => one.storage.map((storage) => storage.then));
  const recorded = kinds.includes('call-recording') || kinds.includes('video');
  return [
    'dpv:Collect',
    ...(recorded ? ['dpv:Record'] : []),
    'dpv:Store',
    'dpv:Use',
    ...(activity.recipients.length > 0 ? ['dpv:Disclose'] : []),
    ...(then.includes('anonymise') ? ['dpv:Anonymise'] : []),
    ...(then.some((one) => one !== 'anonymise') ? ['dpv:Erase'] : []),
  ];
}
