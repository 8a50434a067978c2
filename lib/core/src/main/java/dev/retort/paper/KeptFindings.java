package dev.retort.paper;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.evaluate.Estimate;
import dev.retort.evaluate.Interval;
import dev.retort.run.Json;
import dev.retort.store.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Findings that stand on the disk, by the names of their studies.
 *
 * <p>They are looked for in the folder of the system property {@code retort.findings}, else of the
 * environment variable {@code RETORT_FINDINGS}, else in {@code reproductions}, {@code docs} and
 * {@code datasets} of the working directory or the nearest above it, or beside the launcher: each
 * in a folder of its own. Of several of one study those of the largest size count, and of these the
 * first.
 */
final class KeptFindings {
  private static final String PROPERTY = "retort.findings";
  private static final String VARIABLE = "RETORT_FINDINGS";
  private static final String FILE = "summary.json";
  private static final List<String> FOLDERS = List.of("reproductions", "docs", "datasets");

  /** Where findings are, whose and how large; the largest first. */
  private record Kept(Path file, String study, Scale scale) {
    String sized() {
      return study + "-" + scale;
    }

    Findings open() {
      return Findings.open(file);
    }

    /** All of them; of a damaged file one row that is void and says why. */
    Table table() {
      try {
        return open().table();
      } catch (RetortException e) {
        Finding unread =
            new Finding(
                "all findings",
                "–",
                new Estimate(Double.NaN, Interval.NONE),
                OptionalDouble.empty(),
                Optional.of(new Finding.Criterion("can be read", Verdict.VOID, e.getMessage())),
                List.of(),
                Map.of());
        return Findings.table(study, List.of(unread));
      }
    }

    boolean is(String name) {
      return study.equalsIgnoreCase(name) || sized().equalsIgnoreCase(name);
    }
  }

  private KeptFindings() {}

  /** Names of the studies of which there are findings, sorted. */
  static List<String> names() {
    return List.copyOf(new TreeSet<>(all().stream().map(Kept::study).toList()));
  }

  /** Those of a study, {@code ensembles}, or of one of its sizes, {@code ensembles-unit}. */
  static Optional<Findings> find(String name) {
    return all().stream().filter(kept -> kept.is(name)).findFirst().map(Kept::open);
  }

  /** The same, refused with the names that there are. */
  static Findings named(String name) {
    Optional<Findings> found = find(name);
    if (found.isEmpty() && Study.all().stream().anyMatch(s -> s.name().equalsIgnoreCase(name))) {
      throw new RetortException(
          "findings '%s': expected some of this study in %s, got those of %s. Make them with ./retort reproduce %s, or say where they are with -D%s=FOLDER or %s."
              .formatted(name, looked(), listed(), name, PROPERTY, VARIABLE));
    }
    return found.orElseThrow(() -> new UnknownNameException("findings", name, names()));
  }

  private static String looked() {
    return Places.said(PROPERTY, VARIABLE)
        .map(said -> "'" + said + "'")
        .orElse("the folders %s here or above".formatted(String.join(", ", FOLDERS)));
  }

  private static String listed() {
    return names().isEmpty() ? "no study" : String.join(", ", names());
  }

  /** All of every study, those that a name of a study stands for, as one table. */
  static Table table() {
    Table all = Table.create("findings");
    Map<String, Kept> first = new TreeMap<>();
    all().forEach(kept -> first.putIfAbsent(kept.study, kept));
    for (Kept kept : first.values()) {
      Table own = kept.table().setName("findings");
      own.insertColumn(0, column("study", kept.study, own.rowCount()));
      own.insertColumn(1, column("size", kept.scale.toString(), own.rowCount()));
      if (all.columnCount() == 0) {
        all = own;
      } else {
        all.append(own);
      }
    }
    return all;
  }

  private static StringColumn column(String name, String text, int rows) {
    return StringColumn.create(name, Collections.nCopies(rows, text));
  }

  private static List<Kept> all() {
    List<Kept> all = new ArrayList<>();
    Optional<Path> said = Places.said(PROPERTY, VARIABLE);
    if (said.isPresent()) {
      Stream.concat(Stream.of(said.get()), folders(said.get()).stream())
          .forEach(folder -> add(all, folder));
    } else {
      for (String name : FOLDERS) {
        Places.of(name)
            .map(KeptFindings::folders)
            .filter(folders -> !folders.isEmpty())
            .findFirst()
            .ifPresent(folders -> folders.forEach(folder -> add(all, folder)));
      }
    }
    all.sort(Comparator.comparing(Kept::scale).reversed());
    return all;
  }

  /** Folders within one that hold findings, sorted. */
  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(each -> Files.exists(each.resolve(FILE))).sorted().toList();
    } catch (IOException e) {
      throw new RetortException(
          "findings: expected a folder that can be read, got '%s' (%s). Name another with -D%s=FOLDER or %s."
              .formatted(parent, e, PROPERTY, VARIABLE),
          e);
    }
  }

  /** Files of others are passed over; what is damaged goes by its folder's name, until opened. */
  private static void add(List<Kept> all, Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try {
      JsonObject json = Json.read(file);
      if (json.has("study") && json.has("size")) {
        String size = json.get("size").getAsString().toUpperCase(Locale.ROOT);
        all.add(new Kept(file, json.get("study").getAsString(), Scale.valueOf(size)));
      }
    } catch (RuntimeException e) {
      all.add(new Kept(file, folder.getFileName().toString(), Scale.UNIT));
    }
  }
}
