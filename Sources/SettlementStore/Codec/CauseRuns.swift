// Numbers of facts, in their order, with runs joined: 3, 4, 5, 9 is "3-5,9". A statement line may rest on
// every half-hour of a year.

internal import Units

enum CauseRuns {
  static func text(_ causes: [Cause]) -> String {
    var text = ""
    var index = 0
    while index < causes.count {
      var last = index
      while last + 1 < causes.count, causes[last + 1].number == causes[last].number &+ 1 { last += 1 }
      if !text.isEmpty { text += "," }
      text += "\(causes[index].number)"
      if last > index { text += "-\(causes[last].number)" }
      index = last + 1
    }
    return text
  }
}
