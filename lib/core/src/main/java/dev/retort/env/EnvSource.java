package dev.retort.env;

/**
 * Where environments come from that are made elsewhere, and whose names begin with a word and a
 * colon: {@code gym:CartPole-v1}.
 *
 * <p>It is a line of {@code META-INF/services/dev.retort.env.EnvSource} on the class path, and is
 * asked when a name begins with its word. What stands behind slashes and is a wrapper or a part of
 * a family has been taken away by then.
 */
public interface EnvSource {
  /** The word before the colon, such as {@code gym}. */
  String scheme();

  /**
   * The environment of a name, the same one as long as the name is the same.
   *
   * @param name what stands behind the colon, such as {@code CartPole-v1}
   * @throws dev.retort.RetortException if there is none, or what it needs is missing
   */
  Env find(String name);
}
