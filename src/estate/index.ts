/** Systems, datasets, profiles, and who owns which item. */
export {
  EstateFile,
  estateJsonSchema,
  readEstate,
  type Around,
  type Estate,
  type Secret,
  type SourceSettings,
  type System,
} from './estate.ts';
export { openEstate, type ConnectorKind, type OpenEstate } from './open.ts';
export { ProfileFile, profileJsonSchema, readProfiles, type Profile, type ProfilesRead } from './profile.ts';
export { ownership, resolve } from './resolve.ts';
export { estateSummary } from './summary.ts';
