/** A document with every kind of block, and the texts that a format must not be taken in by. */
import type { Block, Document, ProofState, Sentence } from '../../src/promises/publication/document/model.ts';

export const say = (text: string, more: Partial<Sentence> = {}): Sentence => ({ text, from: 'controller', ...more });

const proof = (promise: string, state: ProofState, word: string, summary: string): Block => ({
  kind: 'proof',
  promise,
  state,
  word,
  summary,
  blocks: [
    {
      kind: 'paragraph',
      sentences: [
        say('Laatst gemeten op 24 november 2026 om 03:12.'),
        say('In 2 gegevensbronnen stond niets dat ouder was dan 90 dagen.'),
      ],
    },
    {
      kind: 'list',
      items: [
        [say('Wat dit toont:', { strong: true }), say('dat de bronnen leeg zijn na de termijn.')],
        [say('Wat dit niet toont: dat er nergens anders een kopie is.')],
      ],
    },
  ],
});

export const specimen: Document = {
  language: 'nl',
  title: 'Privacyverklaring van Divato IT Solutions',
  subtitle: 'Versie 7, geldig vanaf 1 december 2026',
  author: 'Divato IT Solutions',
  date: '2026-12-01',
  blocks: [
    {
      kind: 'paragraph',
      sentences: [
        say('Wij zijn Divato IT Solutions, Sint Hubertseweg 2, 5443 ND Haps.'),
        say('Deze verklaring zegt welke gegevens wij van u hebben, waarom, en hoe lang.'),
        say('U kunt ons mailen:'),
        say('info@divato.nl', { href: 'mailto:info@divato.nl' }),
        say('Lees ook', {}),
        say('wat uw rechten zijn', { href: '#rechten' }),
      ],
    },
    { kind: 'heading', level: 2, id: 'kort', text: 'In het kort' },
    {
      kind: 'list',
      items: [
        [say('Wij nemen telefoongesprekken op.', { strong: true }), say('Na 90 dagen zijn ze weg.')],
        [say('Wij bewaren facturen 7 jaar, omdat de belastingwet dat vraagt.')],
        [say('Uw gegevens staan in Nederland en komen niet buiten de Europese Economische Ruimte.')],
      ],
    },
    { kind: 'heading', level: 2, id: 'welke', text: 'Welke gegevens, waarom en hoe lang' },
    { kind: 'heading', level: 3, id: 'gesprekken', text: 'Als u ons belt' },
    {
      kind: 'paragraph',
      sentences: [
        say('Wij nemen het gesprek op om ervan te leren en om afspraken na te lezen.'),
        say('Dat mag omdat wij daar een gerechtvaardigd belang bij hebben (artikel 6, lid 1, onder f, AVG).'),
      ],
    },
    {
      kind: 'table',
      caption: 'Bewaartermijnen',
      head: ['Gegevens', 'Waarom', 'Grondslag', 'Hoe lang', 'Ontvangers'],
      rows: [
        [
          [say('Gespreksopnamen')],
          [say('Training van medewerkers;'), say('naslag bij afspraken')],
          [say('Gerechtvaardigd belang')],
          [say('Hoogstens 90 dagen', { strong: true })],
          [say('Geen')],
        ],
        [
          [say('Facturen')],
          [say('Wettelijke plicht')],
          [say('Artikel 52 AWR', { href: 'https://wetten.overheid.nl/BWBR0002320/' })],
          [say('7 jaar na het boekjaar')],
          [say('Belastingdienst, accountant')],
        ],
        [
          [say('Sollicitaties')],
          [say('Een medewerker kiezen')],
          [say('Voorbereiding van een overeenkomst')],
          [say('4 weken na de procedure, of 1 jaar als u dat goedvindt')],
          [],
        ],
      ],
    },
    proof('P08', 'kept', 'Gehouden', 'Opnamen zijn na 90 dagen weg, sinds 3 maart 2026.'),
    proof('P25', 'declared', 'Verklaard', 'De serverruimte is op 2 mei 2026 nagelopen.'),
    proof('P11', 'at-risk', 'Loopt gevaar', 'Bij 3 sollicitaties ontbreekt de datum.'),
    proof('P09', 'broken', 'Niet gehouden', 'Op 1 recorder staan beelden van 97 dagen.'),
    proof('P20', 'not-proven', 'Niet bewezen', 'Er is nog geen meting van de cookies.'),
    { kind: 'heading', level: 4, id: 'getallen', text: 'Tekens uit andere talen' },
    {
      kind: 'paragraph',
      sentences: [say('€ ë ï • – ✔ “zo” ’s ½; Łódź, Gdańsk, ząb; Αθήνα, λόγος; İstanbul, ığş; Ørsted; ß.')],
    },
    { kind: 'heading', level: 2, id: 'rechten', text: 'Uw rechten' },
    {
      kind: 'table',
      caption: 'Bewaartermijnen', // called as the one above, as in a statement with a part for each group
      head: ['Gegevens', 'Hoe lang'],
      rows: [[[say('Een verzoek')], [say('2 jaar nadat het is afgehandeld')]]],
    },
    {
      kind: 'paragraph',
      sentences: [say('U mag weten welke gegevens wij van u hebben.'), say('Wij antwoorden binnen één maand.')],
    },
    {
      kind: 'apart',
      id: 'bezwaar',
      title: 'U mag bezwaar maken',
      blocks: [
        {
          kind: 'paragraph',
          sentences: [
            say('Wilt u niet dat wij uw gegevens gebruiken voor ons eigen belang, of voor nieuws over onze diensten?'),
            say('Zeg het ons, dan stoppen wij.', { strong: true }),
          ],
        },
        {
          kind: 'list',
          items: [
            [say('Mail naar'), say('bezwaar@divato.nl', { href: 'mailto:bezwaar@divato.nl' })],
            [say('Of schrijf ons een brief.')],
          ],
        },
      ],
    },
    {
      kind: 'paragraph',
      sentences: [
        say('Bent u het niet met ons eens? Dien een klacht in bij de'),
        say('Autoriteit Persoonsgegevens', { href: 'https://autoriteitpersoonsgegevens.nl/een-klacht-indienen' }),
      ],
    },
  ],
};

/** Each of these does harm in some notation when it is not seen as text. */
export const hostile: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><script>alert(2)</script>',
  '<!-- --!> <![CDATA[ ]]> &lt;b&gt; &amp; &#60;',
  '[klik](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '# Kop',
  '- punt',
  '1. een',
  '> citaat',
  '+ plus',
  '--- ',
  '=== ',
  '~~weg~~ **vet** _schuin_ `code`',
  '| a | b |',
  '    ingesprongen',
  '<https://evil.example> $x^2$ \\$',
  '#eval("1+1") #read("/etc/passwd") #{panic("x")}',
  '$ sum_(i=0) $ [ ] \\ " @ref <label> */ // */* _',
  '#include "/etc/passwd"',
  '=1+1',
  '+31 485 123456',
  '-2',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '=HYPERLINK("https://evil.example","x")',
  "=cmd|' /C calc'!A0",
  'a;=1+1',
  'a\n=1+1',
  '＝1+1',
  ' =1+1',
  '\u0000=1+1',
  Array.from({ length: 32 }, (_, n) => `c${String.fromCharCode(n)}`).join(''),
  'van \u202eneddeh\u202c naar',
  '\u2066iso\u2069 \u200f \ufeff',
  'los \ud800 half \udc00 teken',
  'w'.repeat(500),
  `https://voorbeeld.nl/${'pad/'.repeat(60)}`,
  '{{7*7}} ${7*7} %n %s {0} \\u0000 \\x00',
  '_x0041_ &quot; ]]>',
];

export const hostileHrefs: readonly string[] = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'http://evil.example',
  '//evil.example/x',
  '/\\evil.example',
  '\\\\evil.example\\x',
  'https://voorbeeld.nl@evil.example/',
  'https:evil"onmouseover=alert(1)',
  '#nergens',
  '#"><script>',
  '../../etc/passwd',
  'https://',
  'mailto:a@b.nl\nbcc:x',
];

/** Every hostile text in every place where a text can stand. */
export function hostileDocument(texts: readonly string[] = hostile): Document {
  const first = texts[0] ?? '';
  const lines = texts.map((text): Sentence[] => [say(text)]);
  return {
    ...specimen,
    title: `Titel ${texts.join(' ')}`.slice(0, 900),
    subtitle: first,
    author: texts.slice(0, 4).join(' '),
    blocks: [
      ...texts.map((text, n): Block => ({ kind: 'heading', level: 2, id: n % 2 === 0 ? 'zelfde' : text, text })),
      ...texts.map((text): Block => ({ kind: 'paragraph', sentences: [say(text), say(text, { strong: true })] })),
      { kind: 'list', items: lines },
      { kind: 'table', caption: texts.join(' '), head: ['a', first], rows: lines.map((line) => [line, line]) },
      {
        kind: 'apart',
        id: '"><b>',
        title: texts.join(' '),
        blocks: [{ kind: 'paragraph', sentences: texts.map((text) => say(text)) }],
      },
      ...texts.map((text): Block => ({
        kind: 'proof',
        promise: text,
        state: 'broken',
        word: text,
        summary: text,
        blocks: [{ kind: 'list', items: [[say(text)]] }],
      })),
      { kind: 'list', items: hostileHrefs.map((href) => [say('hier', { href })]) },
    ],
  };
}
