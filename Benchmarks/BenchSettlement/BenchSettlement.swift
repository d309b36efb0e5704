// Half-hours settled per second on one core: rating alone, rating with validation, and the whole path from a
// case to its decisions and statements. The time is the processor's, and the best of several passes counts,
// so that a busy neighbour matters little. scripts/bench-settlement runs it beside its peers.
//
//   BenchSettlement METERS SECONDS [NAME…]      names as printed; without one, all of them
//
// One line each: name, half-hours a second, sum in nano-pence, the same sum with the first home once, the
// second twice and so on (so that homes cannot make up for one another), and the peak of memory in KiB, which
// is the whole process's: run one name at a time to know it of one.

internal import Settlement
internal import Units

#if canImport(Glibc)
  internal import Glibc
#endif

@main
struct BenchSettlement {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let meters = arguments.first.flatMap { Int($0) } ?? 500
    let seconds = arguments.dropFirst().first.flatMap { Double($0) } ?? 1
    let names = arguments.dropFirst(2)
    for (name, work) in Works(meters: meters).all where names.isEmpty || names.contains(name) {
      report(name, seconds, work)
    }
  }

  private static func report(_ name: String, _ seconds: Double, _ work: () -> Pass) {
    var (best, spent, passes) = (work(), UInt64(0), 0)
    while Double(spent) < seconds * 1e9 || passes < 3 {
      let pass = work()
      spent += pass.spent
      passes += 1
      if pass.spent < best.spent { best = pass }
    }
    let rate = Int64(Double(best.count) * 1e9 / Double(max(best.spent, 1)))
    print(name, rate, best.sum, best.weighted, peakMemory())
  }

  private static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }
}

/// What one pass over all homes took and found.
struct Pass {
  private(set) var count = 0
  private(set) var sum: Int128 = 0
  private(set) var weighted: Int128 = 0
  /// Nanoseconds of the processor.
  private(set) var spent: UInt64 = 0
  private var homes: Int128 = 0
  private var begun: UInt64 = 0

  mutating func start() { begun = Self.now() }
  mutating func stop() { spent += Self.now() - begun }

  mutating func add(_ home: NanoPence) {
    homes += 1
    count += Year.count
    sum += home.value
    weighted += homes * home.value
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
