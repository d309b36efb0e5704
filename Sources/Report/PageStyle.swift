// The style of the page: one sheet, light and dark, screen and paper.

enum PageStyle {
  static let sheet = colours + frame + tables + cards + charts + paper

  private static let colours = """
    :root{--ink:#1b1f24;--quiet:#5b6570;--paper:#fff;--line:#dde1e6;--card:#f7f8fa;--good:#1a7f37;\
    --bad:#c4311f;\
    --maybe:#9a6700;--truth:#b4bcc6;--meter:#0b62c4;--read:#1b1f24;--paid:#1a7f37;--fault:#c4311f}
    @media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--quiet:#98a2ad;--paper:#14171b;--line:#2c323a;\
    --card:#1b1f25;--good:#56d364;--bad:#ff7b72;--maybe:#e3b341;--truth:#5f6873;--meter:#6cb0ff;\
    --read:#e6e8eb;\
    --paid:#56d364;--fault:#ff7b72}}

    """

  private static let frame = """
    *{box-sizing:border-box}
    body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1080px;\
    margin:2rem auto;padding:0 1rem}
    h1{margin:0;font-size:1.7rem}h2{font-size:1.1rem;margin:0;overflow-wrap:anywhere}
    h3{font-size:.9rem;margin:1rem 0 0;overflow-wrap:anywhere}
    header p,.meta,.quiet{color:var(--quiet)}header p{margin:.2rem 0 1rem}
    .meta{font-size:.8rem;margin:.2rem 0 .8rem;overflow-wrap:anywhere}.remark{color:var(--bad);\
    font-weight:600}
    .mark{font-weight:700;color:var(--good)}.mark.failed,.mark.error{color:var(--bad)}
    .mark.known-gap{color:var(--maybe)}.mark.failed-as-it-must{color:var(--meter)}
    a{color:inherit;text-decoration-color:var(--line);text-underline-offset:3px}
    .tiles{display:flex;flex-wrap:wrap;gap:.7rem;margin:0 0 1.2rem}
    .tile{flex:1 1 9rem;background:var(--card);border:1px solid var(--line);border-radius:8px;\
    padding:.6rem .8rem}
    .tile b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
    .tile span{color:var(--quiet);font-size:.8rem}.tile.failed b,.tile.error b{color:var(--bad)}
    .tile.passed b{color:var(--good)}.tile.known-gap b{color:var(--maybe)}

    """

  private static let tables = """
    .wide{overflow-x:auto;margin:.3rem 0}table{border-collapse:collapse;width:100%;font-size:.85rem}
    th{text-align:left;color:var(--quiet);font-weight:600}
    th,td{padding:.2rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
    .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.word{white-space:nowrap}
    td:not(.number):not(.word){overflow-wrap:break-word;min-width:8rem}.summary td:first-child{min-width:0}
    .total td{font-weight:600;border-bottom:0}.why td{color:var(--quiet);border-bottom:0}
    .checks .met td:first-child{color:var(--good)}\
    .unmet td:first-child,.vacuous td:first-child{color:var(--bad)}
    tr.held,tr.awaited{color:var(--quiet)}tr.query td:nth-child(2),tr.hold td:nth-child(2){color:var(--maybe)}
    tr.error td:nth-child(2){color:var(--bad)}tr.information{color:var(--quiet)}
    .layer{font-weight:600;color:var(--fault)}
    details{margin:.5rem 0}summary{cursor:pointer;color:var(--quiet);font-size:.85rem}

    """

  private static let cards = """
    .card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:1.2rem 0}
    .way{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;margin:.4rem 0 .8rem}
    .step{position:relative;border-top:3px solid var(--line);padding-top:.3rem;min-width:6.5rem;flex:1}
    .step+.step::before{content:"→";position:absolute;left:-1.15rem;top:.75rem;color:var(--quiet)}
    .step span,.step i{display:block;font-size:.75rem;color:var(--quiet)}.step i{color:var(--fault);\
    font-style:normal}
    .step b{font-variant-numeric:tabular-nums}.parted{border-color:var(--fault)}

    """

  private static let charts = """
    figure{margin:.8rem 0}figcaption{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.8rem;\
    color:var(--quiet)}
    figcaption b{color:var(--ink)}.chart{display:block;width:100%;height:auto}
    .key::before{content:"";display:inline-block;width:1.1em;height:0;margin-right:.4em;vertical-align:.28em;\
    border-top:3px solid}
    .key.truth::before{border-top-width:6px;border-color:var(--truth)}\
    .key.meter::before{border-color:var(--meter)}
    .key.accepted::before{border-top-style:dashed;border-color:var(--paid)}
    .key.read::before,.key.queried::before{width:.55em;height:.55em;border:0;border-radius:50%;\
    vertical-align:0;\
    background:var(--read)}
    .key.queried::before{width:.8em;height:.8em;background:none;border:2px solid var(--fault);\
    vertical-align:-.1em}
    .key.miss::before{content:"×";width:auto;border:0;color:var(--fault);vertical-align:0;font-weight:700}
    .key.settled::before{width:0;height:.9em;border:0;border-left:2px dotted var(--paid);vertical-align:-.1em}
    .key.fault::before{height:.8em;border:0;background:var(--fault);opacity:.25;vertical-align:-.1em}
    .chart text{font:11px system-ui,sans-serif;fill:var(--quiet)}.chart .grid{stroke:var(--line)}
    .chart polyline{fill:none;stroke-width:1.7;stroke-linejoin:round}
    .chart .truth{stroke:var(--truth);stroke-width:5;stroke-linecap:round}.chart .meter{stroke:var(--meter)}
    .chart .accepted{stroke:var(--paid);stroke-dasharray:6 4}.chart .settled{stroke:var(--paid);\
    stroke-width:1.5;\
    stroke-dasharray:1.5 3}
    .chart circle.read{fill:var(--read)}.chart circle.queried{fill:none;stroke:var(--fault);stroke-width:2}
    .chart .beyond path{fill:var(--read)}.chart .queried.beyond path{fill:var(--fault)}
    .chart .queried.beyond text{fill:var(--fault)}.chart .fault{fill:var(--fault);opacity:.1}
    .strip .bar rect{fill:var(--truth)}.strip .bar text{fill:#fff;font-size:10.5px}
    .bar.paid rect{fill:var(--paid)}.bar.provisional rect{fill:var(--paid);opacity:.45}
    .bar.adjustment rect{fill:var(--meter)}.bar.held rect{fill:var(--maybe)}\
    .bar.forfeited rect{fill:var(--fault)}
    .bar.rule rect{opacity:.35}.strip .bar.rule text,.strip .bar.provisional text{fill:var(--ink)}
    .strip .told line{stroke:var(--quiet);stroke-dasharray:1 3}\
    .strip .told text{fill:var(--ink);font-size:10.5px}
    .key.bar::before{width:.9em;height:.8em;border:0;vertical-align:-.1em;background:var(--truth)}
    .key.bar.paid::before{background:var(--paid)}\
    .key.bar.provisional::before{background:var(--paid);opacity:.45}
    .key.bar.adjustment::before{background:var(--meter)}.key.bar.held::before{background:var(--maybe)}
    .key.bar.forfeited::before{background:var(--fault)}
    .photos{display:flex;flex-wrap:wrap;gap:1rem}.photos figure{margin:.4rem 0;max-width:15rem}
    .photos img{display:block;width:100%;height:auto;border-radius:4px}
    .chart .miss{stroke:var(--fault);stroke-width:1.5;fill:none}

    """

  private static let paper = """
    @media print{body{max-width:none;margin:0;font-size:11px}.card{break-inside:avoid-page;background:none}\
    figure,table{break-inside:avoid}.wide{overflow:visible}a{text-decoration:none}\
    details::details-content{content-visibility:visible;height:auto}}
    @media (max-width:600px){body{padding:0 .6rem}.card{padding:.7rem}.step{min-width:44%}\
    .step+.step::before{content:none}}
    """
}
