import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import JSZip from 'jszip';
import { openPolicyFolder } from '../../app/folder.ts';
import type { Policy } from '../../policy/index.ts';
import { clauses, type Clause } from '../../policy/sections/recipients.ts';
import { render } from '../publication/document/formats/index.ts';
import { sentences, type Block } from '../publication/document/model.ts';
import { Refusal } from '../world.ts';
import { agreementCounts } from './checks.ts';
import { draftAgreement } from './draft.ts';
import { checkAgreements } from './model.ts';

const day = '2026-11-24';
const open = (name: string): Policy => openPolicyFolder(`policies/${name}`).parsed.value ?? assert.fail(name);
const reference = open('it-provider');
const changed = (change: (policy: Policy) => void): Policy => {
  const policy = structuredClone(reference);
  change(policy);
  return policy;
};
const payroll = (policy: Policy) =>
  policy.recipients.find(({ id }) => id === 'payroll')?.agreement ?? assert.fail('payroll');

describe('the agreements of Art. 28', () => {
  it('of the reference policy are signed, run, and have every clause', () => {
    assert.deepEqual(
      checkAgreements(reference, day).map((one) => [one.with, one.id, one.state, one.missing.length, one.breachHours]),
      [
        ['processor', 'payroll', 'in-force', 0, 24],
        ['sub-processor', 'colocation', 'in-force', 0, 24],
        ['client', 'bakery', 'in-force', 0, 24],
      ],
    );
    const { suppliers, clients } = agreementCounts(reference, day);
    assert.deepEqual([suppliers.needed, suppliers.inForce, suppliers.missingClauses], [2, 2, 0]);
    assert.deepEqual([clients.needed, clients.inForce, clients.missingClauses], [1, 1, 0]);
  });

  it('of 2019 lack all fifteen clauses, and a signature does not stand for them', () => {
    const { suppliers, clients } = agreementCounts(open('it-provider-2019'), day);
    assert.deepEqual(suppliers, {
      needed: 1,
      inForce: 1,
      without: 0,
      notSigned: 0,
      expired: 0,
      missingClauses: 15,
      withoutBreachHours: 1,
    });
    assert.equal(clients.needed, 0);
  });

  it('count from the day of signature up to and including the last day', () => {
    const state = (change: (policy: Policy) => void): string | undefined =>
      checkAgreements(changed(change), day).find(({ id }) => id === 'payroll')?.state;
    assert.equal(
      state((policy) => void (payroll(policy).until = day)),
      'in-force',
    );
    assert.equal(
      state((policy) => void (payroll(policy).until = '2026-11-23')),
      'expired',
    );
    assert.equal(
      state((policy) => void (payroll(policy).signed = '2026-11-25')),
      'not-signed',
    );
    assert.equal(
      state((policy) => void delete payroll(policy).signed),
      'not-signed',
    );
    const without = changed((policy) => {
      delete policy.recipients.find(({ id }) => id === 'payroll')?.agreement;
    });
    assert.equal(agreementCounts(without, day).suppliers.without, 1);
    assert.equal(agreementCounts(without, day).suppliers.inForce, 1);
  });

  it('name each clause that is not there, with where the others stand and who looked', () => {
    const policy = changed((one) => {
      const agreement = payroll(one);
      agreement.clauses = agreement.clauses.filter(({ clause }) => clause !== 'audits');
      const [first] = agreement.clauses;
      assert.ok(first);
      first.quote = 'The processor keeps …';
      first.reviewer = 'privacy officer';
    });
    const found = checkAgreements(policy, day).find(({ id }) => id === 'payroll');
    assert.deepEqual(found?.missing, ['audits']);
    assert.deepEqual(found.clauses[0], {
      clause: 'subject-matter',
      article: '28(3)',
      present: true,
      at: 'art. 1',
      quote: 'The processor keeps …',
      reviewer: 'privacy officer',
    });
  });

  it('tell the board counts and nobody’s name', () => {
    const told = JSON.stringify(agreementCounts(reference, day));
    assert.doesNotMatch(told, /payroll|colocation|bakery|Korenaar/i);
    assert.match(told, /"needed":2/);
  });
});

/** What each clause must say, whoever wrote it. */
const demands: Readonly<Record<Clause, Readonly<Record<'nl' | 'en', readonly RegExp[]>>>> = {
  'subject-matter': { nl: [/verwerkt voor Bakkerij/], en: [/processes for Bakkerij/] },
  duration: { nl: [/duurt zolang/], en: [/lasts as long as/] },
  'nature-and-purpose': { nl: [/De database van een klant bewaren/], en: [/Keeping and managing a client's database/] },
  'data-types': {
    nl: [/Naam, adres, e-mailadres, telefoonnummer en bestellingen/],
    en: [/Name, address, e-mail address, telephone number and orders/],
  },
  'subject-categories': { nl: [/Klanten van onze klant/], en: [/Customers of our client/] },
  'controller-rights': {
    nl: [/blijft verantwoordelijk/, /mag instructies geven/],
    en: [/remains responsible/, /may give instructions/],
  },
  instructions: {
    nl: [/schriftelijke instructie/, /doorgifte/, /vooraf, tenzij/],
    en: [/documented instructions/, /transfers/, /beforehand, unless/],
  },
  confidentiality: { nl: [/geheimhouding verplicht/], en: [/bound to confidentiality/] },
  security: { nl: [/artikel 32 AVG/, /back-ups/], en: [/Article 32 GDPR/, /backups/] },
  'sub-processors': {
    nl: [
      /toestemming/,
      /datacenter.*\(Nederland\)/s,
      /naam, adres en bereikbaarheid/,
      /vooraf/,
      /bezwaar/,
      /dezelfde plichten/,
      /volledig aansprakelijk/,
    ],
    en: [
      /authoris/,
      /data centre.*\(Netherlands\)/s,
      /name, address and contact details/,
      /beforehand/,
      /objects/,
      /same obligations/,
      /fully liable/,
    ],
  },
  'rights-help': { nl: [/inzien, verbeteren, wissen/], en: [/see, correct, erase/] },
  'duties-help': {
    nl: [/beveiliging/, /24 uur/, /DPIA/, /voorafgaande raadpleging/],
    en: [/security/, /24 hours/, /DPIA/, /prior consultation/],
  },
  'return-or-delete': {
    nl: [/geeft .* terug of wist/, /keuze van Opdrachtgever/, /elke kopie/],
    en: [/returns .* or deletes/, /Client chooses/, /every copy/],
  },
  audits: {
    nl: [/alle informatie/, /controles en inspecties/, /zegt hij dat meteen/],
    en: [/all information/, /audits and inspections/, /says so at once/],
  },
  'in-writing': { nl: [/op papier of elektronisch/], en: [/on paper or electronically/] },
};

describe('a draft agreement for a client', () => {
  it('asks who a sub-processor is only where the policy does not name it', () => {
    const named = changed((policy) => {
      for (const one of policy.recipients) if (one.role === 'sub-processor') one.name = 'Datahuis BV';
    });
    const { document } = draftAgreement(named, 'bakery', day, 'en');
    assert.match(article(document.blocks, 'art. 10'), /Datahuis BV/);
    assert.doesNotMatch(article(document.blocks, 'art. 10'), /contact details of each sub-processor/);
  });

  for (const language of ['nl', 'en'] as const)
    it(`has every clause that Art. 28(3) asks, and passes our own check (${language})`, () => {
      const { document, clauses: found } = draftAgreement(reference, 'bakery', day, language);
      const signed = changed((policy) => {
        const agreement = policy.clients[0]?.agreement ?? assert.fail();
        agreement.clauses = found;
      });
      assert.deepEqual(checkAgreements(signed, day).find(({ id }) => id === 'bakery')?.missing, []);
      for (const clause of clauses) {
        const one = found.find((entry) => entry.clause === clause) ?? assert.fail(clause);
        const text = article(document.blocks, one.at);
        assert.ok(one.quote !== undefined && text.includes(one.quote), `${clause} at ${one.at}`);
        for (const demand of demands[clause][language]) assert.match(text, demand, clause);
      }
    });

  it('says who "we" and "a client" are, before a list uses the words', () => {
    const nl = draftAgreement(reference, 'bakery', day, 'nl').document.blocks;
    const en = draftAgreement(reference, 'bakery', day, 'en').document.blocks;
    assert.match(article(nl, 'art. 1'), /"wij" of "ons" zegt, is dat Verwerker\. Een "klant" is daar Opdrachtgever\./);
    assert.match(article(en, 'art. 1'), /"we" or "us", that is the Processor\. A "client" is the Client there\./);
    assert.match(article(en, 'art. 11'), /The data stays in the Netherlands\./);
  });

  it('names the client that was meant, and all of them where none is near', () => {
    const told = (id: string): { nl: string; en: string } => {
      try {
        draftAgreement(reference, id, day, 'nl');
      } catch (cause) {
        return (cause as { text: { nl: string; en: string } }).text;
      }
      return assert.fail(id);
    };
    assert.match(told('bakkery').nl, /Er is geen klant "bakkery" in het beleid\. Bedoelde u "bakery"\?/);
    assert.match(told('bakkery').en, /There is no client "bakkery" in the policy\. Did you mean "bakery"\?/);
    assert.match(told('nobody').nl, /; er zijn bakery\./);
    assert.match(told('nobody').en, /; there are bakery\./);
  });

  it('marks what the parties settle, and fills in nothing for them', () => {
    const { document } = draftAgreement(reference, 'bakery', day, 'nl');
    const marked = sentences(document.blocks).filter(({ strong }) => strong === true);
    assert.deepEqual(
      marked.map(({ text }) => text),
      [
        '[Keuze: naam en datum van het hoofdcontract]',
        '[Keuze: naam, adres en bereikbaarheid van elke subverwerker]',
        '[Keuze: aantal dagen]',
        '[Keuze: tijd waarna de gegevens ook uit de back-ups zijn]',
        '[Keuze: wie de kosten van hulp en van controles draagt]',
        '[Keuze: aansprakelijkheid tussen partijen, met of zonder grens]',
        '[Keuze: toepasselijk recht en bevoegde rechter]',
      ],
    );
    const open = changed((policy) => {
      delete policy.clients[0]?.agreement;
      policy.measures = [];
    });
    const choices = sentences(draftAgreement(open, 'bakery', day, 'en').document.blocks).filter(({ strong }) => strong);
    assert.ok(choices.some(({ text }) => text.includes('number of hours')));
    assert.ok(choices.some(({ text }) => text.includes('measures')));
  });

  it('refers to the articles that it means', () => {
    const { document } = draftAgreement(reference, 'bakery', day, 'nl');
    const title = (n: number): string =>
      document.blocks.flatMap((block) =>
        block.kind === 'heading' && block.text.startsWith(`${n}. `) ? [block.text] : [],
      )[0] ?? '';
    assert.match(title(4), /Persoonsgegevens/);
    assert.match(title(8), /Geheimhouding/);
    assert.match(title(14), /wissen/);
  });

  it('takes the time in backups only when it holds for all of the data', () => {
    const gone = (policy: Policy): string =>
      article(draftAgreement(policy, 'bakery', day, 'nl').document.blocks, 'art. 14');
    const withTerm = (data: string[]) =>
      changed((policy) => {
        policy.purposes.find(({ id }) => id === 'hosting')?.data.push('video');
        const [term] = policy.terms;
        assert.ok(term);
        policy.terms.push({ ...term, id: 'client', data, backups: { gone: 'P30D' } });
      });
    assert.match(gone(withTerm(['client-database'])), /na 30 dagen/);
    assert.match(
      gone(changed((policy) => void policy.purposes.find(({ id }) => id === 'hosting')?.data.push('video'))),
      /Keuze/,
    );
  });

  it('refuses a client that is not there, and one for whom nothing is done', () => {
    assert.throws(
      () => draftAgreement(reference, 'baker', day, 'nl'),
      (cause) => cause instanceof Refusal && cause.code === 'unknown-client' && cause.text.en.includes('bakery'),
    );
    const idle = changed(
      (policy) => void (policy.purposes = policy.purposes.filter(({ role }) => role === 'controller')),
    );
    assert.throws(
      () => draftAgreement(idle, 'bakery', day, 'nl'),
      (cause) => cause instanceof Refusal && cause.code === 'client-without-purpose',
    );
  });

  it('is a DOCX that holds its text, and a PDF', async () => {
    const { document } = draftAgreement(reference, 'bakery', day, 'nl');
    const zip = await JSZip.loadAsync(await render(document, 'docx'));
    const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
    for (const text of ['Bakkerij De Korenaar', '24 uur', 'Subverwerkers']) assert.ok(xml.includes(text), text);
    assert.equal(new TextDecoder().decode((await render(document, 'pdf')).subarray(0, 5)), '%PDF-');
  });
});

/** The text under the heading of "art. 10". */
function article(blocks: readonly Block[], at: string): string {
  const number = at.replace('art. ', '');
  const start = blocks.findIndex((block) => block.kind === 'heading' && block.text.startsWith(`${number}. `));
  const end = blocks.findIndex((block, i) => i > start && block.kind === 'heading');
  return sentences(blocks.slice(start, end))
    .map(({ text }) => text)
    .join(' ');
}
