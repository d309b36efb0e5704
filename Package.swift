// swift-tools-version: 6.1
// The house: each line says what a module may import. Tests/TidyTests holds this table against the code.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

/// `data` are folders of files that tests read from beside their source.
func tests(_ name: String, _ imports: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: imports + ["BackspinTesting"], exclude: data, swiftSettings: settings)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// AES-128-GCM for DLMS security suite 0.
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "backspin",
  products: [.executable(name: "backspin", targets: ["backspin"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    // The story, top down.
    module("Units"),
    module("Timeline", ["Units"]),
    module("Truth", ["Units", "Timeline"]),
    module("Wire", ["Units", crypto]),
    module("MeterModel", ["Units", "Timeline", "Wire"]),
    module("Faces", ["Units", "Timeline", "MeterModel"]),
    module("Line", ["Units", "Timeline"]),
    module("HeadEnd", ["Units", "Timeline", "Wire", "Line"]),
    module("Settlement", ["Units"]),
    module("SettlementStore", ["Units", "Settlement", grdb]),
    module("Scenario", ["Units", "Timeline", "Truth", "Wire", "MeterModel", "Line", "Settlement", yams]),
    module(
      "Runner",
      [
        "Units", "Timeline", "Truth", "Wire", "MeterModel", "Faces", "Line", "HeadEnd", "Settlement",
        "Scenario",
      ]),
    module("Report", ["Units", "Timeline", "MeterModel", "Settlement", "Runner", "Faces"]),
    // The outer ring.
    module("HostIO", ["Units", "Timeline", "Line", "HeadEnd", "CModbus", "CSerialPort", "CHost"]),
    .executableTarget(
      name: "backspin",
      dependencies: [
        "Units", "Timeline", "Truth", "Wire", "MeterModel", "Line", "HeadEnd", "Settlement",
        "SettlementStore", "Scenario", "Runner", "Faces", "Report", "HostIO", arguments,
      ],
      swiftSettings: settings),
    .target(name: "CHost"),
    .systemLibrary(name: "CModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
    .systemLibrary(
      name: "CSerialPort", pkgConfig: "libserialport", providers: [.apt(["libserialport-dev"])]),
    // The tests.
    module("BackspinTesting", ["Units", "Timeline"]),
    tests("Tidy", [], data: ["Goldens"]),
    tests("Units", ["Units"]),
    tests("Timeline", ["Units", "Timeline"]),
    tests("Truth", ["Units", "Timeline", "Truth"], data: ["Data"]),
    tests("Wire", ["Units", "Wire"]),
    tests("MeterModel", ["Units", "Timeline", "Wire", "MeterModel"], data: ["Vectors"]),
    tests("Faces", ["Units", "Timeline", "MeterModel", "Faces"]),
    tests("Line", ["Units", "Timeline", "Line"]),
    tests("HeadEnd", ["Units", "Timeline", "Wire", "Line", "HeadEnd"]),
    tests("Settlement", ["Units", "Settlement"]),
    tests("SettlementStore", ["Units", "Settlement", "SettlementStore", grdb], data: ["Schemas"]),
    tests(
      "Scenario", ["Units", "Timeline", "Truth", "Wire", "MeterModel", "Line", "Settlement", "Scenario"],
      data: ["Errors"]),
    tests("HostIO", ["Units", "Timeline", "Line", "HeadEnd", "HostIO", "CHost"]),
    tests(
      "Runner",
      [
        "Units", "Timeline", "Truth", "Wire", "MeterModel", "Line", "HeadEnd", "Settlement", "Scenario",
        "Runner", "Report", "HostIO",
      ]),
    tests("CommandLine", [], data: ["Goldens"]),
  ],
  swiftLanguageModes: [.v6]
)
