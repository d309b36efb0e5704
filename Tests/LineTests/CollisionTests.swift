import Line
import Testing
import Timeline
import Units

struct CollisionTests {
  @Test("two units that answer at once are heard as one run of which no byte is right")
  func together() {
    let bench = Bench([ScriptedFarSide { _ in reply }, ScriptedFarSide { _ in reply }])
    bench.line.write(question)
    let bytes = bench.line.wait(for: 20, first: at(500_000), between: .milliseconds(10))
    #expect(bytes.count == reply.count)
    #expect(zip(bytes, reply).allSatisfy { $0 != $1 })
  }

  @Test("the end of the later of two overlapping answers is heard as it was sent")
  func overlapping() {
    // The second starts 4 000 µs after the first: the first four characters (4 166.67) are out before its
    // second character ends. Characters of the first that end after 21 345: from the fourth (21 512) on.
    let early = ScriptedFarSide(turnaround: .milliseconds(5)) { _ in reply }
    let late = ScriptedFarSide(turnaround: .milliseconds(9)) { _ in reply }
    let bench = Bench([early, late])
    bench.line.write(question)
    let bytes = bench.line.wait(for: 20, first: at(500_000), between: .milliseconds(10))
    // The first ends at 26 720. The second's characters are complete at 21 345 + n × 1041.67: the sixth
    // starts at 26 554 and still meets it, the seventh starts at 27 595.
    #expect(Array(bytes.prefix(3)) == Array(reply.prefix(3)))
    #expect(zip(bytes[3..<9], reply[3..<9]).allSatisfy { $0 != $1 })
    #expect(Array(bytes[9...]) == Array(reply[6...]))
  }

  @Test(
    "a request sent into an answer reaches nobody whole, and the reader hears nothing of what it spoke over"
  )
  func spokenOver() {
    let meter = ScriptedFarSide(turnaround: .milliseconds(5)) { _ in reply }
    let bench = Bench([meter])
    bench.line.write(question)
    // The answer is on the wire from 17 345 to 26 720. At 20 000 two of its bytes are complete, and the
    // reader loses patience: its second question is on the wire from 20 000 to 28 334.
    bench.world.run(until: at(20_000))
    bench.line.write(question)
    bench.world.run(until: at(100_000))
    let first = bench.sights.of(.requestHeard)[1].bytes
    // Characters of the question that start before 26 720: seven (the seventh starts at 26 250).
    #expect(zip(first.prefix(7), question).allSatisfy { $0 != $1 })
    #expect(first[7] == question[7])
    #expect(bench.sights.of(.answerArrived).first?.bytes == Array(reply.prefix(2)))
  }

  @Test("a collision is the same each time, and another under another seed")
  func deterministic() {
    func garbled(_ seed: UInt64) -> [UInt8] {
      let bench = Bench([ScriptedFarSide { _ in reply }, ScriptedFarSide { _ in reply }], seed: seed)
      bench.line.write(question)
      return bench.line.wait(for: 9, first: at(500_000), between: .milliseconds(10))
    }
    #expect(garbled(7) == garbled(7))
    #expect(garbled(7) != garbled(8))
  }

  @Test("answers one after the other do not collide")
  func apart() {
    // The first ends at 26 720; the second starts then, 9 375 µs after it.
    let late = ScriptedFarSide(turnaround: TimeSpan(microseconds: 14_375)) { _ in [2, 3] }
    let bench = Bench([ScriptedFarSide { _ in reply }, late])
    bench.line.write(question)
    #expect(bench.line.wait(for: 11, first: at(500_000), between: .milliseconds(10)) == reply + [2, 3])
  }
}
