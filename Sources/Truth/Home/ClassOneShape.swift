// When homes use energy: Elexon's average profile of class 1 (domestic, unrestricted), four seasons, weekday
// and weekend, in W by half-hour of the London clock. Published openly by Elexon as average profiling data.
// Seasons are cut by month here; Elexon's own begin on Saturdays counted from the August bank holiday.

internal import Units

/// The average home's day.
enum ClassOneShape {
  /// Kinds of days: season (winter, spring, summer, autumn) × 2, plus 1 at a weekend.
  static let kinds = 8

  /// The kind of a London day.
  static func kind(of date: CivilDate) -> Int {
    let season =
      switch date.month {
      case 11, 12, 1, 2, 3: 0
      case 4: 1
      case 5: date.day < 16 ? 1 : 2
      case 6, 7, 8: 2
      default: 3
      }
    return season * 2 + (date.weekday >= 5 ? 1 : 0)
  }

  /// W by kind and half-hour of the clock.
  static let watts: [[Int]] = [
    [
      352, 313, 294, 278, 266, 258, 258, 255, 256, 266, 276, 302, 360, 418, 499, 560,
      581, 586, 582, 574, 556, 549, 539, 540, 555, 557, 549, 536, 532, 546, 563, 606,
      672, 762, 856, 900, 921, 907, 874, 832, 801, 764, 730, 689, 644, 566, 487, 414,
    ],
    [
      389, 346, 321, 300, 283, 270, 269, 263, 261, 265, 269, 284, 306, 328, 376, 437,
      506, 575, 609, 646, 656, 660, 656, 664, 674, 678, 666, 648, 632, 641, 657, 685,
      729, 802, 888, 923, 933, 916, 876, 838, 800, 760, 722, 681, 636, 573, 502, 433,
    ],
    [
      338, 304, 279, 258, 250, 244, 239, 236, 238, 245, 251, 263, 308, 358, 412, 462,
      482, 510, 512, 505, 492, 488, 483, 482, 485, 481, 478, 465, 452, 458, 456, 475,
      499, 543, 600, 637, 649, 652, 643, 649, 664, 659, 655, 622, 591, 532, 461, 390,
    ],
    [
      358, 312, 295, 266, 256, 253, 241, 242, 248, 247, 253, 254, 270, 311, 363, 402,
      457, 499, 523, 544, 542, 555, 570, 544, 519, 514, 502, 487, 469, 489, 483, 476,
      508, 543, 586, 630, 643, 639, 618, 629, 640, 611, 610, 585, 570, 508, 432, 351,
    ],
    [
      314, 276, 256, 247, 229, 221, 220, 215, 217, 221, 225, 238, 270, 328, 370, 406,
      427, 451, 450, 449, 444, 430, 436, 438, 443, 441, 423, 419, 412, 410, 415, 434,
      459, 500, 553, 564, 564, 568, 558, 546, 538, 533, 541, 540, 524, 481, 438, 377,
    ],
    [
      339, 304, 276, 254, 239, 231, 229, 222, 220, 216, 224, 222, 243, 262, 297, 337,
      393, 446, 474, 494, 498, 492, 496, 501, 503, 500, 488, 470, 466, 469, 467, 476,
      483, 502, 531, 553, 551, 563, 553, 539, 532, 526, 529, 529, 516, 483, 427, 381,
    ],
    [
      310, 273, 252, 236, 230, 228, 224, 219, 221, 226, 234, 254, 302, 355, 425, 477,
      479, 487, 484, 473, 463, 450, 452, 448, 460, 458, 451, 436, 425, 431, 438, 468,
      507, 554, 617, 650, 683, 723, 716, 709, 692, 661, 634, 593, 555, 496, 423, 360,
    ],
    [
      335, 300, 273, 254, 244, 239, 234, 228, 225, 226, 232, 242, 258, 286, 323, 372,
      445, 495, 522, 537, 544, 539, 546, 539, 550, 549, 542, 520, 509, 509, 514, 520,
      544, 581, 639, 673, 710, 727, 731, 711, 689, 654, 624, 589, 551, 492, 433, 375,
    ],
  ]

  /// W in use at a half-hour beyond what runs at night: how awake the home is.
  static func activity(kind: Int, halfHour: Int) -> Double {
    let night = watts[kind].min() ?? 0
    return Double(watts[kind][halfHour] - night * 9 / 10)
  }

  /// W·half-hours of activity in a day of a kind.
  static func activity(kind: Int) -> Double {
    (0..<48).reduce(0) { $0 + activity(kind: kind, halfHour: $1) }
  }

  /// Each kind's activity in a day over the mean day of 2026, a common year that begins on a Thursday.
  static let relativeActivity: [Double] = {
    let first = CivilDate(year: 2026, month: 1, day: 1)?.dayNumber ?? 0
    let year = (0..<365).map { activity(kind: kind(of: CivilDate(dayNumber: first + $0))) }
    let mean = year.reduce(0, +) / 365
    return (0..<kinds).map { activity(kind: $0) / mean }
  }()
}
