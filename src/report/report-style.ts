import { SECTION_STYLE } from './sections.ts';

/**
 * The report's style sheet: light and dark, phone to desk, and two sheets of A4. Colours carry no verdict; whatever they say is
 * also said in words, and everything reads in grey. Text has at least 4.5 : 1 contrast (WCAG 2.2 AA).
 */
export const REPORT_STYLE = `
:root{--paper:#fbfaf6;--ink:#1f2328;--quiet:#565b63;--rule:#d8d4c9;--soft:#f1eee5;--accent:#24477f;--mark:#1f2328;--band:#cdc9bd;--range:#24477f;--other:#fbfaf6;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#15171b;--ink:#e9e6df;--quiet:#a9adb5;--rule:#3a3e46;--soft:#1f2228;--accent:#a9c4f2;--mark:#e9e6df;--band:#4a4f5a;--range:#a9c4f2;--other:#15171b}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
main,footer{max-width:70rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
header{padding-top:clamp(2rem,6vw,4rem)}
footer{padding-block:2rem 4rem;color:var(--quiet);font-size:.9rem;border-top:1px solid var(--rule)}
h1,h2,.lead{font-family:Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Times New Roman",serif;text-wrap:balance}
h1{font-size:clamp(1.9rem,5vw,3rem);line-height:1.12;font-weight:600;letter-spacing:-.01em;margin:.3rem 0 1.2rem}
h2{font-size:clamp(1.35rem,3vw,1.75rem);line-height:1.2;font-weight:600;margin:0 0 .7rem}
h3{font-size:1rem;line-height:1.35;margin:1.4rem 0 .4rem}
p,ul,ol,dl{margin:0 0 1rem}
section{padding-block:clamp(1.8rem,4vw,3rem);border-top:1px solid var(--rule)}
section>p,section>ul:not([class]),section>ol,.intro{max-width:46rem}
section>ul:not([class]) li{margin-bottom:.5rem}
.intro,.foot,.small-print{color:var(--quiet)}
.foot,.small-print{font-size:.9rem}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
a.n{color:inherit;text-decoration:underline dotted var(--quiet) 1px;text-underline-offset:.2em}
a.n:hover{color:var(--accent);text-decoration:underline solid}
.kicker{margin:0;color:var(--quiet);font-size:.92rem;letter-spacing:.02em}
.lead{font-size:clamp(1.2rem,2.6vw,1.5rem);line-height:1.42;max-width:52rem;margin-bottom:1.4rem;text-wrap:pretty}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:1.1rem 1.8rem;margin:0 0 1.4rem;padding:1.1rem 0;border-block:1px solid var(--rule)}
.facts div{min-width:0}
.facts dt{color:var(--quiet);font-size:.86rem}
.facts dd{margin:0;font-weight:600;line-height:1.35}
.facts dd span{display:block;font-weight:400;color:var(--quiet);font-size:.92rem}
.note{background:var(--soft);border-left:4px solid var(--ink);padding:.8rem 1.2rem;margin:0 0 1.4rem;max-width:54rem}
.note p:last-child{margin-bottom:0}
.note.unfinished{border:3px double var(--ink);padding:1.1rem 1.4rem}
.remarks{color:var(--quiet);font-size:.95rem}
.quiet,.what,.second{color:var(--quiet)}
.paper,.paper-marks{display:none}
.what{display:block;font-weight:400;font-size:.88rem;line-height:1.35}

.core-figure{display:grid;grid-template-columns:minmax(0,1.05fr) minmax(0,1fr);gap:1rem clamp(1rem,3vw,2.5rem);align-items:center}
.core-figure>svg{display:block;width:100%;height:auto;background:#fff;border:1px solid var(--rule);border-radius:6px;padding:10px 8px 4px;font:11.5px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#22252a}
.core-figure .head{fill:#4a4e55;font-size:12px}
.core-figure .tick{fill:#4a4e55;font-size:10.5px}
.core-figure .rest{stroke:#3b3f46;stroke-width:.7;fill-opacity:.55}
.core-figure .pressed{stroke:#22252a;stroke-width:1}
.core-figure .band{fill-opacity:.16;stroke:#8a8d92;stroke-width:.5}
.core-figure .tool{fill:#7e848c;stroke:#30343a;stroke-width:1.4}
.core-figure .on-tool{fill:#fff;font-weight:600}
.core-figure .bone{stroke:#22252a;stroke-width:4}
.core-figure .grid{stroke:#dcd9d0}
.core-figure .guide{stroke:#c9c6bd;stroke-width:.7;stroke-dasharray:2 3}
.core-figure .area{fill:#9fb4d4;fill-opacity:.5}
.core-figure .curve{fill:none;stroke:#24477f;stroke-width:2.2;stroke-linejoin:round}
.core-figure .lead{fill:none;stroke:#22252a;stroke-width:.8}
.core-figure svg .disc{fill:#fff;stroke:#22252a;stroke-width:1}
.core-figure .count{font-weight:600}
.layers{list-style:none;padding:0;margin:0;font-size:1.02rem}
.layers li{position:relative;padding:.42rem 0 .42rem 2.4rem;border-bottom:1px solid var(--rule);line-height:1.35}
.layers li:last-child{border:0}
.layers .disc{position:absolute;left:0;top:.48rem;width:1.6rem;height:1.6rem;border:1.5px solid var(--ink);border-radius:50%;text-align:center;font-size:.88rem;line-height:1.4rem;font-weight:600}
.beside{margin:1rem 0 0;color:var(--quiet);font-size:.95rem}
.layers .line{display:block;color:var(--quiet);font-size:.94rem;font-variant-numeric:tabular-nums}
.felt{font-size:.82rem;border:1px solid var(--quiet);border-radius:1em;padding:0 .5em;color:var(--quiet);white-space:nowrap}
.core-figure+.foot{margin-top:.8rem;max-width:46rem}

.strip{display:block;height:30px;border:1px solid var(--ink);border-radius:3px;background:#fff}
.strip .segment{stroke:#fff;stroke-width:1.5}
.strip .aimed{stroke:#111;stroke-width:3}
.strip-key{list-style:none;padding:0;margin:.7rem 0 0;display:flex;flex-wrap:wrap;gap:.25rem 1.3rem;font-size:.95rem}
.strip-key li{display:flex;align-items:center;gap:.4rem}
.strip-key rect{stroke:#555;stroke-width:1}
.strip-key .aimed{font-weight:700}

figure{margin:0 0 1.4rem}
figcaption{max-width:46rem;margin-top:.6rem;color:var(--quiet);font-size:.95rem;line-height:1.45}
figcaption strong{color:var(--ink)}
.card{background:#fff;color:#1f2328;border:1px solid var(--rule);border-radius:6px;padding:clamp(.5rem,2vw,1.4rem)}
.card .names{columns:2;column-gap:1rem;margin:.9rem 0 .2rem;padding:0;font-size:.84rem;line-height:1.35}
.card .names li{break-inside:avoid;margin-left:1.7rem;margin-bottom:.3rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.6rem;align-items:start}
.pair .card{padding:clamp(.5rem,1.4vw,1rem)}
.leaders{display:none}
.key{display:block;overflow:visible;font-size:11.5px;fill:#1f2328;margin-top:1rem}

.legend{max-width:none;display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;font-size:.9rem;color:var(--quiet);padding:0;list-style:none;margin:.2rem 0 1rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.legend svg{flex:none}
.track{display:block;overflow:visible;font-size:11.5px;fill:var(--quiet)}
.track .grid{stroke:var(--rule)}
.track .published{fill:var(--band)}
.track .range{fill:var(--range);fill-opacity:.55}
.track .mark{fill:var(--mark);stroke:var(--paper);stroke-width:1.5}
.track .mark.b{fill:var(--other);stroke:var(--mark);stroke-width:2}
.bars{list-style:none;padding:0;margin:0 0 1rem}
.bars li{display:grid;grid-template-columns:minmax(9rem,1fr) minmax(0,1.4fr) auto;gap:0 1rem;align-items:center;border-bottom:1px solid var(--soft)}
.bars .name{line-height:1.25;padding-block:.3rem}
.bars .value{grid-column:3;grid-row:1;font-variant-numeric:tabular-nums;text-align:right;font-weight:600;font-size:.96rem;white-space:nowrap;min-width:8.2rem}
.bars .value span{font-weight:400;color:var(--quiet);font-size:.9em}
.bars .track{grid-column:2;grid-row:1}
.bars .scale{border:0}
.pair-share{font-size:1.05rem}
.tornadoes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.4rem 2.4rem;align-items:start}
.tornado{margin:0}.tornado ul{list-style:none;padding:0;margin:.6rem 0 0}.tornado li{margin:0 0 .7rem;font-size:.92rem;line-height:1.35}
.tornado svg{display:block;margin-top:.2rem;overflow:visible}.tornado .axis{stroke:var(--ink);stroke-width:1.5}
.weight{fill:var(--mark);fill-opacity:.7}

table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.4;margin:0 0 1rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);padding-bottom:.6rem;max-width:46rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .9rem .55rem 0;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:.86rem;color:var(--quiet);font-weight:600;border-bottom:2px solid var(--rule);vertical-align:bottom}
tbody th{font-weight:600}
.parts th[scope=row]{width:17%}
.parts .amount{width:15%}
.parts .plot{width:20%}
.parts .marks{width:8%;font-size:.85rem}
.parts td:nth-child(5){width:8%}
.parts .said{font-size:.92rem}
.parts .also{color:var(--quiet)}
.parts tfoot td{border:0;padding-top:0}
.felt-silent{font-weight:600}
.narrow{max-width:38rem}
.narrow td{white-space:nowrap}
.narrow td,.narrow th[scope=col]:not(:first-child){text-align:right}
.half{display:grid;grid-template-columns:1.25fr 1fr;gap:0 2.5rem;border-top:1px solid var(--rule)}
.half section{border-top:0}
.stop ul{columns:2 18rem;column-gap:2.5rem;max-width:none!important}
.half>div>section+section{padding-top:0}
.columns{columns:3 15rem;column-gap:2rem}
.columns>div{break-inside:avoid}
.columns h3{margin-top:0}
.columns ul,section>ul:not([class]){padding-left:1.1rem}
.ladder{padding-left:1.3rem}
.ladder li{margin-bottom:.5rem}
.two{display:grid;grid-template-columns:1fr 1fr;gap:2rem}
.two h3{margin-top:0}
.two ul{padding-left:1.1rem}
.full{padding-left:1.1rem}
.full li{margin-bottom:.8rem}
.pro{display:block;color:var(--quiet);font-size:.92rem}
.plot svg{max-width:none}
.map svg{display:block;width:min(100%,32rem);height:auto;margin-inline:auto;border:1px solid #bbb}
section>.plot{padding:1.6rem .5rem 3rem 3.2rem;max-width:48rem}
.curve{display:block;overflow:visible;font-size:13px;fill:var(--quiet)}
.curve .grid{stroke:var(--rule)}
.curve .axis{stroke:var(--quiet)}
.curve .path{stroke:var(--range);stroke-width:2.4;stroke-linecap:round}
.curve .step{fill:var(--paper);stroke:var(--range);stroke-width:2}
.curve .target{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:6 5}
.curve .strong{fill:var(--ink);font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
details{margin:0 0 1rem}
summary{cursor:pointer;padding:.45rem 0;font-weight:600;color:var(--accent)}
dl.prints code{overflow-wrap:anywhere;font-size:.84rem}
pre{background:var(--soft);padding:1rem;overflow-x:auto;font:.84rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.ledger{font-size:.92rem;line-height:1.45;columns:2 24rem;column-gap:2.5rem}
.ledger>div{break-inside:avoid;margin-bottom:.7rem}
.ledger dt{font-weight:600}
.ledger dd{margin:0}
.model-card dt{font-weight:600}
.model-card dd{margin:0 0 .5rem;max-width:46rem}
.ledger>div:target{background:var(--soft);outline:2px solid var(--accent);outline-offset:3px}
.sources{padding:0;list-style:none;font-size:.9rem;line-height:1.5;columns:2 24rem;column-gap:2.5rem}
.sources li{break-inside:avoid;margin-bottom:.7rem}
.sources cite{font-style:italic}
.sources li:target{background:var(--soft);outline:2px solid var(--accent);outline-offset:3px}
.cite{font-size:.88em;color:var(--quiet)}
.scroll{overflow-x:auto}
${SECTION_STYLE}
@media screen and (min-width:60rem){
.leaders{display:inline}.numbers,.card .names{display:none}
.named .cut{width:calc(100% * var(--share))}
.named .card{padding-block:1.6rem}
}
@media screen and (max-width:59.99rem){
.half{grid-template-columns:1fr}
.parts,.parts tbody,.parts tr,.parts th,.parts td,.parts caption{display:block;width:auto!important}
.parts thead,.parts tfoot{display:none}
.parts tr{border-bottom:1px solid var(--rule);padding-block:.7rem}
.parts th,.parts td{border:0;padding:.12rem 0}
.parts .plot{padding-block:.3rem}
}
@media screen and (max-width:44rem){
body{font-size:1rem}
.core-figure{grid-template-columns:1fr}
.two{grid-template-columns:1fr}
.bars li{grid-template-columns:minmax(0,1fr) auto;padding-block:.35rem}
.bars .value{grid-column:2;grid-row:1}
.bars .track{grid-column:1/-1;grid-row:2}
.facts{grid-template-columns:1fr 1fr}
}
@media print{
:root{--paper:#fff;--ink:#000;--quiet:#3a3a3a;--rule:#bbb;--soft:#f2f2f2;--accent:#000;--mark:#000;--band:#d2d2d2;--range:#555;--other:#fff;color-scheme:light}
@page{size:A4;margin:9mm 11mm}
html{font-size:7pt}body{font-size:1rem;line-height:1.32}
main,footer{max-width:none;padding-inline:0}
.screen,footer,.remarks{display:none!important}
.paper{display:block}
.sheet{zoom:.94}
.sheet.first{break-after:page;min-height:290mm;display:flex;flex-direction:column}
.sheet.first>*{flex:none}.sheet.first>.core{flex:1 0 auto;display:flex;flex-direction:column}
header{padding-top:0}
h1{font-size:19pt;margin:0 0 1.2mm}h2{font-size:11.5pt;margin-bottom:1mm}h3{font-size:1rem;margin:0 0 .3mm}
p,ul,ol,dl{margin-bottom:1mm}
.kicker{font-size:7.5pt}
.lead{font-size:11.5pt;line-height:1.32;margin-bottom:1.6mm;max-width:none}
section{padding-block:1.4mm .9mm}
section>p,section>ul:not([class]),section>ol,.intro,figcaption,.core-figure+.foot{max-width:none}
.facts{grid-template-columns:1.75fr 1.1fr 1.2fr .9fr .8fr .7fr 1.35fr;gap:1mm 3mm;padding:1mm 0;margin-bottom:0}.facts .balance{display:none}
.facts dt,.facts dd span{font-size:6.2pt}.facts dd{line-height:1.2;font-size:7pt}
.note{padding:1.1mm 2.5mm;margin-bottom:1.6mm;max-width:none}
.note.unfinished{padding:1.2mm 2.5mm}
a{text-decoration:none!important;color:inherit!important}
.core-figure{grid-template-columns:1fr;padding-left:98mm;position:relative;min-height:58mm;flex:1 0 auto;align-content:center}
.core-figure>svg{padding:0;border:0;position:absolute;inset:0 auto 0 0;width:92mm;height:100%}
.beside{font-size:7pt;line-height:1.25;margin:1mm 0 0}.layers{font-size:8.2pt}.layers li{padding:.6mm 0 .6mm 7mm}.layers .line{font-size:7.6pt}
.layers .disc{width:4.6mm;height:4.6mm;top:1.2mm;line-height:4.1mm;font-size:7.4pt}
.core-figure+.foot{margin-top:.5mm}
.foot,.small-print{font-size:6.6pt;margin-bottom:.4mm}
.strip{height:6mm}.strip-key{margin-top:1mm;gap:.3mm 3.2mm;font-size:7.6pt}
.under-the-tool{display:grid;grid-template-columns:1fr 48mm;gap:0 4mm}
.under-the-tool h2{grid-column:1/-1}
.leaders{display:inline}.numbers,.card .names,figure.at-rest{display:none!important}
.first:has(.unfinished) .under-the-tool{grid-template-columns:1fr 47mm}.first:has(.unfinished) .named .cut{width:calc(70% * var(--share))!important}.first:has(.unfinished) .beside{display:none}
.card{border:0;padding:0}
figure{margin:0;break-inside:avoid}
figcaption{font-size:6.6pt;margin-top:.8mm;line-height:1.25}
.named .card{padding:1mm 0}
.named .cut{width:calc(78% * var(--share))}
.cut{font-size:12.5px;max-width:none!important}
.cut .edge{font-size:12px}.pressure .cut{font-size:15px}
.pair{display:block}.pair .card{padding:0}
.key{margin-top:1mm;font-size:9px}
.track{font-size:9px}
table{font-size:6.8pt;line-height:1.18;margin-bottom:0}th,td{padding:.38mm 2mm .38mm 0}
caption{display:none}
thead th{font-size:6.8pt;border-bottom-width:1px}
.what{font-size:6.2pt;line-height:1.15}
.parts .said{font-size:6.4pt;width:41%}.parts .also{display:none}
.parts .marks,.parts thead th:last-child{display:none}.paper-marks{display:inline;font-size:5.6pt}.parts th[scope=row]{width:22%}.parts .amount{width:16%}.parts .plot{width:13%}.track .mark{r:3.4px}.parts td:nth-child(5){width:8%}.parts th .what{display:inline;margin-left:1mm}.parts .more{display:none}
.parts .track{height:16px}.parts .plot .track>:not(line):not(text){transform:translateY(-4px)}.parts .plot{padding-top:.2mm;padding-bottom:0}
.parts tfoot .track{height:24px}
.legend{font-size:6.6pt;margin:0 0 .4mm;gap:0 4mm}.legend svg{height:14px}
tr{break-inside:avoid}
.half{grid-template-columns:1fr 1fr;gap:0 6mm}.stop{break-inside:avoid;border:1px solid #000;padding:1.2mm 2.5mm}.stop h2,.cannot-know h2{display:inline;font-size:8.2pt;font-family:inherit}.stop ul,.cannot-know ul{display:inline;padding:0;columns:auto}.stop li,.cannot-know li{display:inline}.stop li::before,.cannot-know li::before{content:' · '}.stop p{display:inline;margin-left:1mm}.stop .cite{display:none}
.bars{margin-bottom:.4mm}
.bars li{grid-template-columns:44mm 1fr 21mm;gap:0 2mm}.bars .what{display:inline;margin-left:1mm}
.bars .name{padding-block:0;line-height:1.1}.bars .value{min-width:0;font-size:6.8pt}.bars .name{font-size:6.8pt}
.bars .track{height:15px}.bars .track .mark{transform:translateY(-5px)}.bars .scale .track{height:26px}
.pair-share{font-size:8pt}
.columns{columns:2;column-gap:6mm}.columns>div{margin-bottom:.8mm;break-inside:avoid}.columns h3,.columns ul,.columns li,.columns p{display:inline;margin:0;padding:0!important}.columns li+li::before{content:' · '}.columns h3::after{content:': '}.columns ul,section>ul:not([class]),.ladder{padding-left:3mm}.stop ul,.cannot-know ul{padding:0!important}
.ask-first,.cannot-know,.other-things,.hands>p,.stop{font-size:6.7pt;line-height:1.22}.ask-first h3{font-size:6.8pt}
.ladder li,section>ul:not([class]) li{margin-bottom:.3mm}
.cite{font-size:5.8pt}.ask-first li .cite,.cannot-know .cite{display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
