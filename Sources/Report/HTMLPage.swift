// One self-contained page: a table of all stories, then a card for each with its plot, its statement and its
// decisions. No script is needed to read it; nothing is fetched.

public import Runner
internal import Settlement
internal import Units

/// The run as one HTML file.
public enum HTMLPage {
  public static func document(_ run: RunRecord) -> String {
    var out = "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
    out += "<meta name=\"viewport\" content=\"width=device-width\">"
    out += "<title>Backspin: \(run.stories.count) stories</title><style>\(PageStyle.sheet)</style></head><body>"
    out += "<h1>Backspin</h1><p class=\"lead\">From electrons to pence: \(run.stories.count) stories at depth "
    out += "<b>\(HTMLText.escaped(run.depth))</b>, seed \(run.seed).</p>"
    out += summary(run)
    for story in run.stories { out += HTMLStory.card(story) }
    return out + "</body></html>\n"
  }

  private static func summary(_ run: RunRecord) -> String {
    var out = "<table class=\"summary\"><thead>"
    out += HTMLText.row(
      ["", "story", "true value", "entitled", "paid", "paid − entitled", "first divergence"], head: true)
    out += "</thead><tbody>"
    for story in run.stories {
      let money = story.money
      out += "<tr class=\"\(story.verdict.rawValue)\"><td class=\"mark\">\(mark(story.verdict))</td>"
      out += "<td><a href=\"#\(HTMLText.escaped(story.id))\">\(HTMLText.escaped(story.title))</a></td>"
      out += number(money.trueValue.map(TerminalText.pounds)) + number(money.entitled.map(TerminalText.pounds))
      out += number(TerminalText.pounds(money.paid))
      out += number(TerminalText.core(money).map { TerminalText.pounds(NanoPence($0)) })
      out += HTMLText.element("td", story.divergence.map { "\($0.layer.rawValue), \($0.at)" } ?? "–") + "</tr>"
    }
    return out + "</tbody></table>"
  }

  static func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .passed, .failedAsItMust: "✓"
    case .knownGap: "~"
    case .failed: "✗"
    case .error: "!"
    }
  }

  static func number(_ text: String?) -> String { HTMLText.element("td", class: "number", text ?? "–") }
}
