package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** Helps while a cell is being typed: completion, documentation, and whether it is complete. */
public final class CodeAssist {
  private final MagicNames names;
  private final ReentrantLock engine;
  private final SourceCodeAnalysis analysis;

  CodeAssist(JShell shell, MagicNames names, ReentrantLock engine) {
    this.names = names;
    this.engine = engine;
    this.analysis = shell.sourceCodeAnalysis();
  }

  /**
   * What could stand where the cursor is.
   *
   * @param matches whole replacements
   * @param start the first character that they replace
   * @param end the character after the last that they replace
   */
  public record Completions(List<String> matches, int start, int end) {}

  /** Whether a cell could be run as it is, and if not, how the next line should be indented. */
  public record Completion(String status, String indent) {}

  /** Completes the text at the cursor; both are in characters of the cell. */
  public Completions complete(String code, int cursor) {
    int lineStart = code.lastIndexOf('\n', cursor - 1) + 1;
    String typed = code.substring(lineStart, cursor);
    int percent = typed.lastIndexOf('%');
    if (percent >= 0 && typed.substring(percent + 1).chars().allMatch(Character::isLetterOrDigit)) {
      boolean cell = typed.strip().startsWith("%%") && code.substring(0, lineStart).isBlank();
      String before = typed.substring(0, percent).strip();
      if (cell || before.isEmpty() || before.endsWith("=")) {
        return magics(cell ? names.cell() : names.line(), code, lineStart + percent + 1, cursor);
      }
    }
    Completions none = new Completions(List.of(), cursor, cursor);
    Optional<MagicSyntax.Place> magic = MagicSyntax.placeOf(code, cursor, names);
    return magic.isPresent()
        ? whileIdle(() -> arguments(code, magic.get().start(), cursor), none)
        : whileIdle(() -> java(code, cursor), none);
  }

  /** Completes the last word behind the name of a magic. */
  private Completions arguments(String code, int magic, int cursor) {
    int start = cursor;
    while (start > magic && !Character.isWhitespace(code.charAt(start - 1))) {
      start--;
    }
    return new Completions(names.complete(code.substring(magic, cursor)), start, cursor);
  }

  private static Completions magics(Collection<String> names, String code, int start, int end) {
    String prefix = code.substring(start, end);
    return new Completions(
        names.stream().filter(n -> n.startsWith(prefix)).sorted().toList(), start, end);
  }

  private Completions java(String code, int cursor) {
    String masked = MagicSyntax.masked(code.substring(0, cursor), names);
    int start = lastSnippet(masked);
    int[] anchor = new int[1];
    TreeSet<String> matches = new TreeSet<>();
    analysis
        .completionSuggestions(masked.substring(start), masked.length() - start, anchor)
        .forEach(suggestion -> matches.add(suggestion.continuation()));
    return new Completions(List.copyOf(matches), start + Math.max(0, anchor[0]), cursor);
  }

  /**
   * Documentation of what the cursor is on: the help of a magic; else signatures, and Javadoc where
   * the sources are.
   */
  public Optional<String> inspect(String code, int cursor) {
    Optional<String> help =
        MagicSyntax.placeOf(code, cursor, names).flatMap(magic -> names.explain(magic.name()));
    return help.isPresent() ? help : inspectJava(code, cursor);
  }

  private Optional<String> inspectJava(String code, int cursor) {
    int end = Math.min(cursor, code.length());
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    String masked = MagicSyntax.masked(code.substring(0, end), names);
    String snippet = masked.substring(lastSnippet(masked));
    return whileIdle(
        () -> {
          for (String text : List.of(snippet + "(", snippet)) {
            List<Documentation> found =
                analysis.documentation(text, text.length(), true).stream().limit(12).toList();
            if (!found.isEmpty()) {
              return Optional.of(worded(found));
            }
          }
          return Optional.<String>empty();
        },
        Optional.empty());
  }

  private static String worded(List<Documentation> found) {
    List<String> parts = new ArrayList<>();
    for (Documentation documentation : found) {
      String javadoc = documentation.javadoc();
      parts.add(
          documentation.signature()
              + (javadoc == null || javadoc.isBlank() ? "" : "\n\n" + plain(javadoc) + "\n"));
    }
    return String.join("\n", parts);
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
        .replaceAll("<p>|<br>", "\n")
        .replaceAll("<[^>]+>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }

  /** Whether a cell is ready to run: {@code complete}, {@code incomplete} or {@code invalid}. */
  public Completion isComplete(String code) {
    if (code.strip().startsWith("%%")) {
      boolean hasBody = code.strip().contains("\n");
      return new Completion(hasBody ? "complete" : "incomplete", "");
    }
    String java = MagicSyntax.masked(code, names);
    Optional<Ink.Stretch> unclosed = Ink.unclosed(java);
    if (unclosed.isPresent()) {
      boolean incomplete = unclosed.get().kind().spansLines();
      return new Completion(incomplete ? "incomplete" : "invalid", "");
    }
    int at = Ink.skip(java, 0);
    while (at < java.length()) {
      CompletionInfo info = analysis.analyzeCompletion(java.substring(at));
      if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
        return new Completion("incomplete", indent(code));
      }
      if (info.completeness() == Completeness.UNKNOWN) {
        return new Completion("invalid", "");
      }
      if (info.remaining() == null || info.remaining().length() >= java.length() - at) {
        break;
      }
      at = Ink.skip(java, java.length() - info.remaining().length());
    }
    return new Completion("complete", "");
  }

  private static String indent(String code) {
    String last = code.stripTrailing();
    last = last.substring(last.lastIndexOf('\n') + 1);
    String own = last.substring(0, last.length() - last.stripLeading().length());
    return last.endsWith("{") || last.endsWith("(") ? own + "    " : own;
  }

  /** The offset of the snippet that the end of the text belongs to. */
  private int lastSnippet(String java) {
    int at = Ink.skip(java, 0);
    int start = at;
    while (at < java.length()) {
      start = at;
      CompletionInfo info = analysis.analyzeCompletion(java.substring(at));
      if (!info.completeness().isComplete() || info.remaining().isBlank()) {
        break;
      }
      int next = Ink.skip(java, java.length() - info.remaining().length());
      if (next <= at) {
        break;
      }
      at = next;
    }
    return Math.min(start, java.length());
  }

  /** JShell does one thing at a time: while a cell runs there is no help. */
  private <T> T whileIdle(java.util.function.Supplier<T> work, T otherwise) {
    try {
      if (!engine.tryLock(100, TimeUnit.MILLISECONDS)) {
        return otherwise;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
    try {
      return work.get();
    } finally {
      engine.unlock();
    }
  }
}
