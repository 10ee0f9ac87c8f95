/** Whose data it is (Art. 14(1)(d)), and the other role: processor for a client (P04). */
import type { Block } from '../../document/model.ts';
import { led, list, name, namedOf, names, paragraph, part, say, table, type Page } from '../page.ts';
import { people, processor } from '../phrases/people.ts';
import type { Section } from './section.ts';

export const peopleSection: Section = {
  id: 'people',
  title: people.title,
  source: 'subjects',
  blocks: (page) => [...subjects(page), ...forClients(page)],
};

function subjects(page: Page): Block[] {
  const items = page.policy.subjects.map((one) => name(page, one.text, `subjects.${one.id}.text`));
  return led(say(page, people.lead, 'subjects'), list(items));
}

function forClients(page: Page): Block[] {
  const { policy } = page;
  const purposes = policy.purposes.filter((one) => one.role === 'processor');
  const { clients } = policy;
  if (purposes.length === 0 && clients.length === 0) return [];
  const from = purposes.length > 0 ? 'purposes' : 'clients';
  const beside = (client: string | undefined): { also?: string[] } =>
    client === undefined ? {} : { also: [`clients.${client}`] };
  const rows = purposes.map((one) => [
    name(page, one.text, `purposes.${one.id}.text`).map((each) => ({ ...each, ...beside(one.client) })),
    names(page, namedOf(policy.data, one.data, 'data')),
    names(page, namedOf(policy.subjects, one.subjects, 'subjects')),
  ]);
  // What a purpose tells is not said again for each client that it is for.
  const alone = clients.filter((one) => !purposes.some((purpose) => purpose.client === one.id));
  const services = alone.map((one) => name(page, one.processing, `clients.${one.id}.processing`));
  return part(page, 4, 'processor', processor.title, [
    ...paragraph(
      say(page, processor.decides, from),
      say(page, processor.word, 'law'),
      say(page, processor.instructed, 'law'),
      clients.some((one) => one.agreement) ? say(page, processor.agreed, 'clients') : [],
    ),
    ...table(page, processor.caption, [processor.what, processor.data, processor.whose], rows),
    ...led(say(page, processor.services, 'clients'), list(services)),
    ...paragraph(say(page, processor.ask, 'law')),
  ]);
}
