/** A person's word: what is declared, on which day it was seen and until when it counts; and the word that stands now. */
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { area, button, facts, field, form, heading, section } from '../ui/controls.ts';

export interface DeclareView {
  readonly control: string;
  /** What is declared, as a sentence. */
  readonly text: string;
  readonly today: string;
  /** The last day that a word of today can count. */
  readonly latest: string;
  readonly back: string;
  readonly before: {
    readonly id: string;
    readonly words: string;
    readonly by: string;
    readonly on: string;
    readonly until: string;
    readonly standing: string;
    readonly attachment: { readonly name: string; readonly sha256: string; readonly bytes: number } | null;
  } | null;
}

const words = {
  lead: {
    nl: 'Verklaar dit alleen als u het zelf hebt gezien. Uw naam en rol staan erbij, en na de laatste dag telt het niet meer.',
    en: 'Declare this only when you have seen it yourself. Your name and role go with it, and after the last day it counts no more.',
  },
  now: { nl: 'Wat er nu staat', en: 'What stands now' },
  declared: { nl: 'Verklaard', en: 'Declared' },
  state: { nl: 'Staat', en: 'State' },
  by: { nl: 'Door', en: 'By' },
  on: { nl: 'De dag waarop u het zag', en: 'The day on which you saw it' },
  seen: { nl: 'Gezien op', en: 'Seen on' },
  until: { nl: 'De laatste dag waarop het telt', en: 'The last day on which it counts' },
  atMost: { nl: 'Gezien op vandaag: op zijn laatst', en: 'Seen today: at the latest' },
  attachment: { nl: 'Bijlage', en: 'Attachment' },
  optional: { nl: 'niet verplicht', en: 'optional' },
  attachmentNote: {
    nl: 'Een rapport of lijst, hoogstens 10 MB. Er blijft een kopie op deze server; het logboek krijgt alleen de hash.',
    en: 'A report or a list, at most 10 MB. A copy stays on this server; the log gets the hash only.',
  },
  tooLarge: { nl: 'Een bijlage is hoogstens 10 MB.', en: 'An attachment is at most 10 MB.' },
  saw: { nl: 'Wat u zag, in eigen woorden', en: 'What you saw, in your own words' },
  new: { nl: 'Verklaren', en: 'Declare' },
  again: { nl: 'Opnieuw verklaren', en: 'Declare again' },
  sign: { nl: 'Verklaar', en: 'Declare' },
  replaces: { nl: 'Deze verklaring vervangt die van nu.', en: 'This declaration takes the place of the present one.' },
  withdraw: { nl: 'Trek de verklaring in', en: 'Withdraw the declaration' },
  reason: { nl: 'Waarom u haar intrekt', en: 'Why you withdraw it' },
  nothingShows: { nl: 'Daarna toont niets dit meer.', en: 'After that nothing shows this any more.' },
  back: { nl: 'Terug', en: 'Back' },
} as const;

export function declarePage(view: DeclareView, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const { before, control } = view;
  return html`${heading(view.text, w('lead'))}
    ${
      before === null
        ? nothing
        : section(
            'now',
            w('now'),
            facts([
              [w('declared'), before.words],
              [w('state'), before.standing],
              [w('by'), before.by],
              [w('seen'), say.day(before.on)],
              [w('until'), say.day(before.until)],
              ...(before.attachment === null
                ? []
                : ([
                    [
                      w('attachment'),
                      html`${before.attachment.name} (${say.bytes(before.attachment.bytes)})<br /><code
                          >SHA-256 ${before.attachment.sha256}</code
                        >`,
                    ],
                  ] as const)),
            ]),
          )
    }
    ${section(
      'declare',
      w(before === null ? 'new' : 'again'),
      form(
        `/declare/${control}`,
        html`${area({ name: 'text', label: w('saw') })}
        ${field({ name: 'on', label: w('on'), type: 'date', value: view.today })}
        ${field({
          name: 'until',
          label: w('until'),
          type: 'date',
          value: view.latest,
          hint: `${w('atMost')} ${say.day(view.latest)}`,
        })}
        ${field({
          name: 'attachment',
          label: `${w('attachment')} (${w('optional')})`,
          type: 'file',
          required: false,
          hint: w('attachmentNote'),
          most: { bytes: 10_000_000, text: w('tooLarge') },
        })}`,
        { text: w('sign'), files: true, ...(before === null ? {} : { consequence: w('replaces') }) },
      ),
    )}
    ${
      before === null
        ? nothing
        : section(
            'withdraw',
            w('withdraw'),
            form(
              `/declare/${control}/withdraw`,
              html`<input
                  type="hidden"
                  name="declaration"
                  value="${before.id}"
                />${field({ name: 'reason', label: w('reason') })}`,
              { text: w('withdraw'), kind: 'danger', consequence: w('nothingShows') },
            ),
          )
    }
    <p>${button(view.back, w('back'), 'quiet')}</p>`;
}
