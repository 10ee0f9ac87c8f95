/** Words that a twelve-year-old may not know, for a list at the end. A word is listed only where the statement uses it. */
import type { Language } from '../../../../base/language.ts';

export const words = {
  title: { nl: 'Wat moeilijke woorden betekenen', en: 'What difficult words mean' },
};

export interface Word {
  readonly word: string;
  /** After a colon. */
  readonly means: string;
  readonly found: RegExp;
}

/** In the order of the alphabet. What the statement explains in its own sentences is not here. */
export const difficult: Readonly<Record<Language, readonly Word[]>> = {
  nl: [
    {
      word: 'Accountantskantoor',
      means: 'een kantoor dat controleert of onze boekhouding klopt',
      found: /accountant/iu,
    },
    {
      word: 'Afgeschermd nummer',
      means: 'een nummer dat een ander niet helemaal te zien krijgt',
      found: /\baf(ge)?scherm/iu,
    },
    { word: 'Belastingdienst', means: 'de dienst van de overheid die belasting ophaalt', found: /\bbelastingdienst/iu },
    { word: 'Bevel', means: 'een opdracht die men moet uitvoeren', found: /\bbevel\b/iu },
    { word: 'Bezwaar', means: 'ons laten weten dat u iets niet wilt', found: /\bbezwaar\b/iu },
    {
      word: 'Boekhouding',
      means: 'de lijst van wat er binnenkomt en wat er wordt betaald',
      found: /boekhouding|administratie/iu,
    },
    { word: 'Browser', means: 'het programma waarmee u websites bekijkt', found: /\bbrowser/iu },
    {
      word: 'Burgerservicenummer (BSN)',
      means: 'het nummer waarmee de overheid u kent',
      found: /burgerservicenummer|\bBSN\b/iu,
    },
    { word: 'Cloud', means: 'computers die u via internet gebruikt', found: /\bcloud/iu },
    { word: 'Cv', means: 'een lijst van wat iemand heeft geleerd en gedaan', found: /\bcv\b/iu },
    { word: 'Database', means: 'een verzameling gegevens in een computer', found: /database/iu },
    { word: 'Datacenter', means: 'een gebouw vol computers die altijd aan staan', found: /\bdatacent/iu },
    { word: 'Dienstverband', means: 'de tijd waarin iemand ergens werkt', found: /\bdienstverband/iu },
    { word: 'Factuur', means: 'een rekening van een bedrijf', found: /\bfactu(ur|ren)/iu },
    {
      word: 'Functionaris',
      means: 'iemand met een vaste taak, hier: letten op de privacywet',
      found: /functionaris/iu,
    },
    { word: 'Geheimhouding', means: 'niet doorvertellen wat u weet', found: /geheimhouding/iu },
    { word: 'Hardware', means: 'apparaten, zoals een telefoon of een computer', found: /\bhardware\b/iu },
    { word: 'Identiteitsbewijs', means: 'een paspoort of een identiteitskaart', found: /identiteitsbewij/iu },
    { word: 'IP-adres', means: 'het nummer waarmee een apparaat op internet te vinden is', found: /\bIP-/u },
    { word: 'ISO 27001', means: 'een lijst van regels om gegevens goed te beveiligen', found: /\bISO 27001\b/u },
    { word: 'IT', means: 'werk met computers en netwerken', found: /\bIT\b/u },
    {
      word: 'Justitie',
      means: 'de dienst van de overheid die strafzaken voor de rechter brengt',
      found: /\bjustitie\b/iu,
    },
    { word: 'Keurmerk', means: 'een teken van een ander dat wij iets goed doen', found: /\bkeurmerk/iu },
    {
      word: 'Letters met een nummer',
      means: 'de plaats in de wet waar de regel staat',
      found: /\b(AVG|art\.)/u,
    },
    { word: 'Leverancier', means: 'een bedrijf waarbij wij iets kopen', found: /\bleverancier/iu },
    { word: 'Licentie', means: 'het recht om een programma te gebruiken', found: /\blicentie/iu },
    { word: 'Loonbelasting', means: 'belasting die meteen van het loon afgaat', found: /\bloonbelasting/iu },
    { word: 'MAC-adres', means: 'het vaste nummer van een apparaat in een netwerk', found: /\bMAC-/u },
    { word: 'Onafhankelijk', means: 'niet van ons, en niet met ons verbonden', found: /\bonafhankelijk/iu },
    {
      word: 'Overeenkomst',
      means: 'afspraken die op papier staan, zoals een contract',
      found: /overeenkomst(en)?\b/iu,
    },
    { word: 'Pand', means: 'een gebouw', found: /\bpand\b/iu },
    { word: 'Server', means: 'een computer die gegevens bewaart en doorgeeft', found: /\bservers?\b/iu },
    { word: 'Sessie', means: 'de tijd tussen inloggen en uitloggen', found: /sessies?\b/iu },
    { word: 'Solliciteren', means: 'vragen of u ergens mag komen werken', found: /sollicit/iu },
    { word: 'Telecommunicatiewet', means: 'de wet over telefoon en internet', found: /\btelecommunicatiewet/iu },
    { word: 'Toestemming', means: 'uw ja', found: /\btoestemming/iu },
    { word: 'Toezichthouder', means: 'wie kijkt of anderen zich aan de wet houden', found: /\btoezichthouder/iu },
    { word: 'UWV', means: 'de dienst van de overheid die geld betaalt aan wie niet kan werken', found: /\bUWV\b/u },
    { word: 'Vacature', means: 'werk waarvoor een bedrijf iemand zoekt', found: /\bvacature/iu },
    { word: 'Versleuteld', means: 'zo bewaard dat niemand het kan lezen', found: /\bversleuteld/iu },
    { word: 'Wetgeving', means: 'wetten en regels', found: /\bwetgeving/iu },
  ],
  en: [
    { word: 'Accountants', means: 'an office that checks whether our accounts are right', found: /\baccountant/iu },
    { word: 'Browser', means: 'the program with which you look at websites', found: /\bbrowser/iu },
    {
      word: 'Citizen service number (BSN)',
      means: 'the number by which the government knows you',
      found: /\bcitizen service number|\bBSN\b/iu,
    },
    { word: 'Cloud', means: 'computers that you use over the internet', found: /\bcloud/iu },
    { word: 'Confidentiality', means: 'not passing on what you know', found: /\bconfidentiality\b/iu },
    { word: 'Consent', means: 'your yes', found: /\bconsent/iu },
    { word: 'CV', means: 'a list of what someone has learned and done', found: /\bCV\b/u },
    { word: 'Data centre', means: 'a building full of computers that are always on', found: /\bdata centre/iu },
    { word: 'Database', means: 'a collection of data in a computer', found: /\bdatabase/iu },
    { word: 'Hardware', means: 'devices, such as a telephone or a computer', found: /\bhardware\b/iu },
    { word: 'Hashed', means: 'kept in such a way that nobody can read it', found: /\bhashed\b/iu },
    { word: 'Identity document', means: 'a passport or an identity card', found: /\bidentity document|\bID copy\b/iu },
    { word: 'Independent', means: 'not ours, and not tied to us', found: /\bindependent/iu },
    { word: 'Invoice', means: 'a bill from a company', found: /\binvoice/iu },
    { word: 'IP address', means: 'the number by which a device can be found on the internet', found: /\bIP\b/u },
    { word: 'ISO 27001', means: 'a list of rules for keeping data safe', found: /\bISO 27001\b/u },
    { word: 'IT', means: 'work with computers and networks', found: /\bIT\b/u },
    { word: 'Legislation', means: 'laws and rules', found: /\blegislation\b/iu },
    {
      word: 'Letters with a number',
      means: 'the place in the law where the rule is',
      found: /\b(GDPR|art\.)/u,
    },
    { word: 'Licence', means: 'the right to use a program', found: /\blicences?\b/iu },
    { word: 'MAC address', means: 'the fixed number of a device in a network', found: /\bMAC\b/u },
    { word: 'Objection', means: 'telling us that you do not want something', found: /\bobject(ion)?\b/iu },
    { word: 'Officer', means: 'someone with a fixed task, here: watching over privacy law', found: /\bofficer/iu },
    { word: 'Payroll', means: 'the list of the wages that we pay', found: /\bpayroll\b/iu },
    { word: 'Premises', means: 'our building and the ground around it', found: /\bpremises\b/iu },
    {
      word: 'Prosecution',
      means: 'the government service that brings crimes before a court',
      found: /\bprosecution\b/iu,
    },
    { word: 'Prospective customer', means: 'someone who may become a customer', found: /\bprospective/iu },
    { word: 'Recipient', means: 'who gets something from us', found: /\brecipient/iu },
    { word: 'Seal', means: 'a sign from another that we do something well', found: /\bseal\b/iu },
    { word: 'Server', means: 'a computer that keeps data and passes it on', found: /\bservers?\b/iu },
    { word: 'Session', means: 'the time between signing in and signing out', found: /\bsessions?\b/iu },
    { word: 'Shielded number', means: 'a number that another does not get to see in full', found: /\bshield/iu },
    {
      word: 'Supervisory authority',
      means: 'who checks that others keep to the law',
      found: /\bsupervisory authority/iu,
    },
    { word: 'Telecommunications Act', means: 'the law on telephone and internet', found: /\btelecommunications act/iu },
    { word: 'Transcript', means: 'a call written out in words', found: /\btranscript/iu },
    { word: 'UWV', means: 'the government service that pays money to those who cannot work', found: /\bUWV\b/u },
    { word: 'Vacancy', means: 'work for which a company seeks someone', found: /\bvacanc(y|ies)/iu },
    { word: 'Wage tax', means: 'tax that comes off a wage at once', found: /\bwage tax\b/iu },
  ],
};
