/**
 * Policies as folders in the form that the Hugging Face hub expects of a model: {@code
 * model.safetensors} with layers as PyTorch has them, {@code config.json}, and a model card {@code
 * README.md}. The name of the folder ends in {@code .hub}.
 *
 * <pre>{@code
 * student.save(Path.of("student.hub"));
 * Policy again = policy(Path.of("student.hub"));
 * }</pre>
 *
 * <p>Begin at {@link dev.retort.exchange.hub.HubFormat}.
 */
package dev.retort.exchange.hub;
