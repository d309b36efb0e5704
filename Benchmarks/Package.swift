// swift-tools-version: 6.1
// The live server alone, without a meter behind it, and the pacing measurement. A package of its own, so that
// the product's has no benchmark in it; scripts/bench-modbus and scripts/bench-pacing put the sources
// beside it.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

let package = Package(
  name: "bench",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")],
  targets: [
    module("Units"),
    module("Timeline", ["Units"]),
    module("Wire", ["Units", .product(name: "Crypto", package: "swift-crypto")]),
    module("Line", ["Units", "Timeline"]),
    module("HeadEnd", ["Units", "Timeline", "Wire", "Line"]),
    module("HostIO", ["Units", "Timeline", "Line", "HeadEnd", "CModbus", "CSerialPort", "CHost"]),
    .target(name: "CHost"),
    .systemLibrary(name: "CModbus", pkgConfig: "libmodbus"),
    .systemLibrary(name: "CSerialPort", pkgConfig: "libserialport"),
    .executableTarget(
      name: "BenchLine", dependencies: ["Units", "Line", "HostIO", "CHost"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
