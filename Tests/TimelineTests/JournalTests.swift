// The journal: flat entries, causes, bytes, digests, and the recorded form.

import BackspinTesting
import Testing
import Timeline
import Units

struct JournalTests {
  /// A small world: a command, a request and its answer, a read, a decision that rests on both.
  private func story(readValue: Int64 = 15_320, subject: String = "meter", last: UInt8 = 0x0A) -> Journal {
    var journal = Journal()
    let meter = journal.subject(subject)
    let command = journal.append(.command, at: Instant(seconds: 10), subject: meter, value: 1)
    let request = journal.append(
      .requestBytes, at: Instant(seconds: 11), subject: meter, value: 2, because: command,
      bytes: [0x01, 0x04])
    let answer = journal.append(
      .answerBytes, at: Instant(seconds: 12), subject: meter, value: 3, because: request,
      bytes: [0x01, 0x84, last])
    let read = journal.append(
      .read, at: Instant(seconds: 12), subject: meter, value: readValue, because: answer)
    journal.append(
      .decision, at: Instant(seconds: 20), subject: journal.subject("R-VAL-01"), because: read, and: command)
    return journal
  }

  @Test("an entry takes 40 bytes, at most the 48 of the design")
  func size() {
    #expect(MemoryLayout<JournalEntry>.stride == 40)
    #expect(MemoryLayout<JournalEntry>.stride <= 48)
  }

  @Test("entries are numbered from 1 and keep their instant, kind, subject, value, causes and bytes")
  func entries() throws {
    let journal = story()
    #expect(journal.entries.count == 5)
    let answer = try #require(journal[Cause(number: 3)])
    #expect(answer.kind == .answerBytes && answer.at == Instant(seconds: 12) && answer.value == 3)
    #expect(journal.subjects[Int(answer.subject)] == "meter")
    #expect(answer.first == Cause(number: 2) && answer.second == .none)
    #expect(Array(journal.bytes(of: answer)) == [0x01, 0x84, 0x0A])
    let decision = try #require(journal[Cause(number: 5)])
    #expect(decision.first == Cause(number: 4) && decision.second == Cause(number: 1))
    #expect(journal.bytes(of: decision).isEmpty)
    #expect(journal.subjects[Int(decision.subject)] == "R-VAL-01")
  }

  @Test("no cause, and a number beyond the last, name no entry")
  func absent() {
    let journal = story()
    #expect(journal[.none] == nil && journal[Cause(number: 6)] == nil && Journal()[Cause(number: 1)] == nil)
  }

  @Test("a penny walks back to the command through its causes")
  func walk() {
    let journal = story()
    var kinds: [EntryKind] = []
    var cause = Cause(number: 5)
    while let entry = journal[cause] {
      kinds.append(entry.kind)
      cause = entry.first
    }
    #expect(kinds == [.decision, .read, .answerBytes, .requestBytes, .command])
  }

  @Test("a subject is kept once, and the empty one has number 0")
  func subjects() {
    var journal = Journal()
    #expect(journal.subject("") == 0)
    let first = journal.subject("meter")
    #expect(first == 1 && journal.subject("line") == 2 && journal.subject("meter") == first)
    #expect(journal.subjects == ["", "meter", "line"])
  }

  @Test("joining gives nothing for nothing, the cause itself for one, and a chain that reaches all for more")
  func joining() {
    var journal = Journal()
    let causes = (0..<5).map { journal.append(.halfHour, at: Instant(seconds: $0)) }
    #expect(journal.join([], at: .epoch) == .none)
    #expect(journal.join([.none, causes[2], .none], at: .epoch) == causes[2])
    #expect(journal.entries.count == 5)
    var reached: Set<UInt32> = []
    var open = [journal.join(causes, at: Instant(seconds: 9))]
    while let cause = open.popLast() {
      guard let entry = journal[cause] else { continue }
      if entry.kind == .joining { open += [entry.first, entry.second] } else { reached.insert(cause.number) }
    }
    #expect(reached == [1, 2, 3, 4, 5])
    // Two causes take one joining entry, five take four.
    #expect(journal.entries.count == 9)
  }

  @Test("two same runs give equal journals, digests and recorded bytes")
  func same() {
    #expect(story() == story())
    #expect(story().digest == story().digest)
    #expect(story().encoded == story().encoded)
  }

  @Test(
    "a difference in any field, byte or subject, or in where one ends, changes the digest"
  )
  func different() {
    var digests = [
      story().digest, story(readValue: 15_321).digest, story(subject: "metre").digest,
      story(last: 0x0B).digest, Journal().digest,
    ]
    let entry: (Instant, Int64, EntryKind, Cause, Cause) = (.epoch, 0, .note, .none, .none)
    func journal(_ change: (inout (Instant, Int64, EntryKind, Cause, Cause)) -> Void) -> Journal {
      var (journal, fields) = (Journal(), entry)
      change(&fields)
      journal.append(fields.2, at: fields.0, value: fields.1, because: fields.3, and: fields.4)
      return journal
    }
    digests.append(journal { _ in }.digest)
    digests.append(journal { $0.0 = Instant(microseconds: 1) }.digest)
    digests.append(journal { $0.1 = 1 }.digest)
    digests.append(journal { $0.1 = -1 }.digest)
    digests.append(journal { $0.2 = .read }.digest)
    digests.append(journal { $0.3 = Cause(number: 1) }.digest)
    digests.append(journal { $0.4 = Cause(number: 1) }.digest)
    for names in [["ab", "c"], ["a", "bc"], ["abc"], ["c", "ab"]] {
      var journal = Journal()
      for name in names { _ = journal.subject(name) }
      digests.append(journal.digest)
    }
    for bytes: [UInt8] in [[0], [0, 0], [1]] {
      var journal = Journal()
      journal.append(.note, at: .epoch, bytes: bytes)
      digests.append(journal.digest)
    }
    #expect(Set(digests).count == digests.count)
  }

  @Test("a recorded journal reads back as it was, and can go on growing")
  func recorded() throws {
    var back = try Journal(decoding: story().encoded)
    #expect(back == story())
    #expect(back.digest == story().digest)
    #expect(back.subject("R-VAL-01") == 2)
    #expect(back.append(.note, at: .epoch) == Cause(number: 6))
  }

  @Test("a recorded journal takes 40 bytes an entry")
  func recordedSize() {
    // 4 magic + 4 + 4 + 8 counts = 20; subjects "", "meter", "R-VAL-01": 3 × 4 + 0 + 5 + 8 = 25;
    // 5 entries × 40 = 200; arena 2 + 3 = 5.
    #expect(story().encoded.count == 20 + 25 + 200 + 5)
  }

  @Test("a recorded journal that is cut short anywhere is refused")
  func torn() {
    let bytes = story().encoded
    for count in bytes.indices {
      #expect(throws: JournalFormatError.self, "cut at \(count)") {
        try Journal(decoding: Array(bytes[..<count]))
      }
    }
  }

  @Test("recorded bytes that are no journal are refused, never a crash")
  func refused() {
    TextTable.each(
      """
      place  byte  why
      0      0x00  the magic
      4      0xFF  more subjects than there are
      6      0xFF  more subjects than an entry's 16 bits can name
      8      0xFF  more entries than there are
      12     0xFF  a longer arena than there is
      18     0xFF  an arena longer than a file can be
      77     0xFF  the first entry's kind
      80     0xFF  the first entry's subject
      61     0xFF  the first entry's bytes begin outside the arena
      69     0x01  the first entry is its own cause
      109    0x09  the second entry's cause comes after it
      """
    ) { row in
      _ = try row.text("why")
      var bytes = story().encoded
      bytes[Int(try row.whole("place"))] = UInt8(try row.whole("byte"))
      #expect(throws: JournalFormatError.self, sourceLocation: row.sourceLocation) {
        try Journal(decoding: bytes)
      }
    }
    #expect(throws: JournalFormatError.self, "bytes behind the end") {
      try Journal(decoding: story().encoded + [0])
    }
  }

  @Test("a recorded journal with more subjects than 16 bits can name is refused, one with as many is read")
  func manySubjects() throws {
    func recorded(_ count: Int) -> [UInt8] {
      var bytes: [UInt8] = Array("BSJ1".utf8)
      for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
      bytes += [UInt8](repeating: 0, count: 12 + 4)
      for number in 1..<count {
        let name = Array("\(number)".utf8)
        bytes += [UInt8(name.count), 0, 0, 0] + name
      }
      return bytes
    }
    #expect(try Journal(decoding: recorded(65_536)).subjects.last == "65535")
    #expect(throws: JournalFormatError.self) { try Journal(decoding: recorded(65_537)) }
  }

  @Test("every single flipped byte is either refused or read; nothing crashes")
  func flipped() {
    let bytes = story().encoded
    var refused = 0
    for place in bytes.indices {
      var broken = bytes
      broken[place] ^= 0x80
      if (try? Journal(decoding: broken)) == nil { refused += 1 }
    }
    #expect(refused > 0 && refused < bytes.count)
  }
}
