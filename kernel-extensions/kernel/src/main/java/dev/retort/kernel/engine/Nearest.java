package dev.retort.kernel.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that a mistyped name may have meant. */
public final class Nearest {
  private Nearest() {}

  /** The up to three names that are near to the given one, nearest first. */
  public static List<String> to(String name, Collection<String> names) {
    return names.stream()
        .filter(n -> distance(name, n) <= name.length())
        .sorted(
            Comparator.comparingInt((String n) -> distance(name, n))
                .thenComparing(Comparator.naturalOrder()))
        .limit(3)
        .toList();
  }

  /** The number of letters to change, add or drop, a shared beginning counting in favor. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return 2 * row[b.length()] - (b.startsWith(a) || a.startsWith(b) ? 3 : 0);
  }
}
