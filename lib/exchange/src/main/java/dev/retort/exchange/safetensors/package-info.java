/**
 * State dicts: the arrays of networks under the names that PyTorch and its libraries give them, in
 * safetensors files.
 *
 * <p>A linear layer of PyTorch has weights {@code (out, in)}, one of ours {@code (in, out)}; they
 * are turned round on the way in and out. Convolutions are alike.
 *
 * <p>{@link dev.retort.exchange.safetensors.StateDict} makes policies of those of others, {@link
 * dev.retort.exchange.safetensors.PlainTensors} writes ours without what is ours alone.
 */
package dev.retort.exchange.safetensors;
