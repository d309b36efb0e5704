// What `backspin ports --check` says of a port.

internal import HostIO
internal import Runner
internal import Units

enum PortsCheck {
  /// Throws `HostError`.
  static func run(_ path: String, baud: Int, json: Bool) throws {
    let check = try HeadCheck.run(path, baud: baud)
    if json {
      Terminal.print(Self.json(check).pretty)
    } else {
      for (name, words) in table(check) {
        Terminal.line(name + String(repeating: " ", count: max(1, 15 - name.count)) + words)
      }
    }
  }

  private static func table(_ check: HeadCheck) -> [(String, String)] {
    var rows = [
      ("port", "\(check.path) (\(check.backend))"),
      ("echo", "\(words(check.echo)) at \(check.baud) Bd"),
    ]
    if let latency = check.latency {
      let spans = [latency.least, latency.median, latency.most].map(milliseconds)
      rows.append(("latency", "\(spans[0]) / \(spans[1]) / \(spans[2]) ms least / median / most"))
    }
    rows.append(("speeds", check.speeds.map(words).joined(separator: ", ")))
    rows.append(("7E1", check.hasSevenBits ? "by the port" : "not by the port: parity is done in software"))
    if let timer = check.latencyTimer { rows.append(("latency timer", words(timer, check))) }
    rows.append(("modem lines", check.modemLines.map(words) ?? "none"))
    if !check.holders.isEmpty {
      rows.append(("also open in", check.holders.map { "\($0)" }.joined(separator: ", ")))
    }
    return rows
  }

  private static func words(_ echo: HeadCheck.Echo) -> String {
    switch echo {
    case .none: "none"
    case .full: "every byte"
    case .partial(let percent): "\(percent) % of the bytes"
    case .other: "bytes came, but not those that were sent"
    }
  }

  private static func words(_ speed: HeadCheck.Speed) -> String {
    guard speed.isPossible else { return "\(speed.baud) refused" }
    return speed.echo == .full ? "\(speed.baud) echoed" : "\(speed.baud) taken"
  }

  private static func words(_ timer: Int, _ check: HeadCheck) -> String {
    timer <= 1 ? "\(timer) ms" : "\(timer) ms; for 1 ms: echo 1 | sudo tee \(check.latencyTimerFile)"
  }

  private static func words(_ lines: ModemLines) -> String {
    let all = [
      ("DTR", lines.dtr), ("RTS", lines.rts), ("CTS", lines.cts), ("DSR", lines.dsr), ("DCD", lines.dcd),
      ("RI", lines.ri),
    ]
    return all.map { "\($0.0) \($0.1 ? "on" : "off")" }.joined(separator: ", ")
  }

  /// With one decimal, halves up.
  private static func milliseconds(_ span: TimeSpan) -> String {
    let tenths = (span.microseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func json(_ check: HeadCheck) -> JSONText {
    func whole(_ value: Int?) -> JSONText { value.map { .whole(Int64($0)) } ?? .null }
    func flag(_ value: Bool?) -> JSONText { value.map(JSONText.flag) ?? .null }
    func span(_ value: TimeSpan?) -> JSONText { value.map { .whole($0.microseconds) } ?? .null }
    return .object([
      ("port", .text(check.path)), ("backend", .text(check.backend)), ("baud", whole(check.baud)),
      ("echo", .text(code(check.echo))), ("echoPercent", whole(percent(check.echo))),
      (
        "latencyMicroseconds",
        check.latency.map { latency in
          .object([
            ("least", span(latency.least)), ("median", span(latency.median)), ("most", span(latency.most)),
          ])
        } ?? .null
      ),
      (
        "speeds",
        .list(
          check.speeds.map { speed in
            .object([
              ("baud", whole(speed.baud)), ("possible", .flag(speed.isPossible)),
              ("echo", speed.echo.map { .text(code($0)) } ?? .null),
            ])
          })
      ),
      ("sevenBits", .flag(check.hasSevenBits)), ("latencyTimerMilliseconds", whole(check.latencyTimer)),
      (
        "modemLines",
        check.modemLines.map { lines in
          .object([
            ("dtr", flag(lines.dtr)), ("rts", flag(lines.rts)), ("cts", flag(lines.cts)),
            ("dsr", flag(lines.dsr)), ("dcd", flag(lines.dcd)), ("ri", flag(lines.ri)),
          ])
        } ?? .null
      ),
      (
        "holders",
        .list(
          check.holders.map { holder in
            .object([("process", .whole(Int64(holder.process))), ("name", .text(holder.name))])
          })
      ),
    ])
  }

  private static func code(_ echo: HeadCheck.Echo) -> String {
    switch echo {
    case .none: "none"
    case .full: "full"
    case .partial: "partial"
    case .other: "other"
    }
  }

  private static func percent(_ echo: HeadCheck.Echo) -> Int? {
    switch echo {
    case .none: 0
    case .full: 100
    case .partial(let percent): percent
    case .other: nil
    }
  }
}
