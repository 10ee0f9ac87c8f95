/** Words in a policy that the law, or its reader, cannot do with. */
interface Words {
  readonly nl: RegExp;
  readonly en: RegExp;
}

/** They leave a list open. */
export const openEnded: Words = {
  nl: /\b(bijvoorbeeld|bijv\.|bv\.|onder andere|onder meer|o\.a\.|zoals|waaronder|enzovoorts?|enz\.|et ?cetera|etc\.?|e\.d\.|en dergelijke)(?!\w)/i,
  en: /\b(for example|for instance|e\.g\.|such as|including|among other things|and so on|and the like|et ?cetera|etc\.?)(?!\w)/i,
};

/** Names of recipients that could be anyone. */
export const generic: Words = {
  nl: /\b(derden|derde partij(en)?)\b|^\W*((aan|de|het|onze|andere|externe|zorgvuldig|geselecteerde|vertrouwde|zakelijke|commerciële)\s+)*(partners|leveranciers|dienstverleners|partijen|bedrijven|organisaties|ontvangers)\W*$/i,
  en: /\b(third part(y|ies))\b|^\W*((to|the|our|other|external|carefully|selected|trusted|business|commercial)\s+)*(partners|suppliers|vendors|service providers|parties|companies|organi[sz]ations|recipients|others)\W*$/i,
};

/** Data stays inside, it is said. */
export const inside: Words = {
  nl: /\b(buiten|binnen) (de |het )?(EER|EU|Europese|Europa)/i,
  en: /\b(outside|leaves?|inside|within) (of )?(the )?(EEA|EU|Europe)/i,
};

/** Criteria that say nothing: as long as it is needed is as long as it is needed. */
export const circular: Words = {
  nl: /\bzo ?lang (als )?(dat |dit |het |wij het |we het )?(nodig|noodzakelijk)|\bniet langer dan (nodig|noodzakelijk)|\bvoor zover (nodig|noodzakelijk)|\bzolang [^.]{0,60}(gezien wordt|wordt gezien|beschouwd|nodig heeft|nodig hebben|noodzakelijk is|nodig is)/i,
  en: /\bas long as (is |it is |this is |we )?(necessary|needed|need it)|\b(no|not) longer than (is )?(necessary|needed)|\bas long as [^.]{0,60}(seen as|regarded as|considered|needs|is needed|is necessary)/i,
};

/** Deletion that needs nobody. */
export const byItself: Words = { nl: /\b(automatisch|vanzelf)\b/i, en: /\b(automatic(ally)?|by itself)\b/i };

/** Kept longer when a person agrees. */
export const longerWithConsent: Words = {
  nl: /langer[^.]{0,80}toestemming|toestemming[^.]{0,80}langer/i,
  en: /longer[^.]{0,80}consent|consent[^.]{0,80}longer/i,
};

/** Claims that nobody can live up to. "Strictly necessary" and "strictly confidential" are legal words, not boasts. */
export const absolute: Words = {
  nl: /100 ?%|\b(strikte?(?! (noodzakelijk|nodig|vertrouwelijk|persoonlijk))|honderd procent|volledig (veilig|beveiligd|conform|in lijn|in overeenstemming|compliant)|voldo(en|et|ende) volledig|volledig te voldoen|gegarandeerd|garandeer(t|d)?|garanderen|waterdicht|altijd veilig|foutloos)\b/i,
  en: /100 ?%|\b(strict(ly)?(?! (necessary|needed|confidential|personal))|hundred per ?cent|fully (compliant|comply|complies|complying|secure|in line|protected)|guarantee[sd]?|watertight|always (safe|secure)|flawless(ly)?)\b/i,
};

/** It happens again and again, nobody says how often. */
export const periodic: Words = {
  nl: /\b(periodieke?|regelmatige?|geregeld)\b/i,
  en: /\b(periodic(al|ally)?|regular(ly)?)\b/i,
};

/** Officialese. */
export const heavy: Words = {
  nl: /\b(uit hoofde van|middels|ten behoeve van|hetgeen|alsmede|indien en voor zover|dienaangaande|onverminderd|te allen tijde|jegens|terzake|ter zake van|desbetreffende|voornoemde?)\b/i,
  en: /\b(hereinafter|pursuant to|notwithstanding|herein|thereof|whereas|in respect of|by virtue of|aforementioned|inter alia)\b/i,
};
