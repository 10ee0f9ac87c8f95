/** Checks on what the policy itself says. Pure. */
import { unsaid } from '../../../base/country.ts';
import type { Language } from '../../../base/language.ts';
import { dayAfter, parseTerm } from '../../../base/time.ts';
import { dayWords } from '../../../base/wording.ts';
import { kindsOfMeasure } from '../../../policy/phrases.ts';
import { outsideEea, type Policy } from '../../../policy/index.ts';
import { count, few, outcome, type Check } from './check.ts';

/** P01: a person can always write, by e-mail and by post. */
export const contact: Check = {
  id: 'contact',
  kind: 'derived',
  title: { nl: 'Naam, postadres en e-mail', en: 'Name, post address and e-mail' },
  run: ({ policy: { organisation, rights } }) => {
    const lacks = [
      ...(organisation.post === undefined ? ['organisation.post'] : []),
      ...(organisation.email === undefined ? ['organisation.email'] : []),
      ...(['email', 'post'] as const)
        .filter((one) => rights?.channels.includes(one) !== true)
        .map(() => 'rights.channels'),
    ];
    return lacks.length === 0
      ? outcome(
          'kept',
          3,
          'Naam, postadres en e-mail staan in het beleid, en allebei zijn een weg voor verzoeken.',
          'Name, post address and e-mail are in the policy, and both are a way for requests.',
        )
      : outcome(
          'broken',
          lacks.length,
          `Het beleid mist ${few([...new Set(lacks)])}.`,
          `The policy lacks ${few([...new Set(lacks)])}.`,
        );
  },
};

/** P13: a copy of an ID has a term that ends. */
export const idCopyTerms: Check = {
  id: 'id-copy-terms',
  kind: 'derived',
  title: { nl: 'Elke kopie van een identiteitsbewijs heeft een einde', en: 'Every copy of an ID has an end' },
  run: ({ policy }) => {
    const copies = policy.data.filter((one) => one.kind === 'id-copy');
    const endless = copies.filter(
      ({ id }) =>
        ![...policy.retention, ...policy.terms].some((one) => one.keep !== undefined && one.data.includes(id)),
    );
    if (copies.length === 0)
      return outcome(
        'not-proven',
        0,
        'Het beleid kent geen gegevens van het soort "id-copy".',
        'The policy has no data of kind "id-copy".',
      );
    return endless.length === 0
      ? outcome(
          'kept',
          copies.length,
          `${count(copies.length, 'soort kopie', 'soorten kopie')}, elk met een termijn.`,
          `${count(copies.length, 'kind of copy', 'kinds of copy')}, each with a term.`,
        )
      : outcome(
          'broken',
          endless.length,
          `Zonder termijn: ${few(endless.map((one) => one.id))}.`,
          `Without a term: ${few(endless.map((one) => one.id))}.`,
        );
  },
};

/** P14: nobody is given anything in a country outside the EEA that the policy does not name. */
export const recipientsInside: Check = {
  id: 'recipients-inside',
  kind: 'derived',
  title: {
    nl: 'Geen ontvanger buiten de EER en de landen die het beleid noemt',
    en: 'No recipient outside the EEA and the countries that the policy names',
  },
  run: ({ policy, book }) => {
    const away = policy.recipients.filter((one) => outsideEea(one, book));
    const outside = away.filter((one) => !policy.locations.allowed.includes(one.country));
    const unknown = policy.recipients.filter((one) => one.country === unsaid);
    if (outside.length === 0 && unknown.length > 0)
      return outcome(
        'not-proven',
        unknown.length,
        `Nog niet gezegd in welk land: ${few(unknown.map((one) => one.id))}.`,
        `In which country is not said yet: ${few(unknown.map((one) => one.id))}.`,
      );
    const named = away.length === 0 ? '' : ', of in een land dat het beleid noemt';
    const there = away.length === 0 ? '' : ', or in a country that the policy names';
    return outside.length === 0
      ? outcome(
          'kept',
          policy.recipients.length,
          `Alle ${policy.recipients.length} ontvangers van het beleid zitten in de EER${named}.`,
          `All ${policy.recipients.length} recipients of the policy are in the EEA${there}.`,
        )
      : outcome(
          'broken',
          outside.length,
          `Buiten de EER, en niet bij "locations" genoemd: ${few(outside.map((one) => one.id))}.`,
          `Outside the EEA, and not named in "locations": ${few(outside.map((one) => one.id))}.`,
        );
  },
};

/** P15: nobody is given data that no purpose gives them. */
export const onlyNecessary: Check = {
  id: 'only-necessary',
  kind: 'derived',
  title: { nl: 'Alleen gegevens die een doel nodig heeft', en: 'Only data that a purpose needs' },
  run: ({ policy }) => {
    const needed = (recipient: string): Set<string> => {
      const clients = policy.clients.filter((one) => one.subProcessors.includes(recipient)).map((one) => one.id);
      return new Set(
        policy.purposes
          .filter(
            (one) => one.recipients.includes(recipient) || (one.client !== undefined && clients.includes(one.client)),
          )
          .flatMap((one) => one.data),
      );
    };
    const beyond = policy.recipients.flatMap((one) => {
      const allowed = needed(one.id);
      return one.data.filter((data) => !allowed.has(data)).map((data) => `${one.id} (${data})`);
    });
    return beyond.length === 0
      ? outcome(
          'kept',
          policy.recipients.length,
          'Elke ontvanger krijgt volgens het beleid alleen wat een doel hem geeft.',
          'By the policy each recipient gets only what a purpose gives it.',
        )
      : outcome(
          'broken',
          beyond.length,
          `Zonder doel gegeven: ${few(beyond)}. Noem de ontvanger bij het doel, of haal het gegeven weg.`,
          `Given without a purpose: ${few(beyond)}. Name the recipient with the purpose, or take the data away.`,
        );
  },
};

/** P23: what is erased is gone from the last backup too, on a day that can be told. */
export const backupHorizon: Check = {
  id: 'backup-horizon',
  kind: 'derived',
  title: { nl: 'Wanneer iets ook uit de back-up is', en: 'When something is out of the backup too' },
  run: ({ policy }) => {
    const kept = [...policy.retention, ...policy.terms];
    const without = kept.filter((one) => one.backups === undefined);
    return without.length === 0
      ? outcome(
          'kept',
          kept.length,
          `Elk van ${kept.length} termijnen noemt het.`,
          `Each of ${kept.length} terms tells it.`,
        )
      : outcome(
          'not-proven',
          without.length,
          `Niets over back-ups bij: ${few(without.map((one) => one.id))}.`,
          `Nothing about backups with: ${few(without.map((one) => one.id))}.`,
        );
  },
};

/** P27: reviews that recur have been done in time. */
export const reviewDates: Check = {
  id: 'review-dates',
  kind: 'derived',
  title: { nl: 'Beoordelingen zijn op tijd herhaald', en: 'Assessments are repeated in time' },
  run: ({ policy, today }) => {
    const reviews = [
      ...policy.measures
        .filter((one) => one.kind === 'risk-review')
        .map((one) => ({ id: one.id, last: one.last, every: one.every })),
      ...policy.purposes.flatMap(({ id, dpia }) =>
        dpia?.reviewEvery === undefined ? [] : [{ id, last: dpia.assessment?.date, every: dpia.reviewEvery }],
      ),
    ];
    const due = (one: (typeof reviews)[number]): string | null =>
      one.last === undefined || one.every === undefined ? null : dayAfter(one.last, parseTerm(one.every));
    const undated = reviews.filter((one) => due(one) === null);
    const late = reviews.filter((one) => (due(one) ?? today) < today);
    if (late.length > 0)
      return outcome(
        'broken',
        late.length,
        `Te laat: ${few(late.map((one) => `${one.id} (${due(one) ?? ''})`))}.`,
        `Overdue: ${few(late.map((one) => `${one.id} (${due(one) ?? ''})`))}.`,
      );
    if (undated.length > 0 || reviews.length === 0)
      return outcome(
        'not-proven',
        undated.length,
        `Hoe vaak en wanneer voor het laatst staat er niet: ${few(undated.map((one) => one.id)) || 'measures'}.`,
        `How often and when last is not said: ${few(undated.map((one) => one.id)) || 'measures'}.`,
      );
    const next = reviews.map((one) => due(one) ?? today).toSorted()[0] ?? today;
    return outcome(
      'kept',
      reviews.length,
      `${count(reviews.length, 'beoordeling', 'beoordelingen')} op tijd; de eerstvolgende vóór ${dayWords(next).nl}.`,
      `${count(reviews.length, 'assessment', 'assessments')} in time; the next by ${dayWords(next).en}.`,
    );
  },
};

/** P28: the seal that is shown is named in full and runs. */
export const sealDates: Check = {
  id: 'seal-dates',
  kind: 'derived',
  title: { nl: 'Het keurmerk is volledig genoemd en loopt', en: 'The seal is named in full and runs' },
  run: ({ policy, today }) => {
    const seals = policy.claims.filter((one) => one.kind === 'seal');
    const over = seals.filter(({ seal }) => seal?.expires !== undefined && seal.expires < today);
    const whole = ['issuer', 'scope', 'date', 'expires', 'document'] as const;
    const vague = seals.filter(
      ({ seal }) => whole.some((key) => seal?.[key] === undefined) || (seal?.date ?? '') > today,
    );
    if (over.length > 0)
      return outcome(
        'broken',
        over.length,
        `Verlopen: ${few(over.map((one) => one.id))}.`,
        `Ended: ${few(over.map((one) => one.id))}.`,
      );
    if (vague.length > 0 || seals.length === 0)
      return outcome(
        'not-proven',
        vague.length,
        'Noem uitgever, reikwijdte, datum, einde en document van het keurmerk.',
        'Name issuer, scope, date, end and document of the seal.',
      );
    const until = seals.map(({ seal }) => seal?.expires ?? today).toSorted()[0] ?? today;
    return outcome(
      'kept',
      seals.length,
      `Loopt tot en met ${dayWords(until).nl}.`,
      `Runs until ${dayWords(until).en}.`,
    );
  },
};

/** P24: every measure names its numbers of the standard, and something shows it today. */
export const controlMapping: Check = {
  id: 'control-mapping',
  kind: 'derived',
  title: { nl: 'Elke maatregel heeft een nummer en een bewijs', en: 'Every measure has a number and evidence' },
  run: ({ policy, shown }) => {
    const named = (list: Policy['measures'], language: Language): string =>
      few([...new Set(list.map((one) => kindsOfMeasure[one.kind][language]))]);
    const unmapped = policy.measures.filter((one) => one.controls.length === 0);
    const unshown = policy.measures
      .filter((one) => one.kind !== 'standard')
      .filter((one) => one.shownBy.length === 0 || one.shownBy.some((by) => shown(by.control) !== true));
    if (unmapped.length + unshown.length === 0)
      return outcome(
        'kept',
        policy.measures.length,
        `${policy.measures.length} maatregelen, elk met een nummer van de norm en een bewijs dat nu geldt.`,
        `${policy.measures.length} measures, each with a number of the standard and evidence that counts today.`,
      );
    return outcome(
      'not-proven',
      unmapped.length + unshown.length,
      [
        ...(unmapped.length > 0 ? [`Zonder nummer van de norm: ${named(unmapped, 'nl')}.`] : []),
        ...(unshown.length > 0 ? [`Zonder bewijs dat nu geldt: ${named(unshown, 'nl')}.`] : []),
      ].join(' '),
      [
        ...(unmapped.length > 0 ? [`Without a number of the standard: ${named(unmapped, 'en')}.`] : []),
        ...(unshown.length > 0 ? [`Without evidence that counts today: ${named(unshown, 'en')}.`] : []),
      ].join(' '),
    );
  },
};
