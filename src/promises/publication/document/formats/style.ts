/** A document on a page of any frame: it takes its colours from the names of that page. */
export const documentStyle = `
.document h1{font-size:clamp(1.45rem,1rem + 2vw,2.4rem);line-height:1.2;margin:1.2rem 0 .3rem;text-wrap:balance}
.document h2{font-size:1.45rem;line-height:1.3;margin:2.8rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--line);text-wrap:balance}
.document h3{font-size:1.17rem;line-height:1.35;margin:1.9rem 0 .4rem}
.document h4,.document h5,.document h6{font-size:1.0625rem;margin:1.4rem 0 .3rem}
.document :is(h1,h2,h3,h4,h5,h6){hyphens:auto}
.document p{margin:.55rem 0}.document ul{margin:.55rem 0;padding-left:1.3rem}.document li{margin:.25rem 0}
.title .soft{margin:.2rem 0 0}
.text{max-width:54rem;margin-top:1.2rem}.text>:not(.scroll){max-width:44rem}.document .text>h2:first-child{margin-top:1.8rem;padding:0;border:0}.wide .text{max-width:none}
.contents{margin:1.6rem 0;padding:1rem 1.25rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.document .contents h2{font-size:1rem;margin:0 0 .4rem;padding:0;border:0}
.contents ol{list-style:none;margin:0;padding:0}.contents li{margin:0}.contents a{display:block;padding:.16rem 0;color:inherit;text-decoration:none;line-height:1.4}.contents a:hover{text-decoration:underline}
.contents .l3 a{padding-left:1rem;color:var(--soft);font-size:.95em}
.apart{margin:1.6rem 0;padding:.4rem 1.25rem 1rem;background:var(--card);border:2px solid var(--mark);border-left-width:.5rem;border-radius:.6rem}
.document .apart>:first-child{margin-top:.8rem;padding:0;border:0;color:var(--mark)}
.document .scroll{overflow-x:auto;margin:1rem 0;border:1px solid var(--line);border-radius:.6rem;background:var(--card);max-width:max-content}
.document table{border-collapse:collapse;min-width:20rem;font-size:.97rem;line-height:1.5;font-variant-numeric:tabular-nums}
.document caption{text-align:left;font-weight:650;padding:.65rem .9rem .3rem}
.document th,.document td{text-align:left;vertical-align:top;padding:.45rem .9rem;border-top:1px solid var(--line);min-width:7.5rem;max-width:26rem;overflow-wrap:break-word}
.document thead th{border-top:0;color:var(--soft);font-weight:600;font-size:.92rem}
.proof{--state:var(--unproven);margin:.7rem 0;border:1px solid var(--line);border-left:.35rem solid var(--state);border-radius:.5rem;background:var(--card);font-size:.97rem}
.proof.kept{--state:var(--kept)}.proof.declared{--state:var(--declared);border-left-style:double}.proof.at-risk{--state:var(--risk)}.proof.broken{--state:var(--broken)}.proof.not-proven{border-left-style:dotted}
.proof summary{cursor:pointer;padding:.5rem .9rem}.proof .state{color:var(--state);font-weight:650;margin-right:.3rem}.proof .shown{padding:0 .9rem .6rem}.proof .shown table,.proof .shown td{min-width:0}
@media screen{
.document .broad :is(table,caption,tbody,td){display:block}.document .scroll.broad{max-width:none;position:relative}.document .broad table{min-width:0}
.document .broad thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.document .broad tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr));gap:.5rem 1.5rem;padding:.7rem .9rem;border-top:1px solid var(--line)}
.document .broad td{min-width:0;max-width:none;padding:0;border:0}.document .broad td:first-child{grid-column:1/-1;font-weight:650}
.document .broad td::before{content:attr(data-label);content:attr(data-label) / "";display:block;color:var(--soft);font-size:.88em;font-weight:600;line-height:1.35}
}
@media screen and (max-width:39.99rem){
.document table{min-width:0}.document :is(table,caption,tbody,tr,td){display:block}.document .scroll{max-width:none}
.document thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.document .scroll{position:relative}
.document tr{padding:.35rem 0;border-top:1px solid var(--line)}.document :not(.broad)>table td{min-width:0;max-width:none;padding:.2rem .9rem;border:0;hyphens:auto}
.document td::before{content:attr(data-label);content:attr(data-label) / "";display:block;color:var(--soft);font-size:.88em;font-weight:600;line-height:1.35}.document td:empty{display:none}
.proof .shown{padding:0 .5rem .6rem}.apart{padding:.4rem .9rem 1rem}
}
@media(max-width:65.99rem){.contents .l2~.l3{display:none}}
@media(min-width:66rem){.document:has(.contents){display:grid;grid-template-columns:17rem minmax(0,1fr);column-gap:3.5rem}.document:has(.contents)>.title{grid-column:2}.contents{grid-column:1;grid-row:1/span 2;align-self:start;position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow-y:auto;font-size:.95rem}.text{grid-column:2}}
`;

/** On paper: a document without what only leads through it, with every proof unfolded. */
export const documentPrint = `.document:has(.contents){display:block}
.document h1{font-size:20pt}.document h2{font-size:14pt;margin-top:1.6rem}.document h3{font-size:12pt}
h1,h2,h3,h4,h5,h6,caption,summary{break-after:avoid}.apart,.proof,tr,li{break-inside:avoid}thead{break-inside:avoid;break-after:avoid}tbody>tr:first-child{break-before:avoid}p{orphans:3;widows:3}
.document .scroll{overflow:visible;border:0;max-width:none}.document table{width:100%;font-size:9.5pt}.document th,.document td{min-width:0;padding:.3rem .5rem .3rem 0}.document caption{padding-left:0}thead{display:table-header-group}
a{color:inherit}a[href^="https:"]:not(.spelled)::after,a[href^="mailto:"]:not(.spelled)::after{content:" (" attr(href) ")";font-size:.88em;overflow-wrap:anywhere}
.proof summary{list-style:none}.proof::details-content{content-visibility:visible;block-size:auto}
`;

/** The style of every public page: calm, narrow enough to read, dark where the reader's system is dark, and fit for paper. */
export const style = `
:root{color-scheme:light dark;--bg:#fbfaf7;--fg:#1d2321;--soft:#56605c;--line:#dedbd2;--card:#fff;--mark:#0b5c5e;--kept:#136c43;--declared:#2c5a94;--risk:#855600;--broken:#b3261e;--unproven:#56605c}
@media(prefers-color-scheme:dark){:root{--bg:#141816;--fg:#e8ece9;--soft:#a3aea9;--line:#323b36;--card:#1b201e;--mark:#7ccfcb;--kept:#6fcf9b;--declared:#93bdf0;--risk:#f0b95a;--broken:#ff8a80;--unproven:#a3aea9}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--fg);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:break-word}
a{color:var(--mark);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--risk);outline-offset:2px;border-radius:.15rem}
.skip{position:absolute;left:-99rem;top:.5rem;background:var(--card);padding:.5rem .8rem;z-index:1}.skip:focus{left:1rem}
.top{max-width:74rem;margin:0 auto;padding:1rem 1.25rem .2rem;display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;align-items:baseline}
.top strong{margin-right:auto}.top nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem}
main{max-width:74rem;margin:0 auto;padding:0 1.25rem 4rem}
.soft{color:var(--soft)}
${documentStyle}@media print{
:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--line:#aaa;--card:#fff;--mark:#0b4a4c;--kept:#0f5535;--declared:#234a7a;--risk:#6b4500;--broken:#8f1e18;--unproven:#444}
@page{margin:18mm 16mm}
body{font-size:10.5pt;line-height:1.45}main,.top,.text,.document .text>*{max-width:none}main,.top{padding-left:0;padding-right:0}.skip,.top nav,.contents{display:none}
${documentPrint}}
`;
