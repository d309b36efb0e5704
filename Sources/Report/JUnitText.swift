// JUnit XML, as CI systems read it: a suite per run, a case per story, a failure per unmet expectation.

public import Runner
internal import Units

/// The run as a JUnit document.
public enum JUnitText {
  public static func document(_ run: RunRecord) -> String {
    let failures = run.stories.count { $0.verdict == .failed }
    let errors = run.stories.count { $0.verdict == .error }
    let skipped = run.stories.count { $0.verdict == .knownGap }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuite name=\"backspin depth=\(run.depth) seed=\(run.seed)\" tests=\"\(run.stories.count)\""
    text += " failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\">\n"
    for story in run.stories { text += testCase(story) }
    return text + "</testsuite>\n"
  }

  private static func testCase(_ story: StoryRecord) -> String {
    var text = "  <testcase classname=\"\(escaped(story.file))\" name=\"\(escaped(story.id))\">\n"
    switch story.verdict {
    case .error:
      text += "    <error message=\"\(escaped(story.remark ?? "could not be run"))\"/>\n"
    case .failed:
      for check in story.unmet { text += failure(check) }
      if story.unmet.isEmpty { text += "    <failure message=\"\(escaped(story.remark ?? "failed"))\"/>\n" }
    case .knownGap:
      text += "    <skipped message=\"known gap: \(escaped(story.remark ?? ""))\"/>\n"
    case .passed, .failedAsItMust: break
    }
    return text + "  </testcase>\n"
  }

  private static func failure(_ check: CheckResult) -> String {
    let body = ([check.at + ": " + check.excerpt] + check.why).joined(separator: "\n")
    return "    <failure type=\"\(escaped(check.checker))\" message=\"expected \(escaped(check.expected)), "
      + "got \(escaped(check.got))\">\(escaped(body))</failure>\n"
  }

  /// XML 1.0 text: five characters have names, control characters are not allowed at all.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&apos;"
      case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
