// The customer's statement as one printable page: A4 on paper, and nothing that a printer would not show.

extension StatementPaper {
  /// One or more statements as one HTML file, a sheet of paper each.
  public static func page(_ papers: [StatementPaper]) -> String {
    var out = "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
    out += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    out += "<title>\(HTMLText.escaped(papers.first?.title ?? "No statement"))</title>"
    out += "<style>\(sheet)</style></head><body>"
    if papers.isEmpty { out += "<article><p>No statement was issued.</p></article>" }
    return out + papers.map(\.article).joined() + "</body></html>\n"
  }

  private var article: String {
    var out = "<article><header><p class=\"payer\">\(HTMLText.escaped(payer))</p>"
    out += HTMLText.element("h1", title) + "</header><div class=\"top\"><dl>"
    for entry in head { out += HTMLText.element("dt", entry.name) + HTMLText.element("dd", entry.value) }
    out += "</dl><p class=\"pay\">\(HTMLText.element("span", totals.last?.name ?? ""))"
    out += "\(HTMLText.element("b", amount))</p></div>"
    if !rows.isEmpty { out += Self.section("What you exported, and what it is worth", rows) }
    if !waiting.isEmpty { out += Self.section("What is not paid with this statement", waiting) }
    out += "<table class=\"totals\"><tbody>"
    for total in totals {
      out += "<tr>\(HTMLText.element("th", total.name))\(HTMLText.element("td", total.value))</tr>"
    }
    out += "</tbody></table><footer>"
    return out + remarks.map { HTMLText.element("p", $0) }.joined() + "</footer></article>"
  }

  private static func section(_ title: String, _ rows: [Row]) -> String {
    let hasVAT = rows.contains { !$0.vat.isEmpty }
    var out = HTMLText.element("h2", title)
    out += "<table class=\"lines\"><thead><tr><th>period</th><th>measured</th><th class=\"n\">energy</th>"
    out += "<th class=\"n\">price</th>"
    out += hasVAT ? "<th class=\"n\">VAT</th>" : ""
    out += "<th class=\"n\">amount</th></tr></thead>"
    for row in rows {
      let style = row.notes.isEmpty ? "" : " class=\"noted\""
      out += "<tbody><tr\(style)>\(HTMLText.element("td", row.period))\(HTMLText.element("td", row.measured))"
      for number in [row.energy, row.price] + (hasVAT ? [row.vat] : []) + [row.amount] {
        out += HTMLText.element("td", class: "n", number)
      }
      out += "</tr>"
      if !row.notes.isEmpty {
        let notes = row.notes.map(HTMLText.escaped).joined(separator: "<br>")
        out += "<tr class=\"note\"><td colspan=\"\(hasVAT ? 6 : 5)\">\(notes)</td></tr>"
      }
      out += "</tbody>"
    }
    return out + "</table>"
  }

  private static let sheet = """
    @page{size:A4;margin:18mm 16mm}
    *{box-sizing:border-box}
    body{font:14px/1.45 "Liberation Sans",Arial,system-ui,sans-serif;color:#1b1f24;background:#e9ecef;margin:0}
    article{background:#fff;max-width:178mm;min-height:250mm;margin:8mm auto;padding:14mm 15mm;\
    box-shadow:0 1px 6px #0003;break-after:page}
    .payer{margin:0;font-weight:700;letter-spacing:.02em}
    h1{font-size:1.35rem;margin:.2rem 0 1.2rem;font-weight:600}
    h2{font-size:1rem;margin:1.6rem 0 .4rem;font-weight:600}
    .top{display:flex;justify-content:space-between;gap:2rem;align-items:flex-start}
    dl{display:grid;grid-template-columns:max-content auto;gap:.15rem 1.2rem;margin:0}
    dt{color:#5b6570}dd{margin:0;font-variant-numeric:tabular-nums}
    .pay{margin:0;border:2px solid #1b1f24;border-radius:4px;padding:.6rem 1rem;text-align:right;min-width:46mm}
    .pay span{display:block;color:#5b6570;font-size:.85rem}.pay b{font-size:1.6rem;font-variant-numeric:tabular-nums}
    table{border-collapse:collapse;width:100%}
    th{text-align:left;color:#5b6570;font-weight:400;font-size:.8rem}
    .lines th{border-bottom:1px solid #1b1f24;padding:.2rem .5rem .2rem 0}
    .lines tbody{break-inside:avoid}
    .lines td{padding:.35rem .5rem .35rem 0;border-bottom:1px solid #dde1e6;vertical-align:top}
    .lines .noted td{border-bottom:0;padding-bottom:0}.note td{color:#5b6570;font-size:.82rem;padding-top:.1rem}
    .n,.lines th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0}
    .lines td.n{padding-right:0}
    td.n+td.n,th.n+th.n{padding-left:.8rem}
    .totals{width:auto;margin:1.6rem 0 0 auto}
    .totals th{font-size:.95rem;padding:.2rem 2.5rem .2rem 0}
    .totals td{text-align:right;font-variant-numeric:tabular-nums}
    .totals tr:last-child>*{border-top:1px solid #1b1f24;font-weight:700;color:#1b1f24;padding-top:.4rem}
    footer{margin-top:2rem;color:#5b6570;font-size:.82rem}footer p{margin:.2rem 0}
    @media print{body{background:none}article{box-shadow:none;margin:0;padding:0;max-width:none;min-height:0}}
    @media (max-width:640px){article{margin:0;padding:1rem;box-shadow:none}.lines{font-size:.85rem}.top{flex-wrap:wrap}}
    """
}
