/** A draft agreement between the organisation, as processor, and one of its clients. */
import type { Language, Text } from '../../base/language.ts';
import type { Agreement, Policy } from '../../policy/index.ts';
import { dayText } from '../../policy/phrases.ts';
import type { Block, Document, Sentence } from '../publication/document/model.ts';
import { articles, type Part } from './articles/index.ts';
import { agreementFacts, type AgreementFacts } from './facts.ts';

export interface AgreementDraft {
  readonly document: Document;
  /** Where the draft has each clause, as the policy writes it once the agreement is signed. */
  readonly clauses: Agreement['clauses'];
}

export function draftAgreement(policy: Policy, client: string, day: string, language: Language): AgreementDraft {
  const facts = agreementFacts(policy, client);
  const t = (text: Text): string => text[language];
  const title = t({ nl: 'Verwerkersovereenkomst', en: 'Data processing agreement' });
  return {
    document: {
      language,
      title,
      subtitle: `${facts.client.name} – ${facts.organisation.name} · ${t({ nl: 'concept van', en: 'draft of' })} ${dayText(day, language)} · ${t({ nl: 'artikel 28 AVG', en: 'Article 28 GDPR' })}`,
      author: facts.organisation.name,
      date: day,
      blocks: [
        choices(language),
        ...parties(facts, language),
        ...articles.flatMap((article, i) => [
          heading(`article-${i + 1}`, `${i + 1}. ${t(article.title)}`),
          ...article
            .body(facts)
            .map((part): Block =>
              'say' in part
                ? { kind: 'paragraph', sentences: part.say.map((one) => sentence(one, language)) }
                : { kind: 'list', items: part.list.map((one) => [sentence(one, language)]) },
            ),
        ]),
        ...signatures(facts, language),
      ],
    },
    clauses: articles.flatMap((article, i) => {
      if (article.clause === null) return [];
      const [first] = article.body(facts).flatMap((part) => ('say' in part ? part.say : part.list));
      return [{ clause: article.clause, at: `art. ${i + 1}`, ...(first ? { quote: t(first.text) } : {}) }];
    }),
  };
}

const heading = (id: string, text: string): Block => ({ kind: 'heading', level: 2, id, text });

function sentence({ text, from, strong }: Part, language: Language): Sentence {
  return { text: text[language], from, ...(strong === undefined ? {} : { strong }) };
}

function choices(language: Language): Block {
  const text = {
    nl: 'Dit is een concept, gemaakt uit het beleid van de verwerker. Waar [Keuze: …] staat, vullen partijen zelf in wat zij afspreken. Laat het door een jurist lezen voordat u tekent.',
    en: 'This is a draft, made from the policy of the processor. Where it says [Choice: …], the parties fill in what they agree. Have a lawyer read it before you sign.',
  }[language];
  return {
    kind: 'apart',
    id: 'draft',
    title: { nl: 'Concept', en: 'Draft' }[language],
    blocks: [{ kind: 'paragraph', sentences: [{ text, from: 'frame' }] }],
  };
}

function parties({ organisation, client, dpo }: AgreementFacts, language: Language): Block[] {
  const t = (text: Text): string => text[language];
  const at = (from: string, ...parts: readonly (string | undefined)[]): Sentence[] => [
    { text: parts.filter((part) => part !== undefined).join(', ') || '–', from },
  ];
  const officer = dpo && [dpo.name, dpo.email, dpo.phone].filter((part) => part !== undefined).join(', ');
  return [
    heading('parties', t({ nl: 'Partijen', en: 'Parties' })),
    {
      kind: 'table',
      caption: t({ nl: 'Partijen bij deze overeenkomst', en: 'Parties to this agreement' }),
      head: [
        { nl: 'Rol', en: 'Role' },
        { nl: 'Naam', en: 'Name' },
        { nl: 'Adres en bereikbaarheid', en: 'Address and contact' },
        { nl: 'Functionaris gegevensbescherming', en: 'Data protection officer' },
      ].map(t),
      rows: [
        [
          at('frame', t({ nl: 'Opdrachtgever', en: 'The Client' })),
          at(`clients.${client.id}.name`, client.name),
          at(`clients.${client.id}`, client.post, client.email),
          at(`clients.${client.id}`, client.dpo),
        ],
        [
          at('frame', t({ nl: 'Verwerker', en: 'The Processor' })),
          at('organisation.name', organisation.name),
          at('organisation', organisation.post, organisation.email, organisation.phone),
          at('dpo', officer === '' ? undefined : officer),
        ],
      ],
    },
  ];
}

function signatures({ organisation, client }: AgreementFacts, language: Language): Block[] {
  const t = (text: Text): string => text[language];
  const line: Sentence[] = [{ text: '……………………', from: 'frame' }];
  const rows: readonly Text[] = [
    { nl: 'Naam', en: 'Name' },
    { nl: 'Functie', en: 'Position' },
    { nl: 'Plaats en datum', en: 'Place and date' },
    { nl: 'Handtekening', en: 'Signature' },
  ];
  return [
    heading('signatures', t({ nl: 'Ondertekening', en: 'Signatures' })),
    {
      kind: 'table',
      caption: t({ nl: 'Ondertekening door beide partijen', en: 'Signatures of both parties' }),
      head: [t({ nl: 'Voor', en: 'For' }), client.name, organisation.name],
      rows: rows.map((row) => [[{ text: t(row), from: 'frame' }], line, line]),
    },
  ];
}
