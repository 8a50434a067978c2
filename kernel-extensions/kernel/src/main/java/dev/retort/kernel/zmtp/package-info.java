/**
 * Sockets of ZeroMQ for a server that strangers can reach: ZMTP 3.0 without encryption, bounded.
 *
 * <p>Whoever may open a connection on this machine can send anything to a bound socket, and only
 * what is inside a complete message says whether the sender holds the key. Everything before that
 * costs the server little and a fixed amount of it: connections, frames, lengths, subscriptions,
 * handshakes and what nobody reads all have a bound ({@link dev.retort.kernel.zmtp.Limits}), looked
 * at before anything is kept. A peer that crosses one loses its connection, and one line says so
 * the first time. Peers that have sent a message which proves who they are keep theirs when others
 * have to go, and may send longer messages.
 *
 * <p>One thread serves all sockets of a {@link dev.retort.kernel.zmtp.ZmtpServer}; an error that a
 * peer causes ends its connection, never the thread.
 *
 * <pre>{@code
 * ZmtpServer server = new ZmtpServer(new Notices(System.err::println), 1 << 24);
 * Port echo = server.open("heartbeat", SocketKind.REP, address, limits, Intake.NOTHING);
 * }</pre>
 *
 * <p>This package depends on nothing but the JDK.
 */
package dev.retort.kernel.zmtp;
