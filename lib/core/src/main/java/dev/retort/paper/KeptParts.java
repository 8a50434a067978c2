package dev.retort.paper;

import dev.retort.RetortException;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Panels;
import dev.retort.paper.StudyPart.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of a study that are kept as they end, so that it goes on where it was, on another machine
 * too: there a part whose findings are there is not done again.
 *
 * <p>Each part is a folder of {@link Findings} under its own name, made by the same registration at
 * the same size, and what it leaves beside them is in the folder {@code artifacts} there.
 */
public final class KeptParts {
  /** Keeps nothing. */
  public static final KeptParts NONE = new KeptParts(Optional.empty());

  /** Stands for the picture of a part that has none. */
  private static final Figure BLANK = new Dots("no picture", "", List.of());

  private static final String ARTIFACTS = "artifacts";

  private final Optional<Path> folder;
  private final List<String> remarks = new ArrayList<>();

  private KeptParts(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Parts in a folder, which is made if it is not there. */
  public static KeptParts in(Path folder) {
    return new KeptParts(Optional.of(folder));
  }

  /** What has to be said of parts that were found here. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** What was kept of a part, or else what it finds now. */
  Found found(Study study, StudyPart part, Scale scale, Registered registered) {
    if (folder.isEmpty()) {
      return part.run(scale);
    }
    Path file = folder.get().resolve(part.name()).resolve("summary.json");
    if (Files.exists(file)) {
      return opened(study, part, scale, registered, file);
    }
    Found found = part.run(scale);
    List<Figure> figures = found.figures().isEmpty() ? List.of(BLANK) : found.figures();
    Findings kept =
        new Findings(
            study.name(),
            part.name(),
            scale,
            found.findings(),
            found.notes(),
            Study.facts(),
            found.seconds(),
            new Panels(part.name(), 2, figures),
            Optional.of(registered));
    keep(kept, found.artifacts(), file);
    return found;
  }

  /** The numbers last: a part without them has not ended. */
  private static void keep(Findings part, List<Artifact> artifacts, Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException broken) {
      throw new RetortException(
          "reproduce: cannot make '%s' (%s). Choose a folder that you may write to."
              .formatted(file.getParent(), broken.getMessage()),
          broken);
    }
    Artifact.save(artifacts, file.resolveSibling(ARTIFACTS));
    FindingsFile.write(part, file);
  }

  private Found opened(Study study, StudyPart part, Scale scale, Registered registered, Path file) {
    Findings kept = Findings.open(file);
    String expected = words(study.name(), part.name(), scale, Optional.of(registered));
    String got = words(kept.study(), kept.title(), kept.scale(), kept.registered());
    if (!got.equals(expected)) {
      throw new RetortException(
          "reproduce: expected %s in '%s', got %s. Name another folder, or move that part away to do it again."
              .formatted(expected, file, got));
    }
    Map<String, String> here = Study.facts();
    if (!kept.facts().equals(here)) {
      remarks.add("%s was done before, on %s.".formatted(part.name(), machine(kept.facts())));
    }
    List<Figure> figures = kept.figures().stream().filter(figure -> !figure.equals(BLANK)).toList();
    return new Found(
        kept.findings(),
        figures,
        kept.notes(),
        kept.seconds(),
        Artifact.in(file.resolveSibling(ARTIFACTS)));
  }

  private static String words(
      String study, String part, Scale scale, Optional<Registered> registered) {
    return "%s of %s at %s size by registration %s"
        .formatted(
            part,
            study,
            scale,
            registered.map(each -> each.sha256().substring(0, 16)).orElse("unknown"));
  }

  private static String machine(Map<String, String> facts) {
    return "%s, %s, %s".formatted(facts.get("cpu"), facts.get("java"), facts.get("engine"));
  }
}
