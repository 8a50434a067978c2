package dev.retort.notebook.host;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Notebook;
import dev.retort.notebook.Renderings;
import dev.retort.notebook.magic.Magics;
import dev.retort.notebook.magic.Manual;
import dev.retort.notebook.magic.RetortMagic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Joins Retort to a kernel: magics, renderers, live cards, and the imports of the language.
 *
 * <p>A kernel never tries a failed installation again, so this one never fails as a whole: what
 * cannot be done is told once, and the rest works.
 */
public final class Installation {
  private static final Bundle NOTHING = new Bundle(Map.of());

  private final Host host;
  private final List<String> troubles = new ArrayList<>();

  private Installation(Host host) {
    this.host = host;
  }

  /** Something that a kernel may refuse, with an exception of any kind. */
  private interface Part {
    void run() throws Exception;
  }

  /** Installs all of Retort; from now on its notebook is the open one. */
  public static void into(Host host) {
    Installation installation = new Installation(host);
    installation.attempt("live cards and magics", installation::speak);
    installation.attempt("completion", installation::assist);
    installation.attempt("renderers", installation::render);
    installation.attempt("imports", installation::open);
    installation.tell();
  }

  /** Closes the notebook that is open; runs go on without cards. */
  public static void undo() {
    try {
      Notebook.current().close();
    } catch (RuntimeException e) {
      // Nothing is open: there is nothing to close.
    }
  }

  private void attempt(String what, Part part) {
    try {
      part.run();
    } catch (Exception | LinkageError e) { // a kernel may throw checked exceptions undeclared
      troubles.add(what + " could not be installed (" + e + ")");
    }
  }

  private void tell() {
    if (troubles.isEmpty()) {
      return;
    }
    try {
      String all = String.join("; ", troubles);
      host.screen().show(Bundle.text("retort: " + all + ". The kernel goes on without."));
    } catch (Exception | LinkageError e) {
      return; // a kernel that cannot show a text cannot be told
    }
  }

  private void speak() {
    Notebook notebook = Notebook.open(host.screen(), new HostVariables(host));
    for (RetortMagic magic : Magics.all()) {
      Manual manual = magic.manual();
      String name = manual.name();
      if (host.hasMagic(name)) {
        troubles.add("%" + name + " is a magic of the kernel already, and stays so");
        continue;
      }
      host.line(name, words -> Magics.line(notebook, name, bare(words)).orElse(null));
      if (manual.form() == Manual.Form.LINE_AND_CELL) {
        host.cell(
            name, (words, body) -> Magics.cell(notebook, name, bare(words), body).orElse(null));
      }
    }
    if (!host.hasMagic("help")) { // what a newcomer types
      host.line("help", words -> Magics.line(notebook, "rl", bare(words)).orElse(null));
    }
  }

  /** The words without the semicolon that may end the line. */
  private static List<String> bare(List<String> words) {
    if (words.isEmpty() || !words.get(words.size() - 1).endsWith(";")) {
      return words;
    }
    List<String> bare = new ArrayList<>(words);
    String last = bare.remove(bare.size() - 1).replaceFirst(";+$", "");
    if (!last.isEmpty()) {
      bare.add(last);
    }
    return bare;
  }

  private void assist() {
    host.assist(
        typed -> Magics.complete(Notebook.current(), typed),
        name -> Magics.find(name).map(magic -> Magics.help(name).text()));
  }

  private void render() {
    for (Class<?> type : Renderings.TYPES) {
      host.render(type, Installation::forms);
    }
  }

  private static Bundle forms(Object value) {
    if (Renderings.isPlain(value)) {
      return NOTHING; // the kernel knows how much of it to show
    }
    try {
      return Renderings.of(value);
    } catch (RuntimeException | LinkageError e) {
      return Bundle.text(String.valueOf(value)); // a picture less; the value is there
    }
  }

  private void open() throws Exception {
    if (!host.hasImports()) {
      Object unused = host.evaluate(Notebook.startup());
    }
  }
}
