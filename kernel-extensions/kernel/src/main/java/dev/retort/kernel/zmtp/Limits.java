package dev.retort.kernel.zmtp;

/**
 * How much a socket takes from its peers, and keeps for them.
 *
 * @param connections peers at a time
 * @param frames frames of a message
 * @param strangerBytes bytes of a message of a peer that has proved nothing yet
 * @param messageBytes bytes of a message of a peer that is known
 * @param unsentBytes bytes that may wait for a peer to read them, besides the message being sent
 * @param unreadBytes bytes that may wait for a peer while more is read from it
 */
public record Limits(
    int connections,
    int frames,
    long strangerBytes,
    long messageBytes,
    long unsentBytes,
    long unreadBytes) {

  /** Checks that nothing is negative and that no array would be too long. */
  public Limits {
    if (connections < 1
        || frames < 1
        || strangerBytes < 1
        || messageBytes < strangerBytes
        || messageBytes > 1 << 30
        || unsentBytes < 1
        || unreadBytes < 0) {
      throw new IllegalArgumentException(
          "limits: expected positive numbers and messages of at most 1 GiB, got connections "
              + connections
              + ", frames "
              + frames
              + ", bytes "
              + strangerBytes
              + ", "
              + messageBytes
              + ", "
              + unsentBytes
              + ", "
              + unreadBytes
              + ". Choose others.");
    }
  }
}
