/** The demo's home: the reference policy, and an estate of the four invented systems. */
import { copyFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeHome, places, program } from '../home.ts';

export function writeDemoHome(home: string, urlOf: (database: string) => string): void {
  makeHome(home);
  const reference = join(program, 'policies', 'it-provider');
  copyFileSync(join(reference, 'policy.yaml'), places(home).policy);
  cpSync(join(reference, 'documents'), join(home, 'documents'), { recursive: true });
  const as = (role: string, database: string): string => {
    const url = new URL(urlOf(database));
    url.username = role;
    return JSON.stringify(url.toString());
  };
  const db = (database: string): string =>
    `{ connector: sql, dialect: postgres, read: { literal: ${as('demo_reader', database)} }, erase: { literal: ${as('demo_eraser', database)} } }`;
  writeFileSync(
    places(home).estate,
    `# yaml-language-server: $schema=${join(program, 'docs/generated/estate.schema.json')}
# The estate of the invented company. On a real system the URLs stand in the environment or in files: { env: NAME } or { file: path }.
gestand: 1
systems:
  - id: exchange
    title: { nl: Telefooncentrale, en: Telephone exchange }
    profile: fusionpbx
    role: controller
    location: { country: NL, place: Haps }
    sources:
      db: ${db('demo_exchange')}
      media: { connector: files, root: demo/recordings, hostRoot: /var/lib/freeswitch/recordings }
  - id: cameras
    title: { nl: Camera's, en: Cameras }
    profile: motion
    role: controller
    location: { country: NL, place: Haps }
    sources:
      video: { connector: files, root: demo/cameras }
    params: { zone: UTC }
  - id: office
    title: { nl: Kantoor, en: Office }
    profile: crm
    role: controller
    location: { country: NL, place: Haps }
    sources:
      db: ${db('demo_office')}
      files: { connector: files, root: demo/office }
  - id: access
    title: { nl: Toegangsserver, en: Access server }
    profile: freeradius
    role: controller
    location: { country: NL, place: Haps }
    sources:
      db: ${db('demo_access')}
`,
  );
}
