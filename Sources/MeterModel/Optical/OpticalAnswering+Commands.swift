// Commands of the programming mode at a meter: reads by address, writes to what the profile lets be written.

public import Units
public import Wire

extension OpticalAnswering {
  public func answer(_ command: ModeCCommand, level: Int, at instant: Instant) -> ModeCReply {
    guard let programming = port.programming else { return .error("") }
    guard programming.commands.contains(command.name) else { return .error(programming.words.unknownCommand) }
    guard let asked = Self.dataSet(command.data ?? []) else { return .error(programming.words.malformed) }
    switch command.letter {
    case UInt8(ascii: "R"): return read(asked, command, programming, level: level, at: instant)
    case UInt8(ascii: "W"): return write(asked, programming, level: level, at: instant)
    default: return .error(programming.words.unknownAddress)
    }
  }

  /// `1.8.0()` → 1.8.0 and an empty argument. Nil where there is not exactly one data set.
  private static func dataSet(_ data: [UInt8]) -> (address: String, argument: String)? {
    guard let block = try? ModeCDataBlock(parsing: data), block.sets.count == 1, let set = block.sets.first
    else { return nil }
    return (set.address, set.values.first?.text ?? "")
  }

  private func read(
    _ asked: (address: String, argument: String), _ command: ModeCCommand,
    _ programming: OpticalProgramming, level: Int, at instant: Instant
  ) -> ModeCReply {
    let cutsBlocks = [3, 4, 6].contains(Int(command.number) - Int(UInt8(ascii: "0")))
    if let profile = port.profiles.first(where: { $0.address == asked.address }) {
      guard level >= programming.profileLevel else { return .error(programming.words.locked) }
      guard let text = profileText(profile, asked.argument, at: instant) else {
        return .error(programming.words.malformed)
      }
      return .blocks(cutsBlocks ? Self.blocks(text, rows: profile.rowsPerBlock) : [Array(text.utf8)])
    }
    guard level >= programming.readLevel else { return .error(programming.words.locked) }
    guard let line = line(asked.address) else { return .error(programming.words.unknownAddress) }
    let visit = OpticalVisit(self, at: instant)
    let text = programming.repeatsAddress ? visit.text(of: line) : visit.brackets(of: line)
    guard cutsBlocks, let size = programming.blockBytes, size > 0 else { return .blocks([Array(text.utf8)]) }
    return .blocks(Self.blocks(Array(text.utf8), bytes: size))
  }

  /// The line of an address: as written, or one of the same C.D.E where only one of both names a channel;
  /// what was written there before comes first.
  private func line(_ address: String) -> OpticalLine? {
    if let note = notes[address] { return OpticalLine(address, .text(note)) }
    let lines = port.lists.flatMap { confusion?.bend($0.lines) ?? $0.lines }
    if let line = lines.first(where: { $0.address == address }) { return line }
    guard let code = try? OBIS(parsing: address) else { return nil }
    return lines.first { line in
      guard let other = try? OBIS(parsing: line.address), other.reduced == code.reduced else { return false }
      return (other.medium == nil) != (code.medium == nil)
        && (other.billingPeriod ?? 255) == (code.billingPeriod ?? 255)
    }
  }

  private func write(
    _ asked: (address: String, argument: String), _ programming: OpticalProgramming, level: Int,
    at instant: Instant
  ) -> ModeCReply {
    guard let place = programming.writables.first(where: { $0.address == asked.address }) else {
      return .error(programming.words.unknownAddress)
    }
    guard level >= place.level else { return .error(programming.words.locked) }
    switch place.target {
    case .note(let longest):
      guard asked.argument.utf8.count <= longest else { return .error(programming.words.malformed) }
      notes[asked.address] = asked.argument
    case .reset: reset(at: instant)
    case .clock(let pattern):
      let now = meter.clock(at: instant)
      guard let time = pattern.instant(of: asked.argument, now: now, zone: port.zone),
        meter.setClock(to: time)
      else { return .error(programming.words.malformed) }
      record(status: ProfileStatus.clockAdjusted, at: instant)
    }
    return .acknowledge
  }

  /// Closes a billing period; a log of resets holds as many as that of events (our assumption).
  private func reset(at instant: Instant) {
    let values = Dictionary(
      uniqueKeysWithValues: meter.profile.registers.map { ($0.role, meter.shown($0.role)) })
    resets.append((meter.clock(at: instant), values.compactMapValues { $0 }))
    if resets.count > Self.mostEvents { resets.removeFirst() }
    record(status: ProfileStatus.reset, at: instant)
  }

  /// Partial blocks of so many bytes.
  static func blocks(_ bytes: [UInt8], bytes size: Int) -> [[UInt8]] {
    guard bytes.count > size else { return [bytes] }
    return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
  }

  /// Partial blocks of so many lines; 0: one block.
  static func blocks(_ text: String, rows: Int) -> [[UInt8]] {
    guard rows > 0 else { return [Array(text.utf8)] }
    var (blocks, block, count): ([[UInt8]], [UInt8], Int) = ([], [], 0)
    for byte in text.utf8 {
      block.append(byte)
      guard byte == UInt8(ascii: "\n") else { continue }
      count += 1
      guard count == rows else { continue }
      blocks.append(block)
      (block, count) = ([], 0)
    }
    if !block.isEmpty { blocks.append(block) }
    return blocks
  }
}
