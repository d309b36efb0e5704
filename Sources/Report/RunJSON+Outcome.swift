// The part of a run's JSON that tells what a settlement said.

public import Runner
public import Settlement

extension RunJSON {
  /// What a settlement said, alone: also the shape of `backspin settle --json`, and what a target answers.
  public static func outcome(_ outcome: Outcome) -> JSONText { TargetJSON.write(outcome) }
}
