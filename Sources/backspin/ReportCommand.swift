internal import ArgumentParser
internal import Foundation

/// `backspin report [RUN]`: where the page of a finished run is, or a copy of it.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Show where the page of a finished run is, or copy its page or JSON.")

  @Argument(help: "A run record.") var record = ".backspin/runs/latest"
  @Option(help: ArgumentHelp("Copy the HTML page.", valueName: "file")) var html: String?
  @Option(help: ArgumentHelp("Copy the JSON.", valueName: "file")) var json: String?

  func run() throws {
    let page = record + "/report.html"
    guard FileManager.default.fileExists(atPath: page) else {
      throw Failure(
        "\(record) is no run record; run some stories first, or name a folder under .backspin/runs")
    }
    if let html { try RunFolder.write(try DiskReader().text(of: page), to: html) }
    if let json { try RunFolder.write(try DiskReader().text(of: record + "/run.json"), to: json) }
    if html == nil, json == nil { Terminal.line(URL(fileURLWithPath: page).resolvingSymlinksInPath().path) }
  }
}
