/** Everything that may be changed from outside is a custom property with a default, or a part. Light or dark is what the page is. */
export const STYLE = `
:host{display:block}:host([hidden]){display:none}
.box{position:relative;font:var(--fundstelle-font,1rem/1.45 system-ui,sans-serif);
--t:var(--fundstelle-text,light-dark(#1b1d22,#e9eaee));--d:var(--fundstelle-dim,light-dark(#565b66,#a6abb8));
--b:var(--fundstelle-back,light-dark(#fff,#16181d));--s:var(--fundstelle-selected,light-dark(#e8f0fb,#27334a));
--l:var(--fundstelle-line,light-dark(#868d9b,#6d7482));--a:var(--fundstelle-accent,light-dark(#0a4f9e,#8fbcf5));
--m:var(--fundstelle-mark,light-dark(#ffe98a,#6a5700));--r:var(--fundstelle-radius,.6rem);color:var(--t);text-align:start}
:host([theme=light]) .box{color-scheme:light}:host([theme=dark]) .box{color-scheme:dark}:host([theme=auto]) .box{color-scheme:light dark}
*{box-sizing:border-box}[hidden]{display:none!important}
form{display:flex;gap:8px;margin:0}.field{position:relative;display:flex;flex:1;min-width:0}
input,button{font:inherit;color:inherit;min-height:44px;border:1px solid var(--l);border-radius:var(--r);background:var(--b)}
input{flex:1;min-width:0;width:100%;font-size:max(16px,1em);padding:0 48px 0 .9em;margin:0;appearance:none}
input::placeholder{color:var(--d);opacity:1}
input::-webkit-search-cancel-button{display:none}
:focus-visible{outline:3px solid var(--a);outline-offset:1px}
.go{position:absolute;inset:0 0 0 auto;width:46px;border:0;background:none;padding:0;cursor:pointer;display:grid;place-items:center;color:var(--d)}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2.2;stroke-linecap:round}
@media (hover:none){kbd{display:none}}.opener{display:inline-flex;align-items:center;gap:.6em;padding:0 1em;cursor:pointer;color:var(--d);max-width:100%}
kbd{font:inherit;font-size:.8em;border:1px solid var(--l);border-radius:.35em;padding:0 .4em}
.panel{position:absolute;z-index:var(--fundstelle-z,1000);inset:calc(100% + 6px) 0 auto;min-width:min(20rem,92vw);max-height:min(34rem,75vh);overflow:auto;scroll-padding-bottom:48px;
overscroll-behavior:contain;background:var(--b);border:1px solid var(--l);border-radius:var(--r);box-shadow:0 8px 30px #0003}
[role=option]{display:block;min-height:44px;padding:.55em .9em;color:inherit;text-decoration:none;overflow-wrap:anywhere;border-bottom:1px solid color-mix(in srgb,var(--l) 35%,transparent);unicode-bidi:isolate}
[role=option]:last-child{border-bottom:0}[role=option]:hover{background:color-mix(in srgb,var(--s) 60%,var(--b))}
[role=option][aria-selected=true]{background:var(--s);box-shadow:inset 3px 0 var(--a)}
.t{display:block;font-weight:600;unicode-bidi:isolate}.s{font-size:.9em;color:var(--d);unicode-bidi:isolate;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.more{color:var(--a);font-weight:600}.all{position:sticky;bottom:0;margin-top:-1px;border-top:1px solid color-mix(in srgb,var(--l) 35%,var(--b));background:var(--b)}
mark{background:var(--m);color:var(--t);border-radius:.2em}
.say{margin:0;padding:.8em .9em;overflow-wrap:anywhere}.say button{margin-top:.5em;padding:0 1em;cursor:pointer;color:var(--a);font-weight:600}
.live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
dialog{width:min(40rem,94vw);max-width:none;max-height:85vh;margin:8vh auto auto;padding:12px;border:1px solid var(--l);border-radius:calc(var(--r) + 6px);background:var(--b);color:var(--t);overflow:visible}
dialog::backdrop{background:#0008}
dialog .panel{position:static;border:0;box-shadow:none;margin-top:8px;max-height:calc(85vh - 90px);min-width:0;border-radius:0}
.shut{width:46px;padding:0;cursor:pointer;display:grid;place-items:center;flex:none}
@media (prefers-reduced-motion:no-preference){.panel{animation:f .12s}@keyframes f{from{opacity:0}}}
@media (forced-colors:active){[aria-selected=true]{forced-color-adjust:none;background:Highlight;color:HighlightText}[aria-selected=true] *{color:inherit}mark{forced-color-adjust:none;background:Mark;color:MarkText}}
`
