package dev.retort.kernel.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Lets a sealed type without {@code permits} have the subtypes that stand in the same text, as a
 * file of Java does.
 *
 * <p>JShell compiles each declaration by itself, where such a type has no subtypes.
 */
final class SealedTypes {
  private SealedTypes() {}

  /** Adds the clauses that the text leaves out; every line keeps its number. */
  static String completed(String java, List<Piece> pieces) {
    if (!java.contains("sealed")) {
      return java;
    }
    Map<Piece, List<Grammar.Declared>> types = new LinkedHashMap<>();
    pieces.forEach(piece -> types.put(piece, Grammar.types(piece.source())));
    StringBuilder text = new StringBuilder(java);
    List<Piece> backwards = new ArrayList<>(types.keySet());
    Collections.reverse(backwards);
    for (Piece piece : backwards) {
      for (Grammar.Declared type : types.get(piece)) {
        List<String> subtypes = isOpen(type.tree()) ? subtypes(type.tree(), types) : List.of();
        if (!subtypes.isEmpty()) {
          int body = piece.start() + Ink.find('{', piece.source(), header(type));
          text.insert(body, "permits " + String.join(", ", subtypes) + " ");
        }
      }
    }
    return text.toString();
  }

  private static boolean isOpen(ClassTree type) {
    return type.getModifiers().getFlags().contains(Modifier.SEALED)
        && type.getPermitsClause().isEmpty();
  }

  /** The end of what may hold a brace before the one that opens the body. */
  private static int header(Grammar.Declared type) {
    List<Tree> parts = new ArrayList<>(List.of(type.tree().getModifiers()));
    parts.addAll(type.tree().getTypeParameters());
    parts.addAll(type.tree().getImplementsClause());
    Optional.ofNullable(type.tree().getExtendsClause()).ifPresent(parts::add);
    return parts.stream().mapToInt(type::end).max().orElse(0);
  }

  /**
   * The subtypes of a type: those beside it in the text, and those nested in it. None where all are
   * nested, which Java finds by itself; those nested in other types JShell cannot look for.
   */
  private static List<String> subtypes(ClassTree sealed, Map<Piece, List<Grammar.Declared>> types) {
    List<String> all = new ArrayList<>();
    types
        .values()
        .forEach(declared -> declared.forEach(type -> collect(type.tree(), "", sealed, all)));
    String nested = sealed.getSimpleName() + ".";
    all.removeIf(name -> name.contains(".") && !name.startsWith(nested));
    all.sort(Comparator.comparing(name -> name.startsWith(nested))); // JShell looks at the first
    return all.stream().allMatch(name -> name.startsWith(nested)) ? List.of() : all;
  }

  private static void collect(ClassTree type, String around, ClassTree sealed, List<String> all) {
    String name = around + type.getSimpleName();
    List<Tree> supertypes = new ArrayList<>(type.getImplementsClause());
    Optional.ofNullable(type.getExtendsClause()).ifPresent(supertypes::add);
    if (supertypes.stream().anyMatch(tree -> isNamed(tree, sealed.getSimpleName().toString()))) {
      all.add(name);
    }
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree inner) {
        collect(inner, name + ".", sealed, all);
      }
    }
  }

  private static boolean isNamed(Tree type, String name) {
    Tree raw = type instanceof ParameterizedTypeTree generic ? generic.getType() : type;
    return raw.toString().equals(name);
  }

  /** How to write here what the compiler refused to seal. */
  static Optional<String> hint(String error) {
    return error.contains("sealed class must have subclasses")
            || error.contains("not listed in its 'permits' clause")
            || error.contains("is not allowed in the permits clause")
        ? Optional.of(
            "A sealed type has its subtypes beside it in the same cell or script, or inside it:"
                + " sealed interface Shape { record Disc(double r) implements Shape {} }")
        : Optional.empty();
  }
}
