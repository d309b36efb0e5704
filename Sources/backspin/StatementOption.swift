// `--statement FILE`: what the customer is sent, as text or as a page to print.

internal import ArgumentParser
internal import Report

struct StatementOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the customer's statements too: a page to print (FILE.html), or text (FILE.txt, or - for here).",
      valueName: "file"))
  var statement: String?

  private var isPage: Bool { statement?.hasSuffix(".html") == true || statement?.hasSuffix(".htm") == true }

  func validate() throws {
    guard let statement, !isPage, statement != "-", !statement.hasSuffix(".txt") else { return }
    // Pipes and devices have no ending, and are read by programs: text.
    guard !statement.hasPrefix("/dev/") else { return }
    throw ValidationError("--statement is a FILE.html, a FILE.txt or -, not '\(statement)'")
  }

  func leave(_ papers: [StatementPaper]) throws {
    guard let statement else { return }
    let text = isPage ? StatementPaper.page(papers) : StatementPaper.text(papers)
    guard statement != "-" else { return Terminal.print(text) }
    try RunFolder.write(text, to: statement)
  }
}
