package dev.retort.kernel.zmtp;

import java.util.List;

/** Where a socket brings its messages; called on the thread of the server. */
public interface Intake {
  /** An intake for sockets that bring nothing. */
  Intake NOTHING =
      new Intake() {
        @Override
        public boolean take(byte[] identity, List<byte[]> frames) {
          return false;
        }

        @Override
        public boolean hasRoom() {
          return true;
        }
      };

  /**
   * Takes a message.
   *
   * @return whether the message proves that its sender is no stranger
   */
  boolean take(byte[] identity, List<byte[]> frames);

  /** Whether more can be taken; while there is no room, nothing is read. */
  boolean hasRoom();
}
