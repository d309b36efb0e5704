// One self-contained page: what the run came to, a table of all stories, then a card for each with its way
// from electrons to pence, its plots, statements and decisions. No script is needed to read it; nothing is
// fetched.

public import Runner
internal import Units

/// The run as one HTML file.
public enum HTMLPage {
  public static func document(_ run: RunRecord) -> String {
    let count = "\(run.stories.count) \(run.stories.count == 1 ? "story" : "stories")"
    var out = "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
    out += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    out += "<meta name=\"color-scheme\" content=\"light dark\">"
    out += "<title>Backspin: \(count)</title><style>\(PageStyle.sheet)</style></head><body>"
    out += "<header><h1>Backspin</h1><p>From electrons to pence: \(count) at depth "
    out += "<b>\(HTMLText.escaped(run.depth))</b>, seed \(run.seed).</p></header>"
    out += tiles(run) + summary(run)
    for story in run.stories { out += HTMLStory(story).card }
    return out + "</body></html>\n"
  }

  /// The whole run at a glance.
  private static func tiles(_ run: RunRecord) -> String {
    var tiles: [(value: String, name: String, style: String)] = []
    for verdict in Verdict.allCases {
      let count = run.stories.count { $0.verdict == verdict }
      guard count > 0 else { continue }
      tiles.append(("\(count)", TerminalText.words(verdict), verdict.rawValue))
    }
    let money = run.stories.map(\.money)
    let core = money.compactMap(\.core).reduce(NanoPence.zero, +).roundedHalfUp
    let metering = money.compactMap(\.metering).reduce(NanoPence.zero, +).roundedHalfUp
    tiles.append(("\(core)", "paid − entitled: what the core did", ""))
    tiles.append(("\(metering)", "entitled − true value: what metering and terms did", ""))
    let all = tiles.map { tile in
      "<div class=\"tile \(tile.style)\">\(HTMLText.element("b", tile.value))"
        + "\(HTMLText.element("span", tile.name))</div>"
    }
    return "<div class=\"tiles\">\(all.joined())</div>"
  }

  private static func summary(_ run: RunRecord) -> String {
    let rows = run.stories.map { story in
      let money = story.money
      let id = HTMLText.escaped(story.id)
      return HTMLText.row(
        [
          .html(mark(story.verdict)),
          .html("<a href=\"#\(id)\">\(HTMLText.escaped(story.title))</a>"),
          pounds(money.trueValue), pounds(money.entitled), .number("\(money.paid)"),
          gap(money.core), .html(parted(story.divergence)),
        ], class: story.verdict.rawValue)
    }
    return HTMLText.table(
      [
        "", "story", .number("true value"), .number("entitled"), .number("paid"), .number("paid − entitled"),
        "first divergence",
      ], rows, class: "summary")
  }

  /// A sign that says the verdict without its colour too.
  static func mark(_ verdict: Verdict) -> String {
    let sign =
      switch verdict {
      case .passed: "✓"
      case .failedAsItMust: "✓"
      case .knownGap: "~"
      case .failed: "✗"
      case .error: "!"
      }
    return "<span class=\"mark \(verdict.rawValue)\" title=\"\(TerminalText.words(verdict))\">\(sign)</span>"
  }

  private static func pounds(_ money: NanoPence?) -> Cell {
    .number(money.map { "\($0.roundedHalfUp)" } ?? "–")
  }

  /// Nothing is worth a glance only where there is something.
  private static func gap(_ money: NanoPence?) -> Cell {
    guard let money else { return .number("–") }
    let pence = money.roundedHalfUp
    return .number(pence == .zero ? "·" : "\(pence)")
  }

  private static func parted(_ belief: Belief?) -> String {
    guard let belief else { return "<span class=\"quiet\">none</span>" }
    return "<span class=\"layer \(belief.layer.rawValue)\">\(belief.layer.rawValue)</span> "
      + "<span class=\"quiet word\">\(HTMLText.escaped("\(belief.at)"))</span>"
  }
}
