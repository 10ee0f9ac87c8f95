/** Both registers and the agreements, derived from the policy that runs, as the console and programs are shown them. */
import { allow, can, notThere, type Actor } from '../../access/index.ts';
import type { Language } from '../../base/language.ts';
import { countryWords } from '../../base/wording.ts';
import { dayOf } from '../../base/time.ts';
import { articleText } from '../../policy/index.ts';
import { states } from '../../promises/proof/phrases.ts';
import { controlName, promiseName } from '../../promises/proof/parts.ts';
import { publicProof } from '../../promises/proof/public.ts';
import { completeness } from '../../promises/publication/register/completeness.ts';
import { controllerRegister, processorRegister, type Options } from '../../promises/publication/register/derive.ts';
import {
  registerMedia,
  renderRegister,
  type RegisterFormat,
  type Whose,
} from '../../promises/publication/register/formats.ts';
import type { Register } from '../../promises/publication/register/model.ts';
import { htmlStyleHash } from '../../promises/publication/document/formats/index.ts';
import { checkAgreements, unread, type AgreementChecked } from '../../promises/suppliers/model.ts';
import { agreementStates, clauseTexts } from '../../promises/suppliers/phrases.ts';
import type { PageAnswer } from '../../http/route.ts';
import type { AgreementView, ClientView, RegisterMark, RegisterView } from '../../web/console/register.ts';
import type { OpenWorld } from '../world.ts';
import { publishedRegisters } from './published-registers.ts';
import { reportsOf } from './reports.ts';
import type { Seat } from './seat.ts';

function optionsOf(world: OpenWorld): Options {
  const { book, policy, systems } = world;
  const version = policy.publication?.version;
  return {
    book,
    day: dayOf(world.clock(), world.zone),
    estate: { systems: systems.systems },
    nameOf: controlName,
    promiseName,
    ...(version === undefined ? {} : { version }),
  };
}

/** For one client only when it is named; the client must be in the policy. */
export function registerOf(world: OpenWorld, role: Register['role'], client: string | null = null): Register {
  return role === 'controller'
    ? controllerRegister(world.policy, optionsOf(world))
    : processorRegister(world.policy, client, optionsOf(world));
}

/** Another client's and one that is not there are answered alike: a client learns from neither who else is served. */
export function ownRegister(world: OpenWorld, actor: Actor, client: string): Register {
  allow(actor, "see a client's register", { client });
  if (!world.policy.clients.some((known) => known.id === client)) throw notThere();
  return registerOf(world, 'processor', client);
}

async function markOf(seat: Seat, register: Register, whose: Whose, language: Language): Promise<RegisterMark> {
  const { gaps, ...rest } = completeness(register);
  return {
    ...rest,
    published: await publishedRegisters(seat, whose, language),
    gaps: gaps.map((one) => ({ ...one, article: articleText(one.article)[language], text: one.text[language] })),
  };
}

export async function registerView(seat: Seat, language: Language): Promise<RegisterView> {
  const { world } = seat;
  const forClients = registerOf(world, 'processor');
  return {
    own: await markOf(seat, registerOf(world, 'controller'), 'controller', language),
    forClients: forClients.activities.length === 0 ? null : await markOf(seat, forClients, 'processor', language),
    clients: clientsOf(
      world,
      world.policy.clients.map((one) => one.id),
    ),
    agreements: agreements(world).map((one) => agreementView(one, language)),
  };
}

export function clientsOf(world: OpenWorld, ids: readonly string[]): RegisterView['clients'] {
  return world.policy.clients
    .filter((one) => ids.includes(one.id))
    .map(({ id, name }) => ({
      id,
      name,
      activities: world.policy.purposes.filter((one) => one.role === 'processor' && one.client === id).length,
    }));
}

const agreements = (world: OpenWorld): AgreementChecked[] =>
  checkAgreements(world.policy, dayOf(world.clock(), world.zone));

function agreementView(one: AgreementChecked, language: Language): AgreementView {
  const runs = one.state === 'in-force';
  return {
    id: one.id,
    party: one.party[language],
    with: one.with,
    look: !runs ? 'broken' : one.missing.length === 0 ? 'kept' : unread(one) ? 'not-proven' : 'at-risk',
    state: agreementStates[one.state][language],
    signed: one.signed,
    until: one.until,
    breachHours: one.breachHours,
    clauses: one.clauses.map(({ clause, article, present, at, reviewer }) => ({
      article: articleText(article)[language],
      title: clauseTexts[clause].title[language],
      asks: clauseTexts[clause].asks[language],
      present,
      at,
      reviewer,
    })),
  };
}

/** Everything of one client, and nothing of another. */
export async function clientView(
  seat: Seat,
  actor: Actor,
  client: string,
  language: Language,
): Promise<ClientView | null> {
  const { world } = seat;
  const found = world.policy.clients.find((one) => one.id === client);
  if (!found) return null;
  const register = registerOf(world, 'processor', client);
  const own = agreements(world).find((one) => one.with === 'client' && one.id === client);
  const systems = new Map(register.activities.flatMap((one) => one.systems.map((system) => [system.id, system])));
  return {
    id: client,
    name: found.name,
    itself: !can(actor, 'see the register'),
    processing: found.processing[language],
    mark: await markOf(seat, register, { client }, language),
    agreement: own ? agreementView(own, language) : null,
    draft: register.activities.length > 0,
    systems: [...systems.values()].map(({ title, place, country }) => ({
      title: title[language],
      place,
      country: countryWords(country)[language],
    })),
    proofs: await proofsFor(world, register, language),
  };
}

/** The promises that this client's processing rests on, as the public sees them: no other system than its own is named. */
async function proofsFor(world: OpenWorld, register: Register, language: Language): Promise<ClientView['proofs']> {
  const ids = new Set([
    ...register.activities.flatMap((one) => [
      one.promise,
      ...one.data.flatMap((data) => data.storage.map((storage) => storage.promise)),
    ]),
    ...register.measures.map((one) => one.promise),
  ]);
  return (await reportsOf(world))
    .filter((report) => ids.has(report.id))
    .map((report) => {
      const proof = publicProof(report);
      return {
        id: report.id,
        title: report.title[language],
        state: proof.state,
        word: states[proof.state][language],
        since: report.since.toString(),
        shows: proof.shows[language],
        doesNotShow: proof.doesNotShow[language],
      };
    });
}

/** A register to keep, under a name that says what it is. */
export async function download(register: Register, format: RegisterFormat, language: Language): Promise<PageAnswer> {
  const [client] = register.clients.length === 1 ? register.clients : [];
  return {
    bytes: await renderRegister(register, format, language),
    type: registerMedia[format],
    name: `register-${client?.id ?? register.role}-${register.day}.${language}.${format}`,
    ...(format === 'html' ? { styles: [`'${htmlStyleHash}'`] } : {}),
  };
}
