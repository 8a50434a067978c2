package dev.retort.paper;

import java.util.Arrays;

/** What became of a criterion. */
public enum Verdict {
  /** The outcome is what was demanded of it. */
  MET("met"),
  /** It is not. */
  MISSED("MISSED"),
  /** The precondition of the claim failed, so that its outcome says nothing. */
  VOID("VOID"),
  /** The size is too small to be judged. */
  NOT_JUDGED("not judged");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The verdict that prints itself so. */
  static Verdict of(String words) {
    return Arrays.stream(values())
        .filter(each -> each.words.equals(words))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the verdict '%s' where one of %s was expected"
                        .formatted(words, Arrays.toString(values()))));
  }

  @Override
  public String toString() {
    return words;
  }
}
