package dev.retort.notebook;

import dev.retort.notebook.magic.Magics;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControlProvider;

/** A notebook without a kernel: a screen that remembers, variables in a map, and JShell. */
public final class Desk implements AutoCloseable {
  public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  public final List<Bundle> shown = Collections.synchronizedList(new ArrayList<>());
  public final Map<String, Object> variables = new LinkedHashMap<>();
  public final Map<String, String> types = new LinkedHashMap<>();
  public final Notebook notebook;

  private static Optional<JShell> shell = Optional.empty();

  private final Path runs;

  private Desk(Path runs) {
    this.runs = runs;
    this.notebook = Notebook.open(new Memory(), new Few());
  }

  /** A fresh notebook whose runs lie in a folder of their own. */
  public static Desk open() {
    try {
      Path runs = Files.createTempDirectory("retort-runs");
      System.setProperty("retort.runs", runs.toString());
      return new Desk(runs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Memory implements Screen {
    @Override
    public void show(Bundle bundle) {
      calls.add("show");
      shown.add(bundle);
    }

    @Override
    public void show(String id, Bundle bundle) {
      calls.add("show " + id);
      shown.add(bundle);
    }

    @Override
    public void replace(String id, Bundle bundle) {
      calls.add("replace " + id);
      shown.add(bundle);
    }
  }

  private final class Few implements Variables {
    @Override
    public Optional<Object> get(String name) {
      return Optional.ofNullable(variables.get(name));
    }

    @Override
    public void set(String name, String type, Object value) {
      variables.put(name, value);
      types.put(name, type);
    }

    @Override
    public List<String> names() {
      return List.copyOf(variables.keySet());
    }
  }

  /** Calls a line magic, given as it is typed. */
  public Object line(String text) {
    List<String> words = List.of(text.trim().split("\\s+"));
    return Magics.line(notebook, words.get(0).substring(1), words.subList(1, words.size()))
        .orElse("nothing");
  }

  /** Calls a cell magic, given as it is typed. */
  public Object cell(String text) {
    String[] parts = text.split("\n", 2);
    List<String> words = List.of(parts[0].trim().split("\\s+"));
    return Magics.cell(
            notebook, words.get(0).substring(2), words.subList(1, words.size()), parts[1])
        .orElse("nothing");
  }

  /** What {@code --java} prints for a line magic. */
  public String java(String text) {
    line(text + " --java");
    return last().text();
  }

  /** What was shown last. */
  public Bundle last() {
    return shown.get(shown.size() - 1);
  }

  /** The value of an expression under the start-up imports, with this desk's variables. */
  public Object evaluate(String java) {
    JShell jshell = shell();
    variables.forEach(
        (name, value) -> {
          Handover.put(name, value);
          String type = types.getOrDefault(name, "Object");
          run(
              jshell,
              "%s %s = dev.retort.notebook.Handover.take(\"%s\");".formatted(type, name, name));
        });
    run(jshell, "dev.retort.notebook.Handover.put(\"result\", " + java + ");");
    return Handover.take("result");
  }

  /** Runs a snippet, such as the declaration of a record, as a cell does. */
  public void declare(String java) {
    run(shell(), java);
  }

  private static synchronized JShell shell() {
    if (shell.isEmpty()) {
      JShell made =
          JShell.builder()
              .executionEngine(new LocalExecutionControlProvider(), Map.of())
              .compilerOptions("-classpath", System.getProperty("java.class.path"))
              .build();
      IMPORTS.lines().forEach(line -> run(made, line));
      Notebook.startup().lines().forEach(line -> run(made, line));
      shell = Optional.of(made);
    }
    return shell.get();
  }

  /** What the embedded kernel imports before. */
  private static final String IMPORTS =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import java.util.stream.*;
      """;

  private static void run(JShell jshell, String text) {
    for (SnippetEvent event : jshell.eval(text)) {
      if (event.status() == Snippet.Status.REJECTED || event.exception() != null) {
        String message =
            jshell
                    .diagnostics(event.snippet())
                    .map(d -> d.getMessage(java.util.Locale.ENGLISH))
                    .toList()
                + " "
                + event.exception();
        throw new AssertionError("jshell refused: " + text + "\n" + message, event.exception());
      }
    }
  }

  @Override
  public void close() {
    notebook.close();
    System.clearProperty("retort.runs");
    try (Stream<Path> files = Files.walk(runs)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      return; // what cannot be removed stays
    }
  }
}
