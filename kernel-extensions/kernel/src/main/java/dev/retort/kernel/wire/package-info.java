/**
 * The Jupyter messaging protocol on ZeroMQ, as little of it as a kernel and its client need.
 *
 * <p>A {@link dev.retort.kernel.wire.WireMessage} is a header, the header of the message that it
 * answers, metadata and content, all of them JSON. A {@link dev.retort.kernel.wire.Wire} signs
 * messages with HMAC-SHA256 and puts them on a socket, or takes them from one and checks the
 * signature. A {@link dev.retort.kernel.wire.ConnectionFile} says where the five sockets are and
 * holds the key.
 *
 * <p>A kernel publishes everything that a cell shows through its {@link
 * dev.retort.kernel.wire.Outlet}: one queue, one sending thread, one order. Printed text is
 * gathered and sent at most every 50 ms; anything else is sent at once, after the text that was
 * printed before it. Threads that print are never made to touch a socket, for an interrupted thread
 * that sends loses its message.
 *
 * <pre>{@code
 * Wire wire = Wire.signedWith(file.key());
 * wire.send(socket, WireMessage.of("kernel_info_request", session, new JsonObject()));
 * Optional<WireMessage> reply = wire.receive(socket);
 * }</pre>
 *
 * <p>This package depends on gson and jeromq only.
 */
package dev.retort.kernel.wire;
