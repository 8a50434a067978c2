package dev.retort.paper;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.Panels;
import dev.retort.figure.TextTable;
import dev.retort.option.Given;
import dev.retort.store.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a study found.
 *
 * @param study its name
 * @param title what it is about
 * @param scale how large it was done
 * @param findings the numbers
 * @param notes what a reader has to know of them
 * @param facts on what they were made: machine, engine, versions
 * @param seconds how long its runs worked in all
 * @param figure the picture of it all
 * @param registered by which registration they were judged; empty where there was none
 * @param artifacts what was made beside them and is saved with them; none where they were opened
 */
public record Findings(
    String study,
    String title,
    Scale scale,
    List<Finding> findings,
    List<String> notes,
    Map<String, String> facts,
    double seconds,
    Figure figure,
    Optional<Registered> registered,
    List<Artifact> artifacts) {
  private static final int ROWS = 18;
  private static final int WIDTH = 80;

  /** Keeps copies. */
  public Findings {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
    facts = new TreeMap<>(facts);
    artifacts = List.copyOf(artifacts);
  }

  /** What a study found that makes nothing beside its numbers. */
  public Findings(
      String study,
      String title,
      Scale scale,
      List<Finding> findings,
      List<String> notes,
      Map<String, String> facts,
      double seconds,
      Figure figure,
      Optional<Registered> registered) {
    this(study, title, scale, findings, notes, facts, seconds, figure, registered, List.of());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param file {@code summary.json}
   */
  public static Findings open(Path file) {
    return FindingsFile.read(file);
  }

  /**
   * Opens those of a study that stand on the disk, of its largest size, or of the size that is
   * named.
   *
   * @param study such as {@code ensembles} or {@code ensembles-unit}, upper and lower case alike
   * @throws RetortException that says of which studies there are findings, the nearest first, and
   *     where was looked
   */
  public static Findings open(String study) {
    return KeptFindings.named(Given.given("findings", "the name of a study", study));
  }

  /** The same, if there are any. */
  public static Optional<Findings> find(String study) {
    return KeptFindings.find(study);
  }

  /** Names of the studies of which findings stand on the disk, sorted. */
  public static List<String> names() {
    return KeptFindings.names();
  }

  /** All findings that {@link #open(String)} gives by the names of studies, as one table. */
  public static Table all() {
    return KeptFindings.table();
  }

  /**
   * Writes {@code summary.json} with every number and setting, {@code table.md} for pages, {@code
   * figure.png}, and what else was made.
   *
   * @param folder made if it is not there
   * @return the folder
   */
  public Path save(Path folder) {
    Artifact.save(artifacts, folder);
    figure.save(folder.resolve("figure.png"));
    AtomicFile.writeText(folder.resolve("table.md"), markdown());
    FindingsFile.write(this, folder.resolve("summary.json"));
    return folder;
  }

  /**
   * The same with the intervals that today's formulas give the values of means, and the verdicts
   * that stand on them; a note says which of these changed.
   */
  public Findings estimatedAgain() {
    return Reestimation.of(this);
  }

  /** The same study with other numbers, notes and pictures. */
  Findings with(List<Finding> others, List<String> remarks, Figure picture) {
    return new Findings(
        study, title, scale, others, remarks, facts, seconds, picture, registered, artifacts);
  }

  /** The same study with some of its numbers. */
  public Findings with(List<Finding> some) {
    return with(some, notes, figure);
  }

  /** Those numbers whose criterion came to this. */
  public List<Finding> of(Verdict verdict) {
    return findings.stream()
        .filter(finding -> finding.criterion().isPresent() && finding.verdict() == verdict)
        .toList();
  }

  /** Whether no criterion was missed, and none is void. */
  public boolean isReproduced() {
    return of(Verdict.MISSED).isEmpty() && of(Verdict.VOID).isEmpty();
  }

  /** A sentence for each reason why claims are void, with the names of these claims. */
  public List<String> voids() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (Finding finding : of(Verdict.VOID)) {
      names
          .computeIfAbsent(finding.criterion().orElseThrow().reason(), reason -> new ArrayList<>())
          .add(finding.name());
    }
    return names.entrySet().stream()
        .map(
            each ->
                "Void, because %s: %s."
                    .formatted(each.getKey(), String.join("; ", each.getValue())))
        .toList();
  }

  /** What is to be read below the numbers: why claims are void, and the notes. */
  private List<String> below() {
    return Stream.concat(voids().stream(), notes.stream()).toList();
  }

  /** All numbers, one row a finding. */
  public Table table() {
    return table(study, findings);
  }

  /** The same of any findings. */
  static Table table(String name, List<Finding> findings) {
    return Numbers.in(
        Table.create(
            name,
            strings(findings, "what", Finding::name),
            strings(findings, "quantity", Finding::quantity),
            numbers(findings, "ours", finding -> finding.ours().value()),
            numbers(findings, "low", finding -> finding.ours().interval().low()),
            numbers(findings, "high", finding -> finding.ours().interval().high()),
            numbers(findings, "published", finding -> finding.published().orElse(Double.NaN)),
            strings(findings, "criterion", Findings::criterion),
            strings(findings, "verdict", Findings::verdict)));
  }

  private static String criterion(Finding finding) {
    return finding.criterion().map(Finding.Criterion::words).orElse("–");
  }

  private static String verdict(Finding finding) {
    return finding.criterion().map(Finding.Criterion::explained).orElse("–");
  }

  private static StringColumn strings(
      List<Finding> findings, String name, Function<Finding, String> cell) {
    return StringColumn.create(name, findings.stream().map(cell).toList());
  }

  private static DoubleColumn numbers(
      List<Finding> findings, String name, ToDoubleFunction<Finding> cell) {
    return DoubleColumn.create(name, findings.stream().mapToDouble(cell).toArray());
  }

  /** The picture of it all. */
  public Figure plot() {
    return figure;
  }

  /**
   * Those pictures whose titles contain one of these words, upper and lower case alike.
   *
   * @throws UnknownNameException if a word is in no title
   */
  public Figure plot(String... words) {
    List<Figure> chosen = new Parts(List.of(words)).of("picture", figures(), Figure::title);
    return chosen.size() == 1 ? chosen.get(0) : new Panels(title, 2, chosen);
  }

  /** The pictures one by one. */
  public List<Figure> figures() {
    return figure instanceof Panels panels ? panels.panels() : List.of(figure);
  }

  /**
   * Those numbers whose names contain one of these words, upper and lower case alike, without the
   * notes.
   *
   * @throws UnknownNameException if a word is in no name
   */
  public Findings only(String... words) {
    Parts chosen = new Parts(List.of(words));
    return with(chosen.of("number", findings, Finding::name), List.of(), figure);
  }

  /**
   * Those numbers whose names contain none of these words, upper and lower case alike, without the
   * notes.
   */
  public Findings except(String... words) {
    List<Finding> left =
        findings.stream()
            .filter(
                finding ->
                    Arrays.stream(words)
                        .noneMatch(
                            word ->
                                finding
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .contains(word.toLowerCase(Locale.ROOT))))
            .toList();
    return with(left, List.of(), figure);
  }

  /** What a person looks for first, as text. */
  public TextTable box() {
    return TextTable.of(
        List.of("what", "ours [95 %]", "theirs", "verdict"),
        findings.stream()
            .map(
                finding ->
                    List.of(
                        finding.name(),
                        finding.ours().toString(),
                        finding.published().isPresent()
                            ? Numbers.of(finding.published().getAsDouble())
                            : "–",
                        finding.criterion().map(Finding.Criterion::toString).orElse("–")))
            .toList());
  }

  /** The box, the notes and the registration as Markdown. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder("| What | Ours [95 %] | Theirs | Verdict |\n|---|---|---|---|\n");
    for (Finding finding : findings) {
      String theirs =
          finding.published().isPresent() ? Numbers.of(finding.published().getAsDouble()) : "–";
      String verdict = finding.criterion().map(Finding.Criterion::toString).orElse("–");
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(finding.name().replace("|", "\\|"), finding.ours(), theirs, verdict));
    }
    below().forEach(note -> text.append('\n').append(note).append('\n'));
    registered.ifPresent(fixed -> text.append('\n').append(fixed).append('\n'));
    return text.toString();
  }

  /** Title, box and notes, in lines of at most 80 columns. */
  public String text(Glyphs glyphs) {
    StringBuilder text = new StringBuilder();
    text.append(
        TextTable.line(
            "%s, size %s, %s of computing".formatted(title, scale, Numbers.duration(seconds)),
            glyphs));
    text.append('\n').append(box().text(ROWS, glyphs));
    below()
        .forEach(
            note -> wrapped(note).forEach(line -> text.append('\n').append(glyphs.draw(line))));
    return text.toString();
  }

  /** A note in lines that fit a terminal. */
  private static List<String> wrapped(String note) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : note.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
