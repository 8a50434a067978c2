package dev.retort.paper;

import dev.retort.UnknownNameException;
import dev.retort.figure.Figure;
import dev.retort.figure.Panels;
import dev.retort.nn.Engine;
import dev.retort.run.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An experiment that can be done again: parts that are done one after the other, and a registration
 * of what was fixed before.
 *
 * <p>A study is found as a service, as an environment is: a paper of your own is a class with these
 * words and a line in {@code META-INF/services/dev.retort.paper.Study}.
 */
public interface Study {
  /** How it is typed. */
  String name();

  /** What it is about, in one line. */
  String title();

  /** Its tables and figures, in the order of the paper. */
  List<? extends StudyPart> parts();

  /** What was fixed before anything is trained. */
  default Registration registration() {
    return Registration.of(getClass());
  }

  /** What a reader has to know before all notes of the parts. */
  default List<String> foreword() {
    return List.of();
  }

  /** What a reader has to know after them. */
  default List<String> afterword(Scale scale) {
    return List.of();
  }

  /**
   * Why nothing is judged at unit size, such as {@code with too few students}; empty where a reader
   * is told nothing of it.
   */
  default String unjudged() {
    return "";
  }

  /** All pictures as one. */
  default Figure picture(List<Figure> figures) {
    return new Panels(title(), 2, figures);
  }

  /** What would be done, and how long that takes about. */
  default String explain(Scale scale, Parts chosen) {
    return chosen.of("part", parts(), StudyPart::name).stream()
        .map(part -> part.name() + "\n\n" + part.explain(scale))
        .collect(Collectors.joining("\n\n"));
  }

  /**
   * Does it.
   *
   * @param scale how large
   * @param chosen which parts
   * @param kept where parts are kept as they end
   */
  default Findings run(Scale scale, Parts chosen, KeptParts kept) {
    Registered registered = new Registered(registration().sha256(), Registered.BEFORE);
    List<StudyPart.Found> each = new ArrayList<>();
    for (StudyPart part : chosen.of("part", parts(), StudyPart::name)) {
      each.add(kept.found(this, part, scale, registered));
    }
    StudyPart.Found found = StudyPart.Found.all(each);
    List<String> notes = new ArrayList<>(foreword());
    notes.addAll(found.notes());
    notes.addAll(kept.remarks());
    notes.addAll(afterword(scale));
    if (!scale.isJudged() && !unjudged().isEmpty()) {
      notes.add("Unit size: all is done once, %s to be judged.".formatted(unjudged()));
    }
    return new Findings(
        name(),
        title(),
        scale,
        found.findings(),
        notes,
        facts(),
        found.seconds(),
        picture(found.figures()),
        Optional.of(registered),
        found.artifacts());
  }

  /** On what a study is done: machine, engine, versions. */
  static Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>(Machine.facts());
    facts.putAll(Engine.facts());
    return facts;
  }

  /** All studies. */
  static List<Study> all() {
    return ServiceLoader.load(Study.class, Study.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The study of that name, upper and lower case alike. */
  static Study of(String name) {
    return all().stream()
        .filter(study -> study.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException("study", name, all().stream().map(Study::name).toList()));
  }
}
