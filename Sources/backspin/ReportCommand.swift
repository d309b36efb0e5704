internal import ArgumentParser
internal import Foundation
internal import Runner

/// `backspin report [RUN]`: where the page of a finished run is, or a copy of it.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Show where the page of a finished run is, or copy its page or JSON.")

  @Argument(help: "A run record.") var record = ".backspin/runs/latest"
  @Option(help: ArgumentHelp("Copy the HTML page.", valueName: "file")) var html: String?
  @Option(help: ArgumentHelp("Copy the JSON.", valueName: "file")) var json: String?

  @OptionGroup var redaction: RedactOptions

  func run() throws { try redaction.masking { try run(&$0) } }

  private func run(_ redactor: inout Redactor?) throws {
    let page = record + "/report.html"
    guard FileManager.default.fileExists(atPath: page) else {
      throw Failure(
        "\(record) is no run record; run some stories first, or name a folder under .backspin/runs")
    }
    try redactor?.learn(ExplainCommand.identifiers(of: record))
    if let html {
      let text = try DiskReader().text(of: page)
      try RunFolder.write(redactor?.text(text) ?? text, to: html)
    }
    if let json {
      let text = try DiskReader().text(of: record + "/run.json")
      try RunFolder.write(try redactor.map { try Self.masked(text, $0) } ?? text, to: json)
    }
    if html == nil, json == nil { Terminal.line(URL(fileURLWithPath: page).resolvingSymlinksInPath().path) }
  }

  private static func masked(_ text: String, _ redactor: Redactor) throws -> String {
    JSONText(try TargetJSON.parse(text, file: "run.json")).mappingTexts { redactor.name($0) }.pretty
  }
}
