/** A cabinet with paper: what only a person can clear. */
export const cabinetSystem = `  - { id: archive, title: { nl: Archiefkast, en: Cabinet }, profile: cabinet, role: controller, location: { country: NL, place: Haps }, sources: { paper: { connector: manual } } }
`;

export const cabinetProfile = `id: cabinet
version: 1
product: A cabinet with paper
title: { nl: Archiefkast, en: Cabinet }
sources: { paper: { connector: manual } }
datasets:
  - id: contracts
    title: { nl: Contracten op papier, en: Contracts on paper }
    source: paper
    task: { instruction: { nl: Vernietig wat ouder is dan zeven jaar, en: Shred what is older than seven years }, withinDays: 14 }
    data: contracts
`;
