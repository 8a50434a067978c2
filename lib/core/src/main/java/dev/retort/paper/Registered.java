package dev.retort.paper;

/**
 * By which registration findings were judged, see {@link Registration}.
 *
 * @param sha256 the hash of its file, in 64 hexadecimal digits
 * @param fixed when it was fixed, such as {@link #BEFORE}
 */
public record Registered(String sha256, String fixed) {
  /** As whatever is run now is: the file was read before anything was trained. */
  public static final String BEFORE = "before the runs";

  @Override
  public String toString() {
    return "Registration %s, fixed %s.".formatted(sha256.substring(0, 16), fixed);
  }
}
