// What an adopted optical port lists and answers: lines, single registers, half-hours, passwords.

internal import Line
internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

extension ModeCProfile {
  /// Whether an address is that of a load profile or a log: `P.01`, `P.98`.
  static func isAsked(by address: String) -> Bool { address.uppercased().hasPrefix("P.") }
}

extension OpticalTalk {
  /// The half-hourly profiles that were read, each under its address.
  var profiles: [(at: TimeSpan, address: String, profile: ModeCProfile)] {
    reads.compactMap { read in
      guard ModeCProfile.isAsked(by: read.address), let profile = try? ModeCProfile(read.block),
        profile.sections.contains(where: { !$0.columns.isEmpty })
      else { return nil }
      return (read.at, read.address, profile)
    }
  }
}

extension OpticalAdoption {
  /// The lists of the profile, and remarks on what they cannot hold.
  func lists() -> (text: String, remarks: [String]) {
    var (byOption, options): ([UInt8: [ModeCDataSet]], [UInt8]) = ([:], [])
    for list in talk.lists {
      if byOption[list.option] == nil { options.append(list.option) }
      byOption[list.option] = list.sets
    }
    let usual = UInt8(ascii: "0")
    if byOption[usual] == nil { options.insert(usual, at: 0) }
    // Registers that were read by themselves only: somebody may read them again.
    let listed = Set(byOption.values.joined().map(\.address))
    for (_, set) in singles where !listed.contains(set.address) {
      byOption[usual, default: []].removeAll { $0.address == set.address }
      byOption[usual, default: []].append(set)
    }
    var (text, remarks) = ("  lists:\n", [String]())
    for option in options {
      let name = String(decoding: [option], as: UTF8.self)
      guard ["0", "6", "7", "8", "9"].contains(name) else {
        remarks.append("the list of option '\(name)' is left out: a profile has 0 and 6 to 9")
        continue
      }
      let sets = byOption[option] ?? []
      let rows = sets.compactMap { set in
        guess.words(set).map { "        - {address: \(OpticalLineGuess.quoted(set.address)), \($0)}\n" }
      }
      text += "    - option: \"\(name)\"\n      lines:" + (rows.isEmpty ? " []\n" : "\n" + rows.joined())
      let lost = sets.filter { guess.words($0) == nil }.map(\.address)
      if !lost.isEmpty {
        remarks.append("lines that a profile cannot hold are left out: \(lost.joined(separator: ", "))")
      }
    }
    return (text, remarks)
  }

  // MARK: Programming mode

  func programming(_ profiles: String, _ keepsSecrets: Bool, _ remarks: inout [String]) -> String {
    guard talk.seed != nil || !talk.commands.isEmpty else { return "" }
    var text = "  programming:\n"
    if let seed = talk.seed, !seed.isEmpty {
      text +=
        seed == guess.serial ? "    seed: serial\n" : "    seed: {text: \(OpticalLineGuess.quoted(seed))}\n"
    }
    var seen: Set<OpticalTalk.Password> = []
    let taken = talk.passwords.filter { $0.isTaken && !$0.text.isEmpty && seen.insert($0).inserted }
    if !taken.isEmpty {
      let words = taken.map { one in
        let shown = keepsSecrets ? one.text : Adoption.example(for: one.text)
        return "{text: \(OpticalLineGuess.quoted(shown)), level: 1"
          + (one.number == 2 ? ", command: computed}" : "}")
      }
      if !keepsSecrets { remarks.append("passwords are replaced by examples, such as 12345678") }
      text += "    passwords: [\(words.joined(separator: ", "))]\n"
    }
    let known = talk.commands.filter { $0.utf8.count == 2 && "123456".contains($0.suffix(1)) }.sorted()
    if !known.isEmpty { text += "    commands: [\(known.joined(separator: ", "))]\n" }
    if !talk.repeatsAddress { text += "    repeats-address: false\n" }
    return text + profiles
  }

  /// Load profiles with columns that a meter here logs; remarks on the others.
  func halfHours(_ remarks: inout [String]) -> String {
    var (text, seen) = ("", Set<String>())
    for (_, address, profile) in talk.profiles {
      guard let section = profile.sections.last(where: { !$0.columns.isEmpty }),
        seen.insert(address).inserted
      else { continue }
      let columns = section.columns.enumerated().compactMap { place, column in
        self.column(column, section.rows.first.map { $0[place] })
      }
      guard section.minutes == 30, columns.count == section.columns.count else {
        remarks.append(
          "\(address) has columns or intervals that no meter here logs: its rows are in the vectors alone")
        continue
      }
      let season = section.stamp.count == 11 ? "S" : ""
      text += "    - address: \(OpticalLineGuess.quoted(address))\n      stamp: \(season)YYMMDDhhmm\n"
      text += "      columns:\n" + columns.joined()
    }
    return text.isEmpty ? "" : "  profiles:\n" + text
  }

  private func column(_ column: ModeCProfile.Column, _ value: String?) -> String? {
    guard let code = try? OBIS(parsing: OpticalLineGuess.tail(of: column.address)),
      let role = [1: RegisterRole.import, 2: .export][code.quantity], guess.registers[role] != nil,
      let (_, form, _) = OpticalLineGuess.number(
        ModeCDataSet.Value(value ?? "0.000", unit: column.unit.isEmpty ? nil : column.unit))
    else { return nil }
    let isPower = column.unit.lowercased().hasSuffix("w")
    guard isPower || [8, 9, 29].contains(code.processing) else { return nil }
    return "        - {address: \(OpticalLineGuess.quoted(column.address)), register: \(role.rawValue), "
      + "shows: \(isPower ? "power" : "energy"), number: \"\(form.picture)\"}\n"
  }

  /// Every number of every row, under its column and the stamp of its section.
  var rows: [AdoptedValue] {
    talk.profiles.flatMap { at, address, profile in
      profile.sections.flatMap { section in
        section.rows.enumerated().flatMap { number, row in
          zip(section.columns, row).map { column, text in
            AdoptedValue(
              at: at, address: column.address, name: "\(address) \(section.stamp)+\(number)", text: text,
              unit: column.unit)
          }
        }
      }
    }
  }
}
