// The style of the page: one sheet, light and dark.

enum PageStyle {
  static let sheet = """
    :root{--ink:#1b1f24;--quiet:#667;--paper:#fff;--line:#dde1e6;--card:#f7f8fa;--good:#1a7f37;--bad:#c4311f;\
    --truth:#b9c0c8;--meter:#0b62c4;--read:#c4311f;--paid:#1a7f37}
    @media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--quiet:#98a2ad;--paper:#14171b;--line:#2c323a;\
    --card:#1b1f25;--good:#56d364;--bad:#ff7b72;--truth:#59626d;--meter:#6cb0ff;--read:#ff7b72;--paid:#56d364}}
    body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1080px;\
    margin:2rem auto;padding:0 1rem}
    h1{margin:0}h2{font-size:1.05rem;margin:0 0 .2rem}.lead,.meta{color:var(--quiet);margin:.2rem 0 1rem}
    .meta{font-size:.85rem}.remark{color:var(--bad)}
    table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.4rem 0}
    th{text-align:left;color:var(--quiet);font-weight:600}
    th,td{padding:.18rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
    .number{text-align:right;font-variant-numeric:tabular-nums}.total td{font-weight:600}
    .why{color:var(--quiet)}.card{background:var(--card);border:1px solid var(--line);border-radius:8px;\
    padding:1rem;margin:1.2rem 0}
    .mark{color:var(--good);font-weight:700}.failed .mark,.error .mark{color:var(--bad)}
    a{color:inherit}.chart{width:100%;height:auto;margin:.4rem 0}
    .chart text{font:11px system-ui,sans-serif;fill:var(--quiet)}.chart .title{font-weight:600;fill:var(--ink)}
    .chart .grid{stroke:var(--line)}.chart polyline{fill:none;stroke-width:1.6}
    .chart .truth{stroke:var(--truth);stroke-width:5;stroke-linecap:round}.chart .meter{stroke:var(--meter)}
    .chart .paid{stroke:var(--paid);stroke-dasharray:5 3}.chart circle.read{fill:var(--read)}
    .chart text.key{stroke:none}.chart text.key.truth{fill:var(--truth)}.chart text.key.meter{fill:var(--meter)}
    .chart text.key.read{fill:var(--read)}.chart text.key.paid{fill:var(--paid)}
    """
}
