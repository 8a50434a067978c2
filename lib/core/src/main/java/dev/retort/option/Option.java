package dev.retort.option;

/**
 * Something that can be set.
 *
 * @param <T> the value's type
 * @param name as it is written in flags and files
 * @param type how values are written and read
 * @param standard the default
 * @param unit of the number; empty where it has none
 * @param help one sentence without its full stop
 */
public record Option<T>(String name, Type<T> type, T standard, String unit, String help) {
  /** The default, as it is written. */
  public String standardText() {
    return type.writer().apply(standard);
  }

  String text(Object value) {
    @SuppressWarnings("unchecked") // settings hold under each option only what its type has read
    T own = (T) value;
    return type.writer().apply(own);
  }
}
