/**
 * Policies as models of ONNX, the format that every engine of networks reads.
 *
 * <pre>{@code
 * student.save(Path.of("student.onnx"));                   // observation -> logits, probabilities, action, value
 * Policy again = policy(Path.of("student.onnx"));
 * Policy teacher = Onnx.of(Path.of("teacher.onnx")).on(env("CartPole")).logits("logits");
 * }</pre>
 *
 * <p>On the way out each operation of a described network becomes nodes of opset 17, with the
 * normalization before and the greedy action behind; messages are written field by field, so that
 * no generated code is needed. On the way in a file is checked before ONNX Runtime sees it, and
 * computes on one thread.
 *
 * <p>Begin at {@link dev.retort.exchange.onnx.Onnx} and {@link
 * dev.retort.exchange.onnx.OnnxFormat}.
 */
package dev.retort.exchange.onnx;
