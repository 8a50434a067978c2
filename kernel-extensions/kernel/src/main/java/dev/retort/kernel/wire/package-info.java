/**
 * The Jupyter messaging protocol on ZeroMQ, as little of it as a kernel and its client need.
 *
 * <p>A {@link dev.retort.kernel.wire.WireMessage} is a header, the header of the message that it
 * answers, metadata and content, all of them JSON. A {@link dev.retort.kernel.wire.Wire} signs
 * messages with HMAC-SHA256 and turns them into frames, and opens those whose signature is right. A
 * {@link dev.retort.kernel.wire.ConnectionFile} says where the five sockets are and holds the key;
 * {@link dev.retort.kernel.wire.KernelSockets} binds them, bounded in all that can come through
 * them, and takes no message twice.
 *
 * <p>A kernel publishes everything that a cell shows through its {@link
 * dev.retort.kernel.wire.Outlet}: one queue, one sending thread, one order. Printed text is
 * gathered and sent at most every 50 ms; anything else is sent at once, after the text that was
 * printed before it. Threads that print are never made to touch a socket, for an interrupted thread
 * that sends loses its message.
 *
 * <pre>{@code
 * KernelSockets sockets = new KernelSockets(file, System.err::println);
 * Optional<WireMessage> request = sockets.receive(Channel.SHELL, 250);
 * request.ifPresent(r -> sockets.send(Channel.SHELL, r.reply("execute_reply", session, content)));
 * }</pre>
 *
 * <p>This package depends on gson and {@code zmtp} only.
 */
package dev.retort.kernel.wire;
