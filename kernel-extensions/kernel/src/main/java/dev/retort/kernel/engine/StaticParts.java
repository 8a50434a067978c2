package dev.retort.kernel.engine;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * What a type sets up once, when its class is initialized: static fields, constants, static blocks.
 *
 * <p>A class that is only redefined is not initialized again, so that a type whose static parts
 * were edited needs a new class.
 */
final class StaticParts {
  private StaticParts() {}

  /** The static parts of the types in a text, without the comments and blanks in them. */
  static List<String> of(String text) {
    List<String> parts = new ArrayList<>();
    Grammar.types(text).forEach(type -> collect(type.tree(), parts));
    return parts;
  }

  private static void collect(ClassTree type, List<String> parts) {
    boolean allStatic =
        Set.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE).contains(type.getKind());
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree inner) {
        collect(inner, parts);
      } else if (member instanceof BlockTree block && block.isStatic()) {
        parts.add(block.toString());
      } else if (member instanceof VariableTree field
          && (allStatic || field.getModifiers().getFlags().contains(Modifier.STATIC))) {
        parts.add(field.toString());
      }
    }
  }
}
