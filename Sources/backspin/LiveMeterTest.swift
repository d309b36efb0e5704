// A meter test at the bench: both meters are looked at, the load is held, both are looked at again.

internal import Foundation
internal import HostIO
internal import Line
internal import Runner
internal import Units

/// Two meters, and the loads at which they are compared.
struct LiveMeterTest {
  let test: TestSide
  let reference: TestSide
  let loads: [MeterTestLoad]
  /// How long a load is held where it does not say.
  let time: TimeSpan?

  /// How old a register may be when it is read.
  let age: TimeSpan
  private let clock = WallClock()

  init(
    test: TestSide, reference: TestSide, loads: [MeterTestLoad], time: TimeSpan?, age: TimeSpan
  ) {
    (self.test, self.reference, self.loads, self.time) = (test, reference, loads, time)
    self.age = age
  }

  /// How finely two counts share one thread.
  private static let slice = TimeSpan.milliseconds(20)

  func points() throws -> [MeterTestPoint] {
    // What cannot be is told before anybody is asked for anything.
    let held = try loads.map(span)
    return try zip(loads, held).map { load, span in
      // With one load there is nothing to set in between.
      if loads.count > 1 { ask("set the load \(load.name), then press Enter") }
      do {
        return try point(load, span)
      } catch let error as StoryError {
        throw Failure(error.message, Outcomes.unmet)
      }
    }
  }

  /// `span` nil: somebody who counts says when it is over.
  private func point(_ load: MeterTestLoad, _ span: TimeSpan?) throws -> MeterTestPoint {
    let start = try looks("press Enter as the count begins")
    if let span { try pass(span) }
    let end = try looks("press Enter as the last of them passes")
    return try MeterTestPoint(
      load, test: (start.test.aged(age), end.test.aged(age)), testConstant: test.constant,
      reference: (start.reference.aged(age), end.reference.aged(age)), referenceConstant: reference.constant)
  }

  private func span(of load: MeterTestLoad) throws -> TimeSpan? {
    guard test.turns == nil, reference.turns == nil else { return nil }
    guard let own = load.time else {
      guard let time else {
        throw Failure("\(load.name): how long is it held? give --time, or a time for each load")
      }
      return time
    }
    guard let micros = own.whole(timesTenTo: 6), let whole = Int64(exactly: micros), whole <= Self.most else {
      throw Failure("\(load.name): a load is held for at most a day, to the microsecond")
    }
    return TimeSpan(microseconds: whole)
  }

  private static let most = TimeSpan.days(1).microseconds

  /// Both meters, as near to one another as can be. A count by hand begins and ends when somebody says so,
  /// and the other meter is read at once.
  private func looks(_ word: String) throws -> (test: MeterTestLook, reference: MeterTestLook) {
    if test.turns != nil {
      ask("\(test.name): \(word)")
      let now = clock.now
      let other = try reference.look()
      return (test.look(byHand: now), other)
    }
    if reference.turns != nil {
      ask("\(reference.name): \(word)")
      let now = clock.now
      let other = try test.look()
      return (other, reference.look(byHand: now))
    }
    return (try test.look(), try reference.look())
  }

  /// Holds the load. Where only one side counts pulses it has the whole time to itself.
  private func pass(_ span: TimeSpan) throws {
    let sides = [test, reference].filter { $0.door != nil }
    let counting = sides.filter(\.isPulsing)
    guard let first = counting.first ?? sides.first, let door = first.door else { return }
    let end = door.now + span
    guard counting.count > 1 else { return try first.pass(until: end) }
    while door.now < end {
      for side in counting {
        guard let own = side.door else { continue }
        try side.pass(until: own.now + Self.slice)
      }
    }
  }

  /// Asks the person at the bench, and waits for a line; the end of the input says go on.
  private func ask(_ text: String) {
    Terminal.error(text)
    _ = readLine()
  }
}
