// How long sites take to model, on one core. The time is the processor's, and the best of several passes
// counts, so that a busy neighbour matters little. scripts/bench-site runs it beside pvlib.
//
//   BenchSite SECONDS [NAME…]      names as printed; without one, all of them
//
// One line each: name, milliseconds of the best pass, and kWh that the pass came to (so that a peer can be
// seen to have done the same work).

#if canImport(Glibc)
  internal import Glibc
#endif

@main
struct BenchSite {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let seconds = arguments.first.flatMap { Double($0) } ?? 1
    let names = arguments.dropFirst()
    for (name, work) in Works.all where names.isEmpty || names.contains(name) {
      report(name, seconds, work)
    }
  }

  private static func report(_ name: String, _ seconds: Double, _ work: () -> Double) {
    var (best, spent, energy, passes) = (UInt64.max, UInt64(0), 0.0, 0)
    while Double(spent) < seconds * 1e9 || passes < 3 {
      let begun = now()
      energy = work()
      let pass = now() - begun
      spent += pass
      passes += 1
      best = min(best, pass)
    }
    print(name, Double(best / 1000) / 1000, energy)
  }

  /// Nanoseconds of the processor.
  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
