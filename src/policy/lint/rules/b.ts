/** B: why data is used, and what permits it. */
import { nearest } from '../../../base/yaml.ts';
import { articleText } from '../../phrases.ts';
import { category, hit, kindsOf, lawInForce, ownData, ownPurposes, said, unless, unlessStands } from '../facts.ts';
import type { Policy } from '../../schema.ts';
import type { Hit, LintContext, Rule } from '../model.ts';
import { openEnded } from '../words.ts';

/** Whether the statute of a legal obligation can carry it. */
function statuteHits(context: LintContext, i: number, id: string, j: number): Hit[] {
  const source = lawInForce(context, id);
  if (source && (source.kind === 'duty' || source.kind === 'minimum')) return [];
  const path = ['purposes', i, 'statute', j];
  if (source)
    return [
      hit(
        path,
        `"${id}" (${articleText(source.article).nl}) legt geen plicht op: noem de wet die dit voorschrijft.`,
        `"${id}" (${source.article}) lays down no duty: name the statute that demands this.`,
      ),
    ];
  if (context.book.law.has(id))
    return [
      hit(
        path,
        `"${id}" geldt niet op ${context.at}: noem een wet die dan geldt.`,
        `"${id}" is not in force on ${context.at}: name a statute that is.`,
      ),
    ];
  const near = nearest(id, [...context.book.law.keys()]);
  return [
    hit(
      path,
      `"${id}" staat niet in law/: ${near === undefined ? 'noem een bron die er wel staat' : `bedoelt u "${near}"?`}`,
      `"${id}" is not in law/: ${near === undefined ? 'name a source that is' : `did you mean "${near}"?`}`,
    ),
  ];
}

/** People who are what they are without a contract with us. Staff of a customer stand under "customer", and are not told apart. */
const noParty: ReadonlySet<Policy['subjects'][number]['kind']> = new Set([
  'caller',
  'filmed',
  'website-visitor',
  'end-user',
]);

/** Whose data a purpose uses on nothing but a contract that they did not make (Art. 6(1)(b): "to which the data subject is party"). */
function outsiders(policy: Policy, purpose: Policy['purposes'][number]): string[] {
  if (!purpose.basis.includes('contract') || purpose.basis.length > 1) return [];
  return policy.subjects
    .filter((one) => purpose.subjects.includes(one.id) && noParty.has(one.kind))
    .map((one) => one.id);
}

export const b: readonly Rule[] = [
  {
    id: 'GST-B01',
    article: 'GDPR art. 13(1)(c)',
    severity: 'E',
    sources: ['gdpr-6', 'gdpr-13'],
    title: { nl: 'Elk doel heeft een grondslag', en: 'Every purpose has a legal basis' },
    why: {
      nl: 'Zonder een van de zes grondslagen van artikel 6 mag het niet, en iemand moet lezen welke het is. Een contract draagt alleen wat u doet met gegevens van wie het sloot.',
      en: 'Without one of the six bases of Article 6 it is not allowed, and a person must read which one it is. A contract carries only what you do with data of those who made it.',
    },
    write: {
      nl: 'Zet bij elk eigen doel "basis": consent, contract, legal-obligation, vital-interests, public-task of legitimate-interests. Voor wie geen contract met u heeft, zoals een beller, is dat meestal legitimate-interests, met "interest" erbij.',
      en: 'Give each purpose of your own a "basis": consent, contract, legal-obligation, vital-interests, public-task or legitimate-interests. For those who have no contract with you, such as a caller, that is mostly legitimate-interests, with "interest".',
    },
    check: ({ policy }) =>
      ownPurposes(policy).flatMap(({ one, i }) => [
        ...unless(
          one.basis.length > 0,
          ['purposes', i, 'basis'],
          `Doel "${one.id}" heeft geen grondslag: zet in "basis" waarom het mag, zoals contract of consent.`,
          `Purpose "${one.id}" has no legal basis: say in "basis" why it is allowed, such as contract or consent.`,
        ),
        ...outsiders(policy, one).map((who) =>
          hit(
            ['purposes', i, 'basis'],
            `Doel "${one.id}" rust alleen op een contract, maar "${who}" sloot dat niet (artikel 6(1)(b)): voeg een grondslag toe die ook voor hen geldt, zoals "legitimate-interests".`,
            `Purpose "${one.id}" rests on a contract only, but "${who}" did not make it (Article 6(1)(b)): add a basis that holds for them too, such as "legitimate-interests".`,
          ),
        ),
      ]),
  },
  {
    id: 'GST-B02',
    article: 'GDPR art. 5(1)(b)',
    severity: 'W',
    sources: ['gdpr-5'],
    title: { nl: 'Doelen en gegevens zijn volledig opgesomd', en: 'Purposes and data are listed in full' },
    why: {
      nl: 'Doelen zijn welbepaald: wie "bijvoorbeeld" leest, weet niet wat er nog meer gebeurt.',
      en: 'Purposes are specified: whoever reads "for example" does not know what else happens.',
    },
    write: {
      nl: 'Schrap "bijvoorbeeld", "zoals" en "enzovoort" en haal "openEnded" weg: noem alles, of schrap wat er niet is.',
      en: 'Drop "for example", "such as" and "etc." and take "openEnded" away: name all of it, or drop what is not there.',
    },
    check: ({ policy }) =>
      (['purposes', 'data'] as const).flatMap((section) =>
        policy[section].flatMap((one, i) => {
          const word = said(one.text, openEnded);
          if (word === undefined && !one.openEnded) return [];
          return [
            hit(
              [section, i, word === undefined ? 'openEnded' : 'text'],
              `"${one.id}" is geen volledige opsomming${word ? ` ("${word.nl}")` : ''}: noem elk onderdeel.`,
              `"${one.id}" is not a complete list${word ? ` ("${word.en}")` : ''}: name each part.`,
            ),
          ];
        }),
      ),
  },
  {
    id: 'GST-B03',
    article: 'GDPR art. 13(1)(d)',
    severity: 'E',
    sources: ['gdpr-6', 'gdpr-13'],
    title: {
      nl: 'Het gerechtvaardigd belang is genoemd en gewogen',
      en: 'The legitimate interest is named and weighed',
    },
    why: {
      nl: 'Een eigen belang telt pas als het is afgewogen tegen dat van de betrokkene, en die moet het kunnen bestrijden.',
      en: "An own interest counts only when weighed against the person's, who must be able to contest it.",
    },
    write: {
      nl: 'Zeg in "interest.text" welk belang het is en verwijs in "interest.assessment" naar de afweging met haar datum.',
      en: 'Say in "interest.text" which interest it is, and link the balancing test with its date in "interest.assessment".',
    },
    check: (context) =>
      ownPurposes(context.policy)
        .filter(({ one }) => one.basis.includes('legitimate-interests'))
        .flatMap(({ one, i }) => {
          if (!one.interest)
            return [
              hit(
                ['purposes', i, 'interest'],
                `Doel "${one.id}" rust op uw eigen belang en zegt niet welk: voeg "interest" toe met "text" (het belang) en "assessment" (de afweging).`,
                `Purpose "${one.id}" rests on your own interest and does not say which: add "interest" with "text" (the interest) and "assessment" (how it was weighed).`,
              ),
            ];
          return unlessStands(
            context,
            one.interest.assessment,
            ['purposes', i, 'interest', 'assessment'],
            { nl: `De afweging bij doel "${one.id}"`, en: `The assessment of purpose "${one.id}"` },
            {
              nl: `Bij doel "${one.id}" is uw belang niet afgewogen. Schrijf de afweging in een bestand, en zet onder "interest": assessment: { document: documents/….md, date: ${context.at} }.`,
              en: `For purpose "${one.id}" your interest was not weighed. Write the assessment in a file, and under "interest": assessment: { document: documents/….md, date: ${context.at} }.`,
            },
          );
        }),
  },
  {
    id: 'GST-B04',
    article: 'GDPR art. 6(1)(c)',
    severity: 'E',
    sources: ['gdpr-6'],
    title: { nl: 'De wettelijke plicht is genoemd', en: 'The legal obligation is named' },
    why: {
      nl: '"De wet" is geen grondslag: het gaat om een bepaalde wet die dit van u vraagt.',
      en: '"The law" is no basis: it takes one statute that demands this of you.',
    },
    write: {
      nl: 'Noem bij "statute" de wet met haar id uit law/.',
      en: 'Name the statute in "statute" by its id in law/.',
    },
    check: (context) =>
      ownPurposes(context.policy)
        .filter(({ one }) => one.basis.includes('legal-obligation'))
        .flatMap(({ one, i }) =>
          one.statute.length === 0
            ? [
                hit(
                  ['purposes', i, 'statute'],
                  `Doel "${one.id}" rust op een wettelijke plicht en noemt de wet niet. Zet erbij welke, zoals statute: [nl-awr-52]; de namen staan in law/.`,
                  `Purpose "${one.id}" rests on a legal obligation and names no statute. Write which, such as statute: [nl-awr-52]; the names are in law/.`,
                ),
              ]
            : one.statute.flatMap((id, j) => statuteHits(context, i, id, j)),
        ),
  },
  {
    id: 'GST-B05',
    article: 'GDPR art. 9; UAVG art. 22-30',
    severity: 'E',
    sources: ['gdpr-9', 'nl-uavg-22-30'],
    title: { nl: 'Bijzondere gegevens hebben een uitzondering', en: 'Special data has an exception' },
    why: {
      nl: 'Gezondheid, geloof en andere bijzondere gegevens zijn verboden, tenzij beide wetten het toestaan.',
      en: 'Health, religion and other special data is forbidden unless both laws permit it.',
    },
    write: {
      nl: 'Noem in "condition" de uitzondering van artikel 9(2) ("gdpr") en het artikel van de UAVG ("national").',
      en: 'Name in "condition" the condition of Article 9(2) ("gdpr") and the article of the national law ("national").',
    },
    check: ({ policy }) =>
      ownData(policy).flatMap(({ one, i }) =>
        unless(
          one.kind !== 'special' || (one.condition?.gdpr !== undefined && one.condition.national !== undefined),
          ['data', i, 'condition'],
          `"${one.id}" zijn bijzondere gegevens: voeg "condition" toe met "gdpr" (zoals 9(2)(b)) en "national" (zoals UAVG art. 30(1)).`,
          `"${one.id}" is special data: add "condition" with "gdpr" (such as 9(2)(b)) and "national" (such as UAVG art. 30(1)).`,
        ),
      ),
  },
  {
    id: 'GST-B06',
    article: 'GDPR art. 10; UAVG art. 31-33',
    severity: 'E',
    sources: ['gdpr-10', 'nl-uavg-31-33'],
    title: { nl: 'Strafrechtelijke gegevens hebben een grond', en: 'Criminal data has a ground' },
    why: {
      nl: 'Strafrechtelijke gegevens mogen alleen als de nationale wet het toestaat.',
      en: 'Criminal data is allowed only where national law permits it.',
    },
    write: {
      nl: 'Noem in "condition.national" het artikel van de UAVG dat het toestaat.',
      en: 'Name the article of the national law that permits it in "condition.national".',
    },
    check: ({ policy }) =>
      ownData(policy).flatMap(({ one, i }) =>
        unless(
          one.kind !== 'criminal' || one.condition?.national !== undefined,
          ['data', i, 'condition'],
          `"${one.id}" zijn strafrechtelijke gegevens: voeg "condition.national" toe met het artikel van de UAVG.`,
          `"${one.id}" is criminal data: add "condition.national" with the article of the UAVG.`,
        ),
      ),
  },
  {
    id: 'GST-B09',
    article: 'GDPR art. 6',
    severity: 'W',
    sources: ['gdpr-6'],
    title: { nl: 'Niet tegelijk toestemming en contract', en: 'Not both consent and contract' },
    why: {
      nl: 'Wie zijn toestemming intrekt, moet merken dat het stopt; met een contract ernaast gaat het door.',
      en: 'Whoever takes consent back must see it stop; with a contract beside it, it goes on.',
    },
    write: { nl: 'Kies één van beide, of splits het doel.', en: 'Choose one of the two, or split the purpose.' },
    check: ({ policy }) =>
      ownPurposes(policy).flatMap(({ one, i }) =>
        unless(
          !(one.basis.includes('consent') && one.basis.includes('contract')),
          ['purposes', i, 'basis'],
          `Doel "${one.id}" rust op toestemming én op een contract: kies één, of splits het doel.`,
          `Purpose "${one.id}" rests on consent and on a contract: choose one, or split the purpose.`,
        ),
      ),
  },
  {
    id: 'GST-B10',
    article: 'GDPR art. 7(4); EDPB 5/2020',
    severity: 'W',
    sources: ['gdpr-7', 'edpb-5-2020'],
    title: {
      nl: 'Gegevens van medewerkers rusten niet op toestemming',
      en: "Employees' data does not rest on consent",
    },
    why: {
      nl: 'Een werknemer kan moeilijk nee zeggen, dus is de toestemming zelden vrij.',
      en: 'An employee can hardly say no, so the consent is seldom free.',
    },
    write: {
      nl: 'Kies een andere grondslag: het contract, een wettelijke plicht of een gerechtvaardigd belang.',
      en: 'Choose another basis: the contract, a legal obligation or a legitimate interest.',
    },
    check: ({ policy }) =>
      ownPurposes(policy).flatMap(({ one, i }) => {
        const ofEmployees =
          kindsOf(policy, one.subjects).includes('employee') ||
          one.data.some((id) => kindsOf(policy, category(policy, id)?.subjects ?? []).join() === 'employee');
        return unless(
          !one.basis.includes('consent') || !ofEmployees,
          ['purposes', i, 'basis'],
          `Doel "${one.id}" vraagt toestemming van medewerkers, die moeilijk nee kunnen zeggen: kies een andere grondslag.`,
          `Purpose "${one.id}" asks consent of employees, who can hardly say no: choose another basis.`,
        );
      }),
  },
];
