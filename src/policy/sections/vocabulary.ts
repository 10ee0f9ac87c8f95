import { z } from 'zod';

/**
 * Terms of the W3C Data Privacy Vocabulary (DPV 2.3) that an author may say a purpose or a category of data is a kind of. A
 * closed list: a term that is not in DPV would make the export for other programs wrong, and nobody would see it.
 */
export const purposeTerms = [
  'CommunicationForCustomerCare',
  'CustomerManagement',
  'CustomerOrderManagement',
  'DeliveryOfGoods',
  'DirectMarketing',
  'DisputeManagement',
  'EnforceSecurity',
  'FulfilmentOfContractualObligation',
  'IdentityAuthentication',
  'LegalCompliance',
  'Marketing',
  'OptimiseUserInterface',
  'PaymentManagement',
  'Personalisation',
  'PersonnelManagement',
  'PersonnelPayment',
  'PersonnelPerformanceManagement',
  'RecordManagement',
  'RecruitmentManagement',
  'ServiceAccessDetermination',
  'ServiceUsageAnalytics',
  'TechnicalServiceProvision',
  'VendorManagement',
] as const;

export const dataTerms = [
  'BankAccount',
  'CallLog',
  'City',
  'CommunicationsMetadata',
  'Education',
  'EmailAddress',
  'EmailContent',
  'Health',
  'IPAddress',
  'MACAddress',
  'Name',
  'OfficialID',
  'Passport',
  'Password',
  'PhysicalAddress',
  'Picture',
  'PostalCode',
  'Salary',
  'SocialMediaCommunication',
  'TelephoneNumber',
  'UserAgent',
  'Username',
  'VoiceCommunicationRecording',
  'WorkHistory',
] as const;

export const PurposeTerms = z
  .array(z.enum(purposeTerms))
  .optional()
  .describe('What kind of purpose it is in the Data Privacy Vocabulary; only the JSON-LD export uses it.');

export const DataTerms = z
  .array(z.enum(dataTerms))
  .optional()
  .describe('What the data holds in the Data Privacy Vocabulary; only the JSON-LD export uses it.');
