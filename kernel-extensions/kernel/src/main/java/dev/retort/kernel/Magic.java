package dev.retort.kernel;

import dev.retort.kernel.engine.ExplainedException;
import dev.retort.kernel.engine.Nearest;
import java.util.List;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** What magics in cells become: calls of these methods. */
public final class Magic {
  /** The magic that lists the others, where the extension of the language is installed. */
  private static final String LIST = "rl";

  private Magic() {}

  /** Calls a line magic that stands alone; its value is dropped, it shows what it has to show. */
  public static void run(String name, String... args) {
    line(name, args);
  }

  /** Calls a line magic for its value, as in {@code Policy t = %teacher PPO CartPole}. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // the cell's declaration says the type
  public static <T> T line(String name, String... args) {
    BaseKernel kernel = BaseKernel.notebookKernel();
    MagicsRegistry registry = kernel.getMagicsRegistry();
    known("%", name, registry.getLineMagicNames(), "%%", registry.getCellMagicNames());
    try {
      return registry.evalLineMagic(kernel, name, List.of(args));
    } catch (Exception e) {
      throw asIs(e);
    }
  }

  /** Calls a cell magic; its value is dropped. */
  public static void cell(String name, String body, String... args) {
    BaseKernel kernel = BaseKernel.notebookKernel();
    MagicsRegistry registry = kernel.getMagicsRegistry();
    known("%%", name, registry.getCellMagicNames(), "%", registry.getLineMagicNames());
    try {
      Object unused = registry.evalCellMagic(kernel, name, List.of(args), body);
    } catch (Exception e) {
      throw asIs(e);
    }
  }

  private static void known(
      String sign, String name, Set<String> names, String otherSign, Set<String> others) {
    if (!names.contains(name)) {
      throw new ExplainedException(
          "magic " + sign + name + ": unknown. " + hint(sign, name, names, otherSign, others));
    }
  }

  /** What may have been meant; all names where none is near. */
  static String hint(
      String sign, String name, Set<String> names, String otherSign, Set<String> others) {
    if (others.contains(name)) {
      return "There is " + otherSign + name + ": write that.";
    }
    if (names.isEmpty()) {
      return "No extension on the class path registers such a magic.";
    }
    List<String> nearest = Nearest.to(name, names);
    if (!nearest.isEmpty()) {
      return "Nearest: " + listed(sign, nearest);
    }
    String all = "There are " + listed(sign, names.stream().sorted().toList());
    return names.contains(LIST) ? all + " %" + LIST + " explains them." : all;
  }

  private static String listed(String sign, List<String> names) {
    return String.join(", ", names.stream().map(name -> sign + name).toList()) + ".";
  }

  /** Lets the exception of a magic reach the cell as what it is, checked or not. */
  private static RuntimeException asIs(Exception e) {
    return Magic.<RuntimeException>unchecked(e);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
