package dev.retort.kernel.zmtp;

/** What a socket does with what its peers send. */
public enum SocketKind {
  /** Hands messages to its owner, who answers by the identity of the sender. */
  ROUTER,
  /** Sends to everyone who subscribed; takes subscriptions only. */
  PUB,
  /** Sends every message back as it came. */
  REP;

  /** Whether a socket of the named type may talk to this one. */
  boolean accepts(String peer) {
    return switch (this) {
      case ROUTER -> peer.equals("DEALER") || peer.equals("REQ") || peer.equals("ROUTER");
      case PUB -> peer.equals("SUB") || peer.equals("XSUB");
      case REP -> peer.equals("REQ") || peer.equals("DEALER");
    };
  }
}
