import HeadEnd
import Line
import Testing
import Timeline
import Units

struct RegisterPollTests {
  private let request = RegisterRequest(unit: 1, function: 4, address: 72, count: 2)

  /// Gives prepared outcomes, each after 10 ms.
  private final class Prepared: RegisterReader {
    let world: ClockWorld
    var outcomes: [Result<[UInt16], ReadFailure>]
    init(_ world: ClockWorld, _ outcomes: [Result<[UInt16], ReadFailure>]) {
      (self.world, self.outcomes) = (world, outcomes)
    }
    func read(_ request: RegisterRequest) -> Result<[UInt16], ReadFailure> {
      world.run(until: world.now + .milliseconds(10))
      return outcomes.removeFirst()
    }
  }

  private func poll(
    _ outcomes: [Result<[UInt16], ReadFailure>], retries: Int = 2
  ) -> (record: RegisterPoll.Record, seen: [RegisterPoll.Attempt]) {
    let world = ClockWorld(at: .epoch)
    let rules = ReaderRules(retries: retries, retryPause: .milliseconds(100))
    var seen: [RegisterPoll.Attempt] = []
    let poll = RegisterPoll(reader: Prepared(world, outcomes), rules: rules, world: world)
    let record = poll.read(request) { seen.append($0) }
    return (record, seen)
  }

  @Test("the first answer ends a poll")
  func first() {
    let (record, seen) = poll([.success([1, 2])])
    #expect(record.outcome == .success([1, 2]))
    #expect(record.attempts == seen)
    #expect(
      record.attempts == [
        .init(number: 1, began: .epoch, ended: Instant(milliseconds: 10), outcome: .success([1, 2]))
      ])
  }

  @Test(
    "failures that may pass are retried after the pause, with their instants, and no more often than allowed"
  )
  func retried() {
    let (record, seen) = poll([.failure(.silence), .failure(.frame(.checksum)), .success([7])])
    #expect(record.outcome == .success([7]))
    #expect(record.attempts.map(\.number) == [1, 2, 3])
    #expect(record.attempts.map { $0.began.milliseconds } == [0, 110, 220])
    #expect(record.attempts.map { $0.ended.milliseconds } == [10, 120, 230])
    #expect(record.attempts == seen)
    #expect(poll([.failure(.silence), .failure(.silence), .failure(.silence)]).record.attempts.count == 3)
    #expect(poll([.failure(.silence)], retries: 0).record.outcome == .failure(.silence))
  }

  @Test("a refusal for what was asked and a lost port are not retried; a busy meter is")
  func notRetried() {
    for final in [.exception(1), .exception(2), .exception(3), .port("gone")] as [ReadFailure] {
      #expect(poll([.failure(final), .success([1])]).record.outcome == .failure(final))
    }
    for passing in [.exception(5), .exception(6), .exception(10), .exception(11)] as [ReadFailure] {
      #expect(poll([.failure(passing), .success([1])]).record.outcome == .success([1]))
    }
  }
}
