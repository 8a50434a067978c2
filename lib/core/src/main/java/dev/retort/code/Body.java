package dev.retort.code;

import java.util.List;

/**
 * A method of a class file that has code.
 *
 * @param owner its class
 * @param name its name
 * @param descriptor the types of its arguments and its result
 * @param access its flags
 * @param code what it does
 */
record Body(Class<?> owner, String name, String descriptor, int access, List<Instruction> code) {
  String key() {
    return name + descriptor;
  }

  /** There is one of each. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Body that && owner == that.owner && key().equals(that.key());
  }

  @Override
  public int hashCode() {
    return 31 * owner.hashCode() + key().hashCode();
  }
}
