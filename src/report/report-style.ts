import { SECTION_STYLE } from './sections.ts';

/**
 * The report's style sheet: light and dark, phone to desk, and paper. Colours carry no verdict; whatever they say is also
 * said in words. Text on paper has at least 7 : 1 contrast, quiet text at least 4.5 : 1 (WCAG 2.2 AA).
 */
export const REPORT_STYLE = `
:root{--paper:#fbfaf6;--ink:#1f2328;--quiet:#565b63;--rule:#d8d4c9;--soft:#f1eee5;--accent:#24477f;--mark:#24477f;--band:#cfd3da;--bar:#8a93a3;--aimed:#a63a2b;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#15171b;--ink:#e9e6df;--quiet:#a9adb5;--rule:#3a3e46;--soft:#1f2228;--accent:#a9c4f2;--mark:#a9c4f2;--band:#434955;--bar:#78808e;--aimed:#f0a08f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:70rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
header{padding-top:clamp(2rem,6vw,4rem)}
footer{padding-block:2rem 4rem;color:var(--quiet);font-size:.9rem}
h1,h2,.lead{font-family:Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Times New Roman",serif;text-wrap:balance}
h1{font-size:clamp(1.9rem,5vw,3rem);line-height:1.12;font-weight:600;letter-spacing:-.01em;margin:.3rem 0 1.2rem}
h2{font-size:clamp(1.4rem,3vw,1.85rem);line-height:1.2;font-weight:600;margin:0 0 .8rem}
h3{font-size:1rem;line-height:1.35;margin:1.6rem 0 .4rem}
p,ul,ol,dl{margin:0 0 1rem}
section{padding-block:clamp(2rem,5vw,3.4rem);border-top:1px solid var(--rule)}
section>p,:where(section>ul:not(.bars):not(.sources)),section>details>p{max-width:44rem}
section>ul:not(.bars):not(.sources) li{margin-bottom:.6rem}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
.kicker{margin:0;color:var(--quiet);font-size:.92rem;letter-spacing:.02em}
.lead{font-size:clamp(1.2rem,2.6vw,1.5rem);line-height:1.45;max-width:46rem;margin-bottom:1.6rem;text-wrap:pretty}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:1.1rem 1.8rem;margin:0 0 2rem;padding:1.1rem 0;border-block:1px solid var(--rule)}
.facts div{min-width:0}
.facts dt{color:var(--quiet);font-size:.86rem}
.facts dd{margin:0;font-weight:600;line-height:1.35}
.facts dd span{display:block;font-weight:400;color:var(--quiet);font-size:.92rem}
.note{background:var(--soft);border-left:4px solid var(--ink);padding:1rem 1.3rem;margin:0 0 1.4rem;max-width:54rem}
.note h3{margin-top:0}
.note p:last-child,.note ul:last-child{margin-bottom:0}
.note.unfinished{border:3px double var(--ink);padding:1.1rem 1.4rem}
.quiet,.what,.second{color:var(--quiet)}
.small,.paper{display:none}
figure{margin:0 0 1.6rem}
figcaption{max-width:46rem;margin-top:.7rem;color:var(--quiet);font-size:.95rem;line-height:1.5}
figcaption strong{color:var(--ink)}
.card{background:#fff;color:#1f2328;border:1px solid var(--rule);border-radius:6px;padding:clamp(.5rem,2vw,1.4rem)}
.card .names{columns:2;column-gap:1rem;margin:.9rem 0 .2rem;padding:0;font-size:.84rem;line-height:1.35}
.card .names li{break-inside:avoid;margin-left:1.7rem;margin-bottom:.3rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.6rem;align-items:start}
.pair .card{padding:clamp(.5rem,1.4vw,1rem)}
.leaders{display:none}
.key{display:block;overflow:visible;font-size:11.5px;fill:#1f2328;margin-top:1rem}
.columns{columns:2 20rem;column-gap:2.5rem}
.columns>div{break-inside:avoid}
.columns h3{margin-top:0}
.columns ul{padding-left:1.2rem}
.bars{list-style:none;padding:0;margin:0 0 1.2rem}
.bars li{display:grid;grid-template-columns:17rem minmax(0,1fr) 10.5rem;gap:0 1.1rem;align-items:center;min-height:2rem;border-bottom:1px solid var(--soft)}
.bars .name{line-height:1.25;padding-block:.3rem}
.bars .value{grid-column:3;grid-row:1;font-variant-numeric:tabular-nums;text-align:right;font-weight:600;font-size:.96rem;white-space:nowrap}
.bars .value span{font-weight:400;color:var(--quiet);font-size:.9em}
.bars .track{grid-column:2;grid-row:1;display:block;overflow:visible}
.bars .scale{border:0;color:var(--quiet);font-size:.82rem;align-items:start}
.track{font-size:12px;fill:var(--quiet)}
.track .grid{stroke:var(--rule)}
.track .published{fill:var(--band)}
.track .range{fill:var(--mark);fill-opacity:.45}
.track .stem{stroke:var(--mark);stroke-width:1.5}
.track .mark{fill:var(--mark);stroke:var(--paper);stroke-width:1.5}
.track .bar{fill:var(--bar)}
.aimed .bar{fill:var(--aimed)}
.aimed .name{font-weight:600}
.legend{max-width:none;display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;font-size:.9rem;color:var(--quiet);padding:0;list-style:none;margin:.2rem 0 1rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.legend svg{flex:none}
.plot{padding:1.6rem .5rem 3rem 3.2rem;max-width:48rem}
.curve{display:block;overflow:visible;font-size:13px;fill:var(--quiet)}
.curve .grid{stroke:var(--rule)}
.curve .axis{stroke:var(--quiet)}
.curve .path{stroke:var(--mark);stroke-width:2.4;stroke-linecap:round}
.curve .step{fill:var(--paper);stroke:var(--mark);stroke-width:2}
.curve .target{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:6 5}
.curve .strong{fill:var(--ink);font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.42;margin:0 0 1.4rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);padding-bottom:.7rem;max-width:46rem}
th,td{text-align:left;vertical-align:top;padding:.6rem .9rem .6rem 0;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:.86rem;color:var(--quiet);font-weight:600;border-bottom:2px solid var(--rule);vertical-align:bottom}
tbody th{font-weight:600}
.section th{padding-top:1.5rem;font-size:1.02rem;border-bottom:1px solid var(--ink)}
.what{display:block;font-weight:400;font-size:.9rem;line-height:1.45;margin-top:.15rem}
.amount{font-weight:600;white-space:nowrap}
.second{display:block;font-size:.9rem;white-space:nowrap}
.findings{margin-top:2rem}
.findings th[scope=row]{width:17%}
.findings tbody td:nth-child(2),.findings tbody td:nth-child(3){width:10.5%}
.findings td:nth-child(5){width:9%}
.findings td:nth-child(6){width:9%}
.narrow{max-width:38rem}
.narrow td{white-space:nowrap}
.narrow td,.narrow th[scope=col]:not(:first-child){text-align:right}
details{margin:0 0 1rem}
summary{cursor:pointer;padding:.45rem 0;font-weight:600;color:var(--accent)}
pre{background:var(--soft);padding:1rem;overflow-x:auto;font:.84rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
code{font:.92em ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
.sources{padding:0;list-style:none;font-size:.9rem;line-height:1.5;columns:2 24rem;column-gap:2.5rem}
.sources li{break-inside:avoid;margin-bottom:.7rem}
.sources cite{font-style:italic}
.sources li:target{background:var(--soft);outline:2px solid var(--accent);outline-offset:3px}
.cite{white-space:nowrap;font-size:.92em}
.scroll{overflow-x:auto}
${SECTION_STYLE}
@media screen and (min-width:60rem){
.leaders{display:inline}.numbers,.card .names{display:none}
.named .cut{width:calc(100% * var(--share))}
.named .card{padding-block:1.6rem}
}
@media screen and (max-width:59.99rem){
.findings,.findings tbody,.findings tr,.findings th,.findings td,.findings caption{display:block;width:auto!important}
.findings thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.findings tr{border-bottom:1px solid var(--rule);padding-block:.7rem}
.findings th,.findings td{border:0;padding:.12rem 0}
.findings .section{padding-bottom:.2rem;border-bottom:1px solid var(--ink)}
.findings .second{display:inline}
.findings .small{display:inline;color:var(--quiet)}
}
@media screen and (max-width:44rem){
body{font-size:1rem}
.bars li{grid-template-columns:minmax(0,1fr) auto;padding-block:.35rem}
.bars .value{grid-column:2;grid-row:1}
.bars .track{grid-column:1/-1;grid-row:2}
.facts{grid-template-columns:1fr 1fr}
}
@media print{
:root{--paper:#fff;--ink:#000;--quiet:#3d3d3d;--rule:#bbb;--soft:#f2f2f2;--accent:#000;--mark:#000;--band:#d5d5d5;--bar:#999;--aimed:#000;color-scheme:light}
@page{margin:14mm}
html{font-size:9pt}body{font-size:1rem;line-height:1.38}
header,main,footer{max-width:none;padding-inline:0}
header{padding-top:0}
h1{font-size:19pt;margin-bottom:.4rem}h2{font-size:13pt}h3{margin-top:.7rem}
.lead{font-size:11.5pt;margin-bottom:.7rem}
section{padding-block:.8rem .2rem}
.facts{grid-template-columns:repeat(4,1fr);gap:.4rem 1rem;padding:.5rem 0;margin-bottom:.7rem}
.note{padding:.5rem .8rem;margin-bottom:.7rem;max-width:none}
.leaders{display:inline}.numbers,.card .names,.screen,details{display:none!important}
.paper{display:block}
.card{border:0;padding:0}
.named .cut{width:calc(88% * var(--share))}
.cut{font-size:12px;max-width:9cm!important}
.named .cut{max-width:12cm!important}
.pair{grid-template-columns:1fr 1fr;gap:1rem}
figure,tr,.bars li,.note{break-inside:avoid}
h2,h3{break-after:avoid}
table{font-size:8pt}th,td{padding-block:.22rem}.what,.second{font-size:7.6pt}
.bars li{min-height:0;grid-template-columns:13rem minmax(0,1fr) 8.5rem}
.bars .name{padding-block:0}
.sentence{display:none}
.findings{margin-top:.8rem}
.findings th[scope=row]{width:34%}
.section th{padding-top:.7rem}
.bars .track{height:18px}
.columns{columns:3;column-gap:1.2rem}
a{text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
