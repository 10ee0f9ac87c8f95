/** What one activity of the register lacks. */
import type { Text } from '../../../base/language.ts';
import { circular, generic } from '../../../policy/lint/words.ts';
import type { Activity, DataUsed, RecipientOf, Register, Transfer } from './model.ts';

/** missing: the law asks for it and it is not there · weak: it is there, and does not say enough. */
export type Lack = 'missing' | 'weak';

export interface Gap {
  /** Null: of the register as a whole. */
  readonly activity: string | null;
  readonly lack: Lack;
  /** Article of the GDPR. */
  readonly article: string;
  /** Where in the policy to write it: "purposes.billing.basis". */
  readonly path: string;
  readonly text: Text;
}

export type Say = (lack: Lack, article: string, path: string, nl: string, en: string) => Gap;

export const sayer =
  (activity: string | null): Say =>
  (lack, article, path, nl, en) => ({ activity, lack, article, path, text: { nl, en } });

/** One gap when something is not so. */
export const unless = (holds: boolean, gap: () => Gap): Gap[] => (holds ? [] : [gap()]);

export function ofActivity(one: Activity, register: Register): Gap[] {
  const say = sayer(one.id);
  const shared = [
    ...unless(!one.openEnded, () =>
      say(
        'weak',
        one.role === 'controller' ? '30(1)(b)' : '30(2)(b)',
        `${one.from}.openEnded`,
        'Het doel is geen volledige opsomming.',
        'The purpose is not a complete list.',
      ),
    ),
    ...one.data.flatMap((data) => dataGaps(data, say, one.role)),
    ...one.recipients.flatMap((recipient) => recipientGaps(recipient, say)),
    ...one.transfers.flatMap((transfer) => transferGaps(transfer, say, one.role)),
    ...unless(one.owner !== null, () =>
      say('weak', '5(2)', `${one.from}.owner`, 'Wie ervoor instaat.', 'Who answers for it.'),
    ),
    ...unless(one.status === 'reviewed', () =>
      say(
        'weak',
        '5(2)',
        `${one.from}.reviewed`,
        one.reviewed === null
          ? 'Wanneer het bekeken is.'
          : 'Opnieuw bekijken: de beoordeling is ouder dan afgesproken.',
        one.reviewed === null ? 'When it was reviewed.' : 'Review again: the assessment is older than was agreed.',
      ),
    ),
  ];
  return one.role === 'controller'
    ? [...whyGaps(one, say), ...shared]
    : [
        ...unless(
          register.clients.some(({ id }) => id === one.client),
          () =>
            say(
              'missing',
              '30(2)(a)',
              `${one.from}.client`,
              'Voor welke klant dit gedaan wordt.',
              'For which client this is done.',
            ),
        ),
        ...shared,
      ];
}

/** Basis, interest, statute, and what the person is told: only a controller decides on them. */
function whyGaps(one: Activity, say: Say): Gap[] {
  const has = (basis: Activity['bases'][number]['basis']): boolean => one.bases.some((found) => found.basis === basis);
  return [
    ...unless(one.bases.length > 0, () =>
      say('missing', '6(1)', `${one.from}.basis`, 'De grondslag.', 'The legal basis.'),
    ),
    ...unless(!has('legitimate-interests') || one.interest !== null, () =>
      say('missing', '6(1)(f)', `${one.from}.interest`, 'Welk belang het is.', 'Which interest it is.'),
    ),
    ...unless(!has('legitimate-interests') || one.interest === null || one.interest.assessment !== null, () =>
      say(
        'missing',
        '6(1)(f)',
        `${one.from}.interest.assessment`,
        'De afweging van het belang.',
        'The assessment of the interest.',
      ),
    ),
    ...unless(!has('legal-obligation') || one.statutes.some((found) => found.inForce), () =>
      say('missing', '6(1)(c)', `${one.from}.statute`, 'De wet die het verplicht.', 'The statute that demands it.'),
    ),
    ...unless(one.provision !== null && (one.provision.required === 'no' || one.provision.consequence !== null), () =>
      say(
        'weak',
        '13(2)(e)',
        `${one.from}.provision`,
        'Of men het moet geven, en wat er anders gebeurt.',
        'Whether it must be given, and what happens otherwise.',
      ),
    ),
    ...unless(one.furtherUse === null || one.furtherUse.compatibility !== null, () =>
      say(
        'weak',
        '6(4)',
        `${one.from}.furtherUse.compatibility`,
        'De toets of dit tweede gebruik past.',
        'The test that this second use fits.',
      ),
    ),
    ...unless(one.dpia?.needed !== true || one.dpia.assessment !== null, () =>
      say(
        'missing',
        '35',
        `${one.from}.dpia.assessment`,
        'De effectbeoordeling die nodig is.',
        'The impact assessment that is needed.',
      ),
    ),
  ];
}

function dataGaps(one: DataUsed, say: Say, role: Activity['role']): Gap[] {
  const categories = role === 'controller' ? '30(1)(c)' : '30(2)(b)';
  const common = [
    ...unless(!one.openEnded, () =>
      say(
        'weak',
        categories,
        `${one.from}.openEnded`,
        `"${one.id}" is geen volledige opsomming.`,
        `"${one.id}" is not a complete list.`,
      ),
    ),
    ...unless(one.subjects.length > 0, () =>
      say(
        'weak',
        categories,
        `${one.from}.subjects`,
        `Van wie "${one.id}" is: niemand van dit doel.`,
        `Whose "${one.id}" is: nobody of this purpose.`,
      ),
    ),
  ];
  // How long a client's data is kept is the client's to say; what happens at the end stands in the agreement (Art. 28(3)(g)).
  return role === 'processor' ? common : [...common, ...termGaps(one, say), ...permitGaps(one, say)];
}

function termGaps(one: DataUsed, say: Say): Gap[] {
  return [
    ...unless(one.storage.length > 0, () =>
      say('missing', '30(1)(f)', one.from, `Hoe lang "${one.id}" bewaard wordt.`, `How long "${one.id}" is kept.`),
    ),
    ...one.storage.flatMap((storage) => {
      const said = [storage.text, ...(storage.criterion ? [storage.criterion] : [])];
      if (said.some((text) => circular.nl.test(text.nl) || circular.en.test(text.en)))
        return [
          say(
            'weak',
            '30(1)(f)',
            storage.from,
            `De termijn van "${one.id}" draait in een kring: noem een tijd of een gebeurtenis.`,
            `The term of "${one.id}" goes round in a circle: name a time or an event.`,
          ),
        ];
      if (storage.keep === null)
        return unless(storage.criterion !== null, () =>
          say(
            'missing',
            '30(1)(f)',
            `${storage.from}.keep`,
            `Een tijd of een criterium voor "${one.id}".`,
            `A time or a criterion for "${one.id}".`,
          ),
        );
      return unless(storage.event !== null, () =>
        say(
          'weak',
          '30(1)(f)',
          `${storage.from}.from`,
          `Vanaf wanneer de termijn van "${one.id}" loopt.`,
          `From when the term of "${one.id}" runs.`,
        ),
      );
    }),
  ];
}

/** Special, criminal and prescribed data need more than a basis. */
function permitGaps(one: DataUsed, say: Say): Gap[] {
  if (one.kind === 'special')
    return unless(typeof one.condition?.gdpr === 'string' && one.condition.national !== null, () =>
      say(
        'missing',
        '9(2)',
        `${one.from}.condition`,
        `De uitzondering voor "${one.id}".`,
        `The exception for "${one.id}".`,
      ),
    );
  if (one.kind === 'criminal')
    return unless(typeof one.condition?.national === 'string', () =>
      say('missing', '10', `${one.from}.condition`, `De grond voor "${one.id}".`, `The ground for "${one.id}".`),
    );
  if (one.kind === 'national-number' || (one.kind === 'id-copy' && one.masked !== true))
    return unless(one.statute?.inForce === true, () =>
      say(
        'missing',
        '87',
        `${one.from}.statute`,
        `De wet die "${one.id}" voorschrijft.`,
        `The statute that prescribes "${one.id}".`,
      ),
    );
  return [];
}

function recipientGaps(one: RecipientOf, say: Say): Gap[] {
  const processor = one.role === 'processor' || one.role === 'sub-processor';
  return [
    ...unless(!generic.nl.test(one.text.nl) && !generic.en.test(one.text.en), () =>
      say('weak', '30(1)(d)', `${one.from}.text`, `"${one.text.nl}" noemt niemand.`, `"${one.text.en}" names nobody.`),
    ),
    ...unless(one.data.length > 0, () =>
      say(
        'weak',
        '30(1)(d)',
        `${one.from}.data`,
        `Wat "${one.id}" van dit doel krijgt: niets.`,
        `What "${one.id}" gets of this purpose: nothing.`,
      ),
    ),
    ...unless(!processor || one.agreement?.state === 'in-force', () =>
      say(
        'missing',
        '28(3)',
        `${one.from}.agreement`,
        `Een overeenkomst met "${one.id}" die getekend is en loopt.`,
        `An agreement with "${one.id}" that is signed and runs.`,
      ),
    ),
  ];
}

function transferGaps(one: Transfer, say: Say, role: Activity['role']): Gap[] {
  const article = role === 'controller' ? '30(1)(e)' : '30(2)(c)';
  if (one.mechanism === null)
    return [
      say(
        'missing',
        article,
        `${one.from}.mechanism`,
        `Het middel van doorgifte aan "${one.recipient}".`,
        `The mechanism of the transfer to "${one.recipient}".`,
      ),
    ];
  if (one.inadequate)
    return [
      say(
        'missing',
        '45',
        one.from,
        `"${one.recipient}": ${one.inadequate.nl}.`,
        `"${one.recipient}": ${one.inadequate.en}.`,
      ),
    ];
  // Art. 30(1)(e) itself asks for the safeguards of a transfer under the second subparagraph of Art. 49(1).
  if (one.mechanism === '49(1)-2')
    return unless(one.assessment !== null, () =>
      say(
        'missing',
        article,
        `${one.from}.assessment`,
        `De waarborgen bij "${one.recipient}".`,
        `The safeguards for "${one.recipient}".`,
      ),
    );
  return unless(!/^4[67]/.test(one.mechanism) || one.assessment !== null, () =>
    say(
      'weak',
      '46',
      `${one.from}.assessment`,
      `De beoordeling van de doorgifte aan "${one.recipient}".`,
      `The assessment of the transfer to "${one.recipient}".`,
    ),
  );
}
