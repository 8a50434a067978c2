package dev.retort.paper;

import dev.retort.RetortException;
import dev.retort.figure.Figure;
import dev.retort.figure.Panels;
import dev.retort.nn.Engine;
import dev.retort.run.Machine;
import dev.retort.run.Registry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values from solved tasks as a beginning for deep reinforcement learning, against what else one
 * could do with them.
 *
 * <p>Soumia Mehimeh, "Value Function Initialization for Knowledge Transfer and Jump-start in Deep
 * Reinforcement Learning", 2025, arXiv 2508.09277, of which we know the abstract and the beginning
 * of the introduction: the method is reconstructed, the tasks and numbers are ours, and none of the
 * outcomes is the paper's.
 */
final class ValueInitialization implements Study {
  private static final List<StudyPart> PARTS =
      List.of(
          new ValueTransfer(TransferSetting.Kind.VALLEY),
          new LongHorizon(TransferSetting.Kind.VALLEY, LongHorizon.Learner.USUAL),
          new LongHorizon(TransferSetting.Kind.VALLEY, LongHorizon.Learner.SETTLING),
          new PriorQuality(),
          new ValueTransfer(TransferSetting.Kind.POLE),
          new LongHorizon(TransferSetting.Kind.POLE, LongHorizon.Learner.USUAL),
          new LongHorizon(TransferSetting.Kind.POLE, LongHorizon.Learner.SETTLING),
          new ValueTransfer(TransferSetting.Kind.SWING),
          new LongHorizon(TransferSetting.Kind.SWING, LongHorizon.Learner.SETTLING),
          new PriorVariants(),
          new MaxQInitTable());

  /** What was learned about intervals after the text of the registration had been fixed. */
  static final String INTERVALS =
      "It names bootstrap intervals, which are too narrow for so few tasks; these are wider (docs/evaluation.md), so that each claim of an interval is harder to meet.";

  @Override
  public String name() {
    return "dqinit";
  }

  @Override
  public String title() {
    return "DQInit (reconstruction) and its rivals";
  }

  /** All that is decided before anything is run; its hash stands in the report. */
  static String registration(Scale scale) {
    StringBuilder text = new StringBuilder("DQInit (reconstruction), size %s%n%n".formatted(scale));
    for (TransferSetting.Kind kind : TransferSetting.Kind.values()) {
      TransferSetting setting = new TransferSetting(kind, scale);
      text.append(setting.registration())
          .append(
              "  episodes         %s in all, %s early, %s late; threshold %s%n%n"
                  .formatted(
                      setting.episodes(), setting.early(), setting.late(), kind.threshold()));
    }
    text.append(
        """
        arms, and what is tuned in each over four values
          %s: part of training over which ε falls, 0.1, 0.25, 0.5, 1
          %s: nothing
          %s: nothing, and it never learns
          %s: m = 30, 100, 300, 1000
          %s: T₀ = 1000, 3000, 10000, 30000
          value distillation: updates 500, 2000, 5000, 10000
          warm start: nothing
          policy distillation: temperature 0.1, 0.3, 1, 3
          jump-start RL: horizon 25, 50, 100, 200
          kickstarting: weight 0.1, 0.3, 1, 3

        claims, for each arm with knownness; intervals are 95 %% bootstrap intervals over target tasks
          the prior helps: mean return of the early and of all episodes above both vanilla arms, interval above 0
          knownness helps: early episodes not worse than the table's by more than %s, interval above that, and late episodes better, interval above 0; both are needed
          knownness beats decay: mean return of all episodes above that of time decay, interval above 0
          nothing is lost: at the long horizon the last 20 episodes not worse than the better vanilla arm's by more than %s
        gate
          the table alone returns at least -150 in the valley's first 10 episodes

        """
            .formatted(
                TransferArm.ANNEALED,
                TransferArm.CONSTANT,
                TransferArm.TABLE,
                String.join("; ", TransferArm.KNOWING),
                TransferArm.DECAY,
                ValueTransfer.MARGIN,
                ValueTransfer.MARGIN));
    PARTS.stream()
        .filter(part -> !(part instanceof ValueTransfer || part instanceof MaxQInitTable))
        .forEach(part -> text.append(part.explain(scale)).append("\n\n"));
    return text.append(
            """
            what was known before
              valley, horizon, quality, pole, horizon-pole and variants had been run once on these tasks, by an earlier form of the library (registration 6ba1bb95a2750dc7), and are repeated; settled, settled-pole, swing and settled-swing had not
            """)
        .toString();
  }

  /** The first letters of the SHA-256 of a text. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new RetortException("registration: expected SHA-256 in every Java, got none.", e);
    }
  }

  @Override
  public String explain(Scale scale, Parts parts) {
    return registration(scale)
        + "\nparts: "
        + String.join(
            ", ", parts.of(PARTS, StudyPart::name).stream().map(StudyPart::name).toList());
  }

  @Override
  public Findings run(Scale scale, Parts parts) {
    String registration = registration(scale);
    String hash = hash(registration);
    Registry.standard().note("registration-dqinit-" + hash + ".txt", registration);
    List<Finding> findings = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    notes.add(
        "DQInit is reconstructed from the abstract of arXiv 2508.09277: no outcome here is the paper's.");
    double seconds = 0;
    for (StudyPart part : parts.of(PARTS, StudyPart::name)) {
      StudyPart.Found found = part.run(scale);
      findings.addAll(found.findings());
      figures.addAll(found.figures());
      notes.addAll(found.notes());
      seconds += found.seconds();
    }
    notes.add("Fixed before the run: registration " + hash + ". " + INTERVALS);
    if (!scale.isJudged()) {
      notes.add("Unit size: all is done once, with too few tasks and episodes to be judged.");
    }
    Map<String, String> facts = new TreeMap<>(Machine.facts());
    facts.putAll(Engine.facts());
    return new Findings(
        name(), title(), scale, findings, notes, facts, seconds, new Panels(title(), 2, figures));
  }
}
