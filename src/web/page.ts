/** The first page: the board of promises and the plans. Works without script, in Dutch and English, narrow and wide. */
import { html, raw } from 'hono/html';
import type { Language, Text } from '../base/language.ts';
import { boardStyle, promisesSection, type BoardPromise, type BoardWords, type Html } from './board.ts';

export interface BoardPlan {
  readonly id: string;
  readonly made: string;
  readonly due: number;
  readonly held: number;
  readonly state: Text;
  readonly lines: readonly {
    readonly rule: string;
    readonly where: string;
    readonly due: number;
    readonly held: number;
    readonly retained: number;
  }[];
}

export interface BoardHold {
  readonly id: string;
  readonly state: Text;
  readonly review: string;
  readonly items: number;
}

export interface Board {
  readonly organisation: string;
  readonly at: string;
  readonly promises: readonly BoardPromise[];
  readonly plans: readonly BoardPlan[];
  readonly holds: readonly BoardHold[];
  readonly evidence: { readonly size: number; readonly key: string };
}

const words = {
  title: { nl: 'Beloften', en: 'Promises' },
  lead: {
    nl: 'Wat de privacyverklaring belooft, en wat er van te zien is.',
    en: 'What the privacy statement promises, and what shows it.',
  },
  plans: { nl: 'Plannen', en: 'Plans' },
  noPlans: {
    nl: 'Er is nog geen plan. Maak er een met: gestand plan',
    en: 'There is no plan yet. Make one with: gestand plan',
  },
  holds: { nl: 'Bewaarplichten', en: 'Holds' },
  noHolds: { nl: 'Geen.', en: 'None.' },
  due: { nl: 'aan de beurt', en: 'due' },
  held: { nl: 'vastgehouden', en: 'held' },
  statute: { nl: 'wet', en: 'statute' },
  rule: { nl: 'regel', en: 'rule' },
  where: { nl: 'waar', en: 'where' },
  evidence: { nl: 'Bewijs', en: 'Evidence' },
  entries: {
    nl: 'vermeldingen in het logboek. Controleer het zelf met de openbare sleutel:',
    en: 'entries in the log. Verify it yourself with the public key:',
  },
  review: { nl: 'herzien vóór', en: 'review by' },
  items: { nl: 'items', en: 'items' },
  other: { nl: 'English', en: 'Nederlands' },
  skip: { nl: 'Naar de inhoud', en: 'Skip to content' },
} as const;

const style = `
:root{color-scheme:light dark;--bg:#fbfaf7;--fg:#1d2321;--soft:#5c6662;--line:#dedbd2;--card:#fff;--kept:#136c43;--risk:#8a5a00;--broken:#b3261e;--unproven:#5c6662}
@media(prefers-color-scheme:dark){:root{--bg:#141816;--fg:#e8ece9;--soft:#a3aea9;--line:#2f3733;--card:#1b201e;--kept:#6fcf9b;--risk:#f0b95a;--broken:#ff8a80;--unproven:#a3aea9}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.55 system-ui,sans-serif}
main,header{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}header{display:flex;gap:1rem;justify-content:space-between;align-items:baseline;flex-wrap:wrap}
h1{font-size:1.7rem;margin:.2rem 0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}p{margin:.3rem 0}a{color:inherit}
.soft{color:var(--soft)}
details{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem;margin:.6rem 0}summary{cursor:pointer}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.6rem 0;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}th.n,td.n{text-align:right}
code{overflow-wrap:anywhere;font-size:.9em}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}:focus-visible{outline:3px solid var(--risk);outline-offset:2px}`;

export function boardPage(board: Board, say: BoardWords, language: Language): Html {
  const t = (text: Text): string => text[language];
  const w = (word: keyof typeof words): string => words[word][language];
  const other = language === 'nl' ? 'en' : 'nl';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${w('title')} · ${board.organisation}</title>
        <style>
          ${raw(style + boardStyle)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">${w('skip')}</a>
        <header>
          <strong>Gestand</strong>
          <nav><a href="?lang=${other}" lang="${other}" hreflang="${other}">${w('other')}</a></nav>
        </header>
        <main id="main">
          <h1>${w('title')}</h1>
          <p class="soft">${board.organisation}. ${w('lead')}</p>
          ${promisesSection(board.promises, say, language)}
          <h2>${w('plans')}</h2>
          ${board.plans.length === 0 ? html`<p class="soft">${w('noPlans')}</p>` : board.plans.map((plan) => planOf(plan, t, w))}
          <h2>${w('holds')}</h2>
          ${
            board.holds.length === 0
              ? html`<p class="soft">${w('noHolds')}</p>`
              : html`<ul>
                  ${board.holds.map((one) => html`<li><code>${one.id}</code> · ${t(one.state)} · ${one.items} ${w('items')} · ${w('review')} ${one.review}</li>`)}
                </ul>`
          }
          <h2>${w('evidence')}</h2>
          <p>${board.evidence.size} ${w('entries')}</p>
          <p><code>${board.evidence.key}</code></p>
          <p class="soft"><time datetime="${board.at}">${board.at.slice(0, 16).replace('T', ' ')} UTC</time></p>
        </main>
      </body>
    </html>`;
}

type Say = (text: Text) => string;
type Word = (word: keyof typeof words) => string;

function planOf(plan: BoardPlan, t: Say, w: Word): Html {
  return html`<details>
    <summary>
      <code>${plan.id}</code> · ${plan.made.slice(0, 16).replace('T', ' ')} UTC · ${plan.due} ${w('due')} · ${plan.held}
      ${w('held')} · ${t(plan.state)}
    </summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${plan.id}">
      <table>
        <thead>
          <tr>
            <th scope="col">${w('rule')}</th>
            <th scope="col">${w('where')}</th>
            <th scope="col" class="n">${w('due')}</th>
            <th scope="col" class="n">${w('held')}</th>
            <th scope="col" class="n">${w('statute')}</th>
          </tr>
        </thead>
        <tbody>
          ${plan.lines.map(
            (line) =>
              html`<tr>
                <td>${line.rule}</td>
                <td>${line.where}</td>
                <td class="n">${line.due}</td>
                <td class="n">${line.held}</td>
                <td class="n">${line.retained}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
